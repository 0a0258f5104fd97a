"""The command and the page /bevis/ give the same five answers, on every case that the command is tested by."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.evidence.issuing import certificate
from tests.evidence.test_verification import (
    ASKED,
    EACH,
    SAID,
    SWAPPED,
    UNKNOWN,
    changed,
)

from kompetanse.evidence.verification import Asked, verify

ONLY_A_LIBRARY_SEES = "proof.0"
"""A browser does not check the signature of eddsa-rdfc-2022; the other proof covers every byte."""


def _cases() -> list[tuple[dict[str, Any], Asked]]:
    swapped = [
        (changed(path, value), ASKED) for path, value in SWAPPED if not path.startswith(ONLY_A_LIBRARY_SEES)
    ]
    named = [(certificate(), replace(ASKED, name=name)) for name in ("KARI NORDMANN", "Kari", "  ")]
    each = [(certificate(), asked) for asked, _ in EACH]
    return [*each, *swapped, *named, *((one, ASKED) for one, _ in SAID), *((one, ASKED) for one in UNKNOWN)]


def _issuers(asked: Asked) -> list[dict[str, Any]]:
    """The issuers as the page has them."""
    return [
        {
            "did": did,
            "name": one.name,
            "keys": [
                {"id": method["id"].partition("#")[2], "public": method["publicKeyMultibase"]}
                for method in one.did["verificationMethod"]
            ],
        }
        for did, one in asked.issuers.items()
    ]


def test_the_page_answers_as_the_command_does() -> None:
    cases = _cases()
    given = [
        {
            "certificate": document,
            "issuers": _issuers(asked),
            "lists": asked.lists,
            "now": asked.moment.isoformat(),
            "name": asked.name.strip(),
        }
        for document, asked in cases
    ]

    done = subprocess.run(
        ["node", str(Path(__file__).parent / "check.mjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )

    answered = json.loads(done.stdout)
    assert len(answered) == len(cases) > 60
    for (document, asked), found in zip(cases, answered, strict=True):
        expected = verify(document, replace(asked, name=asked.name.strip()))
        assert [(one["question"], one["outcome"], one["key"], one["values"]) for one in found] == [
            (one.question, one.outcome, one.key, dict(one.values)) for one in expected
        ], document
