"""The form for practical checks: who has seen whom do what, signed off row by row.

A row that is not signed off yet says only that the person is in the unit and has the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kompetanse.content.checks.writing import has_national_identity_number
from kompetanse.importers.columns import Form, Record, record
from kompetanse.importers.dates import day_of
from kompetanse.importers.table import Table, read_table
from kompetanse.learning.framework import Framework, Named
from kompetanse.learning.standing import Claim, Source
from kompetanse.model.assessment import Notice
from kompetanse.model.attendance import same_person
from kompetanse.model.item import ItemId

COLUMNS = ("name", "role", "competence", "required", "level", "day", "by", "version")
"""Columns of the form, in its order; their words stand in the messages under `documentation.form`."""

_NAMES = {
    "name": ("name", "navn", "namn"),
    "role": ("role", "rolle"),
    "competence": ("competence", "kompetanse"),
    "required": ("required level", "nivå som kreves", "nivå som blir kravd"),
    "level": ("level", "nivå"),
    "day": ("date", "dato"),
    "by": ("confirmed by", "bekreftet av", "stadfesta av"),
    "version": ("version", "utgave", "utgåve"),
}
OBSERVATIONS = Form(
    "observations",
    {word: field for field, words in _NAMES.items() for word in words},
    (),
    "navn;rolle;kompetanse;nivå;dato;bekreftet av",
)
_NEEDED = {"name", "role", "competence", "level", "day", "by"}
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\Z")
"""Ends the cell of the version, after a word: a spreadsheet would take some commits for numbers."""

_LEVEL = re.compile(r"([1-4])(?:\D.*)?")
_SEEN = ("level", "day", "by")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Observed:
    """A row: a person, one role of hers, and what somebody has seen; nothing seen yet has no claim."""

    name: str
    role: ItemId
    competence: ItemId | None = None
    claim: Claim | None = None


def is_form(table: Table) -> bool:
    """Tell whether `table` has the columns of the form, each once."""
    fields = [OBSERVATIONS.fields.get(name.casefold()) for name in table.header.cells]
    return set(fields) >= _NEEDED and all(fields.count(one) == 1 for one in _NEEDED)


def read_observations(
    path: Path, file: str, framework: Framework, today: date
) -> tuple[tuple[Observed, ...], tuple[Notice, ...]]:
    """Return what the form at `path` says, and what is wrong with it; a row that is wrong says nothing.

    Args:
        path: The file.
        file: Its name, for what is told.
        framework: Roles and competences, by id, former id or title.
        today: No observation is later.

    Raises:
        KompetanseError: When it is no CSV.
    """
    table = read_table(path, lambda names: sum(name.casefold() in OBSERVATIONS.fields for name in names))
    if not is_form(table):
        return (), (Notice("documentation.refused.no_form", {"file": file}),)
    reader = _Reader(file, framework, today)
    read = [reader.row(record(row, table, OBSERVATIONS)) for row in table.rows if not row.is_empty]
    return tuple(one for one in read if isinstance(one, Observed)), tuple(
        one for one in read if isinstance(one, Notice)
    )


class _Reader:
    """Reads rows of one form."""

    def __init__(self, file: str, framework: Framework, today: date) -> None:
        self._file = file
        self._framework = framework
        self._today = today
        self._roles = _by_words(framework.roles)
        self._competences = _by_words(framework.asked)

    def row(self, row: Record) -> Observed | Notice:
        """Return what a row says, or what is wrong with it; an identity number is never repeated."""
        fault = next(self._faults(row), None)
        if fault:
            return Notice(f"documentation.row.{fault}", {"file": self._file, "line": str(row.line)})
        values = row.values
        role = self._role(values)
        assert role is not None  # noqa: S101 (a row without one is a fault)
        if not _is_seen(values):
            return Observed(values["name"], role)
        level, day = _LEVEL.fullmatch(values["level"]), day_of(values["day"])
        assert level is not None and day is not None  # noqa: S101, PT018 (a row without them is a fault)
        version = _COMMIT.search(values.get("version", ""))
        source = Source("observation", self._file, values["by"], version[0] if version else "")
        claim = Claim(int(level[1]), "confirmed", day, source=source)
        return Observed(values["name"], role, self._competence(values), claim)

    def _role(self, values: Mapping[str, str]) -> ItemId | None:
        word = values.get("role", "")
        return self._roles.get(self._framework.today(ItemId(word)).casefold())

    def _competence(self, values: Mapping[str, str]) -> ItemId | None:
        word = values.get("competence", "")
        return self._competences.get(self._framework.today(ItemId(word)).casefold())

    def _faults(self, row: Record) -> Iterator[str]:
        values = row.values
        cells = (*values.values(), *row.surplus)
        if any(map(has_national_identity_number, cells)):
            yield "identity"
        if any(len(one) > _LONGEST for one in cells) or row.surplus:
            yield "shape"
        if "name" not in values:
            yield "name"
        if self._role(values) is None:
            yield "role"
        if _is_seen(values):
            yield from self._wrong(values)

    def _wrong(self, values: Mapping[str, str]) -> Iterator[str]:
        """Yield what is wrong with a row that somebody has begun to sign off."""
        if self._competence(values) is None:
            yield "competence"
        if not _LEVEL.fullmatch(values.get("level", "")):
            yield "level"
        day = day_of(values.get("day", ""))
        if day is None:
            yield "day"
        elif day > self._today:
            yield "future"
        if "by" not in values:
            yield "by"
        elif same_person(values["by"], values["name"]):
            yield "herself"


def _is_seen(values: Mapping[str, str]) -> bool:
    return any(one in values for one in _SEEN)


def _by_words(named: Mapping[ItemId, Named]) -> dict[str, ItemId]:
    """Return ids by title, where no other has the same, and by themselves."""
    titles = [one.title.casefold() for one in named.values()]
    single = {
        one.title.casefold(): id_ for id_, one in named.items() if titles.count(one.title.casefold()) == 1
    }
    return {**single, **{id_.casefold(): id_ for id_ in named}}


def empty_form(
    framework: Framework, roles: Sequence[ItemId], people: Iterable[str]
) -> Iterator[tuple[str, str, str, int]]:
    """Yield name, role, competence and level asked for of each row; people are there for each role, and may be one without name."""
    for name in people:
        for role in roles:
            for one in framework.requirements[role]:
                yield name, framework.roles[role].title, framework.asked[one.competence].title, one.level
