"""Read the file in which a person hands over how she has mapped herself.

`docs/mapping.md` states the form; the browser's `assessment.js` reads it alike, and both pass the same cases.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from kompetanse.model.assessment import (
    MOST_DOCUMENTED,
    TYPE,
    VERSION,
    Answer,
    Assessment,
    Documented,
    Notice,
    Round,
)
from kompetanse.model.item import ItemId

LARGEST = 1_000_000
"""No file of more bytes is read."""

_DEEPEST = 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile("[\t\n\r]")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control signs, signs that turn the order of others (Unicode, UAX 9), and signs without width."""


def legible(text: str) -> str:
    """Return `text` on one line, with � for each sign that nobody sees or that turns others around."""
    return _UNSEEN.sub("\ufffd", _SPACES.sub(" ", text))


def _is_text(value: Any, most: int) -> bool:
    """Tell whether `value` is text of at most so many UTF-16 units, which is how a browser counts."""
    return (
        isinstance(value, str)
        and not _SURROGATE.search(value)
        and len(value.encode("utf-16-le")) // 2 <= most
    )


def _text(most: int) -> BeforeValidator:
    def check(value: Any) -> str:
        if not _is_text(value, most):
            raise ValueError
        return str(value)

    return BeforeValidator(check)


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value)


def _number(value: Any) -> int:
    """Accept 3.0 for 3, since JSON does not know the difference."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        raise ValueError
    return int(value)


_Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=200), _text(200)]
_Person = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", max_length=36), _text(36)
]
_Day = Annotated[date, BeforeValidator(_day)]
_Own = Annotated[int, Field(ge=0, le=4), BeforeValidator(_number)]
_Documented = Annotated[int, Field(ge=1, le=4), BeforeValidator(_number)]
_Version = Annotated[str, Field(max_length=64), _text(64)]
_Name = Annotated[str, Field(max_length=100), _text(100)]
_Title = Annotated[str, Field(max_length=500), _text(500)]
_Note = Annotated[str, Field(max_length=2000), _text(2000)]


class _EvidenceKeys(BaseModel):
    kind: Literal["test", "confirmed"] = Field(
        description="A test that was passed, or what somebody has seen"
    )
    level: _Documented = Field(description="Level that is documented")
    day: _Day = Field(description="When it was passed or confirmed")


class _AnswerKeys(BaseModel):
    competence: _Id = Field(description="Id of the competence")
    title: _Title | None = Field(None, description="Title of the competence at that time")
    level: _Own | None = Field(description="Own level, 0 for none of the four; null is not sure")
    day: _Day = Field(description="Day of the answer")
    note: _Note | None = Field(None, description="The person's own note; not handed to a leader")
    evidence: Annotated[list[_EvidenceKeys], Field(max_length=MOST_DOCUMENTED)] | None = Field(
        None, description="What she says is documented"
    )


class _RoundKeys(BaseModel):
    day: _Day = Field(description="Day of the earlier round")
    levels: dict[_Id, _Own | None] = Field(description="Own level by competence")


class _Keys(BaseModel):
    """How a person has mapped herself against the competence framework of a region."""

    type: Literal["kompetanse-assessment"] = Field(description="What kind of file this is")
    version: Annotated[Literal[1], BeforeValidator(_number)] = Field(
        description="Version of the form of the file"
    )
    region: _Id = Field(description="Id of the region whose framework it was")
    content_version: _Version | None = Field(None, description="Commit of the framework, if known")
    made: _Day = Field(description="Day of the export")
    person: _Person = Field(description="Random UUID, the same in all files of one person")
    name: _Name | None = Field(None, description="Name of the person, in a file for a leader")
    roles: list[_Id] = Field(description="Ids of her roles", min_length=1, max_length=20)
    answers: list[_AnswerKeys] = Field(description="One for each competence", max_length=1000)
    history: Annotated[list[_RoundKeys], Field(max_length=10)] | None = Field(
        None, description="Levels of earlier rounds; not handed to a leader"
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the file."""
    schema = _Keys.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Kartlegging"}


def read(path: Path) -> Assessment | Notice:
    """Read a file, which may be anything that somebody has handed over; what is wrong with it comes as a notice."""
    name = legible(path.name)
    try:
        data = _bytes(path)
    except OSError:
        return Notice("file.damaged", {"file": name})
    return Notice("file.too_large", {"file": name}) if data is None else parse(data, name)


def _bytes(path: Path) -> bytes | None:
    """Return what the file holds, or None when that is more than `LARGEST`; one that has no size is not read to its end."""
    if path.stat().st_size > LARGEST:
        return None
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None


def parse(data: bytes, file: str) -> Assessment | Notice:
    """Read the content of the file that is called `file`."""
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse, parse_int=_integer)
    except (ValueError, RecursionError):
        return Notice("file.damaged", {"file": file})
    if _is_deep(found, _DEEPEST):
        return Notice("file.damaged", {"file": file})
    if not isinstance(found, dict) or found.get("type") != TYPE:
        return Notice("file.foreign", {"file": file})
    if _is_newer(found.get("version")):
        return Notice("file.newer", {"file": file})
    return _validated(found, file)


def _refuse(word: str) -> None:
    """Stop at NaN and Infinity, which are no JSON (RFC 8259, 6)."""
    raise ValueError(word)


def _integer(text: str) -> int | float:
    return int(text) if len(text) < 16 else float(text)


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_is_deep(one, left - 1) for one in inside)


def _is_newer(version: Any) -> bool:
    try:
        return _number(version) > VERSION
    except ValueError:
        return False


def _validated(found: dict[str, Any], file: str) -> Assessment | Notice:
    try:
        return _whole(_Keys.model_validate(found))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        return Notice("file.wrong", {"file": file, "key": _first([fault["loc"] for fault in faults])})


def _first(places: list[tuple[int | str, ...]]) -> str:
    """Return the key to name: of the file as a whole first, then of an answer, then of an earlier round."""
    if ("version",) in places:
        return "version"
    outer = [str(place[0]) for place in places if _is_outer(place)]
    return outer[0] if outer else "{}[{}].{}".format(*places[0])


def _is_outer(place: tuple[int | str, ...]) -> bool:
    return place[0] not in {"answers", "history"} or len(place) < 3


def _whole(keys: _Keys) -> Assessment:
    answers = {one.competence: _answer(one) for one in keys.answers}
    return Assessment(
        region=keys.region,
        content_version=keys.content_version,
        made=keys.made,
        person=keys.person,
        name=legible(keys.name or ""),
        roles=tuple(dict.fromkeys(ItemId(one) for one in keys.roles)),
        answers=tuple(answers.values()),
        history=tuple(Round(one.day, _levels(one)) for one in keys.history or ()),
    )


def _levels(keys: _RoundKeys) -> dict[ItemId, int | None]:
    return {ItemId(id_): level for id_, level in keys.levels.items()}


def _answer(keys: _AnswerKeys) -> Answer:
    documented = tuple(Documented(one.kind, one.level, one.day) for one in keys.evidence or ())
    title = keys.title if keys.title is not None else keys.competence
    return Answer(ItemId(keys.competence), legible(title), keys.level, keys.day, keys.note or "", documented)
