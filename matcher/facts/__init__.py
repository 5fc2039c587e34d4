"""What can be known about an applicant, a site and a project?"""
