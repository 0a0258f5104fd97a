"""A certificate and what it is checked by, for tests: the key is made from public words and must never sign anything else."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kompetanse.evidence import did, multikey, status_list
from kompetanse.evidence.credential import Achievement, Aligned, Award, IssuedBy, credential
from kompetanse.evidence.proofs import Signer, secure
from kompetanse.model.issuer import Issuer, IssuerKey

SITE = "https://eksempel.example/"
DID = "did:web:eksempel.example:utsteder"
LIST = f"{SITE}status/1.json"
MOMENT = "2026-11-23T10:00:00Z"
INDEX = 94_567

KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo key - never do this").digest())
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"another demo key").digest())
SIGNER = Signer(KEY, f"{DID}#2026-1", MOMENT)
ISSUER = Issuer(did=DID, keys=(IssuerKey("2026-1", multikey.encode(KEY.public_key()), date(2026, 11, 23)),))
ISSUED_BY = IssuedBy(DID, "Eksempelregionen", SITE)
ACHIEVEMENT = Achievement(
    page=f"{SITE}kurs/brannkurs/",
    title="Brannkurs – grunnkurs",
    description="Slik hindrer du brann.",
    criteria="Bestått prøve med minst 80 % riktige svar.",
    evidence="test",
    evidence_name="Bestått prøve",
    language="nb",
    aligned=(
        Aligned(
            "brannvern",
            "Brannvern",
            f"{SITE}kompetanser/brannvern/",
            "Eksempelregionen",
            "2 Under veiledning",
        ),
    ),
    version="2026-11-20 3f2a1b0c9d8e",
    commit="3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a",
)


def award(**changed: Any) -> Award:
    """What Kari gets, for two years."""
    values: dict[str, Any] = {
        "id": UUID("0d0f3a55-9d0f-4a52-8e1c-3a7a5d9f0003"),
        "holder": UUID("7d0b8a4e-2f0f-4d4c-9c3e-5a0d8f6b1a11"),
        "name": "Kari Nordmann",
        "day": date(2026, 11, 23),
        "last_day": date(2028, 11, 23),
        "status_list": LIST,
        "index": INDEX,
    }
    return Award(**(values | changed))


def certificate(**changed: Any) -> dict[str, Any]:
    """Kari's certificate, signed."""
    return secure(credential(ISSUED_BY, ACHIEVEMENT, award(**changed)), SIGNER)


def listed(
    *withdrawn: int, signer: Signer = SIGNER, address: str = LIST, issuer: str = DID
) -> dict[str, Any]:
    """The signed list of withdrawn certificates."""
    return secure(status_list.document(address, issuer, withdrawn, MOMENT), signer)


def did_document() -> dict[str, Any]:
    """The issuer's document."""
    return did.document(ISSUER, SITE)
