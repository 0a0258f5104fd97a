"""What keys are read to, and that the quick reading takes just what pydantic, which tells the faults, takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.content import told
from kompetanse.content.keys import Keys, declared, made
from kompetanse.content.offer_keys import OfferKeys, OffersKeys
from kompetanse.content.origin import OriginKeys
from kompetanse.content.region_keys import RegionKeys
from kompetanse.content.schema import KEYS, CodeKeys, CourseKeys, RoleKeys, TargetKeys

MODELS = (*KEYS.values(), RegionKeys, OfferKeys, OffersKeys, OriginKeys)


def test_what_is_absent_is_its_default() -> None:
    role = made(RoleKeys, {"title": "Renholder"})

    assert role is not None
    assert (role.type, role.summary, role.requires, role.codes) == ("page", None, (), made(CodeKeys, {}))


def test_values_are_read_and_keys_have_the_names_of_the_file() -> None:
    course = made(
        CourseKeys,
        {
            "title": 2026,
            "reviewed": "2026-01-02",
            "prerequisites": ["a", {"competence": "b", "level": 2}],
            "certificate": {"pass": 90},
        },
    )

    assert course is not None
    assert course.title == "2026"
    assert course.reviewed == date(2026, 1, 2)
    assert course.prerequisites == ("a", made(TargetKeys, {"competence": "b", "level": 2}))
    assert course.certificate is not None
    assert course.certificate.pass_mark == 90


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"title": ""},
        {"title": "A", "titel": "A"},
        {"title": "A", "pass": 80},
        {"title": "A", "certificate": {"pass_mark": 80}},
        {"title": "A", "objectives": ["1", "2", "3", "4", "5", "6", "7"]},
        {"title": "A", "delivery": "post"},
        {"title": "A", "tags": "a"},
        {"title": "A", "teaches": [{"competence": "a"}]},
    ],
)
def test_what_does_not_fit_is_nothing(found: dict[str, Any]) -> None:
    assert made(CourseKeys, found) is None


def test_what_a_file_says_stays_so() -> None:
    role = made(RoleKeys, {"title": "Renholder"})

    with pytest.raises(AttributeError):
        role.title = "Kokk"  # type: ignore[union-attr]


WORDS = (
    "a",
    "nb",
    "P1Y",
    "PT15M",
    "2026-01-02",
    "2027-01-12T09:00",
    "https://example.no/a",
    "CC-BY-4.0",
    "Europe/Oslo",
    "#aabbcc",
    "did:web:example.no",
    "FREQ=DAILY;COUNT=2",
    "published",
    "good",
    "statutory",
    "test",
    "fork",
    "2026-01-02T10:00:00+01:00",
    "../a",
    "true",
    "course",
    "error",
    "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    "",
    "a" * 40,
    "x" * 301,
)
"""What some keys take, and others do not."""

SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.integers(-1, 101),
    st.booleans(),
    st.text(max_size=3),
)


def _fitting(model: type[Keys]) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings that mostly have keys of `model`, with values that may or may not fit."""
    names = [one.alias or name for name, one in declared(model).items()]
    return st.dictionaries(st.sampled_from([*names, "andre"]), _values(model), max_size=6).flatmap(
        lambda some: st.sampled_from([some, {**_whole(model), **some}])
    )


def _values(model: type[Keys]) -> st.SearchStrategy[Any]:
    inner = [found for one in declared(model).values() for found in _nested(one.annotation)]
    mappings = [_plain(found) for found in inner]
    some: st.SearchStrategy[Any] = st.one_of(SCALARS, *mappings)
    return st.one_of(
        some, st.lists(some, max_size=8), st.dictionaries(st.text("abc", max_size=2), some, max_size=2)
    )


def _plain(model: type[Keys]) -> st.SearchStrategy[dict[str, Any]]:
    names = [one.alias or name for name, one in declared(model).items()]
    return st.dictionaries(st.sampled_from(names), SCALARS, max_size=4).map(
        lambda some: {**_whole(model), **some}
    )


def _nested(annotation: Any) -> list[type[Keys]]:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _nested(part)]


def _whole(model: type[Keys]) -> dict[str, Any]:
    """Return a mapping with every required key, each with the first value that fits."""
    found: dict[str, Any] = {}
    for name, one in declared(model).items():
        if one.is_required:
            inner = next(iter(_nested(one.annotation)), None)
            tries = (
                (_whole(inner), [_whole(inner)], {"a": _whole(inner)})
                if inner
                else (*WORDS, 1, [], {}, ["a"])
            )
            key = one.alias or name
            found[key] = next(value for value in tries if _fits(model, name, value))
    return found


def _fits(model: type[Keys], name: str, value: Any) -> bool:
    key = declared(model)[name].alias or name
    return not any(fault["loc"][:1] == (key,) for fault in told.faults(model, {key: value}))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_both_ways_of_reading_take_the_same(model: type[Keys], data: st.DataObject) -> None:
    found = data.draw(_fitting(model))

    quick, faults = made(model, found), told.faults(model, found)

    assert (quick is None) == bool(faults), faults
    if quick is not None:
        assert _said(quick) == _said(told.model(model).model_validate(found))


def _said(value: Any) -> Any:
    """Return a value with its keys as mappings, so that both kinds of object can be compared."""
    if isinstance(value, tuple | list):
        return [type(value).__name__, *map(_said, value)]
    if isinstance(value, dict):
        return {str(name): _said(one) for name, one in value.items()}
    return {name: _said(one) for name, one in vars(value).items()} if hasattr(value, "__dict__") else value


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_required_is_enough(model: type[Keys]) -> None:
    assert made(model, _whole(model)) is not None
