"""May material under one licence be used in a work under another?

    adaptation("CC-BY-SA-4.0", "CC-BY-4.0")     # Verdict("refuse", "share-alike")
    part("CC-BY-SA-4.0", "CC-BY-4.0")           # Verdict("mark", "own-mark")
    verdict.words("nb")                         # for people

`adaptation` is for text that is changed or mixed into other text; `part` for an unchanged part that stands on its own in
a work, such as a picture, or a page in a course. Facts: the legal codes and the adapter's chart of Creative Commons
(https://creativecommons.org/faq/#can-i-combine-material-under-different-creative-commons-licenses-in-my-work); NLOD 2.0
§§ 2, 5, 9 and 10 (https://data.norge.no/nlod/no/2.0); EUPL 1.2 article 5 and its appendix. It is no legal advice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kompetanse.messages import text

_PUBLIC_DOMAIN = {
    one.upper(): one for one in ("CC0-1.0", "CC-PDDC", "CC-PDM-1.0", "PDDL-1.0", "0BSD", "Unlicense", "MIT-0")
}
_PERMISSIVE = {one.upper(): one for one in ("MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0")}
_EUPL = {"EUPL-1.2": "EUPL-1.2"}
_FORM = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)(?:-[A-Z]{2,3})?|(NLOD)-(\d\.\d)")
_NLOD_TO = frozenset({"BY"})
_ATTRIBUTION = frozenset({"BY"})


class Answer(StrEnum):
    """What may be done: it; it, with a warning; it, with a licence mark of its own; not."""

    OK = "ok"
    WARN = "warn"
    MARK = "mark"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer and its reason.

    Attributes:
        answer: What may be done.
        code: Why; the message catalogue has its words under `licence_verdict`.
    """

    answer: Answer
    code: str

    def words(self, language: str) -> str:
        """Return the reason for people."""
        return text(language, f"licence_verdict.{self.code}")


@dataclass(frozen=True, slots=True)
class _Terms:
    """A licence taken apart: `PD`, `CC`, `NLOD`, `permissive` or `EUPL`; of BY, NC, SA and ND; its version."""

    family: str
    parts: frozenset[str] = _ATTRIBUTION
    version: tuple[int, ...] = ()


_OK = Verdict(Answer.OK, "free")


def canonical(licence: str | None) -> str | None:
    """Return the identifier as SPDX writes it, whatever its letters' case; None for a licence that we do not know.

    SPDX 2.3, annex D: identifiers are compared without regard to case.
    """
    name = (licence or "").strip().upper()
    known = _PUBLIC_DOMAIN | _PERMISSIVE | _EUPL
    return known.get(name) or (name if _FORM.fullmatch(name) else None)


def adaptation(source: str | None, target: str | None) -> Verdict:
    """Tell whether an adaptation of something under `source` may be published under `target`."""
    first, second = _terms(source), _terms(target)
    if first is None or second is None:
        return Verdict(Answer.REFUSE, "unknown")
    if first.family == "PD":
        return _OK
    if "ND" in first.parts:
        return Verdict(Answer.REFUSE, "no-derivatives")
    if canonical(source) == canonical(target):
        return Verdict(Answer.OK, "same")
    return _FAMILIES.get(first.family, _from_cc)(first, second)


def part(source: str | None, target: str | None) -> Verdict:
    """Tell whether something unchanged under `source` may stand in a work under `target`, as a part of a collection."""
    first, second = _terms(source), _terms(target)
    if first is None or second is None:
        return Verdict(Answer.REFUSE, "unknown")
    if first.family == "PD" or canonical(source) == canonical(target):
        return _OK
    closed = "NC" in first.parts and "NC" not in second.parts
    return Verdict(Answer.MARK, "own-mark-non-commercial" if closed else "own-mark")


def kept(source: str | None, target: str | None) -> Verdict:
    """Tell whether a text under `source` may be adapted in a region under `target`, when it keeps its own licence where it must."""
    found = adaptation(source, target)
    if found.answer is not Answer.REFUSE or found.code in {"unknown", "no-derivatives"}:
        return found
    return part(source, target)


def _terms(licence: str | None) -> _Terms | None:
    name = canonical(licence)
    if name is None:
        return None
    for family, names in (("PD", _PUBLIC_DOMAIN), ("permissive", _PERMISSIVE), ("EUPL", _EUPL)):
        if name in names.values():
            return _Terms(family, frozenset() if family == "PD" else _ATTRIBUTION)
    match = _FORM.fullmatch(name)
    if match is None:
        return None
    if match[3]:
        return _Terms("NLOD", _ATTRIBUTION, _version(match[4]))
    return _Terms("CC", frozenset(match[1].split("-")), _version(match[2]))


def _version(written: str) -> tuple[int, ...]:
    return tuple(int(number) for number in written.split("."))


def _from_cc(first: _Terms, second: _Terms) -> Verdict:
    """The adapter's chart: what SA, NC and BY ask of an adaptation."""
    if "SA" in first.parts:
        fits = second.family == "CC" and second.parts == first.parts and second.version >= first.version
        return Verdict(Answer.OK, "same") if fits else Verdict(Answer.REFUSE, "share-alike")
    if "NC" in first.parts and "NC" not in second.parts:
        return Verdict(Answer.REFUSE, "non-commercial")
    if second.family == "PD":
        return Verdict(Answer.REFUSE, "attribution")
    if second.family in {"permissive", "EUPL"}:
        return Verdict(Answer.REFUSE, "software-licence")
    if "ND" in second.parts:
        return Verdict(Answer.WARN, "target-no-derivatives")
    if second.family == "NLOD":
        return Verdict(Answer.WARN, "cc-in-nlod")
    older = second.parts == first.parts and second.version < first.version
    return Verdict(Answer.WARN, "older") if older else _OK


def _from_nlod(first: _Terms, second: _Terms) -> Verdict:
    """NLOD 2.0 § 9 names CC BY 4.0 as compatible; § 10 allows later versions."""
    if second.family in {"PD", "permissive", "EUPL"} or "ND" in second.parts:
        return _from_cc(first, second)
    if second.family == "NLOD":
        newer = second.version >= first.version
        return Verdict(Answer.OK, "same") if newer else Verdict(Answer.WARN, "older")
    listed = first.version == (2, 0) and second.parts == _NLOD_TO and second.version >= (4, 0)
    return Verdict(Answer.OK, "nlod-listed") if listed else Verdict(Answer.WARN, "nlod-not-listed")


def _from_permissive(first: _Terms, second: _Terms) -> Verdict:
    """MIT, BSD, ISC and Apache ask that their notice follows, and nothing of the licence of what is made."""
    if second.family == "PD":
        return Verdict(Answer.REFUSE, "attribution")
    if "ND" in second.parts:
        return Verdict(Answer.WARN, "target-no-derivatives")
    return Verdict(Answer.WARN, "keep-notice")


def _from_eupl(first: _Terms, second: _Terms) -> Verdict:
    """Article 5 lets a work other than software go on under CC BY-SA 3.0, whose § 4(b) allows later versions."""
    shared = second.family == "CC" and second.parts == {"BY", "SA"} and second.version >= (3, 0)
    return Verdict(Answer.WARN, "eupl-listed") if shared else Verdict(Answer.REFUSE, "share-alike")


_FAMILIES = {"NLOD": _from_nlod, "permissive": _from_permissive, "EUPL": _from_eupl}
