"""What follows from the statuses of criteria, by forward chaining?"""
