"""Rows of a municipality's own spreadsheet: role, competence, and how much of it, in the words that people use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kompetanse.importers.columns import Record
from kompetanse.importers.need import Defaults, Named, Need, Remark
from kompetanse.messages import LANGUAGES, text
from kompetanse.model.item import LEVELS, Level, RequirementKind

_NUMBER = re.compile(
    r"(?:(?:nivå|niva|level)\s*)?([0-9]{1,3})(?:[.,]0+)?(?:\s*[-–—:.)(]+\s*(?:[^\W\d].*)?)?", re.IGNORECASE
)
_LEVEL_WORDS: Mapping[str, Level] = {
    text(language, f"level.{level}").casefold(): level for language in LANGUAGES for level in LEVELS
}
_OTHER_KIND_WORDS: Mapping[RequirementKind, tuple[str, ...]] = {
    "statutory": ("statutory", "lovpålagd", "lovkrav", "lovfestet", "lovfesta"),
    "mandatory": ("mandatory", "pålagt", "pålagd", "må", "skal", "krav"),
    "recommended": ("recommended", "tilrådt", "bør", "ønskelig", "ønskjeleg"),
}
_KIND_WORDS: Mapping[str, RequirementKind] = {
    word: kind
    for kind, others in _OTHER_KIND_WORDS.items()
    for word in (*others, *(text(language, f"requirement.{kind}").casefold() for language in LANGUAGES))
}


def need(row: Record, defaults: Defaults) -> Need | Remark:
    """Return what `row` says, or why it says nothing that we can use."""
    role, competence = row.values.get("role"), row.values.get("competence")
    if not role or not competence:
        return Remark(
            row.line,
            f"it names no {'role' if not role else 'competence'}; of merged cells only the first row has the text",
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
    asked = int(number[1]) if number else _LEVEL_WORDS.get(written.casefold())
    found = next((level for level in LEVELS if level == asked), None)
    return found or Remark(row.line, f"«{written[:40]}» is no level; write 1, 2, 3 or 4")


def _kind(row: Record, defaults: Defaults) -> RequirementKind | Remark:
    written = row.values.get("kind")
    if written is None:
        return defaults.kind
    found = _KIND_WORDS.get(written.casefold())
    return found or Remark(
        row.line, f"«{written[:40]}» says not how binding it is; write statutory, mandatory or recommended"
    )
