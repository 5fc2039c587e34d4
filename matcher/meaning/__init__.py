"""What does a rule mean when some facts are unknown?"""
