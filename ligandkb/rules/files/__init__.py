"""What stands in this file of rules, and where?"""
