"""Which conditions can never be met, and which schemes have no possible applicant?"""
