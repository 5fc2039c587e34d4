"""What deserves a second look in rules that load without a mistake?"""
