"""A certificate as an Open Badges 2.0 hosted assertion, for backpacks that do not read 3.0 yet, such as Moodle's.

Checking such a badge is fetching it from its address, so a file for each recipient must lie in public. It holds no name: the recipient is
told by the salted SHA-256 of her e-mail address. Source: 1EdTech Open Badges 2.0 (Final Release), 4.1 and 6.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.evidence import badge, baking
from kompetanse.evidence.issue_log import Issued

_CONTEXT = "https://w3id.org/openbadges/v2"
_KEYWORD = b"openbadges"
_PROFILE = "utsteder.json"


@dataclass(frozen=True, slots=True)
class Host:
    """Where badges lie, and who issues them.

    Attributes:
        address: Of the folder, with a slash at the end.
        name, site, contact: Of the issuer; the contact is an e-mail address, which 2.0 asks for.
        colour: Of the picture, as `#rrggbb`.
    """

    address: str
    name: str
    site: str
    contact: str
    colour: str


def hosted(one: Issued, credential: Mapping[str, Any], email: str, host: Host) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file for one recipient; those that all share come again, the same.

    Args:
        one: The certificate in the log; when it is withdrawn, the badge says so.
        credential: The certificate itself.
        email: That the recipient has in her backpack.
        host: Where the files will lie.
    """
    picture = badge.png(badge.svg(one.title, host.name, host.colour, one.language))
    image, kind = f"{one.course}-{_mark(picture)}.png", _class(credential, host)
    kind["image"] = host.address + image
    named = f"{one.course}-{_mark(_json(kind))}.json"
    assertion = _assertion(one, credential, email, host, named)
    name = _mark(one.id.encode(), "assertion")
    yield _PROFILE, _json(_profile(host))
    yield image, picture
    yield named, _json({**kind, "id": host.address + named})
    yield f"{name}.json", _json(assertion)
    yield f"{name}.png", baking.into_png(picture, _json(assertion).decode(), _KEYWORD)


def _profile(host: Host) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "id": host.address + _PROFILE,
        "type": "Issuer",
        "name": host.name,
        "url": host.site,
        "email": host.contact,
        "verification": {"startsWith": host.address},
    }


def _class(credential: Mapping[str, Any], host: Host) -> dict[str, Any]:
    found = credential["credentialSubject"]["achievement"]
    kept = ("targetName", "targetUrl", "targetDescription", "targetFramework", "targetCode")
    return {
        "@context": _CONTEXT,
        "type": "BadgeClass",
        "name": found["name"],
        "description": found["description"],
        "criteria": {"id": found["criteria"]["id"], "narrative": found["criteria"]["narrative"]},
        "issuer": host.address + _PROFILE,
        "alignment": [{key: each[key] for key in kept} for each in found.get("alignment", ())],
    }


def _assertion(
    one: Issued, credential: Mapping[str, Any], email: str, host: Host, named: str
) -> dict[str, Any]:
    address = f"{host.address}{_mark(one.id.encode(), 'assertion')}.json"
    if one.withdrawn:
        return {"@context": _CONTEXT, "type": "Assertion", "id": address, "revoked": True}
    salt = _mark(one.id.encode(), "salt")
    until = {"expires": credential["validUntil"]} if "validUntil" in credential else {}
    return {
        "@context": _CONTEXT,
        "type": "Assertion",
        "id": address,
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": salt,
            "identity": f"sha256${hashlib.sha256(f'{email}{salt}'.encode()).hexdigest()}",
        },
        "badge": host.address + named,
        "verification": {"type": "HostedBadge"},
        "issuedOn": credential["validFrom"],
        **until,
    }


def _mark(data: bytes, purpose: str = "") -> str:
    """Return 32 signs that tell `data` from all else, and do not tell what it is."""
    return hashlib.sha256(purpose.encode() + b"\n" + data).hexdigest()[:32]


def _json(found: Mapping[str, Any]) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
