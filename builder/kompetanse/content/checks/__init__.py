"""The quality gates: each module asks one thing of the library and yields every problem it finds."""
