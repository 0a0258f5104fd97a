"""What we sign holds in programs that we did not write, and what is changed does not. None of them gets a network."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from jsonschema import Draft201909Validator
from openbadgeslib.ob3 import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.errors import OpenvcError
from openvc.proof.di_jcs import EddsaJcsProofSuite
from tests.evidence.issuing import INDEX, KEY, certificate, did_document, listed

from kompetanse.evidence.proofs import JCS

CHANGES = [{"name": "Noe annet"}, {"kjenner_ingen": "falsk"}, {"validUntil": "2040-01-01T00:00:00Z"}]


def openbadgeslib(document: dict[str, Any]) -> None:
    """Check the proof in eddsa-rdfc-2022."""
    pem = KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    OB3LdpVerifier(pem).verify(json.dumps(document))


def openvc(document: dict[str, Any]) -> None:
    """Check the proof in eddsa-jcs-2022, which it reads alone."""
    alone = next(one for one in document["proof"] if one["cryptosuite"] == JCS)
    raw = base64.urlsafe_b64encode(KEY.public_key().public_bytes_raw()).rstrip(b"=").decode()
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": raw}
    EddsaJcsProofSuite().verify({**document, "proof": alone}, public_key_jwk=jwk, check_temporal=False)


VERIFIERS = pytest.mark.parametrize("verify", [openbadgeslib, openvc])


@VERIFIERS
def test_a_certificate_of_ours_is_accepted(verify: Callable[[dict[str, Any]], None]) -> None:
    verify(certificate())


@VERIFIERS
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_changed_certificate_is_refused(
    verify: Callable[[dict[str, Any]], None], change: dict[str, Any]
) -> None:
    with pytest.raises((OB3VerificationError, OpenvcError)):
        verify({**certificate(), **change})


SCHEMA = os.environ.get("OPEN_BADGES_SCHEMA", "")
"""A copy of 1EdTech's ob_v3p0_achievementcredential_schema.json. No package carries it, and its text is not ours to keep."""


@pytest.mark.skipif(
    not SCHEMA, reason="name a copy of the official JSON Schema in OPEN_BADGES_SCHEMA to check against it"
)
@pytest.mark.parametrize("changed", [{}, {"last_day": None}])
def test_the_official_schema_finds_nothing_wrong(changed: dict[str, Any]) -> None:
    schema = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))

    assert list(Draft201909Validator(schema).iter_errors(certificate(**changed))) == []


ORACLE = Path(__file__).parent / "oracle"
INSTALLED = ORACLE / "node_modules/@digitalcredentials/verifier-core/package.json"
needs_npm = pytest.mark.skipif(
    not INSTALLED.is_file() or not shutil.which("node"),
    reason="the verifiers from npm are not installed; `make oracle` does so",
)

CERTIFICATES = {
    "good": certificate(),
    "endless": certificate(last_day=None, name="Łukasz 王 «O’Brien» Ærlig\u0301"),
    "withdrawn": certificate(index=INDEX + 1),
    "over": certificate(last_day=date(2026, 11, 24)),
    "changed": {**certificate(), "name": "Noe annet"},
    "added": {**certificate(), "kjenner_ingen": "falsk"},
    "borrowed": {**certificate(name="Ola Nordmann"), "proof": certificate()["proof"]},
}


@pytest.fixture(scope="module")
def oracle() -> dict[str, Any]:
    """What @digitalbazaar/vc and @digitalcredentials/verifier-core say of each."""
    asked = {"did": did_document(), "list": listed(INDEX + 1), "certificates": CERTIFICATES}
    done = subprocess.run(
        ["node", str(ORACLE / "verify.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@needs_npm
@pytest.mark.parametrize("name", ["good", "endless"])
def test_both_proofs_are_accepted_alone_and_together(oracle: dict[str, Any], name: str) -> None:
    good = oracle["told"][name]

    assert (good["rdfc"], good["jcs"], good["both"], good["withdrawn"]) == (True, True, True, False)
    assert good["core"].pop("registered_issuer") is False  # no region stands in a register of wallets
    assert good["core"] == {"valid_signature": True, "expiration": True, "revocation_status": True}
    assert good["errors"] == []


@needs_npm
def test_one_that_is_withdrawn_or_over_is_told_so(oracle: dict[str, Any]) -> None:
    told = oracle["told"]

    assert told["withdrawn"]["withdrawn"] is True
    assert told["withdrawn"]["core"]["revocation_status"] is False
    assert told["withdrawn"]["core"]["valid_signature"] is True
    assert told["over"]["core"]["expiration"] is False


@needs_npm
@pytest.mark.parametrize("name", ["changed", "added", "borrowed"])
def test_what_was_changed_is_refused_by_each(oracle: dict[str, Any], name: str) -> None:
    told = oracle["told"][name]

    assert (told["rdfc"], told["jcs"], told["both"]) == (False, False, False)
    assert told["errors"]
    assert "valid_signature" not in told["core"]


@needs_npm
def test_nothing_but_the_schema_of_open_badges_was_asked_for(oracle: dict[str, Any]) -> None:
    hosts = {address.split("/")[2] for address in oracle["refused"]}

    assert hosts <= {"purl.imsglobal.org"}
