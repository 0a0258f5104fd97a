"""Wiring from MkDocs' events to the functions of `kompetanse`."""
