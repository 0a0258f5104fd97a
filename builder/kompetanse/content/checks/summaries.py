"""Does the summary fit the lists it stands in?"""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.content.library import Library
from kompetanse.errors import Problem, Severity

MAX_SUMMARY = 200
"""Signs that lists and search show."""


def check(library: Library) -> Iterator[Problem]:
    """Yield every summary that is too long."""
    for document in library.documents:
        summary = document.keys.summary if document.keys else None
        if summary and len(summary) > MAX_SUMMARY:
            yield document.source.problem(
                "summary", "summary-too-long", Severity.WARNING, length=str(len(summary))
            )
