"""`kompetanse import framework`: every row is accounted for, and what is written can be built."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.importers.tables import BRANNVERN, Write, big_nice, errors, imported, nice, nice_row, text_of

REAL = Path(__file__).parents[3] / "shared/data/nice/nice-framework-2022.csv"
"""The NICE Framework of 2022 as CSV, for those who have it; it is not ours to keep here."""


def test_a_framework_of_52_roles_is_written_checked_and_built(run, root: Path, table: Write):
    done = imported(run, root, table(big_nice()))

    assert done.exit_code == 0
    assert done.report["roles"] == {"found": 52, "written": 52}
    assert errors(run, root) == ""
    assert run(root, "build").exit_code == 0
    assert len(list((root / "site/roller/nice").glob("*/index.html"))) == 52


@pytest.mark.skipif(not REAL.exists(), reason="the NICE file does not lie beside the project")
def test_the_real_framework_loses_no_row(run, root: Path):
    with REAL.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    pairs = {(row["Work Role"], row["Competency"]) for row in rows}

    report = imported(run, root, REAL).report

    assert report["rows"]["read"] == len(rows)
    assert report["roles"]["written"] == 52
    assert report["competences"]["written"] == len({row["Competency"] for row in rows})
    assert report["requirements"]["written"] == len(pairs)
    assert not any(row["fault"] for row in report["not_used"])
    assert errors(run, root) == ""
    assert run(root, "build").exit_code == 0
    assert len(list((root / "site/roller/nice").glob("*/index.html"))) == 52


def test_ids_come_from_codes_and_titles_lose_them(run, root: Path, table: Write):
    role = "Communications Security (COMSEC) Manager (OV-MGT-002)"

    imported(run, root, table(nice([nice_row(role)])))

    written = text_of(root, "roller/nice/nice-ov-mgt-002.md")
    assert "\ntitle: Communications Security (COMSEC) Manager\nlanguage: en\n" in written
    assert "\n  - competence: nice-c017\n    level: 2\n    kind: recommended\n" in written
    assert "- [Encryption](id:nice-c017): K0018" in written


def test_a_competence_holds_its_statements_and_says_that_its_levels_are_not_written(
    run, root: Path, table: Write
):
    skill = ("Skill", "S0089", "Skill in hash functions (e.g., Secure Hash Algorithm [SHA]).")

    imported(run, root, table(nice([nice_row(), nice_row(statement=skill)])))

    written = text_of(root, "kompetanser/nice/nice-c017.md")
    assert "not yet written for this competence" in written
    assert "taken from the region's scale" in written
    assert (
        "## Knowledge\n\n- **K0018** Knowledge of encryption algorithms\n\n## Skills\n\n- **S0089**"
        in written
    )


def test_a_row_that_repeats_or_was_withdrawn_is_told_with_its_line(run, root: Path, table: Write):
    withdrawn = ("Skill", "S0098", "WITHDRAWN: Skill in detecting. (See S0025)")

    done = imported(run, root, table(nice([nice_row(), nice_row(), nice_row(statement=withdrawn)])))

    assert done.report["repeats"] == [{"line": 3, "reason": "says the same as line 2"}]
    assert done.report["not_used"] == [
        {"line": 4, "reason": "the framework has withdrawn S0098; it says to see S0025", "fault": False}
    ]
    assert done.exit_code == 0


def test_what_contradicts_an_earlier_row_is_told(run, root: Path, table: Write):
    other_text = nice_row(statement=("Knowledge", "K0018", "Knowledge of something else."))
    other_name = nice_row(role="Other (OV-TEA-009)", competence=("C017", "Ciphers"))

    done = imported(run, root, table(nice([nice_row(), other_text, other_name])))

    assert [row["line"] for row in done.report["not_used"]] == [3]
    assert [(row["line"], "Ciphers" in row["reason"]) for row in done.report["notes"]] == [(4, True)]
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (nice_row(role=""), "no role"),
        (nice_row(competence=("C1", "")), "no competence"),
        (nice_row(statement=("Task", "T1", "Do it.")), "neither Knowledge, Skill nor Ability"),
        (nice_row(statement=("Skill", "S1", "")), "has no text"),
        ([*nice_row(), "more"], "more cells than there are columns"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_reason(run, root: Path, table: Write, row, said: str):
    done = imported(run, root, table(nice([nice_row(), row])))

    assert [(one["line"], said in one["reason"]) for one in done.report["not_used"]] == [(3, True)]
    assert done.exit_code == 1


def test_licence_language_and_authors_stand_in_the_items_when_they_are_given(run, root: Path, table: Write):
    imported(
        run, root, table(nice([nice_row()])), "--licence", "CC0-1.0", "--author", "NIST", "--language", "nn"
    )

    written = text_of(root, "kompetanser/nice/nice-c017.md")
    assert "\nlanguage: nn\n" in written
    assert "\nauthors:\n  - NIST\nlicence: CC0-1.0\n" in written
    assert "Nivåa er ikkje skrivne enno" in written


def test_without_a_licence_the_items_have_the_regions(run, root: Path, table: Write):
    imported(run, root, table(nice([nice_row()])))

    assert "licence:" not in text_of(root, "kompetanser/nice/nice-c017.md")


def test_hostile_text_is_shown_and_not_run(run, root: Path, table: Write):
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <quiz> {{ 7*7 }}"

    imported(run, root, table(nice([nice_row(evil, ("C1", evil), ("Skill", "S1", evil))])))

    assert errors(run, root) == ""
    assert run(root, "build").exit_code == 0
    pages = [path.read_text(encoding="utf-8") for path in (root / "site").rglob("index.html")]
    assert any("&lt;script&gt;alert" in page for page in pages)
    assert not any("<script>alert" in page or 'href="javascript' in page for page in pages)


# A municipality's own spreadsheet


@pytest.mark.parametrize(
    "header",
    ["role;competence;level;kind", "Rolle;Kompetanse;Nivå;Krav", "stilling;kompetanse;niva;kravtype"],
)
def test_english_and_norwegian_column_names_mean_the_same(run, root: Path, table: Write, header: str):
    done = imported(run, root, table(f"{header}\nVaktmester;HMS;3;obligatorisk\n"))

    assert done.exit_code == 0
    assert "  - competence: hms\n    level: 3\n    kind: mandatory\n" in text_of(root, "roller/vaktmester.md")
    assert "ikke skrevet for denne kompetansen ennå" in text_of(root, "kompetanser/hms.md")
    assert errors(run, root) == ""


@pytest.mark.parametrize("name", ["Brannvern", "BRANNVERN ", "brannvern"])
def test_a_competence_that_the_region_has_is_referred_to_and_left_alone(
    run, root: Path, table: Write, name: str
):
    done = imported(run, root, table(f"rolle;kompetanse\nVaktmester;{name}\n"), "--replace")

    assert done.report["competences"] == {"found": 0, "written": 0, "in_region": 1}
    assert text_of(root, "kompetanser/brannvern.md") == BRANNVERN
    assert "competence: brannvern\n" in text_of(root, "roller/vaktmester.md")


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("1", 1),
        ("4", 4),
        ("3,0", 3),
        ("3.0", 3),
        ("Nivå 3", 3),
        ("2 – under veiledning", 2),
        ("Selvstendig", 3),
        ("Rettleier andre", 4),
        ("Knows of", 1),
        ("", 2),
    ],
)
def test_levels_are_understood_as_people_write_them(run, root: Path, table: Write, written: str, level: int):
    imported(run, root, table(f"rolle;kompetanse;nivå\nVakt;HMS;{written}\n"))

    assert f"    level: {level}\n" in text_of(root, "roller/vakt.md")


@pytest.mark.parametrize("written", ["0", "5", "høy", "=2", "2.5", "2-3", "1–4", "999999999999"])
def test_what_is_no_level_is_told(run, root: Path, table: Write, written: str):
    done = imported(run, root, table(f"rolle;kompetanse;nivå\nVakt;HMS;{written}\nVakt;Brannvern;2\n"))

    assert [(row["line"], "is no level" in row["reason"]) for row in done.report["not_used"]] == [(2, True)]
    assert done.exit_code == 1
    assert done.report["requirements"]["written"] == 1


def test_what_is_statutory_needs_its_law(run, root: Path, table: Write):
    done = imported(
        run,
        root,
        table(
            "rolle;kompetanse;krav;hjemmel\nVakt;HMS;lovpålagt;\nVakt;Brannvern;lovpålagt;brannloven § 5: #1\n"
        ),
    )

    assert [row["line"] for row in done.report["not_used"]] == [2]
    assert '    basis: "brannloven § 5: #1"\n' in text_of(root, "roller/vakt.md")
    assert errors(run, root) == ""


def test_the_options_say_what_a_row_does_not(run, root: Path, table: Write):
    imported(run, root, table("rolle,kompetanse\nVakt,Brannvern\n"), "--level", "4", "--kind", "mandatory")

    assert "    level: 4\n    kind: mandatory\n" in text_of(root, "roller/vakt.md")


def test_two_names_never_share_an_id(run, root: Path, table: Write):
    done = imported(run, root, table("rolle;kompetanse\nVakt;C++\nVakt;C#\nVakt;Vakt\nIndex;c++\n"))

    assert done.report["competences"]["written"] == 3
    assert [row["line"] for row in done.report["notes"]] == [3, 4, 5]
    assert errors(run, root) == ""


def test_a_name_that_gives_no_id_is_told(run, root: Path, table: Write):
    done = imported(run, root, table("rolle;kompetanse\nVakt;Brannvern\n日本;Brannvern\n"))

    assert [(row["line"], "no id" in row["reason"]) for row in done.report["not_used"]] == [(3, True)]


def test_a_pair_at_two_levels_keeps_the_first_and_tells(run, root: Path, table: Write):
    done = imported(run, root, table("rolle;kompetanse;nivå\nVakt;HMS;2\nvakt;hms;3\nVakt;HMS;2\n"))

    assert [row["line"] for row in done.report["not_used"]] == [3]
    assert [row["line"] for row in done.report["repeats"]] == [4]


def test_cells_of_columns_that_mean_nothing_are_told(run, root: Path, table: Write):
    done = imported(run, root, table("rolle;kompetanse;Merknad;;\nVakt;HMS;husk;;\n"))

    assert done.report["unused_columns"] == ["Merknad"]


# Files that are there already


def test_help_has_an_example_and_the_text_report_has_the_counts(run, root: Path, table: Write):
    told = run(root, "import", "framework", "--help").out
    done = run(root, "import", "framework", str(table("rolle;kompetanse\nVakt;HMS\nVakt;HMS\n;\n")))

    assert "Example: kompetanse import framework" in told
    assert "3 rows read: 1 used, 1 repeat something, 0 not used, 1 empty\n" in done.out
    assert "Repeats:\n  line 3: says the same as line 2\n" in done.out
    assert "1 role written\n1 competence written\n1 requirement written\n" in done.out
