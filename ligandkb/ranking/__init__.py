"""Which pair first?"""
