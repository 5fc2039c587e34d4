"""How does the text of a rule become one typed tree?"""
