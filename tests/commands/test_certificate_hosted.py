"""`kompetanse certificate hosted`: a badge of Open Badges 2.0 that another program accepts, and that tells no name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob2.verifier import OB2VerificationError, OB2Verifier
from tests.commands.office import Office

AT = "https://merker.example/b/"


def hosted(office: Office, *more: str, output: str = "merker") -> Any:
    number = office.issued()["Kari Nordmann"]["id"]
    own = ("--email", "Kari@Testvik.example", "--contact", "kurs@testvik.example", "--at", AT)
    log = ("--log", str(office.log), "-o", str(office.outside / output))
    return office.run(office.root, "certificate", "hosted", number, *own, *log, *more)


def fetch(folder: Path) -> Callable[[str], bytes]:
    """Answer for the web, from the folder."""
    return lambda url: (folder / url.removeprefix(AT)).read_bytes()


@pytest.fixture
def issued(office: Office) -> Office:
    """Three people have got a certificate."""
    assert office.issue().exit_code == 0
    return office


def test_another_program_accepts_the_badge_for_the_address_and_for_no_other(issued: Office) -> None:
    done = hosted(issued)

    assert done.exit_code == 0, done.err
    folder = issued.outside / "merker"
    verifier = OB2Verifier(download=fetch(folder))
    token = OB2Verifier.extract_token_from_png(
        next(one for one in folder.glob("*.png") if "brannkurs" not in one.name).read_bytes()
    )
    found = verifier.verify_hosted(token, expected_recipient="kari@testvik.example")
    assert found.expires is not None
    with pytest.raises(OB2VerificationError):
        verifier.verify_hosted(token, expected_recipient="ola@testvik.example")
    assert not any(
        b"Nordmann" in one.read_bytes()
        or b'estvik.example"' in one.read_bytes().replace(b"kurs@testvik.example", b"")
        for one in folder.glob("*.json")
    )


def test_the_same_certificate_gives_the_same_files_and_a_withdrawn_one_says_so(issued: Office) -> None:
    hosted(issued)
    folder = issued.outside / "merker"
    first = {one.name: one.read_bytes() for one in folder.iterdir()}
    hosted(issued, output="igjen")
    assert {one.name: one.read_bytes() for one in (issued.outside / "igjen").iterdir()} == first
    token = next(data for name, data in first.items() if b'"Assertion"' in data and name.endswith("json"))

    issued.certificate("revoke", issued.issued()["Kari Nordmann"]["id"], "--reason", "Feil")
    hosted(issued)

    with pytest.raises(OB2VerificationError):
        OB2Verifier(download=fetch(folder)).verify_hosted(token.decode())


def test_wrong_addresses_and_a_folder_in_the_repository_are_refused(issued: Office) -> None:
    assert hosted(issued, "--at", "http://merker.example/").exit_code == 2
    assert hosted(issued, "--email", "kari").exit_code == 2
    assert hosted(issued, "-o", str(issued.root / "merker")).exit_code == 1
    assert not (issued.root / "merker").exists()
