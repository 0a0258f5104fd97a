"""A certificate on paper: a tagged PDF (PDF/UA-1) in the recipient's language, with the certificate itself attached."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from kompetanse.evidence.typst_pdf import MissingSign, lacking, printable, tagged_pdf
from kompetanse.messages import text


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a certificate.

    Attributes:
        credential: The certificate.
        whole: Its file, which is attached.
        badge: The picture, as SVG.
        address: Where it is checked.
        language: nb, nn or en.
    """

    credential: Mapping[str, Any]
    whole: str
    badge: str
    address: str
    language: str


def certificate_pdf(one: Printed) -> tuple[bytes, frozenset[str]]:
    """Return the PDF, and the signs of the name and other texts that no font of ours has and a `?` stands for."""
    moment = datetime.fromisoformat(one.credential["proof"][0]["created"])
    shown, kept = _shown(one), _kept(one)
    try:
        return tagged_pdf(
            "certificate.typ", json.dumps({**shown, **kept}, ensure_ascii=False), moment
        ), frozenset()
    except MissingSign:
        words = json.dumps(shown, ensure_ascii=False)
        plain = {**json.loads(printable(words)), **kept}
        return tagged_pdf("certificate.typ", json.dumps(plain, ensure_ascii=False), moment), lacking(words)


def _kept(one: Printed) -> dict[str, Any]:
    """Return what stays to the sign: the certificate, the pictures and the address."""
    return {
        "certificate": one.whole,
        "badge": one.badge,
        "qr": qr_code(one.address),
        "address": one.address,
        "language": one.language,
    }


def _shown(one: Printed) -> dict[str, Any]:
    say = partial(text, one.language)
    found, achievement = one.credential, one.credential["credentialSubject"]["achievement"]
    course, issuer = achievement["name"], found["issuer"]["name"]
    names = (
        "given_to",
        "has_completed",
        "competences_heading",
        "check_heading",
        "check",
        "qr_alt",
        "not_a_delegation",
    )
    return {
        "title": say("certificate.whole_title", course=course),
        "heading": say("certificate.title"),
        "badge_alt": say("certificate.badge", course=course, issuer=issuer),
        "issuer": issuer,
        "name": found["credentialSubject"]["identifier"][0]["identityHash"],
        "course": course,
        "description": achievement["description"],
        "facts": _facts(one),
        "competences": [
            f"{row['targetName']} – {row['targetDescription']}" for row in achievement.get("alignment", [])
        ],
        **{name: say(f"certificate.{name}") for name in names},
    }


def _facts(one: Printed) -> list[tuple[str, str]]:
    found, achievement = one.credential, one.credential["credentialSubject"]["achievement"]
    until = found.get("validUntil")
    ends = (
        ("last_day", _day(one.language, until))
        if until
        else ("validity", text(one.language, "certificate.no_end"))
    )
    rows = (
        ("completed", _day(one.language, found["validFrom"])),
        ends,
        ("criteria_heading", achievement["criteria"]["narrative"]),
        ("version", achievement.get("version", "")),
        ("number", found["id"].removeprefix("urn:uuid:")),
    )
    return [(text(one.language, f"certificate.{name}"), value) for name, value in rows if value]


def _day(language: str, moment: str) -> str:
    day = date.fromisoformat(moment[:10])
    return text(language, "date.day", day=day.day, month=text(language, f"month.{day.month}"), year=day.year)


def qr_code(address: str) -> str:
    """Return the address as a QR code in SVG; a fragment in it never reaches any server."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False, nl=False)
    return drawn.getvalue().decode("utf-8")
