"""Units added up, and the plan of courses made from what they lack."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commands.conftest import DEMO
from tests.commands.shown import shown

FORM = "Navn;Rolle;Kompetanse;Nivå;Dato;Bekreftet av\r\n"
SESSION = DEMO["content/samlinger/ovelse.md"].replace("place: Rådhuset", "place: Rådhuset\nseats: 10")
COURSE = DEMO["content/kurs/brannkurs/index.md"].replace("teaches:", "delivery: classroom\nteaches:")
HEIGHTS = "---\ntype: competence\nid: stige\ntitle: Arbeid i stige\nlevels:\n  1: a\n  2: b\n  3: c\n  4: d\n---\n\nTekst.\n"
ROLE = DEMO["content/roller/vaktmester.md"].replace(
    "  basis: Forskrift om brannforebygging § 4\n",
    "  basis: Forskrift om brannforebygging § 4\n  valid_for: P1Y\n- {competence: stige, level: 1}\n",
)


@pytest.fixture
def place(region: Callable[..., Path]) -> Path:
    """A region with one course that people meet for, one session with ten seats, and a competence without a course."""
    changed = {
        "content/samlinger/ovelse.md": SESSION,
        "content/kurs/brannkurs/index.md": COURSE,
        "content/kompetanser/stige.md": HEIGHTS,
        "content/roller/vaktmester.md": ROLE,
    }
    return region({**DEMO, **changed})


def unit(folder: Path, name: str, people: int, seen: int = 0, day: str = "24.10.2026") -> Path:
    """A unit of so many, of whom some have been seen to do what the role asks for."""
    rows = [
        f"{name} {number};Vaktmester;Brannvern;{f'2;{day};Ola Leder' if number < seen else ';;'}\r\n"
        for number in range(people)
    ]
    (folder / name).mkdir(parents=True)
    (folder / name / "skjema.csv").write_text(FORM + "".join(rows), encoding="utf-8")
    return folder / name


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def municipality(run: Callable[..., Any], place: Path, *arguments: str | Path) -> Any:
    return run(place, "report", "municipality", *map(str, arguments), "--date", "2026-11-24")


def plan(run: Callable[..., Any], place: Path, *arguments: str | Path) -> Any:
    return run(place, "plan", *map(str, arguments), "--date", "2026-11-24")


def test_units_are_added_up_and_a_small_one_takes_others_with_it(
    run: Callable[..., Any], place: Path, tmp_path: Path
) -> None:
    units = [
        unit(tmp_path, name, size, seen)
        for name, size, seen in (("Nord", 3, 1), ("Sør", 6, 2), ("Vest", 6, 6), ("Øst", 12, 9))
    ]

    done = municipality(run, place, *units, "--name", "Testvik")

    assert done.exit_code == 0, done.err
    assert "<h1>Kompetansen i enhetene i tall – Testvik</h1>" in done.out
    assert "4 enheter, 27 personer" in done.out
    table = rows(municipality(run, place, *units, "--format", "csv").out)
    fire = {row[2]: row[3:] for row in table if row[0] == "Brannvern"}
    assert fire["Øst"] == ["12", "9", "3", "0", "0"]
    assert {tuple(fire[name]) for name in ("Nord", "Sør", "Vest")} == {("Vises ikke",) * 5}
    assert ["4", "27", "18", "9"] in [row[2:6] for row in shown(done.out)]
    assert "Ola" not in done.out
    assert "Øst 1" not in done.out


def test_two_units_of_which_one_is_small_have_no_sum(
    run: Callable[..., Any], place: Path, tmp_path: Path
) -> None:
    units = [unit(tmp_path, "Nord", 2), unit(tmp_path, "Sør", 9, 4)]

    done = municipality(run, place, *units)

    assert "2 kompetanser er ikke med" in done.out
    cells = shown(done.out)
    assert not any("11" in row for row in cells)
    assert any("9 4 5" in " ".join(row) for row in cells)


@pytest.mark.parametrize("command", [("report", "municipality"), ("plan",)])
def test_folders_that_are_not_units_are_refused(
    run: Callable[..., Any], place: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    one, other = unit(tmp_path / "a", "Nord", 1), unit(tmp_path / "b", "Nord", 1)

    assert run(place, *command, str(one), str(other)).exit_code == 2
    assert run(place, *command, str(one / "skjema.csv")).exit_code == 2
    assert run(place, *command, str(one), "-o", str(place / "rapport.html")).exit_code == 1
    assert not (place / "rapport.html").exists()


def test_a_plan_has_sessions_to_order_for_those_that_there_is_no_seat_for(
    run: Callable[..., Any], place: Path, tmp_path: Path
) -> None:
    prices = tmp_path / "priser.csv"
    prices.write_bytes(
        "kurs;pris per deltaker;pris per samling;plasser\r\nBrannkurs;250;8 000,-;12\r\n".encode("cp1252")
    )
    units = [unit(tmp_path, "Nord", 20, 4), unit(tmp_path, "Sør", 15)]

    done = plan(run, place, *units, "--prices", prices, "--format", "csv")

    assert done.exit_code == 0, done.err
    course = next(row for row in rows(done.out) if row[0] == "Brannkurs")
    assert course[1:9] == [
        "Samling med oppmøte",
        "Lovpålagt",
        "31",
        "Nå",
        "12. januar 2027, Rådhuset",
        "10",
        "2",
        "kr 23\u00a0750",
    ]
    assert course[9] == "Nord: 16 (kr 12\u00a0258); Sør: 15 (kr 11\u00a0492)"


def test_what_runs_out_in_the_period_is_planned_for_and_the_rest_is_not(
    run: Callable[..., Any], place: Path, tmp_path: Path
) -> None:
    soon, later = unit(tmp_path, "Nord", 6, 6, "01.03.2026"), unit(tmp_path, "Sør", 6, 6, "01.10.2026")

    course = next(
        row for row in rows(plan(run, place, soon, later, "--format", "csv").out) if row[0] == "Brannkurs"
    )

    assert course[3:5] == ["6", "2027-03-01"]
    assert course[9] == "Nord: 6"


def test_a_competence_without_a_course_is_told(run: Callable[..., Any], place: Path, tmp_path: Path) -> None:
    done = plan(run, place, unit(tmp_path, "Nord", 6))

    assert "1 kompetanse har ikke noe kurs som dekker den." in done.out
    assert ["Arbeid i stige", "Obligatorisk", "6", "Nord: 6"] in shown(done.out)


def test_a_plan_for_few_has_no_number(run: Callable[..., Any], place: Path, tmp_path: Path) -> None:
    done = plan(run, place, unit(tmp_path, "Nord", 2), "--format", "csv")

    assert next(row for row in rows(done.out) if row[0] == "Brannkurs")[3] == "Vises ikke"


def test_a_list_of_prices_that_is_wrong_is_told_whole(
    run: Callable[..., Any], place: Path, tmp_path: Path
) -> None:
    prices = tmp_path / "priser.csv"
    prices.write_text(
        "kurs;per deltaker;plasser\nbrannkurs;gratis;\nstige;1;\nbrannkurs;1;mange\n", encoding="utf-8"
    )

    done = plan(run, place, unit(tmp_path, "Nord", 2), "--prices", prices)

    assert done.exit_code == 1
    assert all(f"priser.csv, line {line}: " in done.err for line in (2, 3, 4))


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_the_same_units_give_the_same_bytes(
    run: Callable[..., Any], place: Path, tmp_path: Path, ending: str
) -> None:
    units = [unit(tmp_path, "Nord", 7, 3), unit(tmp_path, "Sør", 6)]
    outputs = [tmp_path / f"{number}.{ending}" for number in range(4)]

    for one in outputs[:2]:
        assert plan(run, place, *units, "--format", ending, "-o", one).exit_code == 0
    for one in outputs[2:]:
        assert municipality(run, place, *units, "--format", ending, "-o", one).exit_code == 0

    made = [one.read_bytes() for one in outputs]
    assert made[0] == made[1] != made[2] == made[3]
