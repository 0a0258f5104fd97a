"""Answer the shared cases of the rules in `docs/mapping.md` in Python, as JSON; `reckon.mjs` does so with the browser's modules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from kompetanse.evidence.assessment import parse
from kompetanse.evidence.unit_csv import unit_csv
from kompetanse.evidence.unit_words import Words
from kompetanse.learning import path as paths
from kompetanse.learning import standing as standings
from kompetanse.learning.framework import Framework, requirement_of
from kompetanse.learning.group import File
from kompetanse.learning.unit import Place, unit
from kompetanse.model import catalogue
from kompetanse.model.assessment import Notice
from kompetanse.model.item import Course, ItemId, Requirement, Target

Json = Any


def requirement(keys: Mapping[str, Json]) -> Requirement:
    """Read a requirement, of which only what the case is about need be named."""
    return requirement_of({"kind": "mandatory", "evidence": "self", "level": 1, **keys})


def as_keys(one: Requirement) -> Json:
    found = {
        "competence": one.competence,
        "level": one.level,
        "kind": one.kind,
        "evidence": one.evidence,
        "basis": one.basis,
        "valid_for": str(one.valid_for) if one.valid_for else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def standing(given: Json) -> Json:
    claims = [
        standings.Claim(one["level"], one["evidence"], date.fromisoformat(one["day"]))
        for one in given["claims"]
    ]
    found = standings.standing(requirement(given["requirement"]), claims, date.fromisoformat(given["today"]))
    return {
        "own": found.own,
        "effective": found.effective,
        "evidence": found.evidence,
        "gap": found.gap,
        "expires": found.expires.isoformat() if found.expires else None,
        "state": found.state,
    }


def priority(given: Json) -> Json:
    found = [
        standings.Standing(
            requirement(one["requirement"]),
            None,
            0,
            None,
            one["gap"],
            date.fromisoformat(one["expires"]) if one["expires"] else None,
            "missing",
        )
        for one in given
    ]
    return [one.requirement.competence for one in standings.by_priority(found)]


def both(given: Json) -> Json:
    return as_keys(catalogue.both(requirement(given["first"]), requirement(given["second"])))


def path(given: Json) -> Json:
    needs = [
        paths.Need(ItemId(one["competence"]), one["level"], one["has"], one["kind"]) for one in given["needs"]
    ]
    courses = [_course(id_, one) for id_, one in given["courses"].items()]
    minutes = {ItemId(id_): one["minutes"] for id_, one in given["courses"].items() if "minutes" in one}
    found = paths.path(needs, courses, minutes)
    steps = [
        {
            "course": one.course,
            "closes": list(one.closes),
            "raises": list(one.raises),
            "only_before": one.only_before,
        }
        for one in found.steps
    ]
    return {"steps": steps, "uncovered": list(found.uncovered)}


def _course(id_: str, keys: Mapping[str, Json]) -> Course:
    before = [
        ItemId(one["course"]) if "course" in one else Target(one["competence"], one["level"])
        for one in keys.get("prerequisites", ())
    ]
    return Course(
        id=ItemId(id_),
        path=PurePosixPath(f"{id_}.md"),
        address=f"{id_}/",
        title=id_,
        body="",
        language="nb",
        owner="",
        licence="",
        delivery=keys["delivery"],
        teaches=tuple(Target(ItemId(name), level) for name, level in keys["teaches"].items()),
        prerequisites=tuple(before),
    )


def of_unit(given: Json) -> Json:
    files = [File(one["name"], parse(one["text"].encode(), one["name"])) for one in given["files"]]
    framework = Framework.read(given["index"], given["roles"])
    found = unit(files, framework, date.fromisoformat(given["today"]))
    return {
        "people": [
            {"name": one.name, "file": one.file, "roles": list(one.roles), "guides": sorted(one.guides)}
            for one in found.people
        ],
        "roles": list(found.roles),
        "rows": [_row(one) for one in found.rows],
        "missing": [_place(one) for one in found.missing],
        "expiring": [_place(one) for one in found.expiring],
        "guiding": [
            [one.competence, [who.name for who in one.guides], [who.name for who in one.learners]]
            for one in found.guiding
        ],
        "notices": [_notice(one) for one in found.notices],
        "changes": [[_notice(one.notice), one.files] for one in found.changes],
        "summary": {name: getattr(found.summary, name) for name in found.summary.__slots__},
        **({"csv": unit_csv(Words("nb", found, given.get("name", "")))} if "words" in given else {}),
    }


def _row(one: Json) -> Json:
    cells = {
        role: [cell.level, cell.kind, cell.met, cell.total, cell.word, cell.tenths]
        for role, cell in sorted(one.cells.items())
    }
    return {"competence": one.competence, "kind": one.kind, "cells": cells}


def _place(one: Place) -> Json:
    found = one.standing
    return [one.person.name, found.requirement.competence, found.state, found.gap, list(one.roles)]


def _notice(one: Notice) -> Json:
    return [one.key, dict(one.values)]


ANSWERS = {"standing": standing, "priority": priority, "both": both, "path": path, "unit": of_unit}


def answer(case: Json) -> Json:
    """Return the answer to a case: {about, given}."""
    return ANSWERS[case["about"]](case["given"])
