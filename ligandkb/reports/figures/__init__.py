"""What does an answer look like?"""
