"""How well the search ranks, on a set of queries with known answers, against other engines."""
