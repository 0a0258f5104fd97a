"""Certificates that people have handed over, as evidence: checked first, each once, however many files it came in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from kompetanse.evidence.assessment import legible
from kompetanse.evidence.verification import Asked, Result, recipient_of, verify
from kompetanse.learning.standing import Claim, Source
from kompetanse.model.assessment import Notice
from kompetanse.model.item import Evidence, ItemId

_LEVEL = re.compile(r"[1-4](?=\D|\Z)")
_COMMIT = 12


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate that holds: whose it is, and what it vouches for."""

    id: str
    file: str
    name: str
    claims: tuple[tuple[ItemId, Claim], ...]


def checked(
    certificate: Mapping[str, Any], file: str, asked: Asked, stands_for: Callable[[str], Evidence | None]
) -> Certified | Notice:
    """Return what `certificate` vouches for, or why it does not count.

    One that has run out counts until it did. One whose withdrawal cannot be checked does not count, since that is not known.

    Args:
        certificate: As it came.
        file: Its name, for what is told.
        asked: What it is checked against, at the end of the day of the report.
        stands_for: The class of evidence of a course's certificate by the course's address, for a certificate that does not say
            its own; None where it is not known.
    """
    results = {one.question: one for one in verify(certificate, asked)}
    fault = next(filter(None, map(_fault, results.values())), None)
    if fault:
        return Notice(f"documentation.refused.{fault}", {"file": file})
    name = legible(recipient_of(certificate)).strip()
    if not name:
        return Notice("documentation.refused.nameless", {"file": file})
    found = tuple(_claims(certificate, stands_for))
    if not found:
        return Notice("documentation.refused.nothing", {"file": file})
    return Certified(str(certificate.get("id")), file, name, found)


def _fault(result: Result) -> str | None:
    if result.outcome == "good" or result.question == "recipient" or result.key == "period.over":
        return None
    if result.question == "withdrawn" and result.outcome == "unknown" and result.key != "unreliable":
        return "unchecked"
    return result.question


def _claims(
    certificate: Mapping[str, Any], stands_for: Callable[[str], Evidence | None]
) -> Iterator[tuple[ItemId, Claim]]:
    achievement = _inside(certificate.get("credentialSubject"), "achievement")
    if not isinstance(achievement, Mapping):
        return
    evidence = _said(certificate) or stands_for(str(achievement.get("id"))) or "test"
    claim = _claim(certificate, achievement, evidence)
    for code, level in _aligned(achievement.get("alignment")):
        yield code, Claim(level, claim.evidence, claim.day, claim.until, claim.source)


def _said(certificate: Mapping[str, Any]) -> Evidence | None:
    """Return the class of evidence that the certificate says it stands for, as `credential.py` writes it."""
    found = certificate.get("evidence")
    genres = [_inside(one, "genre") for one in found] if isinstance(found, list) else []
    return next((known for known in get_args(Evidence) if known in genres), None)


def _claim(certificate: Mapping[str, Any], achievement: Mapping[str, Any], evidence: Evidence) -> Claim:
    until = certificate.get("validUntil")
    return Claim(
        0,
        evidence,
        date.fromisoformat(str(certificate["validFrom"])[:10]),
        date.fromisoformat(str(until)[:10]) if until is not None else None,
        Source(
            "certificate",
            legible(str(certificate.get("id"))).removeprefix("urn:uuid:")[:100],
            legible(str(_inside(certificate.get("issuer"), "name") or ""))[:100],
            _commit(achievement),
        ),
    )


def _commit(achievement: Mapping[str, Any]) -> str:
    named = achievement.get("otherIdentifier")
    for one in named if isinstance(named, list) else []:
        if _inside(one, "identifierType") == "ext:git-commit":
            return legible(str(_inside(one, "identifier")))[:_COMMIT]
    return ""


def _aligned(found: Any) -> Iterator[tuple[ItemId, int]]:
    """Yield the competences with the level that stands first in their description, as `achievement.py` writes it."""
    for one in found if isinstance(found, list) else []:
        level = _LEVEL.match(str(_inside(one, "targetDescription")))
        code = _inside(one, "targetCode")
        if level and isinstance(code, str):
            yield ItemId(code), int(level[0])


def _inside(found: Any, key: str) -> Any:
    return found.get(key) if isinstance(found, Mapping) else None


def each_once(found: Iterable[Certified]) -> tuple[Certified, ...]:
    """Return each certificate once; the same one comes as PDF, picture and JSON."""
    return tuple({one.id: one for one in reversed(list(found))}.values())[::-1]
