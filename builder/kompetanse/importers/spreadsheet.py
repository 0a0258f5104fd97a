"""Rows of a municipality's own spreadsheet: role, competence, and how much of it, in the words that people use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kompetanse.importers.columns import Record
from kompetanse.importers.need import Defaults, Named, Need, Remark
from kompetanse.model.item import Level, RequirementKind

_NUMBER = re.compile(r"(?:(?:nivå|niva|level)\s*)?([0-9]{1,3})(?:[.,]0+)?(?:\s*[-–—:.)(].*)?", re.IGNORECASE)
_LEVELS: Mapping[int, Level] = {1: 1, 2: 2, 3: 3, 4: 4}
_LEVEL_WORDS: Mapping[str, Level] = {
    "kjenner til": 1,
    "knows of": 1,
    "under veiledning": 2,
    "under rettleiing": 2,
    "under guidance": 2,
    "selvstendig": 3,
    "sjølvstendig": 3,
    "independently": 3,
    "veileder andre": 4,
    "rettleier andre": 4,
    "guides others": 4,
}
_KIND_WORDS: Mapping[str, RequirementKind] = {
    **dict.fromkeys(("statutory", "lovpålagt", "lovpålagd", "lovkrav", "lovfestet", "lovfesta"), "statutory"),
    **dict.fromkeys(("mandatory", "obligatorisk", "pålagt", "pålagd", "må", "skal", "krav"), "mandatory"),
    **dict.fromkeys(("recommended", "anbefalt", "tilrådd", "tilrådt", "bør", "ønskelig"), "recommended"),
}


def need(row: Record, defaults: Defaults) -> Need | Remark:
    """Return what `row` says, or why it says nothing that we can use."""
    role, competence = row.values.get("role"), row.values.get("competence")
    if not role or not competence:
        return Remark(
            row.line, f"it names no {'role' if not role else 'competence'}; a merged cell stands only once"
        )
    if row.surplus:
        return Remark(row.line, f"it has more cells than there are columns: «{row.surplus[0][:40]}»")
    level = _level(row, defaults)
    if isinstance(level, Remark):
        return level
    kind = _kind(row, defaults)
    if isinstance(kind, Remark):
        return kind
    basis = row.values.get("basis")
    if kind == "statutory" and not basis:
        return Remark(
            row.line,
            "it is statutory and names no law; give the law in a column «hjemmel», or write mandatory",
        )
    return Need(row.line, Named(role, role), Named(competence, competence), level, kind, basis)


def _level(row: Record, defaults: Defaults) -> Level | Remark:
    written = row.values.get("level")
    if written is None:
        return defaults.level
    number = _NUMBER.fullmatch(written)
    found = _LEVELS.get(int(number[1])) if number else _LEVEL_WORDS.get(written.casefold())
    return found or Remark(row.line, f"«{written[:40]}» is no level; write 1, 2, 3 or 4")


def _kind(row: Record, defaults: Defaults) -> RequirementKind | Remark:
    written = row.values.get("kind")
    if written is None:
        return defaults.kind
    found = _KIND_WORDS.get(written.casefold())
    return found or Remark(
        row.line, f"«{written[:40]}» says not how binding it is; write statutory, mandatory or recommended"
    )
