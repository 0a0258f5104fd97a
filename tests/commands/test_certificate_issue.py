"""`kompetanse certificate issue`: who gets one, who does not, and that nobody gets two."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.commands.office import PEOPLE, Office

from kompetanse.content.region import read_region
from kompetanse.evidence import baking, did, published, signing_key, status_list
from kompetanse.evidence.issue_log import open_log
from kompetanse.evidence.proofs import check

HEAD = "navn;dato;resultat;bekreftet av\r\n"


def _document(office: Office) -> dict[str, object]:
    region, _ = read_region(office.root)
    return did.document(region.issuer, "https://testvik.example/")


def test_everybody_on_the_list_gets_one_in_her_own_language(office: Office) -> None:
    done = office.issue()

    assert done.exit_code == 0, done.err
    assert "Issued     3\n" in done.out
    found = office.issued()
    assert set(found) == {"Kari Nordmann", "Pål Østby", "Jane Doe"}
    kari, pal = found["Kari Nordmann"], found["Pål Østby"]
    assert kari["validFrom"] == "2025-11-23T00:00:00Z"
    assert kari["validUntil"] == "2027-11-23T23:59:59Z"
    assert kari["name"] == "Brannkurs – grunnkurs"
    assert pal["name"] == "Brannkurs på nynorsk"
    achievement = kari["credentialSubject"]["achievement"]
    assert achievement["alignment"][0]["targetCode"] == "brannvern"
    assert achievement["alignment"][0]["targetDescription"] == "2 Under veiledning: Bruker rutinen med hjelp."
    assert "80 %" in achievement["criteria"]["narrative"]
    assert len(achievement["otherIdentifier"][0]["identifier"]) == 40
    for one in found.values():
        check(one, _document(office))


def test_a_certificate_holds_no_more_about_a_person_than_her_name(office: Office) -> None:
    office.issue()

    text = "\n".join(path.read_text(encoding="utf-8") for path in office.files.iterdir())
    assert "Kari Nordmann" in text
    assert [one for one in ("Ola Leder", "101", "85 %", "@kommune") if one in text] == []


def test_the_site_tells_which_are_withdrawn_and_nothing_about_anybody(office: Office) -> None:
    done = office.issue()
    office.run(office.root, "build", "--date", "2026-11-24")

    assert "Commit .kompetanse/status/1.json and publish the site" in done.out
    listed = json.loads((office.root / "site/status/1.json").read_text(encoding="utf-8"))
    check(listed, _document(office))
    assert listed["id"] == office.issued()["Jane Doe"]["credentialStatus"]["statusListCredential"]
    assert not any(status_list.decode(listed["credentialSubject"]["encodedList"]))
    written = [path for path in office.root.rglob("*") if path.is_file()]
    names = (b"Jane Doe", "Østby".encode(), b"Ola Leder")
    assert [path for path in written if any(name in path.read_bytes() for name in names)] == []


def test_run_again_gives_nobody_another_and_writes_the_files_that_are_gone(office: Office) -> None:
    office.issue()
    before = {path.name: path.read_bytes() for path in office.files.iterdir()}
    log = office.log.read_bytes()
    shutil.rmtree(office.files)

    done = office.issue()

    assert "Issued     0, and 3 had it already" in done.out
    assert {path.name: path.read_bytes() for path in office.files.iterdir()} == before
    assert office.log.read_bytes() == log
    assert "Commit" not in done.out


def test_one_person_can_be_named_instead_of_a_list(office: Office) -> None:
    given = ("--name", "Kari  Nordmann ", "--score", "90", "--attested-by", "Ola", "--date", "2025-11-23")

    done = office.certificate("issue", "brannkurs", *given, "-o", office.files, "--format", "json")

    assert done.exit_code == 0, done.err
    assert list(office.issued()) == ["Kari Nordmann"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_list_is_read_as_a_spreadsheet_writes_it(office: Office, encoding: str) -> None:
    done = office.issue(PEOPLE.encode(encoding))

    assert done.exit_code == 0, done.err
    assert "Pål Østby" in office.issued()


def test_all_that_is_wrong_is_told_at_once_and_nobody_gets_anything(office: Office) -> None:
    wrong = {
        ";2025-11-23;85;X": "it has no name",
        "A B;2099-11-23;85;X": "2099-11-23 is in the future",
        "A C;2025-11-23;79,9;X": "the result 79.9 is below the pass mark 80",
        "A D;2025-11-23;85;": "nobody answers for it",
        "A E;2025-11-23;85;X": None,
        "a  e;2025-11-23;85;X": "the same person stands on line 6",
        "=cmd|' /C calc'!A0;2025-11-23;85;X": "is no name of a person",
        "kari@kommune.no;2025-11-23;85;X": "is no name of a person",
        "A F;2025-11-23;;X": "no result is given",
        "A G 13097248022;2025-11-23;85;X": "it has a national identity number",
        "A L 130972 48023;2025-11-23;85;X": "there is a number in the name",
        "@A M;i går;;": "write first and last name. And it has no date that we can read; write 2026-11-24 or 24.11.2026. And nobody answers",
        "A H;i går;85;X": "it has no date that we can read",
        "A I;1998-11-23;85;X": "more than ten years ago",
        "A J;2025-11-23;bestått;X": "«bestått» is no result",
        "A K;2025-11-23;85;X;mer": "it has more cells than there are columns",
        "A CC;2099-11-23;79,9;X": "is for what has been done. And the result 79.9 is below the pass mark 80",
    }

    done = office.issue(HEAD + "\r\n".join(wrong) + "\r\n")

    assert done.exit_code == 1
    told = dict(row.split(": ", 1) for row in done.err.splitlines()[:-1])
    for line, reason in enumerate(wrong.values(), 2):
        said = told.get(f"{office.outside / 'liste.csv'}, line {line}")
        assert reason is said if reason is None else reason in (said or ""), line
    assert done.err.splitlines()[-1].startswith("Error: Nothing was issued")
    assert "13097248022" not in done.err
    assert "130972 48023" not in done.err
    assert not office.files.exists()
    assert not office.log.exists()


@pytest.mark.parametrize(
    ("course", "said"),
    [
        ("gammelt", "is retired"),
        ("utkast", "is a draft"),
        ("uten", "gives no certificate"),
        ("alarm", "There is no course alarm"),
        ("borte", "There is no course borte"),
    ],
)
def test_some_courses_give_none(office: Office, course: str, said: str) -> None:
    done = office.issue(course=course)

    assert done.exit_code == 1
    assert said in done.err
    assert not office.log.exists()


def test_what_is_seen_in_practice_needs_no_result(office: Office) -> None:
    done = office.issue("navn;dato\nKari Nordmann;2025-11-23\n", "--attested-by", "Ola", course="sett")

    assert done.exit_code == 0, done.err


def test_a_course_with_changes_that_are_not_committed_waits(office: Office) -> None:
    (office.root / "content/moduler/alarm.md").write_text("---\ntype: module\ntitle: Ny\n---\n\nRing 113.\n")

    done = office.issue()

    assert done.exit_code == 1
    assert "content/moduler/alarm.md has changes that are not committed" in done.err


def test_files_and_log_never_lie_where_git_would_keep_them(office: Office) -> None:
    for place in (("-o", office.root / "bevis"), ("--log", office.root / "logg.jsonl")):
        done = office.issue(PEOPLE, *place)
        assert done.exit_code == 1
        assert "repository" in done.err
    assert not office.log.exists()


def test_only_the_key_that_signs_now_signs(office: Office, commit: Callable[[Path], Path]) -> None:
    office.run(office.root, "issuer", "rotate", "--key", str(office.outside / "b.pem"))
    commit(office.root)
    shutil.copy(office.outside / "key.pem", office.outside / "open.pem")
    (office.outside / "open.pem").chmod(0o644)
    (office.outside / "none.pem").write_text("hei")
    (office.outside / "none.pem").chmod(0o600)

    said = {}
    for key in ("key.pem", "open.pem", "none.pem", "gone.pem", "b.pem"):
        arguments = (
            "issue",
            "brannkurs",
            "--to",
            office.outside / "l.csv",
            "-o",
            office.files,
            "--format",
            "json",
        )
        (office.outside / "l.csv").write_text(PEOPLE)
        said[key] = office.certificate(*arguments, key=key).err

    assert "signs no more. Use the key" in said["key.pem"]
    assert "can be read by others" in said["open.pem"]
    assert "holds no private key" in said["none.pem"]
    assert "cannot be read" in said["gone.pem"]
    assert said["b.pem"] == ""


def test_a_key_that_cannot_be_opened_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.outside / "l.csv").write_text(PEOPLE, encoding="utf-8")
    rsa = generate_private_key(public_exponent=65537, key_size=2048)
    form, pem, none = PrivateFormat.PKCS8, Encoding.PEM, NoEncryption()
    for name, data in (
        ("lukket.pem", signing_key.written(signing_key.new(), "rett")),
        ("rsa.pem", rsa.private_bytes(pem, form, none)),
    ):
        (office.outside / name).write_bytes(data)
        (office.outside / name).chmod(0o600)
    monkeypatch.setenv("KOMPETANSE_KEY_PASSPHRASE", "feil")
    given = ("issue", "brannkurs", "--to", office.outside / "l.csv", "-o", office.files, "--format", "json")

    assert "does not open the key" in office.certificate(*given, key="lukket.pem").err
    monkeypatch.setenv("KOMPETANSE_KEY_PASSPHRASE", "")
    assert "Nobody can be asked" in office.certificate(*given, key="lukket.pem").err
    assert "of another kind than Ed25519" in office.certificate(*given, key="rsa.pem").err
    assert "is no file" in office.certificate(*given, "--log", "/dev/full").err
    assert not office.log.exists()


def test_a_log_that_was_changed_is_told_and_left(office: Office) -> None:
    office.issue()
    before = office.log.read_text(encoding="utf-8").replace("Jane", "June")
    office.log.write_text(before, encoding="utf-8")

    done = office.issue()

    assert done.exit_code == 1
    assert "kursbevis-logg.jsonl, line 4: it was changed after it was written" in done.err
    assert office.log.read_text(encoding="utf-8") == before


def test_a_clock_that_is_behind_the_log_is_told(office: Office) -> None:
    office.issue()
    with open_log(office.log, "did:web:testvik.example:utsteder") as log:
        one = next(iter(log.issued.values()))
        log.withdraw(one, "x", "2999-01-01T00:00:00Z")

    done = office.issue()

    assert done.exit_code == 1
    assert "Set the clock of this machine" in done.err


def test_the_log_of_another_issuer_is_told(office: Office) -> None:
    office.issue()
    text = (office.root / "region.yml").read_text()
    (office.root / "region.yml").write_text(text.replace("did:web:testvik", "did:web:annen"))

    done = office.issue()

    assert "is not the log of did:web:annen.example:utsteder" in done.err


def test_the_log_is_kept_aside_before_it_is_added_to(office: Office) -> None:
    office.issue()
    before = office.log.read_bytes()

    office.issue(PEOPLE.replace("2025-11-23", "2025-11-24"))

    assert office.log.with_name(f"{office.log.name}.bak").read_bytes() == before
    assert office.log.read_bytes().startswith(before)


def test_pictures_hold_the_certificate_and_the_pdf_has_it_attached(office: Office) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    office.issue(PEOPLE, "--format", "svg", "--format", "png", "--format", "pdf")

    stem = next(office.files.glob("pal-ostby-*.json")).with_suffix("")
    whole = stem.with_suffix(".json").read_bytes()
    same = json.loads(whole)
    assert json.loads(baking.from_svg(stem.with_suffix(".svg").read_bytes()) or "") == same
    assert json.loads(baking.from_png(stem.with_suffix(".png").read_bytes()) or "") == same
    reader = PdfReader(BytesIO(stem.with_suffix(".pdf").read_bytes()))
    assert reader.attachments["kursbevis.json"][0] == whole
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/Lang"] == "nn"
    assert "/StructTreeRoot" in catalog
    assert "/MarkInfo" in catalog
    text = " ".join(reader.pages[0].extract_text().split())
    assert "Dette beviset er gitt til Pål Østby som har fullført Brannkurs på nynorsk" in text
    assert f"https://testvik.example/bevis/#{same['id'].removeprefix('urn:uuid:')}" in text


def test_a_name_that_the_pdf_cannot_print_is_told(office: Office) -> None:
    people = "navn;dato;resultat;bekreftet av\n王 Li;2025-11-23;85;X\n"

    done = office.issue(people, "--format", "pdf")

    assert done.exit_code == 0, done.err
    assert "has signs that the PDF's fonts lack" in done.out


def test_published_lists_are_the_same_bytes_on_every_build(office: Office) -> None:
    office.issue()

    first, second = (dict(published.issuer_files(office.root, read_region(office.root)[0])) for _ in range(2))

    assert list(first) == ["utsteder/did.json", "status/1.json"]
    assert first == second
