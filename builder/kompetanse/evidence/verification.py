"""Whether a certificate holds: five questions, each answered for itself, and never one green tick.

The keys come from `region.yml`, never from an address that the certificate names. A list of the withdrawn counts only when it
is that of the same issuer, at the address that the certificate names, and itself signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from kompetanse.evidence import did, status_list
from kompetanse.evidence.proofs import Refused, Uncovered, check
from kompetanse.model.attendance import same_person
from kompetanse.model.issuer import Issuer
from kompetanse.model.region import Region

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
"""XML Schema's dateTime with a zone, as Verifiable Credentials 2.0 (4.9) asks for."""

Question = Literal["signature", "issuer", "period", "withdrawn", "recipient"]
Outcome = Literal["good", "bad", "unknown"]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one question.

    Attributes:
        question: Which.
        outcome: `unknown` when it could not be checked.
        key: Of the words that say it, in `messages` under `verify`.
        values: What those words are filled with; a value called `day` is a date.
    """

    question: Question
    outcome: Outcome
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """An issuer that is known here: what people call it, and its keys."""

    name: str
    did: Mapping[str, Any]


def known_issuers(region: Region) -> dict[str, Known]:
    """Return the issuers that `region` knows, itself and those it trusts, by identifier."""
    own = region.issuer
    trusted = {
        one.did: Known(one.name, did.document(Issuer(did=one.did, keys=one.keys), "")) for one in own.trusts
    }
    if own.did is None:
        return trusted
    return {**trusted, own.did: Known(own.name or region.publisher, did.document(own, region.url or ""))}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a certificate is checked against.

    Attributes:
        issuers: Those that are known.
        lists: Lists of the withdrawn, by whole address.
        moment: Now.
        name: Whose certificate it should be; empty when nobody is expected.
    """

    issuers: Mapping[str, Known]
    lists: Mapping[str, Mapping[str, Any]]
    moment: datetime
    name: str = ""


def verify(certificate: Mapping[str, Any], asked: Asked) -> tuple[Result, ...]:
    """Return five results, in the order of `Question`.

    Of a certificate whose signature does not hold, nothing else that it says can be relied on.
    """
    issuer = _issuer_of(certificate)
    known = asked.issuers.get(issuer)
    signature = _signature(certificate, known)
    named = (
        Result("issuer", "good", "issuer.good", {"issuer": known.name})
        if known
        else Result("issuer", "bad", "issuer.bad", {"issuer": issuer[:200]})
    )
    if known is None or signature.outcome != "good":
        return (signature, named, *_unreliable())
    return (
        signature,
        named,
        _period(certificate, asked.moment),
        _withdrawn(certificate, issuer, known, asked.lists),
        _recipient(certificate, asked.name),
    )


def is_sound(results: tuple[Result, ...]) -> bool:
    """Tell whether every question has a good answer; the recipient may be one that nobody asked for."""
    return all(
        one.outcome == "good" or (one.question == "recipient" and one.outcome == "unknown") for one in results
    )


def _unreliable() -> Iterator[Result]:
    questions: tuple[Question, ...] = ("period", "withdrawn", "recipient")
    yield from (Result(one, "unknown", "unreliable") for one in questions)


def _issuer_of(certificate: Mapping[str, Any]) -> str:
    found = certificate.get("issuer")
    named = found.get("id") if isinstance(found, dict) else found
    return named if isinstance(named, str) else ""


def _signature(certificate: Mapping[str, Any], known: Known | None) -> Result:
    if known is None:
        return Result("signature", "unknown", "signature.unknown")
    try:
        check(certificate, known.did)
    except Uncovered:
        return Result("signature", "unknown", "signature.uncovered")
    except Refused as refused:
        return Result("signature", "bad", f"reason.{refused}")
    return Result("signature", "good", "signature.good")


def _period(certificate: Mapping[str, Any], now: datetime) -> Result:
    first, last = certificate.get("validFrom"), certificate.get("validUntil")
    try:
        starts = _moment(first)
        ends = _moment(last) if last is not None else None
    except (ValueError, OverflowError):
        return Result("period", "unknown", "period.unknown")
    if now < starts:
        return Result("period", "bad", "period.early", {"day": starts.date().isoformat()})
    if ends is None:
        return Result("period", "good", "period.endless")
    day = {"day": ends.date().isoformat()}
    return (
        Result("period", "bad", "period.over", day)
        if now > ends
        else Result("period", "good", "period.good", day)
    )


def _moment(text: Any) -> datetime:
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError("no moment")
    return datetime.fromisoformat(text).astimezone(UTC)


def _withdrawn(
    certificate: Mapping[str, Any], issuer: str, known: Known, lists: Mapping[str, Mapping[str, Any]]
) -> Result:
    entry = certificate.get("credentialStatus")
    if not isinstance(entry, dict) or entry.get("statusPurpose") != "revocation":
        return Result("withdrawn", "unknown", "withdrawn.no_entry")
    address = str(entry.get("statusListCredential"))
    listed = lists.get(address)
    if listed is None:
        return Result("withdrawn", "unknown", "withdrawn.no_list", {"address": address[:200]})
    try:
        bits = status_list.bits_of(listed, address, issuer)
        check(listed, known.did)
        changed = {"day": _moment(listed.get("validFrom")).date().isoformat()}
        is_withdrawn = status_list.is_set(bits, status_list.index_of(entry))
    except (Refused, ValueError, OverflowError):
        return Result("withdrawn", "unknown", "withdrawn.wrong_list")
    if is_withdrawn:
        return Result("withdrawn", "bad", "withdrawn.bad")
    return Result("withdrawn", "good", "withdrawn.good", changed)


def recipient_of(certificate: Mapping[str, Any]) -> str:
    """Return the name that a certificate says; nothing when it says none."""
    subject = certificate.get("credentialSubject")
    named = subject.get("identifier") if isinstance(subject, dict) else None
    for one in named if isinstance(named, list) else []:
        if isinstance(one, dict) and one.get("identityType") == "name" and not one.get("hashed"):
            return str(one.get("identityHash"))
    return ""


def _recipient(certificate: Mapping[str, Any], asked: str) -> Result:
    name = recipient_of(certificate)
    if not asked:
        return Result("recipient", "unknown", "recipient.unknown", {"name": name})
    if name and same_person(name, asked):
        return Result("recipient", "good", "recipient.good", {"name": name})
    return Result("recipient", "bad", "recipient.bad", {"name": name})
