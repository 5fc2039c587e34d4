"""How are many criteria decided fast, with the meaning of the reference?"""
