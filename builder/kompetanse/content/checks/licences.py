"""May others use it: a licence that somebody has settled before a text is published, and so shared."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.content.library import Library
from kompetanse.errors import Problem
from kompetanse.model.licence import NOASSERTION


def check(library: Library) -> Iterator[Problem]:
    """Yield an error for everything but drafts whose licence nobody has settled."""
    for document in library.documents:
        keys = document.keys
        if keys and keys.licence == NOASSERTION and keys.status != "draft":
            yield document.source.problem("licence", "unsettled-licence")
