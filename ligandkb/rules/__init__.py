"""What follows from that?"""
