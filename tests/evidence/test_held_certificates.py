"""What a certificate that somebody hands over vouches for: the class of evidence that it says itself, else that of the course, else a test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.evidence.issuing import ACHIEVEMENT, ISSUED_BY, SIGNER, award, certificate
from tests.evidence.test_verification import ASKED

from kompetanse.evidence.credential import credential
from kompetanse.evidence.held_certificates import Certified, checked
from kompetanse.evidence.proofs import secure
from kompetanse.model.item import Evidence


def signed(**changed: Any) -> dict[str, Any]:
    return secure({**certificate(), **changed}, SIGNER)


def of_class(evidence: Evidence) -> dict[str, Any]:
    return secure(credential(ISSUED_BY, replace(ACHIEVEMENT, evidence=evidence), award()), SIGNER)


@pytest.mark.parametrize(
    ("document", "course", "evidence"),
    [
        (of_class("self"), "confirmed", "self"),
        (of_class("test"), None, "test"),
        (of_class("confirmed"), None, "confirmed"),
        (signed(evidence=[]), "confirmed", "confirmed"),
        (signed(evidence=[{"type": ["Evidence"], "genre": "film"}]), None, "test"),
        (signed(evidence="confirmed"), None, "test"),
    ],
)
def test_the_class_of_evidence_is_the_one_that_the_certificate_says(
    document: dict[str, Any], course: Evidence | None, evidence: Evidence
) -> None:
    found = checked(document, "kari.json", ASKED, lambda address: course)

    assert isinstance(found, Certified)
    assert {claim.evidence for _, claim in found.claims} == {evidence}
