"""The page that a package is read on: one document that holds a whole course, its style sheet and its script."""
