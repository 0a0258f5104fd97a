"""What an import did: every row, item and file accounted for, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kompetanse.importers.arrival import Arrival
from kompetanse.importers.framework import Framework
from kompetanse.importers.items import NewItem
from kompetanse.importers.need import Remark
from kompetanse.importers.table import Table

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import found and did.

    Attributes:
        file: As it was named.
        table: What was read.
        framework: What it holds.
        items: All files that it makes.
        arrival: Which of them were written, or would be.
        dry_run: Whether nothing was written.
    """

    file: Path
    table: Table
    framework: Framework
    items: Sequence[NewItem]
    arrival: Arrival
    dry_run: bool

    def counted(self, kind: str) -> tuple[int, int]:
        """Return how many items of `kind` were found and written."""
        found = sum(item.kind == kind for item in self.items)
        return found, sum(item.kind == kind for item in self.arrival.items)

    @property
    def requirements(self) -> tuple[int, int]:
        """How many requirements were found and written."""
        return (
            sum(item.requirements for item in self.items),
            sum(item.requirements for item in self.arrival.items),
        )

    @property
    def referred(self) -> int:
        """How many competences the region had already."""
        return sum(one.in_region for one in self.framework.competences)


def as_json(outcome: Outcome) -> str:
    """Return `{"file", "form", "rows", "roles", "competences", "requirements", "repeats", "not_used", "notes", …}`.

    `rows.read` is the sum of the other four. A row in `not_used` with `fault` false was taken back by its source.
    """
    account, table = outcome.framework.account, outcome.table
    said = {
        "file": str(outcome.file),
        "form": outcome.framework.form.name,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "dry_run": outcome.dry_run,
        "rows": {
            "read": account.read,
            "used": account.used,
            "repeats": len(account.repeats),
            "not_used": len(account.not_used),
            "empty": account.empty,
        },
        "roles": _pair(outcome.counted("role")),
        "competences": {**_pair(outcome.counted("competence")), "in_region": outcome.referred},
        "requirements": _pair(outcome.requirements),
        "repeats": [_remark(one) for one in account.repeats],
        "not_used": [{**_remark(one), "fault": one.fault} for one in account.not_used],
        "notes": [_remark(one) for one in account.notes],
        "unused_columns": list(outcome.framework.unused_columns),
        "written": [str(item.path) for item in outcome.arrival.items],
        "not_written": [{"path": str(one.path), "reason": one.reason} for one in outcome.arrival.kept],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _pair(counts: tuple[int, int]) -> dict[str, int]:
    return {"found": counts[0], "written": counts[1]}


def _remark(remark: Remark) -> dict[str, Any]:
    return {"line": remark.line, "reason": remark.reason}


def as_text(outcome: Outcome) -> str:
    """Return the report that people read."""
    return "\n".join([*_rows(outcome), *_items(outcome), *_files(outcome)])


def _rows(outcome: Outcome) -> Iterator[str]:
    account, table = outcome.framework.account, outcome.table
    sign = {"\t": "tab"}.get(table.delimiter, table.delimiter)
    is_book = table.encoding == "xlsx"
    yield f"{outcome.file} ({f'sheet «{sign}»' if is_book else f'{table.encoding}, cells between {sign}'})"
    yield (
        f"{_count(account.read, 'row')} read: {account.used} used, {len(account.repeats)} repeat something, "
        + (f"{len(account.not_used)} not used, {account.empty} empty")
    )
    yield from _remarks("Repeats", account.repeats)
    yield from _remarks("Not used", account.not_used)
    yield from _remarks("Notes", account.notes)
    if outcome.framework.unused_columns:
        yield f"Columns not used: {', '.join(outcome.framework.unused_columns)}"


def _remarks(heading: str, remarks: Sequence[Remark]) -> Iterator[str]:
    if remarks:
        yield f"{heading}:"
    yield from (f"  line {one.line}: {one.reason}" for one in remarks[:_MOST_SHOWN])
    if len(remarks) > _MOST_SHOWN:
        yield f"  … and {len(remarks) - _MOST_SHOWN} more; --json has all"


def _items(outcome: Outcome) -> Iterator[str]:
    verb = "would be written" if outcome.dry_run else "written"
    counts = {
        "role": outcome.counted("role"),
        "competence": outcome.counted("competence"),
        "requirement": outcome.requirements,
    }
    for name, (found, written) in counts.items():
        of = "" if found == written else f" of {found}"
        yield f"{_count(written, name) if not of else f'{written}{of} {name}s'} {verb}"
    if outcome.referred:
        yield f"{_count(outcome.referred, 'competence')} that the region has already: only referred to"


def _files(outcome: Outcome) -> Iterator[str]:
    kept = outcome.arrival.kept
    if kept:
        yield f"{_count(len(kept), 'file')} not written:"
    yield from (f"  {one.path}: {one.reason}" for one in kept)
    folders = dict.fromkeys(str(item.path.parent) for item in outcome.arrival.items)
    if folders:
        yield f"In {' and '.join(folders)}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
