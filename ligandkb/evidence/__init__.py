"""What has been measured?

Outcomes stand beside a prediction, never inside it. They keep what they were compared with, how the pair
was applied and where it is printed; conflicts stay visible.
"""
