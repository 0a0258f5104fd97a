"""Front matter against the schema: what is right becomes values, what is wrong becomes problems with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from kompetanse.content import schema
from kompetanse.content.frontmatter import Source
from kompetanse.content.keys import Keys, declared, made
from kompetanse.content.nearest import nearest, quoted
from kompetanse.errors import Problem, Severity

Model = TypeVar("Model", bound=Keys)

_EXPECTED = {
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "string_type": "text",
}
_MISSING = {"missing-key", "missing-level-text"}
_UNION_TAGS = ("function-", "TargetKeys")


def validate(source: Source) -> tuple[schema.PageKeys | None, tuple[Problem, ...]]:
    """Return what `source` says, and every problem of its front matter.

    A wrong optional key is left out and the rest is used; without a required key there is no value.
    """
    kind = kind_of(source)
    if source.meta.get("type", "page") == kind:
        return read(schema.KEYS[kind], source)
    return _guessed(source, kind)


def kind_of(source: Source) -> str:
    """Return the kind that `source` says it is, or the nearest one that there is; else it is a page."""
    given = source.meta.get("type", "page")
    if not isinstance(given, str):
        return "page"
    return given if given in schema.KEYS else next(iter(nearest(given.lower(), schema.KEYS, 1)), "page")


def _guessed(source: Source, kind: str) -> tuple[schema.PageKeys | None, tuple[Problem, ...]]:
    """Read a file of unknown kind as the nearest one, so that its other faults are told in the same run."""
    told = _problem(schema.PageKeys, source, _faults(schema.PageKeys, {"type": source.meta["type"]})[0])
    keys, problems = read(schema.KEYS[kind], replace(source, meta={**source.meta, "type": kind}))
    sure = (
        problems
        if kind != "page"
        else tuple(one for one in problems if one.code not in {"unknown-key", "foreign-key"})
    )
    return keys, (*((told,) if told else ()), *sure)


def _faults(model: type[Keys], meta: dict[str, Any]) -> list[Any]:
    from kompetanse.content.told import faults  # which is loaded only where there are some

    return faults(model, meta)


def read(model: type[Model], source: Source) -> tuple[Model | None, tuple[Problem, ...]]:
    """Return `source.meta` as `model`, or None when a required key is missing or wrong, and every problem."""
    found = made(model, source.meta)
    if found is not None:
        return found, ()
    faults = _faults(model, source.meta)
    problems = _without_echoes(problem for fault in faults if (problem := _problem(model, source, fault)))
    wrong = {str(fault["loc"][0]) for fault in faults}
    return made(model, {key: value for key, value in source.meta.items() if key not in wrong}), problems


def _without_echoes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Leave out a missing key that stands there misspelt: `titel` is one fault, not two."""
    found = tuple(problems)
    meant = {
        _sibling(one.key, one.values["nearest"].strip("«»")) for one in found if one.code == "unknown-key"
    }
    return tuple(one for one in found if one.code not in _MISSING or one.key not in meant)


def _sibling(key: str, name: str) -> str:
    parent = key.rpartition(".")[0]
    return f"{parent}.{name}" if parent else name


def _problem(model: type[Keys], source: Source, fault: Any) -> Problem | None:
    if _is_other_branch(fault):
        return None
    key = _key(fault["loc"])
    code, severity, values = _words(model, fault)
    return source.problem(key, code, severity, **values)


def _is_other_branch(fault: Any) -> bool:
    """Tell whether the fault is that of the form the author did not choose: text or mapping."""
    loc = fault["loc"]
    if "TargetKeys" in loc:
        return fault["type"] in {"model_type", "model_attributes_type"}
    return any(str(part).startswith("function-") for part in loc) and isinstance(fault["input"], dict)


def _key(loc: tuple[str | int, ...]) -> str:
    key = ""
    for part in loc:
        if isinstance(part, int):
            key += f"[{part}]"
        elif not part.startswith(_UNION_TAGS):
            key += f".{part}" if key else part
    return key


def _words(model: type[Keys], fault: Any) -> tuple[str, Severity, dict[str, str]]:
    kind, loc, context = fault["type"], fault["loc"], fault.get("ctx") or {}
    if kind == "extra_forbidden":
        return _unknown_key(str(loc[-1]), known_keys(model, loc[:-1]))
    if kind == "missing":
        code = "missing-level-text" if loc[0] == "levels" and len(loc) == 2 else "missing-key"
        return code, Severity.ERROR, {"key": str(loc[-1])}
    if kind == "literal_error" and not isinstance(fault["input"], str | int):
        return "wrong-type", Severity.ERROR, {"expected": "text"}
    if kind == "literal_error":
        return _unknown_value(str(loc[0]), str(fault["input"]), context["expected"])
    if kind in _EXPECTED:
        return "wrong-type", Severity.ERROR, {"expected": _EXPECTED[kind]}
    if kind == "too_long":
        return "too-many", Severity.ERROR, {"limit": str(context["max_length"])}
    if kind == "too_short":
        return "empty-text", Severity.ERROR, {}
    return kind, Severity.ERROR, {name: str(value) for name, value in context.items()}


def _unknown_value(key: str, value: str, expected: str) -> tuple[str, Severity, dict[str, str]]:
    choices = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
    values = {"value": value, "choices": ", ".join(choices), "nearest": quoted(nearest(value, choices, 1))}
    return ("unknown-type" if key == "type" else "unknown-value"), Severity.ERROR, values


def _unknown_key(key: str, known: list[str]) -> tuple[str, Severity, dict[str, str]]:
    near = nearest(key.lower(), known, 1, 0.75)
    if near:
        return "unknown-key", Severity.ERROR, {"key": key, "nearest": quoted(near)}
    return "foreign-key", Severity.NOTICE, {"key": key, "known": ", ".join(known)}


def known_keys(model: type[Keys], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand at `loc`, which names fields and list places."""
    here: type[Keys] = model
    for part in loc:
        if isinstance(part, str) and (found := _nested(here, part)):
            here = found
    return [field.alias or name for name, field in declared(here).items()]


def _nested(model: type[Keys], name: str) -> type[Keys] | None:
    if name == "TargetKeys":
        return schema.TargetKeys
    fields = {field.alias or own: field for own, field in declared(model).items()}
    return next(_models(fields[name].annotation), None) if name in fields else None


def _models(annotation: Any) -> Iterator[type[Keys]]:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)
