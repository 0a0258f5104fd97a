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


def test_a_certificate_that_nobody_has_touched_has_five_good_answers() -> None:
    results = verify(certificate(), ASKED)

    assert [one.question for one in results] == ["signature", "issuer", "period", "withdrawn", "recipient"]
    assert outcomes(certificate()) == "ggggg"
    assert is_sound(results)


EACH: list[tuple[Asked, str]] = [
    (replace(ASKED, name=""), "ggggu"),
    (replace(ASKED, name="kari   nordmann"), "ggggg"),
    (replace(ASKED, moment=datetime(2026, 11, 23, tzinfo=UTC)), "ggggg"),
    (replace(ASKED, moment=datetime(2028, 11, 23, 23, 59, tzinfo=UTC)), "ggggg"),
    (replace(ASKED, lists={LIST: listed(INDEX + 1)}), "ggggg"),
]


@pytest.mark.parametrize(("asked", "expected"), EACH)
def test_each_question_is_answered_for_itself(asked: Asked, expected: str) -> None:
    assert outcomes(certificate(), asked) == expected


def changed(path: str, value: Any) -> dict[str, Any]:
    found = copy.deepcopy(certificate())
    place: Any = found
    *outer, last = (int(one) if one.isdigit() else one for one in path.split("."))
    for key in outer:
        place = place[key]
    place[last] = value
    return found


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
