"""The five answers: each kind of tampering is told by the right one, and what could not be checked is said so."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.evidence.issuing import (
    DID,
    INDEX,
    ISSUER,
    KEY,
    LIST,
    MOMENT,
    OTHER_KEY,
    SIGNER,
    SITE,
    certificate,
    listed,
)

from kompetanse.evidence import multikey
from kompetanse.evidence.proofs import Signer, secure
from kompetanse.evidence.verification import Asked, is_sound, known_issuers, verify
from kompetanse.model.issuer import IssuerKey, TrustedIssuer
from kompetanse.model.region import Region

REGION = Region(publisher="Eksempelregionen", url=SITE, issuer=ISSUER)
NOW = datetime(2027, 1, 1, tzinfo=UTC)
OTHER = "did:web:annen.example:utsteder"
KARI = "Kari Nordmann"
ASKED = Asked(known_issuers(REGION), {LIST: listed()}, NOW, KARI)


def outcomes(document: dict[str, Any], asked: Asked = ASKED) -> str:
    """The five outcomes by their first letter: good, bad, unknown."""
    return "".join(one.outcome[0] for one in verify(document, asked))


def signed(**changed: Any) -> dict[str, Any]:
    """Kari's certificate, changed before it was signed by the right key."""
    return secure({**certificate(), **changed}, SIGNER)


def test_a_certificate_that_nobody_has_touched_has_five_good_answers() -> None:
    results = verify(certificate(), ASKED)

    assert [one.question for one in results] == ["signature", "issuer", "period", "withdrawn", "recipient"]
    assert outcomes(certificate()) == "ggggg"
    assert is_sound(results)


EACH: list[tuple[Asked, str]] = [
    (replace(ASKED, name=""), "ggggu"),
    (replace(ASKED, name="kari   nordmann"), "ggggg"),
    (replace(ASKED, name="Ola Nordmann"), "ggggb"),
    (replace(ASKED, moment=datetime(2026, 11, 22, 23, 59, tzinfo=UTC)), "ggbgg"),
    (replace(ASKED, moment=datetime(2028, 11, 23, 23, 59, tzinfo=UTC)), "ggggg"),
    (replace(ASKED, moment=datetime(2028, 11, 24, tzinfo=UTC)), "ggbgg"),
    (replace(ASKED, lists={}), "gggug"),
    (replace(ASKED, lists={LIST: listed(INDEX)}), "gggbg"),
    (replace(ASKED, lists={LIST: listed(INDEX + 1)}), "ggggg"),
    (replace(ASKED, lists={LIST: listed(signer=Signer(OTHER_KEY, SIGNER.method, MOMENT))}), "gggug"),
    (replace(ASKED, lists={LIST: listed(issuer=OTHER)}), "gggug"),
    (replace(ASKED, lists={LIST: listed(address=f"{SITE}status/2.json")}), "gggug"),
    (replace(ASKED, lists={LIST: {**listed(), "proof": []}}), "gggug"),
    (replace(ASKED, lists={LIST: {**listed(), "credentialSubject": []}}), "gggug"),
    (replace(ASKED, lists={LIST: {}}), "gggug"),
    (replace(ASKED, issuers={}), "ubuuu"),
    (replace(ASKED, issuers=known_issuers(replace(REGION, issuer=replace(ISSUER, keys=())))), "bguuu"),
]


@pytest.mark.parametrize(("asked", "expected"), EACH)
def test_each_question_is_answered_for_itself(asked: Asked, expected: str) -> None:
    assert outcomes(certificate(), asked) == expected


def _status(**changed: Any) -> dict[str, Any]:
    return {**certificate()["credentialStatus"], **changed}


SAID: list[tuple[dict[str, Any], str]] = [
    (signed(validFrom="2027-06-01T00:00:00Z"), "ggbgg"),
    (signed(validUntil="2026-12-31T23:59:59Z"), "ggbgg"),
    (signed(validUntil="i morgen"), "ggugg"),
    (signed(validUntil="2028-01-01T00:00:00"), "ggugg"),
    (signed(validFrom="0001-01-01T00:00:00+23:00"), "ggugg"),
    (signed(credentialStatus=_status(statusListIndex="131072")), "gggug"),
    (signed(credentialStatus=_status(statusListIndex="-1")), "gggug"),
    (signed(credentialStatus=_status(statusListIndex="mange")), "gggug"),
    (signed(credentialStatus=_status(statusPurpose="suspension")), "gggug"),
    (signed(credentialStatus=_status(statusListCredential="https://ond.example/1.json")), "gggug"),
]


@pytest.mark.parametrize(("document", "expected"), SAID)
def test_what_the_right_key_has_signed_is_judged_by_what_it_says(
    document: dict[str, Any], expected: str
) -> None:
    assert outcomes(document) == expected


def changed(path: str, value: Any) -> dict[str, Any]:
    found = copy.deepcopy(certificate())
    place: Any = found
    *outer, last = (int(one) if one.isdigit() else one for one in path.split("."))
    for key in outer:
        place = place[key]
    place[last] = value
    return found


SWAPPED = [
    ("credentialSubject.identifier.0.identityHash", "Ola Nordmann"),
    ("credentialSubject.identifier.0.hashed", True),
    ("credentialSubject.achievement.name", "Hjertestarter"),
    ("credentialSubject.achievement.alignment.0.targetCode", "hlr"),
    ("credentialSubject.achievement.alignment", []),
    ("credentialSubject.id", "urn:uuid:7d0b8a4e-2f0f-4d4c-9c3e-000000000000"),
    ("credentialSubject", [certificate()["credentialSubject"]]),
    ("validFrom", "2020-01-01T00:00:00Z"),
    ("validUntil", "2099-01-01T00:00:00Z"),
    ("validUntil", "2028-11-23T23:59:59.000Z"),
    ("credentialStatus.statusListIndex", str(INDEX + 1)),
    ("credentialStatus.statusListIndex", INDEX),
    ("credentialStatus", None),
    ("issuer.name", "Kongeriket"),
    ("issuer.url", "https://ond.example/"),
    ("id", "urn:uuid:0d0f3a55-9d0f-4a52-8e1c-000000000000"),
    ("type", ["VerifiableCredential", "AchievementCredential"]),
    ("@context", [*certificate()["@context"], "https://ond.example/context"]),
    ("@context", list(reversed(certificate()["@context"]))),
    ("@context", "https://www.w3.org/ns/credentials/v2"),
    ("@context", [{"@vocab": "https://ond.example/"}]),
    ("evidence", [{"type": ["Evidence"], "name": "Lagt til"}]),
    ("name", "Brannkurs \u2013 grunnkurs "),
    ("proof.0.proofValue", certificate()["proof"][1]["proofValue"]),
    ("proof.1.proofValue", certificate()["proof"][0]["proofValue"]),
    ("proof.1.created", "2020-01-01T00:00:00Z"),
    ("proof.1.verificationMethod", f"{DID}#2099-1"),
    ("proof.1.verificationMethod", f"{OTHER}#2026-1"),
    ("proof.1.verificationMethod", None),
    ("proof.1.proofPurpose", "authentication"),
    ("proof.1.cryptosuite", "eddsa-2022"),
    ("proof.1.@context", []),
    ("proof.1.type", "Ed25519Signature2020"),
    ("proof", certificate()["proof"][:1]),
    ("proof", []),
    ("proof", None),
    ("proof", "z3"),
    ("proof", [None]),
    ("proof", certificate(name="Ola")["proof"]),
]


@pytest.mark.parametrize(("path", "value"), SWAPPED, ids=[path for path, _ in SWAPPED])
def test_what_is_changed_after_signing_is_told_by_the_signature(path: str, value: Any) -> None:
    results = verify(changed(path, value), ASKED)

    assert "".join(one.outcome[0] for one in results) == "bguuu"
    assert not is_sound(results)


UNKNOWN: list[dict[str, Any]] = [
    changed("issuer.id", OTHER),
    changed("issuer", OTHER),
    changed("issuer", None),
    changed("issuer", {"id": [DID]}),
    changed("issuer.id", f"{DID} "),
    secure({**certificate(), "issuer": OTHER}, Signer(OTHER_KEY, f"{OTHER}#1", MOMENT)),
]


@pytest.mark.parametrize("document", UNKNOWN)
def test_an_issuer_that_nobody_knows_is_told_and_its_keys_are_never_looked_for(
    document: dict[str, Any],
) -> None:
    assert outcomes(document) == "ubuuu"


def test_a_graph_that_would_take_hours_is_refused_at_once() -> None:
    blank: list[dict[str, Any]] = [{"type": ["Alignment"], "targetName": "x"} for _ in range(400)]
    document = changed("credentialSubject.achievement.alignment", blank)

    assert outcomes(document) == "bguuu"


def test_a_partner_is_known_by_name_and_only_by_the_keys_that_are_pinned() -> None:
    pinned = IssuerKey("1", multikey.encode(OTHER_KEY.public_key()), date(2026, 1, 1))
    region = replace(
        REGION, issuer=replace(ISSUER, trusts=(TrustedIssuer("Naboregionen", OTHER, (pinned,)),))
    )
    theirs = {**certificate(), "issuer": {**certificate()["issuer"], "id": OTHER}}
    asked = replace(ASKED, issuers=known_issuers(region))

    good = verify(secure(theirs, Signer(OTHER_KEY, f"{OTHER}#1", MOMENT)), asked)
    ours_for_theirs = verify(secure(theirs, Signer(KEY, f"{DID}#2026-1", MOMENT)), asked)

    assert [one.outcome for one in good] == ["good", "good", "good", "unknown", "good"]
    assert good[1].values == {"issuer": "Naboregionen"}
    assert [one.outcome for one in ours_for_theirs][:2] == ["bad", "good"]


def test_an_old_key_still_checks_what_it_signed() -> None:
    new = IssuerKey("2027-1", multikey.encode(OTHER_KEY.public_key()), date(2027, 1, 1))
    region = replace(REGION, issuer=replace(ISSUER, keys=(*ISSUER.keys, new)))

    assert outcomes(certificate(), replace(ASKED, issuers=known_issuers(region))) == "ggggg"


def test_what_is_written_anew_with_other_spaces_still_holds() -> None:
    assert outcomes(json.loads(json.dumps(certificate(), indent=7, sort_keys=True))) == "ggggg"


def test_the_words_of_every_result_are_there(say: Callable[..., str]) -> None:
    for document in (certificate(), changed("name", "x"), changed("issuer.id", OTHER)):
        for result in verify(document, ASKED):
            for language in ("nb", "nn", "en"):
                assert say(result, language)


@pytest.fixture
def say() -> Callable[..., str]:
    from kompetanse.commands.certificate_verify import say

    return say
