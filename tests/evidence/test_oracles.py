"""What we sign holds in programs that we did not write, and what is changed does not. None of them gets a network."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3 import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.errors import OpenvcError
from openvc.proof.di_jcs import EddsaJcsProofSuite
from tests.evidence.issuing import KEY, certificate

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
