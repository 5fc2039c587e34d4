"""What does a rule author need: checks, tests, tables, and the documents drawn from the rules?"""
