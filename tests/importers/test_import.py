"""`kompetanse import framework`: every row is accounted for, and what is written can be built."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

REAL = Path(__file__).parents[3] / "shared/data/nice/nice-framework-2022.csv"
"""The NICE Framework of 2022 as CSV, for those who have it; it is not ours to keep here."""

Region = Callable[[Mapping[str, str | bytes]], Path]
Write = Callable[[str | bytes], Path]

COLUMNS = (
    *("Skills Community", "Category", "Specialty Area", "Work Role", "Competency Group ID"),
    *("Competency Group", "Competency ID", "Competency", "K S or A", "KSA ID", "KSA"),
)

BRANNVERN = """\
---
type: competence
id: brannvern
title: Brannvern
levels: {1: Vet, 2: Kan, 3: Gjør, 4: Lærer bort}
---

Skrevet av noen.
"""


def nice_row(
    role: str = "Cyber Instructor (OV-TEA-002)",
    competence: tuple[str, str] = ("C017", "Encryption"),
    statement: tuple[str, str, str] = ("Knowledge", "K0018", "Knowledge of encryption algorithms "),
) -> list[str]:
    """Return a row with the columns of the NICE Framework."""
    return [
        *("Cross Functional", "Oversee and Govern (OV)", "Training (TEA)", role),
        *("CG01", "Technical", *competence, *statement),
    ]


def nice(rows: Iterable[list[str]]) -> bytes:
    """Return a table in the form of the NICE Framework: a byte order mark, commas and Windows row ends."""
    stream = io.StringIO()
    csv.writer(stream).writerows([COLUMNS, *rows])
    return stream.getvalue().encode("utf-8-sig")


def big_nice(roles: int = 52, competences: int = 60) -> bytes:
    """Return a table with many roles, each with some of the competences, and five statements for each of them."""
    return nice(
        nice_row(f"Role {role} (OV-TEA-{role:03})", (f"C{one:03}", f"Competency {one}"), statement)
        for role in range(1, roles + 1)
        for one in range(1, competences + 1)
        if (role + one) % 7 == 0 or one == role
        for statement in (
            ("Knowledge", f"K{one:04}", f"Knowledge of area {one} (e.g., Some Standard [SS])."),
            ("Skill", f"S{one:04}", f"Skill in doing {one} & more."),
            ("Ability", f"A{one:04}", f"Ability to keep {one}."),
        )
    )


@pytest.fixture
def root(region: Region) -> Path:
    return region({"content/kompetanser/brannvern.md": BRANNVERN})


def imported(run, root: Path, file: Path, *options: str):
    """Import `file`, and check that no row is lost between the counts."""
    done = run(root, "import", "framework", str(file), "--json", *options)
    rows = done.report["rows"]
    assert rows["read"] == sum(rows[name] for name in ("used", "repeats", "not_used", "empty"))
    assert rows["repeats"] == len(done.report["repeats"])
    assert rows["not_used"] == len(done.report["not_used"])
    return done


def text_of(root: Path, path: str) -> str:
    return (root / "content" / path).read_text(encoding="utf-8")


def errors(run, root: Path) -> str:
    done = run(root, "check", "--lang", "en", "--date", "2026-11-24")
    return "" if done.exit_code == 0 else done.out


# The NICE Framework


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


def test_a_file_that_is_there_is_never_overwritten_and_the_others_are_written(run, root: Path, table: Write):
    there = root / "content/roller/vakt.md"
    there.parent.mkdir()
    there.write_text("---\ntype: role\nid: vakt\ntitle: Vakt\n---\n\nMin.\n", encoding="utf-8")

    done = imported(run, root, table("rolle;kompetanse\nVakt;HMS\nLærer;HMS\n"))

    assert done.exit_code == 1
    assert [row["path"] for row in done.report["not_written"]] == ["content/roller/vakt.md"]
    assert done.report["roles"] == {"found": 2, "written": 1}
    assert "Min." in there.read_text(encoding="utf-8")
    assert (root / "content/roller/laerer.md").exists()


def test_replace_writes_it_anew(run, root: Path, table: Write):
    file = table(nice([nice_row()]))
    imported(run, root, file)
    first = text_of(root, "roller/nice/nice-ov-tea-002.md")

    again = imported(run, root, file)
    replaced = imported(run, root, file, "--replace", "--level", "3")

    assert (again.exit_code, again.report["written"]) == (1, [])
    assert (replaced.exit_code, len(replaced.report["written"])) == (0, 2)
    assert text_of(root, "roller/nice/nice-ov-tea-002.md") == first.replace("level: 2", "level: 3")


def test_replace_leaves_a_file_that_holds_another_item(run, root: Path, table: Write):
    there = root / "content/roller/vakt.md"
    there.parent.mkdir()
    there.write_text("---\ntype: role\nid: annen\ntitle: Annen\n---\n\nMin.\n", encoding="utf-8")

    done = imported(run, root, table("rolle;kompetanse\nVakt;Brannvern\n"), "--replace")

    assert done.exit_code == 1
    assert "Min." in there.read_text(encoding="utf-8")


def test_a_dry_run_reports_the_same_and_writes_nothing(run, root: Path, table: Write):
    file = table(nice([nice_row(), nice_row()]))

    dry = imported(run, root, file, "--dry-run").report
    left = sorted(path.name for path in (root / "content").rglob("*"))
    wet = imported(run, root, file).report

    assert left == ["brannvern.md", "kompetanser"]
    assert {**dry, "dry_run": False} == wet


def test_the_same_table_gives_the_same_files(run, root: Path, table: Write):
    file = table(big_nice(5, 9))
    imported(run, root, file)
    first = {path: path.read_bytes() for path in (root / "content").rglob("*.md")}

    imported(run, root, file, "--replace")

    assert {path: path.read_bytes() for path in (root / "content").rglob("*.md")} == first


def test_nothing_is_written_when_one_file_would_be_wrong(run, root: Path, table: Write):
    number = "01010750160"
    file = table(nice([nice_row(), nice_row(statement=("Skill", "S1", f"Skill in helping {number}."))]))

    done = run(root, "import", "framework", str(file))

    assert done.exit_code == 1
    assert "Nothing was written" in done.err
    assert not (root / "content/roller").exists()


def test_a_file_where_a_folder_should_be_is_told(run, root: Path, table: Write):
    (root / "content/roller").write_text("x", encoding="utf-8")

    done = run(root, "import", "framework", str(table("rolle;kompetanse\nVakt;HMS\n")))

    assert done.exit_code == 1
    assert "Could not write" in done.err
    assert not (root / "content/kompetanser/hms.md").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--roles-into", "../ut"),
        ("--competences-into", "/ut"),
        ("--prefix", "Nice_"),
        ("--licence", "WTFPL"),
        ("--language", "engelsk språk"),
        ("--level", "5"),
        ("--kind", "statutory"),
    ],
)
def test_wrong_options_are_wrong_use(run, root: Path, table: Write, options: tuple[str, str]):
    done = run(root, "import", "framework", str(table("rolle;kompetanse\nVakt;HMS\n")), *options)

    assert done.exit_code == 2
    assert options[0] in done.err
    assert not (root / "content/roller").exists()


def test_folders_and_prefix_can_be_chosen(run, root: Path, table: Write):
    options = ("--prefix", "vk-", "--roles-into", "yrker", "--competences-into", "content/kan")

    imported(run, root, table("rolle;kompetanse\nVakt;HMS\n"), *options)

    assert "competence: vk-hms" in text_of(root, "yrker/vk-vakt.md")
    assert (root / "content/kan/vk-hms.md").exists()


def test_help_has_an_example_and_the_text_report_has_the_counts(run, root: Path, table: Write):
    told = run(root, "import", "framework", "--help").out
    done = run(root, "import", "framework", str(table("rolle;kompetanse\nVakt;HMS\nVakt;HMS\n;\n")))

    assert "Example: kompetanse import framework" in told
    assert "3 rows read: 1 used, 1 repeat something, 0 not used, 1 empty\n" in done.out
    assert "Repeats:\n  line 3: says the same as line 2\n" in done.out
    assert "1 role written\n1 competence written\n1 requirement written\n" in done.out
