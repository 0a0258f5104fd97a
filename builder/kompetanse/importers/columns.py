"""Which columns we know, by the names that people give them, and the two forms of table that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kompetanse.content.nearest import nearest
from kompetanse.errors import KompetanseError
from kompetanse.importers.table import Row, Table


@dataclass(frozen=True, slots=True)
class Form:
    """A form of table.

    Attributes:
        name: `framework` or `requirements`.
        fields: What each column means, by its name in small letters.
        required: Fields without which there is nothing to read.
        shown: The names to tell a person who has others.
    """

    name: str
    fields: Mapping[str, str]
    required: tuple[str, ...]
    shown: str


FRAMEWORK = Form(
    "framework",
    {
        "work role": "role",
        "competency": "competence",
        "competency id": "competence_id",
        "competency group": "competence_area",
        "category": "role_area",
        "specialty area": "specialty",
        "skills community": "community",
        "k s or a": "sort",
        "ksa id": "code",
        "ksa": "statement",
    },
    ("role", "competence"),
    "Work Role, Competency, Competency ID, K S or A, KSA ID, KSA",
)
"""NIST's NICE Framework as a table: a row for each role, competency and statement."""

REQUIREMENTS = Form(
    "requirements",
    dict.fromkeys(("role", "rolle", "roller", "stilling"), "role")
    | dict.fromkeys(("competence", "competency", "kompetanse", "kompetansar", "kompetanser"), "competence")
    | dict.fromkeys(("level", "nivå", "niva", "kompetansenivå"), "level")
    | dict.fromkeys(("kind", "requirement", "krav", "kravtype", "type krav"), "kind")
    | dict.fromkeys(("basis", "law", "hjemmel", "lovhjemmel", "heimel", "lovheimel"), "basis"),
    ("role", "competence"),
    "role;competence;level;kind (or rolle;kompetanse;nivå;krav)",
)
"""A municipality's own spreadsheet: a row for each role and competence."""

FORMS = (FRAMEWORK, REQUIREMENTS)


@dataclass(frozen=True, slots=True)
class Record:
    """A row whose cells have their meaning.

    Attributes:
        line: Line in the file.
        values: Cell by field; a field without column, or whose cell is empty, is not in it.
        surplus: Cells after the last column.
    """

    line: int
    values: Mapping[str, str]
    surplus: tuple[str, ...] = ()


def known(names: Sequence[str]) -> int:
    """Return how many of `names` the form that fits best knows."""
    return max(sum(name.casefold() in form.fields for name in names) for form in FORMS)


def form_of(table: Table) -> Form:
    """Return the form whose required columns `table` has.

    Raises:
        KompetanseError: When it has those of none, or one twice.
    """
    names = [name.casefold() for name in table.header.cells]
    fits = [form for form in FORMS if not _missing(form, names)]
    if not fits:
        raise KompetanseError(_unknown_table(table))
    form = max(fits, key=lambda one: sum(name in one.fields for name in names))
    fields = [form.fields[name] for name in names if name in form.fields]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        both = " and ".join(cell for cell in table.header.cells if form.fields.get(cell.casefold()) == twice)
        raise KompetanseError(
            f"{table.path}, line {table.header.line}: the columns {both} mean the same. Keep one of them"
        )
    return form


def _missing(form: Form, names: Sequence[str]) -> list[str]:
    found = {form.fields.get(name) for name in names}
    return [field for field in form.required if field not in found]


def _unknown_table(table: Table) -> str:
    names = table.header.cells
    found = ", ".join(f"«{name[:40]}»" for name in names[:12]) + (" …" if len(names) > 12 else "")
    near = [
        f"«{name}» may be {word}" for name in names for word in nearest(name.casefold(), _WORDS, 1) if name
    ]
    hint = f" {'; '.join(near[:3])}." if near and not known(names) else ""
    wanted = " or ".join(form.shown for form in FORMS)
    return (
        f"{table.path}, line {table.header.line}: the first row has no column for both role and competence. "
        f"It has {found}.{hint} Name the columns {wanted}"
    )


_WORDS = tuple(name for form in FORMS for name in form.fields)


def unused_columns(table: Table, form: Form) -> tuple[str, ...]:
    """Return the names of columns that hold something and mean nothing to us; «column 3» for one without name."""
    others = [place for place, name in enumerate(table.header.cells) if name.casefold() not in form.fields]
    filled = [
        place for place in others if any(len(row.cells) > place and row.cells[place] for row in table.rows)
    ]
    return tuple(table.header.cells[place] or f"column {place + 1}" for place in filled)


def record(row: Row, table: Table, form: Form) -> Record:
    """Return `row` with the meaning of its cells."""
    names = [form.fields.get(name.casefold()) for name in table.header.cells]
    pairs = zip(names, row.cells, strict=False)
    surplus = tuple(cell for cell in row.cells[len(names) :] if cell)
    return Record(row.line, {name: cell for name, cell in pairs if name and cell}, surplus)
