"""Nothing about anybody is left where it does not belong: not in the repository or its history, not on the site, not in the cache."""

from __future__ import annotations

import json
import subprocess
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.commands.office import Office
from tests.commands.test_documentation import FORM, LADDER, ROLE
from tests.commands.test_unit_report import mapping

PEOPLE = {
    "Ragnhild Fjellanger-Ås": "tilsett-70011-q",
    "Torbjørn Wærnes": "tilsett-70012-q",
    "Szymon Kołodziej": "tilsett-70013-q",
}
LEADER = "Borghild Utvik"
EMAIL = "ragnhild.fjellanger@kommune.example"
PASSPHRASE = "en svært lang setning 4711"  # noqa: S105 (of a key that the test makes)
PERSON = "5a3c1f0e-8d7b-4f7e-9b1d-0000000000aa"


@pytest.fixture
def everything(
    office: Office, commit: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Office:
    """All that can be done with certificates and reports, by the book, each step committed; the cache lies in `tmp_path`."""
    monkeypatch.setenv("KOMPETANSE_CACHE", str(tmp_path / "cache"))
    folder = office.root / "content"
    (folder / "roller").mkdir()
    (folder / "roller/vaktmester.md").write_text(ROLE, encoding="utf-8")
    (folder / "kompetanser/stige.md").write_text(LADDER, encoding="utf-8")
    monkeypatch.setenv("KOMPETANSE_KEY_PASSPHRASE", PASSPHRASE)
    _done(office, "issuer", "rotate", "--key", str(office.outside / "ny.pem"))
    commit(office.root)
    rows = [f"{name};{number};2026-11-20;85;{LEADER}" for name, number in PEOPLE.items()]
    listed = "\r\n".join(["navn;ansattnummer;dato;resultat;bekreftet av", *rows])
    forms = ("--format", "svg", "--format", "png", "--format", "pdf")
    (office.outside / "liste.csv").write_text(listed, encoding="utf-8")
    _certificate(office, "issue", "brannkurs", "--to", office.outside / "liste.csv", "-o", office.files, "--format", "json", *forms)  # fmt: skip
    numbers = [str(one["id"]).removeprefix("urn:uuid:") for one in office.issued().values()]
    _certificate(office, "revoke", numbers[0], "--reason", f"Gjaldt {LEADER}")
    _certificate(office, "renew", numbers[1], "--score", "90", "--date", "2026-11-22", "--attested-by", LEADER, "-o", office.files, "--format", "json")  # fmt: skip
    _hosted(office, numbers[1])
    _reports(office)
    for command in (("check",), ("build",), ("stage", str(tmp_path / "staged"))):
        _done(office, *command)
    commit(office.root)
    return office


def _done(office: Office, *arguments: str) -> Any:
    done = office.run(office.root, *arguments)
    assert done.exit_code == 0, done.err
    return done


def _certificate(office: Office, command: str, *arguments: str | Path) -> None:
    done = office.certificate(command, *arguments, key="ny.pem")
    assert done.exit_code == 0, done.err


def _hosted(office: Office, number: str) -> None:
    given = ("--email", EMAIL, "--at", "https://merker.testvik.example/", "--contact", "post@testvik.example")
    log = ("--log", str(office.log), "-o", str(office.outside / "merker"))
    _done(office, "certificate", "hosted", number, *given, *log)


def _reports(office: Office) -> None:
    unit = office.outside / "enhet"
    unit.mkdir()
    name = next(iter(PEOPLE))
    (unit / "kartlegging.json").write_text(mapping(1, name=name, person=PERSON), encoding="utf-8")
    rows = [f"{one};Vaktmester;Arbeid i stige;3;3;20.11.2026;{LEADER};\r\n" for one in PEOPLE]
    (unit / "skjema.csv").write_text(FORM + "".join(rows), encoding="utf-8-sig")
    for command in (
        ("report", "unit", str(unit), "-o", str(office.outside / "enhet.html")),
        ("report", "unit", str(unit), "--summary", "-o", str(office.outside / "uten-navn.html")),
        ("report", "municipality", str(unit), "-o", str(office.outside / "uten-navn-kommune.csv"), "--format", "csv"),
        ("plan", str(unit), "-o", str(office.outside / "uten-navn-plan.html")),
    ):  # fmt: skip
        _done(office, *command)


def _secrets(office: Office) -> dict[str, bytes]:
    """What must be found nowhere else than with those who issue and those who got it."""
    keys = list(office.outside.glob("*.pem"))
    rows = [row for path in keys for row in path.read_text().splitlines() if not row.startswith("-")]
    subjects = [str(one["credentialSubject"]["id"]) for one in office.issued().values()]
    ids = [str(one["id"]) for one in office.issued().values()]
    words = [LEADER, EMAIL, PASSPHRASE, PERSON, *PEOPLE, *PEOPLE.values(), *rows]
    words += [name.split()[-1] for name in PEOPLE]
    words += [one.removeprefix("urn:uuid:") for one in (*subjects, *ids)]
    return {word: word.encode() for word in words} | {f"\\u: {word}": json.dumps(word)[1:-1].encode() for word in PEOPLE}  # fmt: skip


def _unpacked(data: bytes) -> bytes:
    for bits in (15, 31, -15):
        with suppress(zlib.error):
            return data + zlib.decompressobj(bits).decompress(data, 50_000_000)
    return data


def _history(root: Path) -> bytes:
    """Every object that git keeps, in the clear."""
    command = ["git", "cat-file", "--batch", "--batch-all-objects"]
    return subprocess.run(command, cwd=root, capture_output=True, check=True).stdout


def test_no_name_number_address_or_key_is_left_anywhere_else_and_the_rest_is_closed_to_others(
    everything: Office, tmp_path: Path
) -> None:
    secrets = _secrets(everything)
    places = [path for folder in (everything.root, tmp_path / "cache", tmp_path / "staged") for path in folder.rglob("*") if path.is_file()]  # fmt: skip
    places += everything.outside.glob("uten-navn*")

    found = {str(path.relative_to(tmp_path)): _unpacked(path.read_bytes()) for path in places}
    found["history"] = _history(everything.root)
    left = [(place, word) for place, data in found.items() for word, sign in secrets.items() if sign in data]

    assert any(place.endswith("site/status/1.json") for place in found)
    assert any(place.startswith("cache") for place in found)
    assert all(LEADER in (everything.outside / name).read_text("utf-8") for name in ("enhet.html", "kursbevis-logg.jsonl"))  # fmt: skip
    assert left == []
    private = (everything.log, everything.log.with_name(f"{everything.log.name}.bak"), everything.outside / "ny.pem")  # fmt: skip
    assert [path for path in private if path.stat().st_mode & 0o077] == []
