"""Whatever somebody does to a certificate or to what it is checked by is told by the right one of five answers, by the command and by the page."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.evidence import tampering
from tests.evidence.tampering import CASES, Tampered

from kompetanse.evidence.verification import is_sound, verify

HERE = Path(__file__).parent


def test_there_are_more_than_a_hundred_kinds() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) > 200


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["name"])
def test_the_command_tells_it(number: int) -> None:
    case, tampered = CASES[number], tampering.case(number)

    results = verify(tampered.certificate, tampered.asked)

    assert "".join(one.outcome[0] for one in results) == case["answers"]
    assert next(one.key for one in results if one.outcome != "good") == case["why"]
    assert not is_sound(results)


def answered_by_the_page(asked: Sequence[Tampered], *flags: str) -> Any:
    """What the script of the page answers to each; `flags` are node's, and `--without-ed25519` takes that away from WebCrypto."""
    given = [
        {
            "certificate": one.certificate,
            "issuers": one.issuers,
            "lists": one.lists,
            "now": one.now,
            "name": one.name,
        }
        for one in asked
    ]
    done = subprocess.run(
        ["node", str(HERE / "check.mjs"), *flags],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("flags", [(), ("--without-ed25519",)], ids=["WebCrypto", "the library"])
def test_the_page_tells_it_in_newer_browsers_and_in_older(flags: tuple[str, ...]) -> None:
    if flags and not (HERE.parents[1] / "theme/kompetanse_theme/assets/noble-ed25519/index.js").is_file():
        pytest.skip("what checks signatures in older browsers is not fetched; `make assets` does so")
    found = answered_by_the_page([tampering.case(number) for number in range(len(CASES))], *flags)

    for case, results in zip(CASES, found, strict=True):
        answers = "".join(one["outcome"][0] for one in results)
        assert answers == case.get("page", case["answers"]), case["name"]
        if "page" not in case:
            assert next(one["key"] for one in results if one["outcome"] != "good") == case["why"]


def test_the_page_says_the_same_as_the_command_when_nothing_is_wrong() -> None:
    whole = tampering.made({})
    covered = tampering.made({"drop": ["certificate.proof.0", "list.proof.0"]})
    asked = [whole, covered, *(replace(whole, name=name) for name in ("KARI  NORDMANN", "", "kari nordmann"))]

    found = answered_by_the_page(asked)

    for one, results in zip(asked, found, strict=True):
        expected = verify(one.certificate, one.asked)
        assert all(each.outcome == "good" for each in expected[:4])
        assert [(each["question"], each["outcome"], each["key"], each["values"]) for each in results] == [
            (each.question, each.outcome, each.key, dict(each.values)) for each in expected
        ]


def test_a_browser_that_cannot_check_signatures_and_has_no_library_says_so() -> None:
    (results,) = answered_by_the_page([tampering.made({})], "--without-ed25519", "--without-library")

    assert [(one["outcome"], one["key"]) for one in results] == [
        ("unknown", "signature.unable"),
        ("good", "issuer.good"),
        *[("unknown", "unreliable")] * 3,
    ]


def test_a_page_that_is_not_from_https_says_so() -> None:
    (results,) = answered_by_the_page([tampering.made({})], "--without-webcrypto")

    assert results[0]["key"] == "signature.insecure"
