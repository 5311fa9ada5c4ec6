"""What can be bought?

Products, the partners that come along with them, and the crystals' surface sites, read from CSV files
with the position of each cell, so that every problem can be pointed at.
"""
