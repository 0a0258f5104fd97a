"""A page on this machine alone, for people who do not know git: choose what shall stand, place by place, and save once."""
