"""How does a pair come from the bottles into the flask?

From an assessed pair to all that a bench sheet says: which bottles, how much of each, in how much solution,
what will hurt the sample, and whether there may be a plan at all.
"""
