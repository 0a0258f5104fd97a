"""What a unit can show: certificates and observations beside mappings, what ends, and what does not count."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.commands.office import Office
from tests.commands.shown import shown
from tests.commands.test_unit_report import mapping as mapped

ROLE = """\
---
type: role
id: vaktmester
title: Vaktmester
area: Drift
requires:
- {competence: brannvern, level: 2, kind: statutory, basis: Brannforskriften § 4, evidence: test, valid_for: P3Y}
- {competence: stige, level: 3, kind: mandatory, evidence: confirmed, valid_for: P1Y}
---

Ser til bygget.
"""
LADDER = "---\ntype: competence\nid: stige\ntitle: Arbeid i stige\nlevels:\n  1: a\n  2: b\n  3: c\n  4: d\n---\n\nTekst.\n"
FORM = "Navn;Rolle;Kompetanse;Nivå som kreves;Nivå;Dato;Bekreftet av;Utgave\r\n"
SEEN = "Kari Nordmann;Vaktmester;Arbeid i stige;3 Selvstendig;3;01.12.2025;Ola Leder;Rammeverk 12e4567\r\n"
KNOWN = "Pål Østby;Vaktmester;;;;;\r\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the scene is kept once it is made, since certificates take a while to issue."""
    return tmp_path_factory.mktemp("scene") / "kept"


@pytest.fixture
def unit(request: pytest.FixtureRequest, kept: Path, tmp_path: Path, run: Callable[..., Any]) -> Office:
    """A region whose one role asks for a test and for practice, and that has issued three certificates."""
    if not kept.exists():
        _make(request.getfixturevalue("office"), request.getfixturevalue("commit"), kept)
    own = tmp_path / "scene"
    shutil.copytree(kept, own)
    return Office(own / "region", own / "outside", run)


def _make(office: Office, commit: Callable[[Path], Path], kept: Path) -> None:
    folder = office.root / "content"
    (folder / "roller").mkdir()
    (folder / "roller/vaktmester.md").write_text(ROLE, encoding="utf-8")
    (folder / "kompetanser/stige.md").write_text(LADDER, encoding="utf-8")
    commit(office.root)
    assert office.issue().exit_code == 0
    shutil.copytree(office.root, kept / "region")
    shutil.copytree(office.outside, kept / "outside")


def report(unit: Office, *arguments: str | Path, day: str = "2026-11-24") -> Any:
    return unit.run(unit.root, "report", "unit", *map(str, arguments), "--date", day)


def form(unit: Office, rows: str = SEEN + KNOWN, encoding: str = "utf-8-sig") -> Path:
    path = unit.outside / "skjema.csv"
    path.write_bytes((FORM + rows).encode(encoding))
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def proof(done: Any) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of requirements, by person and competence."""
    return {(one["Person"], one["Kompetanse"]): one for one in rows(done.out) if one["Person"]}


def file_of(unit: Office, name: str) -> Path:
    return next(path for path in unit.files.glob("*.json") if name in path.read_text(encoding="utf-8"))


def test_a_certificate_and_an_observation_stand_beside_each_requirement(unit: Office) -> None:
    done = report(unit, unit.files, form(unit), "--format", "csv")

    found = proof(done)
    fire, ladder = found["Kari Nordmann", "Brannvern"], found["Kari Nordmann", "Arbeid i stige"]
    number = unit.issued()["Kari Nordmann"]["id"].removeprefix("urn:uuid:")
    assert fire["Bygger på"] == f"Kursbevis {number}, utstedt av Testvik"
    assert (fire["Dokumentert med"], fire["Dato"], fire["Gjelder til"]) == (
        "Bestått prøve",
        "2025-11-23",
        "2027-11-23",
    )
    assert fire["Krav og hjemmel"] == "Lovpålagt; Brannforskriften § 4"
    assert len(fire["Utgave av regelen"]) == len(fire["Utgave av kurset eller skjemaet"]) == 7
    assert ladder["Bygger på"] == "Bekreftet av Ola Leder (skjema.csv)"
    assert ladder["Utgave av kurset eller skjemaet"] == "12e4567"
    assert "4 filer, 2 personer" in done.out
    assert (ladder["Dokumentert med"], ladder["Gjelder til"]) == ("Bekreftet", "2026-12-01")
    assert found["Pål Østby", "Arbeid i stige"]["Bygger på"] == "Ingenting"
    assert "Jane Doe" not in {person for person, _ in found}


def test_a_certificate_of_somebody_whom_nothing_names_is_told_and_not_counted(unit: Office) -> None:
    done = report(unit, unit.files, form(unit), "--format", "csv")

    assert done.exit_code == 1
    assert "Kursbeviset er til Jane Doe, som ingen kartlegging og intet skjema nevner" in done.err
    assert "Kursbevis som er regnet med: 2. Bekreftelser fra skjema: 1." in done.out


@pytest.mark.parametrize(("day", "days"), [("2026-11-24", 30), ("2026-09-24", 90), ("2026-06-24", 180)])
def test_what_ends_is_told_by_30_90_and_180_days(unit: Office, day: str, days: int) -> None:
    done = report(unit, form(unit, SEEN), day=day)

    within = ", ".join(f"innen {each} dager: {int(each >= days)}" for each in (30, 90, 180))
    assert f"Går ut {within}." in done.out
    assert f"Innen {days} dager" in [row[0] for row in shown(done.out)]


def test_what_has_ended_is_told_as_overdue_with_its_day(unit: Office) -> None:
    done = report(unit, unit.files, form(unit, SEEN), day="2027-12-24")

    assert "2 krav var oppfylt, men har gått ut." in done.out
    overdue = done.out[done.out.index("<h2>Har gått ut</h2>") :]
    assert overdue.index("1. desember 2026") < overdue.index("23. november 2027")


def test_one_certificate_in_several_files_counts_once(unit: Office) -> None:
    assert unit.issue(form="svg").exit_code == 0

    done = report(unit, unit.files, form(unit), "--format", "csv")

    assert len(list(unit.files.iterdir())) == 6
    assert "Kursbevis som er regnet med: 2." in done.out


def test_a_withdrawn_and_a_changed_certificate_do_not_count(unit: Office) -> None:
    kari, pal = (file_of(unit, name) for name in ("Kari Nordmann", "Pål Østby"))
    unit.certificate("revoke", unit.issued()["Kari Nordmann"]["id"], "--reason", "Feil")
    pal.write_text(pal.read_text(encoding="utf-8").replace("2027-11-23", "2037-11-23"), encoding="utf-8")

    done = report(unit, kari, pal, form(unit), "--format", "csv")

    assert done.exit_code == 1
    assert f"{kari.name} er ikke regnet med: Utstederen har trukket kursbeviset tilbake." in done.err
    assert f"{pal.name} er ikke regnet med: Signaturen på kursbeviset holder ikke" in done.err
    assert {one["Status"] for one in proof(done).values() if one["Kompetanse"] == "Brannvern"} == {"Mangler"}


def test_a_list_of_withdrawn_that_is_gone_leaves_it_unchecked(unit: Office) -> None:
    (unit.root / ".kompetanse/status/1.json").unlink()

    done = report(unit, file_of(unit, "Kari Nordmann"), form(unit))

    assert "Vi har ikke listen som sier om kursbeviset er trukket tilbake" in done.err


WRONG = (
    ("Kari Nordmann;Vaktmester;Arbeid i stige;;3;01.12.2025;Kari  nordmann", "Ingen kan bekrefte seg selv"),
    ("Kari;Vaktmester;Arbeid i stige;;3;01.12.2036;Ola", "Datoen er ikke kommet ennå"),
    ("Kari;Vaktmester;Arbeid i stige;;3;i går;Ola", "Datoen mangler eller kan ikke leses"),
    ("Kari;Vaktmester;Arbeid i stige;;5;01.12.2025;Ola", "Nivået mangler. Skriv et tall fra 1 til 4"),
    ("Kari;Vaktmester;Arbeid i stige;;3;01.12.2025;", "Ingen har bekreftet"),
    ("Kari;Vaktmester;Snekring;;3;01.12.2025;Ola", "Ingen rolle krever den kompetansen"),
    ("Kari;Rektor;Arbeid i stige;;3;01.12.2025;Ola", "Rollen finnes ikke"),
    (";Vaktmester;Arbeid i stige;;3;01.12.2025;Ola", "Navnet mangler"),
    ("Kari 13097248022;Vaktmester;Arbeid i stige;;3;01.12.2025;Ola", "Den har et fødselsnummer"),
)


def test_rows_that_are_wrong_are_told_by_line_and_the_rest_counts(unit: Office) -> None:
    done = report(unit, form(unit, SEEN + "".join(f"{row}\r\n" for row, _ in WRONG)), "--format", "csv")

    assert done.exit_code == 1
    for line, (_, said) in enumerate(WRONG, 3):
        assert f"skjema.csv, linje {line}, er ikke regnet med: {said}" in done.err
    assert "13097248022" not in done.err + done.out
    assert set(proof(done)) == {("Kari Nordmann", "Brannvern"), ("Kari Nordmann", "Arbeid i stige")}


def test_an_empty_form_is_what_the_report_reads(unit: Office) -> None:
    path = unit.outside / "tomt.csv"

    made = unit.run(
        unit.root,
        "report",
        "form",
        "vaktmester",
        "--person",
        "Kari Nordmann",
        "--person",
        "=1+1",
        "-o",
        str(path),
    )

    assert made.exit_code == 0, made.err
    table = rows(path.read_text(encoding="utf-8"))
    assert [tuple(one.values())[:-1] for one in table][:2] == [
        ("Kari Nordmann", "Vaktmester", "Brannvern", "2 Under veiledning", "", "", ""),
        ("Kari Nordmann", "Vaktmester", "Arbeid i stige", "3 Selvstendig", "", "", ""),
    ]
    assert table[2]["Navn"] == "'=1+1"
    assert re.fullmatch("Rammeverk [0-9a-f]{7}", table[0]["Utgave"])
    assert report(unit, path).exit_code == 0
    assert unit.run(unit.root, "report", "form", "rektor").exit_code == 1


def test_a_form_saved_by_a_spreadsheet_in_its_own_encoding_is_read(unit: Office) -> None:
    done = report(unit, form(unit, encoding="cp1252"), "--format", "csv")

    assert ("Pål Østby", "Brannvern") in proof(done)


@pytest.mark.parametrize("ending", ["html", "csv", "pdf", "xlsx"])
def test_the_same_files_and_day_give_the_same_bytes(unit: Office, ending: str) -> None:
    outputs = [unit.outside / f"{number}.{ending}" for number in range(2)]

    for one in outputs:
        report(unit, unit.files, form(unit), "--format", ending, "-o", one)

    first, second = (one.read_bytes() for one in outputs)
    assert first == second


def test_a_workbook_has_days_as_days_and_no_formulas(unit: Office) -> None:
    output = unit.outside / "enhet.xlsx"
    evil = SEEN.replace("Kari Nordmann", "=cmd|'/c calc'!A1")

    report(unit, form(unit, evil), "--format", "xlsx", "-o", output)

    book = load_workbook(BytesIO(output.read_bytes()))
    sheet = book["Krav for krav"]
    head, *body = [list(row) for row in sheet.iter_rows()]
    columns = [one.value for one in head]
    ladder = next(row for row in body if row[0].value == "Arbeid i stige")
    assert ladder[columns.index("Gjelder til")].value == datetime(2026, 12, 1)  # noqa: DTZ001 (a day in a workbook has no zone)
    assert ladder[columns.index("Person")].value == "=cmd|'/c calc'!A1"
    assert {one.data_type for each in book for row in each.iter_rows() for one in row} <= {"s", "n", "d"}


def test_a_pdf_of_the_documentation_is_tagged(unit: Office) -> None:
    output = unit.outside / "enhet.pdf"

    report(unit, unit.files, form(unit), "--format", "pdf", "-o", output, "--name", "Drift")

    reader = PdfReader(BytesIO(output.read_bytes()))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value
    assert reader.metadata
    assert reader.metadata.title == "Dokumentasjon av kompetanse – Drift"


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
def test_a_summary_has_no_names_and_no_numbers_of_four(unit: Office, people: int, told: bool) -> None:
    listed = "".join(
        f"Person Nummer{number};Vaktmester;Arbeid i stige;;3;01.12.2025;Ola Leder\r\n"
        for number in range(people)
    )

    done = report(unit, form(unit, listed), "--summary", "--format", "csv")

    assert done.exit_code == 0
    assert "Nummer" not in done.out
    assert "Ola" not in done.out
    assert ("Arbeid i stige;Obligatorisk;5;5;0;0;5" in done.out) == told
    assert ("0 av 0 krav" in done.out) != told


def test_no_report_holds_what_the_folder_is_called_or_the_clock_says(unit: Office) -> None:
    done = report(unit, unit.files, form(unit))

    assert str(unit.outside) not in done.out
    assert json.dumps(str(unit.root)) not in done.out


def test_what_a_person_says_herself_stands_as_unchecked_until_something_vouches_for_it(unit: Office) -> None:
    answers = [
        {
            "competence": id_,
            "level": 3,
            "day": "2026-11-20",
            "evidence": [{"kind": kind, "level": 3, "day": "2026-10-01"}],
        }
        for id_, kind in (("brannvern", "test"), ("stige", "confirmed"))
    ]
    mapping = json.loads(mapped(1, name="kari  Nordmann", answers=answers))
    (unit.outside / "kari.json").write_text(json.dumps(mapping), encoding="utf-8")

    alone = report(unit, unit.outside / "kari.json", "--format", "xlsx", "-o", unit.outside / "a.xlsx")
    both = proof(report(unit, unit.outside / "kari.json", file_of(unit, "Kari Nordmann"), "--format", "csv"))

    assert alone.exit_code == 0
    said = [row[0].value for row in load_workbook(unit.outside / "a.xlsx")["Kort sagt"].iter_rows()]
    assert "2 krav er oppfylt bare etter de ansattes egne ord." in said
    assert both["kari  Nordmann", "Arbeid i stige"]["Bygger på"] == "Egne ord, ikke kontrollert"
    assert both["kari  Nordmann", "Brannvern"]["Bygger på"].startswith("Kursbevis ")


@pytest.mark.parametrize(
    ("language", "heading"), [("nn", "Krav for krav"), ("en", "Requirement by requirement")]
)
def test_the_documentation_is_in_each_of_our_languages(unit: Office, language: str, heading: str) -> None:
    made = unit.outside / "skjema.csv"
    assert (
        unit.run(
            unit.root,
            "report",
            "form",
            "vaktmester",
            "--person",
            "Kari",
            "--language",
            language,
            "-o",
            str(made),
        ).exit_code
        == 0
    )

    done = report(unit, made, unit.files, "--language", language)

    assert f"<h2>{heading}</h2>" in done.out
    assert "Kursbeviset er" not in done.err or language != "en"
