"""What is the answer, and why?"""
