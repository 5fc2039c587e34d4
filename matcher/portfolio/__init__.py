"""How is a whole file of companies read, matched, written and reported?"""
