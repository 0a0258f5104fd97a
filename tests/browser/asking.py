"""How a test asks the search in the header."""

from __future__ import annotations

FIELD = "#kmp-query"


OPTION = "#kmp-found [role=option]"


ACTIVE = "#kmp-found [aria-selected=true]"


def ask(page, text: str) -> None:
    """Write `text` in the header and wait for what is said about it."""
    page.fill(FIELD, text)
    page.wait_for_selector(".kmp-search__output:not([hidden])")
