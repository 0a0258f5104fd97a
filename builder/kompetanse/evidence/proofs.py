"""Sign a document, and check who signed one: W3C Data Integrity EdDSA Cryptosuites v1.0, eddsa-rdfc-2022 and eddsa-jcs-2022.

Both proofs sign the same document without any proof. Most verifiers read the first; the second covers every byte, also
of keys that JSON-LD does not know, and can be checked in any browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.evidence import contexts, multikey
from kompetanse.evidence.signing_key import PrivateKey

RDFC, JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"
SUITES = (RDFC, JCS)
_PURPOSE = "assertionMethod"
_MOST = 8
"""More proofs than this are there to tire us."""

Document = Mapping[str, Any]


class Refused(Exception):  # noqa: N818 (a document is refused, and we go on)
    """Why a proof does not hold: the key of a reason in `messages`, under `verify.reason`."""


class Uncovered(Refused):
    """The only proofs are in eddsa-rdfc-2022, by keys of the issuer. They are not checked.

    Such a proof leaves out what no context defines, so something may have been put in; and a graph can be made so that
    reading it takes hours.
    """


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and when.

    Attributes:
        key: The private key.
        method: Its whole identifier, `did:web:…#2026-1`.
        moment: Time of signing, in UTC to whole seconds: `2026-11-24T10:00:00Z`.
    """

    key: PrivateKey
    method: str
    moment: str


def secure(document: Document, signer: Signer) -> dict[str, Any]:
    """Return `document` with a proof in each suite.

    Raises:
        ValueError: When a key of it is in no context, or a context is none of ours; that is a bug.
    """
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    unknown = contexts.unknown_terms(unsigned)
    if unknown:
        raise ValueError(f"no context defines {sorted(unknown)}")
    return {**unsigned, "proof": [proof(unsigned, signer, suite) for suite in SUITES]}


def proof(unsigned: Document, signer: Signer, suite: str) -> dict[str, Any]:
    """Return the proof of `unsigned` in `suite`."""
    configuration: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "created": signer.moment,
        "verificationMethod": signer.method,
        "cryptosuite": suite,
        "proofPurpose": _PURPOSE,
    }
    if suite == JCS:
        configuration["@context"] = unsigned["@context"]
    signature = signer.key.sign(_hashes(unsigned, configuration, suite))
    return {**configuration, "proofValue": multikey.as_base58(signature)}


def check(secured: Document, did: Document) -> None:
    """Check the proofs of `secured` by the keys of the issuer's document `did`.

    The proof in `eddsa-jcs-2022` must be there, and every other must be one that we know, and hold.

    Raises:
        Refused: When a proof is missing or does not hold.
        Uncovered: When there is none in `eddsa-jcs-2022`.
    """
    unsigned = {key: value for key, value in secured.items() if key != "proof"}
    proofs = list(_proofs(secured))
    if not proofs:
        raise Refused("no_proof")
    keys = [_key_of(one, did) for one in proofs]
    if not any(one["cryptosuite"] == JCS for one in proofs):
        raise Uncovered("uncovered")
    for one, key in sorted(zip(proofs, keys, strict=True), key=lambda each: each[0]["cryptosuite"] != JCS):
        _check(unsigned, one, key)  # a graph that would tire us for hours is refused before it is read as one


def _proofs(secured: Document) -> Iterator[Document]:
    found = secured.get("proof")
    if isinstance(found, list) and len(found) > _MOST:
        raise Refused("unreadable_proof")
    for one in found if isinstance(found, list) else [found] if found else []:
        if not isinstance(one, dict) or one.get("type") != "DataIntegrityProof":
            raise Refused("unreadable_proof")
        if one.get("cryptosuite") not in SUITES:
            raise Refused("unreadable_proof")
        yield one


def _check(unsigned: Document, one: Document, key: str) -> None:
    from cryptography.exceptions import InvalidSignature

    suite = one["cryptosuite"]
    if suite == JCS and one.get("@context") != unsigned.get("@context"):
        raise Refused("other_context")
    configuration = {name: value for name, value in one.items() if name != "proofValue"}
    try:
        signature = multikey.from_base58(str(one.get("proofValue")))
        multikey.decode(key).verify(signature, _hashes(unsigned, configuration, suite))
    except InvalidSignature as error:
        raise Refused("changed") from error
    except ValueError as error:
        raise Refused("unreadable_proof") from error


def _key_of(one: Document, did: Document) -> str:
    """Return the public key of a proof, when the issuer lets it sign certificates."""
    if one.get("proofPurpose") != _PURPOSE:
        raise Refused("other_purpose")
    for method in did["verificationMethod"]:
        is_it = method["id"] == one.get("verificationMethod") and method["controller"] == did["id"]
        if is_it and method["id"] in did["assertionMethod"]:
            return str(method["publicKeyMultibase"])
    raise Refused("unknown_key")


def _hashes(unsigned: Document, configuration: Document, suite: str) -> bytes:
    """Return SHA-256 of the canonical configuration, then of the canonical document (EdDSA Cryptosuites, 3.2.4, 3.3.4)."""
    if suite == RDFC:
        own = {**configuration, "@context": unsigned.get("@context")}
        parts = (rdf_canonical(own), rdf_canonical(unsigned))
    else:
        parts = (json_canonical(configuration), json_canonical(unsigned))
    return b"".join(hashlib.sha256(part).digest() for part in parts)


def json_canonical(document: Document) -> bytes:
    """Return `document` by RFC 8785.

    Raises:
        ValueError: When it holds what JSON cannot say exactly.
    """
    import rfc8785

    return rfc8785.dumps(dict(document))


def rdf_canonical(document: Document) -> bytes:
    """Return `document` as N-Quads by W3C RDF Dataset Canonicalization 1.0.

    Raises:
        ValueError: When it is no JSON-LD that we can read.
    """
    from pyld import jsonld

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": contexts.loader,
    }
    try:
        text: str = jsonld.normalize(dict(document), options)
    except (jsonld.JsonLdError, RecursionError, TypeError, AttributeError, KeyError) as error:
        raise ValueError("no JSON-LD of ours") from error
    return text.encode("utf-8")
