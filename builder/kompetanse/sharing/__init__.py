"""Other regions' courses: read a source, fork, follow, give back, be found."""
