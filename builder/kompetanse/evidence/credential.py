"""A certificate before it is signed: an Open Badges 3.0 credential that says as little about a person as it can.

Source: 1EdTech Open Badges Specification 3.0, B.1 (data models), on W3C Verifiable Credentials Data Model 2.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kompetanse.evidence.contexts import CREDENTIALS, OPEN_BADGES
from kompetanse.evidence.status_list import entry
from kompetanse.model.item import Evidence


@dataclass(frozen=True, slots=True)
class IssuedBy:
    """Who issues: identifier, name, and the address of the site."""

    did: str
    name: str
    site: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A competence that the course teaches: its id, title, page, framework, and the level in words."""

    id: str
    title: str
    page: str
    framework: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What everybody who gets the certificate of a course has done, in one language.

    Attributes:
        page: Address of the course.
        title: Of the course.
        description: One sentence about it.
        criteria: What it took to get the certificate, in a sentence.
        evidence: Class of evidence that it stands for: `self`, `test` or `confirmed`.
        evidence_name: The same in words.
        language: Of all these.
        aligned: The competences.
        version: Day of the text's last change, and its commit; None when nobody knows.
        commit: The whole commit; None when nobody knows.
    """

    page: str
    title: str
    description: str
    criteria: str
    evidence: Evidence
    evidence_name: str
    language: str
    aligned: tuple[Aligned, ...] = ()
    version: str | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What one person gets.

    Attributes:
        id: Of the certificate; random.
        holder: Of the person in this certificate; random, and never used again.
        name: As it stands on the certificate.
        day: When it was earned; the certificate counts from its first second (UTC).
        last_day: Last day on which it counts; None when it does not expire.
        status_list: Whole address of the list that tells whether it is withdrawn.
        index: Its place in that list; random.
    """

    id: UUID
    holder: UUID
    name: str
    day: date
    last_day: date | None
    status_list: str
    index: int


def credential(issuer: IssuedBy, achievement: Achievement, award: Award) -> dict[str, Any]:
    """Return the certificate, unsigned."""
    until = {"validUntil": f"{award.last_day.isoformat()}T23:59:59Z"} if award.last_day else {}
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": award.id.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.title,
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.site},
        "validFrom": f"{award.day.isoformat()}T00:00:00Z",
        **until,
        "credentialSubject": {
            "id": award.holder.urn,
            "type": ["AchievementSubject"],
            "identifier": [_named(award.name)],
            "achievement": _achievement(achievement),
        },
        "evidence": [_evidence(achievement)],
        "credentialStatus": entry(award.status_list, award.index),
    }


def _named(name: str) -> dict[str, Any]:
    """Return the recipient by name alone: nothing is hashed, since only she and the archive have the file."""
    return {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": name}


def _evidence(one: Achievement) -> dict[str, Any]:
    """Return what the certificate rests on: its class as `genre`, which is for machines, and in words; never what somebody did."""
    return {"type": ["Evidence"], "genre": one.evidence, "name": one.evidence_name}


def _achievement(one: Achievement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": one.page,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": one.title,
        "description": one.description,
        "inLanguage": one.language,
        "criteria": {"id": one.page, "narrative": one.criteria},
    }
    if one.aligned:
        found["alignment"] = [_alignment(each) for each in one.aligned]
    if one.version:
        found["version"] = one.version
    if one.commit:
        found["otherIdentifier"] = [
            {"type": "IdentifierEntry", "identifier": one.commit, "identifierType": "ext:git-commit"}
        ]
    return found


def _alignment(one: Aligned) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetCode": one.id,
        "targetName": one.title,
        "targetDescription": one.level,
        "targetFramework": one.framework,
        "targetUrl": one.page,
    }
