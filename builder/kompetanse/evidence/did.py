"""The document that says which keys an issuer has: `did.json` on the site.

Source: W3C Decentralized Identifiers 1.0 and the did:web Method Specification of W3C CCG.
"""

from __future__ import annotations

from typing import Any

from kompetanse.model.issuer import Issuer

CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def method_of(did: str, key: str) -> str:
    """Return the whole identifier of the key called `key`."""
    return f"{did}#{key}"


def document(issuer: Issuer, site: str) -> dict[str, Any]:
    """Return the document of `issuer`, who has an identifier, on the site at `site`; every key may sign and old ones stay."""
    did = issuer.did or ""
    methods = [
        {
            "id": method_of(did, key.id),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.public,
        }
        for key in issuer.keys
    ]
    return {
        "@context": list(CONTEXTS),
        "id": did,
        "alsoKnownAs": [site],
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
