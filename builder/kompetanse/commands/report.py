"""Problems as people and other programs read them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

import click

from kompetanse import __version__
from kompetanse.errors import Problem, Severity
from kompetanse.messages import codes, explanation, message, remedy

Report = Callable[[Sequence[Problem], str], str]

_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """Return how many problems there are of each severity."""
    found = Counter(problem.severity for problem in problems)
    return {severity.word: found[severity] for severity in Severity}


def counted(found: Mapping[str, int]) -> str:
    """Return `1 error, 2 warnings`; what there is none of is left out."""
    return ", ".join(
        f"{number} {word}{'' if number == 1 else 's'}" for word, number in found.items() if number
    )


def text(problems: Sequence[Problem], language: str) -> str:
    """Return problems file by file: what is wrong, and under it what to do."""
    rows: list[str] = []
    for path, found in groupby(problems, key=lambda problem: problem.path):
        rows.append(click.style(str(path), bold=True))
        for problem in found:
            rows += _rows(problem, language)
        rows.append("")
    return "\n".join(rows)


def _rows(problem: Problem, language: str) -> tuple[str, str]:
    word = click.style(problem.severity.word, fg=_COLOUR[problem.severity])
    key = f"{problem.key}: " if problem.key else ""
    where = f"{problem.path}:{problem.line}" if problem.line else str(problem.path)
    first = f"  {where}: {word}: {key}{message(problem, language)} [{problem.code}]"
    return first, f"      → {remedy(problem, language)}"


def as_json(problems: Sequence[Problem], language: str) -> str:
    """Return `{"problems": [{"code", "severity", "path", "line", "key", "message", "remedy"}], "counts": …}`."""
    rows = [_row(problem, language) for problem in problems]
    return json.dumps({"problems": rows, "counts": counts(problems)}, ensure_ascii=False, indent=2)


def _row(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.word,
        "path": str(problem.path),
        "line": problem.line,
        "key": problem.key,
        "message": message(problem, language),
        "remedy": remedy(problem, language),
    }


def sarif(problems: Sequence[Problem], language: str) -> str:
    """Return a SARIF 2.1.0 log. Source: OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""
    used = {problem.code for problem in problems}
    rules = [
        {"id": code, "fullDescription": {"text": explanation(code, language)}}
        for code in codes()
        if code in used
    ]
    driver = {
        "name": "kompetanse",
        "semanticVersion": __version__,
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, language) for problem in problems],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(problem: Problem, language: str) -> dict[str, Any]:
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
    return {
        "ruleId": problem.code,
        "level": levels[problem.severity],
        "message": {"text": f"{message(problem, language)}. {remedy(problem, language)}"},
        "locations": _locations(problem),
    }


def _locations(problem: Problem) -> list[dict[str, Any]]:
    """Return where a problem is; nowhere for one of the whole repository."""
    if not problem.path.name:
        return []
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(str(problem.path))}}
    if problem.line:
        place["region"] = {"startLine": problem.line}
    return [{"physicalLocation": place}]


def github(problems: Sequence[Problem], language: str) -> str:
    """Return workflow commands that GitHub and Forgejo show beside the lines."""
    return "\n".join(_command(problem, language) for problem in problems)


def _command(problem: Problem, language: str) -> str:
    said = f"{message(problem, language)}. {remedy(problem, language)}"
    where = {"file": str(problem.path)} if problem.path.name else {}
    line = {"line": str(problem.line)} if problem.line else {}
    values = {**where, **line, "title": problem.code}
    settings = ",".join(f"{name}={_escape(value, ':,')}" for name, value in values.items())
    return f"::{problem.severity.word} {settings}::{_escape(said)}"


def _escape(value: str, more: str = "") -> str:
    for sign in ("%", "\r", "\n", *more):
        value = value.replace(sign, f"%{ord(sign):02X}")
    return value


FORMATS: Mapping[str, Report] = {"text": text, "json": as_json, "sarif": sarif, "github": github}
