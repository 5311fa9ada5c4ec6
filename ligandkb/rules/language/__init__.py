"""What may a condition or an explanation say?

No files are read here, and nothing that a user wrote is handed to Python.
"""
