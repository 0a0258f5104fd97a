"""A framework of roles, competences and requirements, gathered from the rows of a table; every row is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kompetanse.importers import nice, spreadsheet
from kompetanse.importers.columns import FRAMEWORK, Form, Record, form_of, record, unused_columns
from kompetanse.importers.identity import Identities
from kompetanse.importers.need import Defaults, Named, Need, Remark, Statement
from kompetanse.importers.table import Table


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a role asks of a competence.

    Attributes:
        first: The row that asked first.
        statements: Codes of the framework's statements that the role uses of it.
    """

    competence: str
    first: Need
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role of the table.

    Attributes:
        id: Its id in the region.
        named: How the table names it.
        requires: Its requirements, in the order of the table.
    """

    id: str
    named: Named
    requires: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class FoundCompetence:
    """A competence of the table.

    Attributes:
        id: Its id in the region.
        named: How the table names it.
        statements: The framework's statements about it, each once.
        in_region: Whether the region has it already, so that the table only refers to it.
    """

    id: str
    named: Named
    statements: tuple[Statement, ...]
    in_region: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every row: `read` is the sum of `used`, `empty`, and the lengths of `repeats` and `not_used`.

    Attributes:
        read: Rows after the column names.
        used: Rows that added a requirement or a statement to one.
        empty: Rows without anything in them.
        repeats: Rows that say what an earlier row has said.
        not_used: Rows that we could not use, each with its reason.
        notes: What else a person should know about rows that were used.
    """

    read: int
    used: int
    empty: int
    repeats: tuple[Remark, ...]
    not_used: tuple[Remark, ...]
    notes: tuple[Remark, ...]

    @property
    def faults(self) -> int:
        """Rows that were not used and that a person can mend."""
        return sum(remark.fault for remark in self.not_used)


@dataclass(frozen=True, slots=True)
class Framework:
    """What a table holds."""

    form: Form
    roles: tuple[FoundRole, ...]
    competences: tuple[FoundCompetence, ...]
    account: Account
    unused_columns: tuple[str, ...]


_READERS: Mapping[str, Callable[[Record, Defaults], Need | Remark]] = {
    "framework": nice.need,
    "requirements": spreadsheet.need,
}


def read_framework(table: Table, defaults: Defaults, identities: Callable[[Form], Identities]) -> Framework:
    """Return what `table` holds.

    Args:
        table: The table.
        defaults: What a row means that does not say it.
        identities: Makes the givers of ids for the form that the table turns out to have.

    Raises:
        KompetanseError: When its columns are those of no form we know.
    """
    form = form_of(table)
    gathering = _Gathering(identities(form))
    for row in table.rows:
        if row.is_empty:
            gathering.empty += 1
        else:
            gathering.take(_READERS[form.name](record(row, table, form), defaults))
    return gathering.result(form, len(table.rows), unused_columns(table, form))


def is_public(form: Form) -> bool:
    """Tell whether tables of `form` are a public framework in English, not a municipality's own."""
    return form is FRAMEWORK


@dataclass
class _Asked:
    """A requirement while its rows are gathered: the row that asked first, and the row of each statement."""

    first: Need
    statements: dict[str, Need] = field(default_factory=dict)


class _Gathering:
    """The rows so far."""

    def __init__(self, identities: Identities) -> None:
        self.empty = 0
        self._identities = identities
        self._used = 0
        self._repeats: list[Remark] = []
        self._not_used: list[Remark] = []
        self._notes: list[Remark] = []
        self._named: dict[tuple[str, str], tuple[Named, int]] = {}
        self._asked: dict[str, dict[str, _Asked]] = {}
        self._statements: dict[str, dict[str, tuple[Statement, int]]] = {}

    def take(self, found: Need | Remark) -> None:
        """Take in one row."""
        if isinstance(found, Remark):
            self._not_used.append(found)
            return
        role, competence = self._id("role", found), self._id("competence", found)
        if role and competence:
            self._add(role, competence, found)

    def _id(self, kind: str, need: Need) -> str | None:
        named = need.role if kind == "role" else need.competence
        found = self._identities.of(kind, named)
        if found is None and (not self._not_used or self._not_used[-1].line != need.line):
            reason = f"no id can be made of «{named.title[:40]}»: it has no letter a–z and no digit"
            self._not_used.append(Remark(need.line, reason))
        return found

    def _add(self, role: str, competence: str, need: Need) -> None:
        self._name("role", role, need.role, need.line)
        self._name("competence", competence, need.competence, need.line)
        asked = self._asked.get(role, {}).get(competence)
        if asked and (said := _said_before(asked, need)):
            (self._repeats if not said.fault else self._not_used).append(said)
            return
        self._used += 1
        asked = self._asked.setdefault(role, {}).setdefault(competence, _Asked(need))
        if need.statement:
            asked.statements[need.statement.key] = need
            self._state(competence, need.statement, need.line)

    def _name(self, kind: str, id_: str, named: Named, line: int) -> None:
        if (kind, id_) not in self._named and self._identities.differs(kind, named):
            self._notes.append(
                Remark(line, f"«{named.title}» gets the id {id_}: the shorter one is taken", fault=False)
            )
        first, where = self._named.setdefault((kind, id_), (named, line))
        if first.title.casefold() != named.title.casefold():
            reason = f"{named.code or id_} is called «{named.title}» here and «{first.title}» in line {where}; the first was kept"
            self._notes.append(Remark(line, reason, fault=False))

    def _state(self, competence: str, statement: Statement, line: int) -> None:
        known = self._statements.setdefault(competence, {})
        first, where = known.setdefault(statement.key, (statement, line))
        if first.text.casefold() != statement.text.casefold():
            reason = f"{statement.code} has another text than in line {where}; the first was kept"
            self._notes.append(Remark(line, reason, fault=False))

    def result(self, form: Form, read: int, unused: tuple[str, ...]) -> Framework:
        """Return what was gathered."""
        account = Account(
            read, self._used, self.empty, tuple(self._repeats), tuple(self._not_used), tuple(self._notes)
        )
        return Framework(
            form, tuple(map(self._role, self._asked)), tuple(self._competences()), account, unused
        )

    def _role(self, id_: str) -> FoundRole:
        asked = self._asked[id_]
        requires = tuple(
            Requirement(competence, one.first, tuple(self._codes(competence, one.statements)))
            for competence, one in asked.items()
        )
        return FoundRole(id_, self._named["role", id_][0], requires)

    def _codes(self, competence: str, keys: Iterable[str]) -> Iterable[str]:
        return sorted(code for key in keys if (code := self._statements[competence][key][0].code))

    def _competences(self) -> Iterable[FoundCompetence]:
        for (kind, id_), (named, _) in self._named.items():
            if kind == "competence":
                statements = tuple(one for one, _ in self._statements.get(id_, {}).values())
                yield FoundCompetence(id_, named, statements, self._identities.in_region(kind, named))


def _said_before(asked: _Asked, need: Need) -> Remark | None:
    """Return what to say of a row that adds nothing to what was asked; None when it does."""
    first = asked.first
    if need.statement:
        return _stated_before(asked.statements.get(need.statement.key), need)
    if (first.level, first.kind, first.basis) == (need.level, need.kind, need.basis):
        return Remark(need.line, f"says the same as line {first.line}", fault=False)
    reason = f"line {first.line} asks the same role for the same competence at level {first.level} ({first.kind}); the first was kept"
    return Remark(need.line, reason)


def _stated_before(earlier: Need | None, need: Need) -> Remark | None:
    if earlier is None or earlier.statement is None or need.statement is None:
        return None
    if earlier.statement.text.casefold() == need.statement.text.casefold():
        return Remark(need.line, f"says the same as line {earlier.line}", fault=False)
    return Remark(
        need.line, f"{need.statement.code} has another text than in line {earlier.line}; the first was kept"
    )
