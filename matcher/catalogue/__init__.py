"""Which schemes are there, and what does each ask on a date?"""
