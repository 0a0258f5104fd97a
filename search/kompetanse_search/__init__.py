"""Search that knows Norwegian: one analysis and one ranking, specified in `docs/search-ranking.md`."""

VERSION = 2
"""Of analysis and ranking together. An index of another version is never read; every change of a rule raises it."""
