"""`kompetanse certificate` after the day of issue: check, withdraw, renew, list, and see what runs out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.commands.office import PEOPLE, Office

from kompetanse.commands.place import today


def _number(office: Office, name: str) -> str:
    return str(office.issued()[name]["id"]).removeprefix("urn:uuid:")


def _file(office: Office, start: str, form: str = "json") -> Path:
    return next(office.files.glob(f"{start}-*.{form}"))


def _verified(office: Office, file: Path, *more: str | Path) -> Any:
    return office.run(office.root, "certificate", "verify", str(file), *map(str, more))


def _log(office: Office, command: str, *more: str) -> Any:
    return office.run(office.root, "certificate", command, "--log", str(office.log), *more)


@pytest.mark.parametrize("form", ["json", "svg", "png", "pdf"])
def test_a_certificate_is_checked_in_every_form(office: Office, form: str) -> None:
    people = f"navn;dato;resultat;bekreftet av\nKari Nordmann;{today()};85;Ola\n"
    office.issue(people, form=form)

    done = _verified(office, _file(office, "kari", form), "--name", "Kari Nordmann")

    assert done.exit_code == 0, done.err
    assert done.out.count(": in order. ") == 5
    assert "Period: in order. It is valid now, to and including" in done.out


def test_what_has_run_out_or_is_somebody_elses_is_told_in_words(office: Office) -> None:
    office.issue(PEOPLE.replace("2025-11-23", "2022-11-23"))

    done = _verified(office, _file(office, "pal"), "--name", "Kari Nordmann", "--language", "nn", "--json")

    assert done.exit_code == 1
    said = {one["question"]: (one["outcome"], one["message"]) for one in done.report["results"]}
    assert said["period"] == ("bad", "Galdt til og med 23. november 2024.")
    assert said["recipient"] == ("bad", "Beviset er gitt til ein annan: Pål Østby.")
    assert said["signature"][0] == said["issuer"][0] == said["withdrawn"][0] == "good"
    assert done.report["sound"] is False


def test_a_changed_certificate_and_a_file_without_one_are_told(office: Office) -> None:
    office.issue()
    file = _file(office, "kari")
    file.write_text(file.read_text(encoding="utf-8").replace("Kari Nordmann", "\u202eOla"), encoding="utf-8")
    (office.outside / "tom.pdf").write_bytes(b"%PDF-1.7")

    changed, empty = _verified(office, file), _verified(office, office.outside / "tom.pdf")

    assert "Signature: not in order. Something in it was changed" in changed.out
    assert "\u202e" not in changed.out
    assert "damaged, or was made to deceive" in empty.err
    assert (changed.exit_code, empty.exit_code) == (1, 1)


def test_one_that_is_withdrawn_is_told_so_and_the_log_says_why(office: Office) -> None:
    office.issue()

    done = office.certificate("revoke", _number(office, "Jane Doe")[:8], "--reason", "Feil navn")

    assert done.exit_code == 0, done.err
    assert "Withdrawn  1\nCommit .kompetanse/status/1.json" in done.out
    assert "Withdrawn: not in order." in _verified(office, _file(office, "jane")).out
    assert "Withdrawn: in order." in _verified(office, _file(office, "pal")).out
    assert json.loads(office.log.read_text(encoding="utf-8").splitlines()[-1])["reason"] == "Feil navn"
    listed = (office.root / ".kompetanse/status/1.json").read_text(encoding="utf-8")
    assert "Feil" not in listed


def test_what_is_withdrawn_stays_so_and_twice_is_no_more_than_once(office: Office) -> None:
    office.issue()
    arguments = (_number(office, "Jane Doe"), "--reason", "Feil")
    office.certificate("revoke", *arguments)
    listed = office.root / ".kompetanse/status/1.json"
    before, log = listed.read_bytes(), office.log.read_bytes()

    again = office.certificate("revoke", *arguments)
    listed.unlink()
    lost = office.certificate("revoke", *arguments)

    assert "Withdrawn  0, and 1 were withdrawn before" in again.out
    assert office.log.read_bytes() == log
    assert "Commit" in lost.out
    assert json.loads(listed.read_bytes())["credentialSubject"] == json.loads(before)["credentialSubject"]


def test_a_mistake_in_a_name_is_mended_by_withdrawing_and_issuing_anew(office: Office) -> None:
    office.issue()
    office.certificate("revoke", _number(office, "Jane Doe"), "--reason", "Feil navn")

    done = office.issue(PEOPLE.replace("Jane;Doe", "June;Doe"))

    assert "Issued     1, and 2 had it already" in done.out
    assert "June Doe" in office.issued()


def test_a_list_that_somebody_else_signed_is_never_written_over(office: Office) -> None:
    office.issue()
    listed = office.root / ".kompetanse/status/1.json"
    listed.write_text(
        listed.read_text(encoding="utf-8").replace("did:web:testvik", "did:web:annen"), encoding="utf-8"
    )

    done = office.certificate("revoke", _number(office, "Jane Doe"), "--reason", "Feil")

    assert done.exit_code == 1
    assert "is not a list that this issuer has signed" in done.err


def test_after_a_key_is_taken_out_its_certificates_fail_and_the_list_is_signed_anew(office: Office) -> None:
    office.issue()
    number = _number(office, "Jane Doe")
    office.run(office.root, "issuer", "rotate", "--key", str(office.outside / "b.pem"))
    region = office.root / "region.yml"
    rows = region.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(at for at, row in enumerate(rows) if row.lstrip().startswith("- id:"))
    region.write_text("".join(rows[:first] + rows[first + 3 :]), encoding="utf-8")

    done = office.certificate("revoke", number, "--reason", "Nøkkel på avveie", key="b.pem")

    assert "Commit .kompetanse/status/1.json" in done.out, done.err
    assert "The key that it is signed with is not among" in _verified(office, _file(office, "pal")).out


@pytest.mark.parametrize(
    ("number", "said"),
    [("0000", "There is no certificate 0000"), ("ffffffff", "There is no certificate ffffffff")],
)
def test_a_number_that_is_none_is_told(office: Office, number: str, said: str) -> None:
    office.issue()

    done = office.certificate("revoke", number, "--reason", "x")

    assert done.exit_code == 1
    assert said in done.err


def test_a_reason_never_holds_a_national_identity_number(office: Office) -> None:
    office.issue()

    done = office.certificate("revoke", _number(office, "Jane Doe"), "--reason", "gjaldt 130972 48022")

    assert done.exit_code == 2
    assert "48022" not in office.log.read_text(encoding="utf-8")


def test_a_certificate_is_renewed_for_the_same_person(office: Office) -> None:
    office.issue()
    old = _number(office, "Pål Østby")

    done = office.certificate(
        "renew",
        old,
        "--date",
        "2026-10-01",
        "--score",
        "95.5",
        "--attested-by",
        "Ola",
        "-o",
        office.files,
        "--format",
        "json",
    )

    assert done.exit_code == 0, done.err
    both = [json.loads(path.read_text(encoding="utf-8")) for path in office.files.glob("pal-*.json")]
    assert sorted(one["validFrom"][:10] for one in both) == ["2025-11-23", "2026-10-01"]
    assert {one["name"] for one in both} == {"Brannkurs på nynorsk"}
    ends = _log(office, "expiring", "--date", "2027-11-01", "--format", "json").report["certificates"]
    assert sorted(one["name"] for one in ends) == ["Jane Doe", "Kari Nordmann"]


def test_renewing_asks_for_what_issuing_asks_for(office: Office) -> None:
    office.issue()
    number = _number(office, "Pål Østby")
    given = ("--attested-by", "Ola", "-o", office.files, "--format", "json")

    without = office.certificate("renew", number, *given)
    below = office.certificate("renew", number, "--score", "79", *given)
    office.certificate("revoke", number, "--reason", "x")
    withdrawn = office.certificate("renew", number, "--score", "90", *given)

    assert "no result is given" in without.err
    assert "below the pass mark" in below.err
    assert "was withdrawn, and cannot be renewed" in withdrawn.err
    assert len(office.issued()) == 3


def test_the_list_is_for_people_for_programs_and_for_spreadsheets(office: Office) -> None:
    office.issue(PEOPLE.replace("Ola Leder;bokmål", "-Ola;bokmål"))
    office.certificate("revoke", _number(office, "Jane Doe"), "--reason", "x")

    text = _log(office, "list").out.splitlines()
    data = _log(office, "list", "--course", "brannkurs", "--format", "json").report["certificates"]
    table = list(
        csv.reader(
            io.StringIO(_log(office, "list", "--format", "csv").out.removeprefix("\ufeff")), delimiter=";"
        )
    )

    assert len(text) == len(data) == len(table) - 1 == 3
    assert "  to 2027-11-23" in text[0]
    assert "  withdrawn 20" in text[2]
    assert data[0]["name"] == "Kari Nordmann"
    assert table[1][-1] == "'-Ola"
    assert _log(office, "list", "--course", "annet").out == "None.\n"


def test_what_runs_out_is_told_first_to_end_first(office: Office) -> None:
    office.issue(
        "navn;dato;resultat;bekreftet av\nA B;2025-03-01;85;X\nC D;2024-03-01;85;X\nE F;2025-09-01;85;X\n"
    )

    found = _log(office, "expiring", "--within", "P6M", "--date", "2026-12-01", "--format", "json")

    assert [one["name"] for one in found.report["certificates"]] == ["C D", "A B"]
    assert _log(office, "expiring", "--within", "snart").exit_code == 2


def test_the_log_must_be_named_where_no_key_is(office: Office) -> None:
    done = office.run(office.root, "certificate", "list")

    assert done.exit_code == 2
    assert "Name the log after --log" in done.err
