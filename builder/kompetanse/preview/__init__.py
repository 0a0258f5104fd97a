"""A region's site in memory, kept as its files are: what a saved file changes is made anew, and shown at once."""
