"""Python and the browser reckon alike, on the cases that people wrote and on many that nobody thought of."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.learning.reckon import answer

from kompetanse.messages import table

HERE = Path(__file__).parent
CASES = [
    case
    for name in ("standing", "both", "path", "unit")
    for case in json.loads((HERE / f"cases/{name}.json").read_text(encoding="utf-8"))
]
KINDS = st.sampled_from(["statutory", "mandatory", "recommended"])
EVIDENCE = st.sampled_from(["self", "test", "confirmed"])
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31)).map(date.isoformat)
LENGTHS = st.sampled_from([None, "P1Y", "P2Y", "P1M", "P31D", "P1Y6M", "P90D", "P300Y", "PT49H"])
COMPETENCES = ["brann", "hms", "strom", "constructor"]
COURSES = ["a", "b", "c", "d"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Callable[[Any], Any]]:
    """Ask the browser's modules for the answer to a case."""
    with subprocess.Popen(
        ["node", str(HERE / "reckon.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as node:
        assert node.stdin
        assert node.stdout

        def ask(case: Any) -> Any:
            assert node.stdin
            assert node.stdout
            node.stdin.write(json.dumps(case) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield ask
        node.stdin.close()


@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{one['about']}: {one['name']}")
def test_python_answers_as_the_case_says(case: Any) -> None:
    assert answer(case) == case["answer"]


requirements = st.builds(
    lambda competence, level, kind, evidence, valid_for: {
        "competence": competence,
        "level": level,
        "kind": kind,
        "evidence": evidence,
        **({"basis": f"lov {kind} {level}"} if kind == "statutory" else {}),
        **({"valid_for": valid_for} if valid_for else {}),
    },
    st.sampled_from(COMPETENCES),
    st.integers(1, 4),
    KINDS,
    EVIDENCE,
    LENGTHS,
)
claims = st.builds(
    lambda level, evidence, day: {"level": level, "evidence": evidence, "day": day},
    st.integers(0, 4),
    EVIDENCE,
    DAYS,
)
standings = st.builds(
    lambda requirement, claims, today: {
        "about": "standing",
        "given": {"requirement": requirement, "claims": claims, "today": today},
    },
    requirements,
    st.lists(claims, max_size=5),
    DAYS,
)
merged = st.builds(
    lambda first, second: {
        "about": "both",
        "given": {"first": first, "second": {**second, "competence": first["competence"]}},
    },
    requirements,
    requirements,
)
targets = st.dictionaries(st.sampled_from(COMPETENCES), st.integers(1, 4), max_size=3)
prerequisites = st.one_of(
    st.sampled_from(COURSES).map(lambda one: {"course": one}),
    st.builds(
        lambda one, level: {"competence": one, "level": level},
        st.sampled_from(COMPETENCES),
        st.integers(1, 4),
    ),
)
courses = st.builds(
    lambda delivery, minutes, teaches, before: {
        "delivery": delivery,
        "teaches": teaches,
        "prerequisites": before,
        **({"minutes": minutes} if minutes else {}),
    },
    st.sampled_from(["self-paced", "blended", "classroom"]),
    st.sampled_from([None, 10, 20, 30, 60, 90]),
    targets,
    st.lists(prerequisites, max_size=3),
)
needs = st.builds(
    lambda levels, kinds: [
        {"competence": one, "level": level, "has": min(has, level - 1), "kind": kinds[place]}
        for place, (one, (level, has)) in enumerate(levels.items())
    ],
    st.dictionaries(
        st.sampled_from(COMPETENCES), st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=4
    ),
    st.lists(KINDS, min_size=4, max_size=4),
)
plans = st.builds(
    lambda needs, courses: {"about": "path", "given": {"needs": needs, "courses": courses}},
    needs,
    st.dictionaries(st.sampled_from(COURSES), courses, max_size=4),
)

WORDS = table("nb", ("level", "evidence", "requirement", "state", "date", "month", "file", "unit"))
ROLES = ["renholder", "vaktmester", "constructor"]
PEOPLE = [f"5a3c1f0e-8d7b-4f7e-9b1d-2f6a0c4e7d1{number}" for number in range(4)]
NAMES = [
    "",
    "Person 1",
    " person  1 ",
    "Åse",
    "=1+1",
    "\t=1",
    "+1",
    "-1",
    "@A1",
    'Ø;"X"',
    "Person 2\n",
    "Kari\u202e",
]
answers = st.builds(
    lambda competence, level, day, proof: {
        "competence": competence,
        "title": competence.upper(),
        "level": level,
        "day": day,
        "evidence": [one for one in proof if one["evidence"] != "self" and one["level"]],
    },
    st.sampled_from([*COMPETENCES, "gammel", "borte"]),
    st.sampled_from([None, 0, 1, 2, 3, 4]),
    DAYS,
    st.lists(claims, max_size=2),
)


def _proof(one: dict[str, Any]) -> dict[str, Any]:
    evidence = [
        {"kind": proof["evidence"], "level": proof["level"], "day": proof["day"]} for proof in one["evidence"]
    ]
    return {**one, "evidence": evidence}


files = st.builds(
    lambda number, person, name, made, roles, answers, region: {
        "name": f"{number}.json",
        "text": json.dumps(
            {
                "type": "kompetanse-assessment",
                "version": 1,
                "region": region,
                "made": made,
                "person": person,
                "name": name,
                "roles": roles,
                "answers": [_proof(one) for one in answers],
            }
        ),
    },
    st.integers(1, 30),
    st.sampled_from(PEOPLE),
    st.sampled_from(NAMES),
    DAYS,
    st.lists(
        st.sampled_from([*ROLES, "gammel-rolle", "utgått", "borte"]).filter(str.isascii),
        min_size=1,
        max_size=3,
    ),
    st.lists(answers, max_size=5),
    st.sampled_from(["testvik", "annen"]),
)
damaged = st.builds(
    lambda number, text: {"name": f"x{number}.json", "text": text},
    st.integers(1, 3),
    st.sampled_from(["", "{", "[]", '{"type":"kompetanse-assessment","version":2}']),
)


FRAGMENTS = [
    "null",
    "true",
    "-0",
    "1e0",
    "3.0",
    "1E400",
    "01",
    "NaN",
    "[]",
    "{}",
    '""',
    '"\\ud800"',
    ",",
    '"',
    "\u00a0",
    "\u2028",
    "é",
]


def _mangled(file: dict[str, Any], place: int, fragment: str) -> dict[str, Any]:
    """Put a fragment in the place of one word, number or sign of a file."""
    words = list(re.finditer(r'"[^"]*"|[0-9]+|null|[][{},:]', file["text"]))
    start, end = words[place % len(words)].span()
    return {**file, "text": file["text"][:start] + fragment + file["text"][end:]}


mangled = st.builds(_mangled, files, st.integers(0, 500), st.sampled_from(FRAGMENTS))


def _role(id_: str, asked: list[dict[str, Any]]) -> dict[str, Any]:
    once = list({one["competence"]: one for one in asked}.values())
    titles = {one["competence"]: {"title": one["competence"].title(), "area": "Alle"} for one in once}
    return {"id": id_, "title": id_.title(), "requirements": once, "competences": titles}


INDEX = {
    "region": "testvik",
    "content_version": "0123456789abcdef",
    "roles": {**{one: {"title": one.title()} for one in ROLES}, "gone": {"title": "Gone", "retired": True}},
    "competences": {
        **{one: {"title": one.title()} for one in COMPETENCES},
        "ute": {"title": "Ute", "retired": True},
    },
    "former": {"gammel": "brann", "gammel-rolle": "renholder"},
}
units = st.builds(
    lambda files, bad, roles, today: {
        "about": "unit",
        "given": {
            "files": [*files, *bad],
            "index": INDEX,
            "roles": [_role(id_, asked) for id_, asked in zip(ROLES, roles, strict=True)],
            "today": today,
            "words": WORDS,
        },
    },
    st.lists(st.one_of(files, mangled), max_size=9),
    st.lists(damaged, max_size=1),
    st.lists(st.lists(requirements, max_size=4), min_size=3, max_size=3),
    DAYS,
)


MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@MANY
@given(case=st.one_of(standings, merged))
def test_both_agree_where_a_person_stands(browser: Callable[[Any], Any], case: Any) -> None:
    assert answer(case) == browser(case)


@MANY
@given(case=plans)
def test_both_agree_on_a_path(browser: Callable[[Any], Any], case: Any) -> None:
    assert answer(case) == browser(case)


@MANY
@given(case=units)
def test_both_agree_on_a_unit(browser: Callable[[Any], Any], case: Any) -> None:
    assert answer(case) == browser(case)
