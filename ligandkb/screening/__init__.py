"""Which of the millions that can be bought are worth a look?

Lines of suppliers' lists become rows of a ranking, chunk by chunk: :mod:`ligandkb.screening.rows` says what one chunk
comes to, and nothing of a chunk hangs on another.
"""
