"""Is any of this true?"""
