"""The cases of `tampering.json`, made: what somebody may do to a certificate, to the list of the withdrawn, or to what is known.

A case names what is changed by its place, such as `certificate.proof.1.created`: `drop`, `copy` and `set`, in that order, then
`list`, which damages the bits of the list of the withdrawn, and `sign`, by whose key what is changed gets new proofs. `answers` are the five outcomes by their first letter,
`why` is the key of the first one that is not good. `page` is what the page /bevis/ answers, where it cannot see what the command sees.
"""

from __future__ import annotations

import base64
import copy
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.evidence.issuing import DID, INDEX, ISSUER, KEY, MOMENT, OTHER_KEY, SITE, certificate, listed

from kompetanse.evidence import did, multikey
from kompetanse.evidence.proofs import Signer, secure
from kompetanse.evidence.verification import Asked, Known
from kompetanse.model.issuer import Issuer, IssuerKey

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("tampering.json").read_text("utf-8"))

_PARTNER = "did:web:annen.example:utsteder"
_SIGNERS = {
    "ours": Signer(KEY, f"{DID}#2026-1", MOMENT),
    "partner": Signer(OTHER_KEY, f"{_PARTNER}#1", MOMENT),
    "stranger": Signer(OTHER_KEY, "did:web:ond.example:utsteder#1", MOMENT),
    "stranger as ours": Signer(OTHER_KEY, f"{DID}#2026-1", MOMENT),
}
_WORLD: dict[str, Any] = {
    "certificate": certificate(),
    "ola": certificate(id=UUID("0d0f3a55-9d0f-4a52-8e1c-3a7a5d9f0004"), name="Ola Nordmann", index=INDEX + 1),
    "list": listed(),
    "empty": listed(),
    "withdrawn": listed(INDEX),
    "issuers": [
        {
            "did": DID,
            "name": "Eksempelregionen",
            "keys": [{"id": "2026-1", "public": ISSUER.keys[0].public}],
        },
        {
            "did": _PARTNER,
            "name": "Naboregionen",
            "keys": [{"id": "1", "public": multikey.encode(OTHER_KEY.public_key())}],
        },
    ],
    "now": "2027-01-01T00:00:00+00:00",
    "name": "Kari Nordmann",
}


@dataclass(frozen=True, slots=True)
class Tampered:
    """A certificate, the list of the withdrawn (None when it is not at hand), and what is known, as the page has it."""

    certificate: dict[str, Any]
    listed: dict[str, Any] | None
    issuers: list[dict[str, Any]]
    now: str
    name: str

    @property
    def lists(self) -> dict[str, Mapping[str, Any]]:
        """The list by the address at which it was found."""
        return {} if self.listed is None else {f"{SITE}status/1.json": self.listed}

    @property
    def asked(self) -> Asked:
        """The same as the command has it."""
        known = {one["did"]: Known(one["name"], _document(one)) for one in self.issuers}
        return Asked(known, self.lists, datetime.fromisoformat(self.now).astimezone(UTC), self.name)


def _document(issuer: Mapping[str, Any]) -> dict[str, Any]:
    keys = tuple(IssuerKey(one["id"], one["public"], date(2026, 1, 1)) for one in issuer["keys"])
    return did.document(Issuer(did=issuer["did"], keys=keys), SITE)


def made(case: Mapping[str, Any]) -> Tampered:
    """Return what `case` says."""
    world = copy.deepcopy(_WORLD)
    for place in case.get("drop", ()):
        holder, last = _holder(world, place)
        del holder[last]
    for place, source in case.get("copy", {}).items():
        holder, last = _holder(world, source)
        _put(world, place, copy.deepcopy(holder[last]))
    for place, value in case.get("set", {}).items():
        _put(world, place, value)
    if "list" in case:
        world["list"] = _listed(world["list"], **case["list"])
    for name, who in case.get("sign", {}).items():
        world[name] = secure(world[name], _SIGNERS[who])
    return Tampered(world["certificate"], world.get("list"), world["issuers"], world["now"], world["name"])


@cache
def case(number: int) -> Tampered:
    """Return that of `CASES`; several tests ask for it, and signing takes its time."""
    return made(CASES[number])


def _holder(world: Any, place: str) -> tuple[Any, Any]:
    *outer, last = (int(part) if part.isdigit() else part for part in place.split("."))
    for part in outer:
        world = world[part]
    return world, last


def _put(world: Any, place: str, value: Any) -> None:
    holder, last = _holder(world, place)
    if isinstance(holder, list) and last >= len(holder):
        holder += [copy.deepcopy(value) for _ in range(last + 1 - len(holder))]
    else:
        holder[last] = value


def _listed(found: dict[str, Any], bits: int = 0, cut: int = 0) -> dict[str, Any]:
    """Return the list with so few bits, or with so many signs cut off."""
    subject = found["credentialSubject"]
    if bits:
        packed = gzip.compress(bytes(bits // 8), mtime=0)
        subject["encodedList"] = "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    if cut:
        subject["encodedList"] = subject["encodedList"][:-cut]
    return found
