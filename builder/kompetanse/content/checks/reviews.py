"""Is it still true: reviews that are overdue on a given day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kompetanse.content.library import Library
from kompetanse.errors import Problem, Severity


def check(library: Library, today: date) -> Iterator[Problem]:
    """Yield a warning for every published document whose review fell due before `today`."""
    for document in library.documents:
        keys = document.keys
        if keys is None or keys.status != "published":
            continue
        if keys.reviewed and keys.reviewed > today:
            yield document.source.problem(
                "reviewed", "reviewed-in-future", Severity.WARNING, date=str(keys.reviewed)
            )
        if keys.reviewed and keys.review_every and keys.review_every.after(keys.reviewed) < today:
            due = str(keys.review_every.after(keys.reviewed))
            yield document.source.problem("reviewed", "review-overdue", Severity.WARNING, due=due)
