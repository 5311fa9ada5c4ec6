"""What has been measured?"""
