"""What changed between two sets of results: who gained or lost which scheme, and by what?"""
