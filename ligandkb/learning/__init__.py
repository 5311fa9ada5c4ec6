"""What do a lab's own outcomes teach the rules, and what shall it try next?"""
