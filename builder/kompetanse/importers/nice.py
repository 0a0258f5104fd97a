"""Rows of the NICE Framework: a work role, a competency, and a statement of knowledge, skill or ability."""

from __future__ import annotations

import re

from kompetanse.importers.columns import Record
from kompetanse.importers.need import Defaults, Named, Need, Remark, Sort, Statement

_CODED = re.compile(r"(.*\S)\s*\(([A-Z0-9]+(?:-[A-Z0-9]+)*)\)", re.IGNORECASE)
_ROLE_CODE = re.compile(r"[A-Z]{2,3}-[A-Z]{2,4}-[0-9]{1,4}", re.IGNORECASE)
_WITHDRAWN = re.compile(r"WITHDRAWN\b[: ]*", re.IGNORECASE)
_SEE = re.compile(r"\(see ([A-Z]?[0-9]+)\)", re.IGNORECASE)
_SORTS: dict[str, Sort] = {
    "knowledge": "knowledge",
    "skill": "skill",
    "ability": "ability",
    "k": "knowledge",
    "s": "skill",
    "a": "ability",
}


def need(row: Record, defaults: Defaults) -> Need | Remark:
    """Return what `row` says, or why it says nothing that we can use."""
    values = row.values
    missing = [name for name in ("role", "competence") if not values.get(name)]
    if missing:
        return Remark(row.line, f"it names no {' and no '.join(missing)}")
    if row.surplus:
        return Remark(row.line, f"it has more cells than there are columns: «{row.surplus[0][:40]}»")
    statement = _statement(row)
    if isinstance(statement, Remark):
        return statement
    return Need(row.line, _role(row), _competence(row), defaults.level, defaults.kind, statement=statement)


def _statement(row: Record) -> Statement | Remark | None:
    text, code = row.values.get("statement", ""), row.values.get("code", "")
    if not text:
        return Remark(row.line, f"the statement {code} has no text") if code else None
    if _WITHDRAWN.match(text):
        see = _SEE.search(text)
        instead = f"; it says to see {see[1]}" if see else ""
        return Remark(
            row.line, f"the framework has withdrawn {code or 'the statement'}{instead}", fault=False
        )
    given = row.values.get("sort") or code[:1] or text.partition(" ")[0]
    sort = _SORTS.get(given.casefold())
    if sort is None:
        return Remark(row.line, f"«{given[:40]}» is neither Knowledge, Skill nor Ability")
    return Statement(sort, code, text)


def _role(row: Record) -> Named:
    """Take the code from the end of the name: `Cyber Instructor (OV-TEA-002)`; `(COMSEC)` is none."""
    name = row.values["role"]
    found = _CODED.fullmatch(name)
    title, code = (found[1], found[2]) if found and _ROLE_CODE.fullmatch(found[2]) else (name, "")
    groups = [_without_code(row.values.get(field, "")) for field in ("role_area", "specialty", "community")]
    tags = tuple(dict.fromkeys(group for group in groups[1:] if group not in {"", title}))
    return Named(code or title, title, code, groups[0], tags)


def _without_code(group: str) -> str:
    """Return `Oversee and Govern` of `Oversee and Govern (OV)`."""
    found = _CODED.fullmatch(group)
    return found[1] if found and found[2].isupper() and len(found[2]) <= 3 else group


def _competence(row: Record) -> Named:
    title, code = row.values["competence"], row.values.get("competence_id", "")
    return Named(code or title, title, code, row.values.get("competence_area", ""))
