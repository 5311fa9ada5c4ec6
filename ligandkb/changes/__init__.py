"""What has changed since a ranking was stored, and why?"""
