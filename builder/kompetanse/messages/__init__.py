"""Every word for people, in bokmål, nynorsk and English.

A language that we do not have, or that lacks a word, takes the nearest one: nynorsk takes bokmål, sámi takes bokmål,
everything else English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kompetanse.errors import Problem
from kompetanse.messages.reading import words_of

LANGUAGES = ("nb", "nn", "en")

_CHAIN = {"nn": ("nn", "nb", "en"), "en": ("en",), "nb": ("nb", "en"), "no": ("nb", "en")}
_SAMI = frozenset({"se", "sma", "smj"})
_WORDS = frozenset({"expected", "kind", "other_kind"})


def chain(language: str) -> tuple[str, ...]:
    """Return the languages to try for `language`, best first."""
    base = language.partition("-")[0].lower()
    return _CHAIN["nb"] if base in _SAMI else _CHAIN.get(base, ("en",))


def spoken(languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that a site's own pages are made in: the first, and those of the others that we have words in."""
    return tuple(dict.fromkeys((languages[0], *(one for one in languages[1:] if one in LANGUAGES))))


def text(language: str, key: str, /, **values: object) -> str:
    """Return the words of `key`, such as `course.duration`, filled with `values`.

    Raises:
        KeyError: When no language has the key; that is a bug.
    """
    found = _text(language, key)
    return found.format(**values) if values else found


@cache
def _text(language: str, key: str) -> str:
    for one in chain(language):
        found = _texts("ui", one).get(key)
        if found is not None:
            return found
    raise KeyError(key)


def plural(language: str, key: str, count: int, /, **values: object) -> str:
    """Return the words of `key.one` or `key.many` for `count`."""
    return text(language, f"{key}.{'one' if count == 1 else 'many'}", count=count, **values)


def table(language: str, names: Sequence[str]) -> dict[str, str]:
    """Return all words under each of `names`, such as `level`, by their whole key."""
    return dict(_words_under(language, tuple(names)))


@lru_cache
def table_text(language: str, names: tuple[str, ...]) -> str:
    """Return `table` as JSON, which many pages carry."""
    return json.dumps(_words_under(language, names), ensure_ascii=False)


@lru_cache
def _words_under(language: str, names: tuple[str, ...]) -> Mapping[str, str]:
    keys = (key for key in _texts("ui", "nb") if key.partition(".")[0] in names)
    return {key: text(language, key) for key in keys}


def message(problem: Problem, language: str) -> str:
    """Return what is wrong."""
    return _say(problem, "message", language)


def remedy(problem: Problem, language: str) -> str:
    """Return what to do, with the nearest known words where there are any."""
    said = _say(problem, "remedy", language)
    near = problem.values.get("nearest")
    return f"{said}. {text(language, 'did_you_mean', nearest=near)}" if near else said


def explanation(code: str, language: str) -> str:
    """Return why the rule `code` exists.

    Raises:
        KeyError: When there is no such rule.
    """
    return _template(code, "explain", language)


def codes() -> tuple[str, ...]:
    """Return the codes of all rules, sorted."""
    return tuple(sorted(_table("problems", "en")))


def _say(problem: Problem, part: str, language: str) -> str:
    values = {
        name: text(language, f"a.{value}") if name in _WORDS else value
        for name, value in problem.values.items()
    }
    return _template(problem.code, part, language).format(**values)


def _template(code: str, part: str, language: str) -> str:
    for one in chain(language):
        rule = _table("problems", one).get(code)
        if rule is not None:
            return str(rule[part])
    raise KeyError(code)


@lru_cache
def _texts(name: str, language: str) -> Mapping[str, str]:
    return dict(_flat(_table(name, language)))


@lru_cache
def _table(name: str, language: str) -> Mapping[str, Any]:
    return words_of(Path(__file__).with_name(f"{name}.{language}.toml"))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, str(value))]
    return found
