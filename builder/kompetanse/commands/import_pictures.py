"""Pictures that came without alternative text, and whether somebody has written one here since."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kompetanse.importers.found_course import Loss
from kompetanse.importers.html_things import NO_ALTERNATIVE_TEXT


def still_lost(losses: Collection[Loss], texts: Collection[str]) -> Iterator[Loss]:
    """Yield what a newer version lost, without the pictures that have alternative text in the course's `texts` now."""
    for loss in losses:
        name = loss.what.removeprefix("picture ")
        if loss.why != NO_ALTERNATIVE_TEXT or not _is_described(name, texts):
            yield loss


def _is_described(name: str, texts: Collection[str]) -> bool:
    shown = re.compile(rf"!\[([^\]]*)\]\(<?{re.escape(name)}>?\)")
    found = [match[1].strip() for text in texts for match in shown.finditer(text)]
    return bool(found) and all(found)
