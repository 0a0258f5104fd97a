"""Who issues a region's certificates, by which keys, and whose certificates it trusts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote, urlsplit

FOLDER = "utsteder"
"""Last part of an issuer's identifier, and the folder of the site in which its keys are published."""

_DID = re.compile(r"did:web:[A-Za-z0-9.-]+(?:%3A[0-9]+)?(?::[A-Za-z0-9._%-]+)*")
_PUBLIC = re.compile(r"z6Mk[1-9A-HJ-NP-Za-km-z]{44}")


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A key that signs or has signed.

    Attributes:
        id: Name of the key, such as `2026-1`; unique among the issuer's keys.
        public: The public half as an Ed25519 Multikey, `z6Mk…` (W3C Controlled Identifiers 1.0, 2.2.2).
        since: Day from which it signs.
    """

    id: str
    public: str
    since: date


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """Another region whose certificates are known here; its keys are pinned, never fetched.

    Attributes:
        name: What people call it.
        did: Its identifier, `did:web:…`.
        keys: Its public keys.
    """

    name: str
    did: str
    keys: tuple[IssuerKey, ...]


@dataclass(frozen=True, slots=True)
class Issuer:
    """What `region.yml` says under `issuer`.

    Attributes:
        did: The issuer's identifier; None until `kompetanse issuer init`.
        name: Who issues, where that is not the region's publisher.
        keys: All keys that certificates may be checked by, the one that signs last.
        trusts: Other issuers.
    """

    did: str | None = None
    name: str | None = None
    keys: tuple[IssuerKey, ...] = ()
    trusts: tuple[TrustedIssuer, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is anybody whose certificates can be checked here."""
        return bool(self.keys or self.trusts)

    @property
    def signing(self) -> IssuerKey | None:
        """The key that signs now."""
        return self.keys[-1] if self.keys else None

    def next_id(self, year: int) -> str:
        """Return the name of the next key, of the given year: `2026-1`, then `2026-2`."""
        taken = {key.id for key in self.keys}
        numbers = (f"{year}-{number}" for number in range(1, len(taken) + 2))
        return next(name for name in numbers if name not in taken)


def is_did(text: str) -> bool:
    """Tell whether `text` is an identifier of the method did:web."""
    return bool(_DID.fullmatch(text))


def is_public_key(text: str) -> bool:
    """Tell whether `text` looks like an Ed25519 Multikey."""
    return bool(_PUBLIC.fullmatch(text))


def did_of(url: str) -> str:
    """Return the identifier of the issuer whose site lies at `url`, an https address.

    Source: did:web Method Specification, W3C CCG, 2.5.2: a port is percent-encoded, a slash becomes a colon.
    """
    parts = urlsplit(url)
    host = quote(parts.netloc, safe=".-")
    folders = [quote(one, safe=".-_") for one in parts.path.split("/") if one]
    return ":".join(("did:web", host, *folders, FOLDER))


def document_address(did: str) -> str:
    """Return where the identifier's document must be found: `did:web:host:a` gives `https://host/a/did.json`."""
    host, *folders = (unquote(one) for one in did.split(":")[2:])
    return "/".join((f"https://{host}", *(folders or [".well-known"]), "did.json"))


def document_path(did: str, url: str | None) -> str | None:
    """Return where on the site at `url` the identifier's document lies; None when it belongs on another site."""
    address = document_address(did)
    return address.removeprefix(url) if url and address.startswith(url) else None
