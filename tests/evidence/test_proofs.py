"""Both proofs, to the byte, against what the standards have published; and what a proof must not let through."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.evidence.issuing import DID, KEY, OTHER_KEY, SIGNER, certificate, did_document, listed

from kompetanse.evidence import multikey, proofs
from kompetanse.evidence.proofs import JCS, RDFC, Refused, Signer, check, proof, secure

VECTORS = Path(__file__).parent / "vectors"


def test_the_published_vector_of_open_badges_is_reproduced_to_the_byte() -> None:
    """Source: 1EdTech, Open Badges Implementation Guide 3.0, Data Integrity test vector «Teamwork Badge»."""
    document = json.loads((VECTORS / "open-badges-teamwork.json").read_text(encoding="utf-8"))
    seed = "6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4"
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    public = multikey.encode(key.public_key())
    signer = Signer(key, f"https://example.edu/issuers/565049#{public}", "2010-01-01T19:23:24Z")

    canonical = proofs.rdf_canonical(document)

    assert public == "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
    assert (
        hashlib.sha256(canonical).hexdigest()
        == "87f65a76d40146205e3b3e06cb0fbd153f97f9ce70372390f52566bb7f9e0773"
    )
    assert proof(document, signer, RDFC)["proofValue"] == (
        "z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr"
    )


def test_the_published_vector_of_the_w3c_is_reproduced_to_the_byte() -> None:
    """Source: W3C, vc-di-eddsa, TestVectors/eddsa-jcs-2022."""
    document = json.loads((VECTORS / "w3c-alumni.json").read_text(encoding="utf-8"))
    seed = "c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6"
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    public = multikey.encode(key.public_key())
    signer = Signer(key, f"https://vc.example/issuers/5678#{public}", "2023-02-24T23:36:38Z")

    canonical = proofs.json_canonical(document)

    assert (
        hashlib.sha256(canonical).hexdigest()
        == "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
    )
    assert proof(document, signer, JCS)["proofValue"] == (
        "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
    )


def test_our_own_certificate_and_list_have_not_changed_a_byte(expect: Callable[[Path, str], None]) -> None:
    for name, made in (("own-certificate", certificate()), ("own-list", listed(1, 131_071))):
        expect(VECTORS / f"{name}.json", json.dumps(made, ensure_ascii=False, indent=1) + "\n")


def test_a_certificate_has_what_the_schema_of_open_badges_asks_for() -> None:
    """Source: 1EdTech, JSON Schema of AchievementCredential 3.0; its text is not ours to keep here."""
    made = certificate()
    subject = made["credentialSubject"]

    assert {"@context", "id", "type", "credentialSubject", "issuer", "validFrom"} <= made.keys()
    assert isinstance(made["proof"], list)
    assert {"id", "type", "criteria", "description", "name"} <= subject["achievement"].keys()
    assert {"type", "achievement"} <= subject.keys()
    assert {"type", "hashed", "identityHash", "identityType"} <= subject["identifier"][0].keys()
    assert {"type", "targetName", "targetUrl"} <= subject["achievement"]["alignment"][0].keys()
    assert {"id", "type"} <= made["issuer"].keys()
    assert made["evidence"] == [{"type": ["Evidence"], "genre": "test", "name": "Bestått prøve"}]


def test_what_nobody_has_touched_is_accepted() -> None:
    check(certificate(), did_document())
    check(listed(), did_document())


def test_what_no_context_knows_is_never_signed() -> None:
    with pytest.raises(ValueError, match="kjenner_ingen"):
        secure({**certificate(), "kjenner_ingen": "x"}, SIGNER)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        places = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, one in places for leaf in _leaves(one, (*path, key))]
    return [path]


def _with(document: dict[str, Any], path: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = change(place[path[-1]])
    return changed


LEAVES = _leaves(certificate())


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_a_change_in_any_place_is_refused(path: tuple[Any, ...]) -> None:
    changed = _with(certificate(), path, lambda old: (not old) if isinstance(old, bool) else f"{old}x")

    with pytest.raises(Refused):
        check(changed, did_document())


@pytest.mark.parametrize(
    "path", [(), ("credentialSubject",), ("credentialSubject", "achievement"), ("issuer",)]
)
def test_a_key_that_is_put_in_is_refused(path: tuple[str, ...]) -> None:
    changed = certificate()
    place = changed
    for key in path:
        place = place[key]
    place["kjenner_ingen"] = "falsk"

    with pytest.raises(Refused, match="changed"):
        check(changed, did_document())


def _without(suite: str) -> dict[str, Any]:
    made = certificate()
    return {**made, "proof": [one for one in made["proof"] if one["cryptosuite"] != suite]}


def _signed(signer: Signer) -> dict[str, Any]:
    return secure(certificate(), signer)


def _borrowed() -> dict[str, Any]:
    return {**certificate(name="Ola"), "proof": certificate()["proof"]}


def _for_another_purpose() -> dict[str, Any]:
    return _with(certificate(), ("proof", 1, "proofPurpose"), lambda _: "authentication")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (_without(JCS), "uncovered"),
        ({**certificate(), "proof": []}, "no_proof"),
        ({**certificate(), "proof": "z"}, "unreadable_proof"),
        (_signed(Signer(OTHER_KEY, SIGNER.method, SIGNER.moment)), "changed"),
        (_signed(Signer(KEY, f"{DID}#2025-1", SIGNER.moment)), "unknown_key"),
        (_signed(Signer(KEY, "did:web:annen.example:utsteder#2026-1", SIGNER.moment)), "unknown_key"),
        ({**certificate(), "proof": certificate()["proof"] * 5}, "unreadable_proof"),
        (_borrowed(), "changed"),
        (_for_another_purpose(), "other_purpose"),
        (_with(certificate(), ("proof", 1, "proofValue"), lambda _: "zz0OIl"), "unreadable_proof"),
        (_with(certificate(), ("proof", 1, "proofValue"), lambda _: "z" + "1" * 10_000), "unreadable_proof"),
        (_with(certificate(), ("proof", 1, "@context"), lambda old: old[:1]), "other_context"),
        (
            _with(certificate(), ("@context",), lambda old: [*old, "https://ond.example/x"]),
            "other_context",
        ),
    ],
)
def test_a_proof_of_something_else_is_refused(document: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        check(document, did_document())


def test_a_key_that_may_not_sign_certificates_is_refused() -> None:
    with pytest.raises(Refused, match="unknown_key"):
        check(certificate(), {**did_document(), "assertionMethod": []})
