"""How hard or soft is it?

Descriptors come in tiers: what the structural formula tells in microseconds (topological), what quantum
chemistry computes on heads, and what was measured. Each has one definition object.
"""
