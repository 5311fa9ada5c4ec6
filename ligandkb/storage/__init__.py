"""What must survive?

Recorded outcomes must: an append-only database of what was measured. Computed descriptors need not: a cache in a file
of its own, which is rebuilt when it is corrupt or its schema differs.
"""
