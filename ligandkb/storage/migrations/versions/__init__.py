"""Which steps lead to today's schema?"""
