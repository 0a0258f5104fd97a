"""What a single value of front matter or `region.yml` may be, with its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from kompetanse.content.keys import Reads, Wrong
from kompetanse.model.duration import Duration
from kompetanse.model.issuer import is_did, is_public_key
from kompetanse.model.licence import LICENCES, NOASSERTION
from kompetanse.model.recurrence import is_rule
from kompetanse.model.source_address import BadAddressError, protocol_of

_HUNDRED = 100
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::00)?")
_KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock$|[/.]$))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
"""Names of branches that nothing takes for an option or a path; narrower than git check-ref-format."""
_URL = re.compile(r"(?:https?:|mailto:)[^:]|[^:/?#@]+@[^:/?#@]+$|(?![^/?#]*:)", re.IGNORECASE)
"""A web address, a mailbox, or a path, whose first part has no colon."""
_NOT_IN_URL = re.compile(r"[<>\"'`\\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _text(value: Any) -> str:
    """Accept a number where text is meant: `0301`, `2026` and `2.10` are what the author wrote."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Wrong("wrong-type", expected="text")
    return str(value)


def _filled(value: Any) -> str:
    text = _text(value).strip()
    if not text:
        raise Wrong("empty-text")
    return text


def _matching(pattern: re.Pattern[str], code: str) -> Any:
    def check(value: Any) -> str:
        text = _filled(value)
        if not pattern.fullmatch(text):
            raise Wrong(code, value=text)
        return text

    return check


def _known(is_one: Callable[[str], bool], code: str) -> Any:
    def check(value: Any) -> str:
        text = _filled(value)
        if not is_one(text):
            raise Wrong(code, value=text)
        return text

    return check


def _day(value: Any) -> date:
    text = _filled(value)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong("bad-date", value=text) from None


def _moment(value: Any) -> datetime:
    text = _filled(value)
    try:
        if not _MINUTE.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        raise Wrong("bad-time", value=text) from None


def _duration(value: Any) -> Duration:
    text = _filled(value)
    try:
        return Duration.parse(text)
    except ValueError:
        raise Wrong("bad-duration", value=text) from None


def _licence(value: Any) -> str:
    text = _filled(value)
    if text not in LICENCES:
        raise Wrong("unknown-licence", value=text)
    return text


def _item_licence(value: Any) -> str:
    """Accept, beside a licence, the word for one that is not settled: a region's own licence must be."""
    return NOASSERTION if _filled(value) == NOASSERTION else _licence(value)


def _rrule(value: Any) -> str:
    text = _filled(value).removeprefix("RRULE:")
    if not is_rule(text):
        raise Wrong("bad-rrule", value=text)
    return text


def _level(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 4:
        raise Wrong("unknown-level", value=str(value))
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise Wrong("wrong-type", expected="number")
    if value < 0:
        raise Wrong("negative-number", value=str(value))
    return value


def _percent(value: Any) -> int:
    found = _whole(value)
    if found > _HUNDRED:
        raise Wrong("number-too-large", limit=str(_HUNDRED))
    return found


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("wrong-type", expected="boolean")
    return value


def _web_address(value: Any) -> str:
    text = _filled(value)
    if not _URL.match(text) or _NOT_IN_URL.search(text):
        raise Wrong("bad-url", value=text)
    return text


def _source_address(value: Any) -> str:
    text = _filled(value)
    try:
        protocol_of(text, recorded=True)
    except BadAddressError:  # the value is not repeated: it may hold a password
        raise Wrong("bad-source-address") from None
    return text


def _zone(value: Any) -> str:
    text = _filled(value)
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        raise Wrong("unknown-timezone", value=text) from None
    return text


def _text_schema(**extra: Any) -> dict[str, Any]:
    return {"type": "string", **extra}


Text = Annotated[str, Reads(_filled)]
Summary = Annotated[str, Reads(_filled, _text_schema(maxLength=200))]
Id = Annotated[str, Reads(_matching(_ID, "bad-id"), _text_schema(pattern=f"^{_ID.pattern}$"))]
Language = Annotated[
    str, Reads(_matching(_LANGUAGE, "bad-language"), _text_schema(pattern=f"^{_LANGUAGE.pattern}$"))
]
Day = Annotated[date, Reads(_day, _text_schema(format="date"))]
Moment = Annotated[datetime, Reads(_moment, _text_schema(pattern=f"^{_MINUTE.pattern}$"))]
Length = Annotated[
    Duration,
    Reads(
        _duration, _text_schema(pattern="^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?)?$")
    ),
]
LicenceId = Annotated[str, Reads(_licence, _text_schema(enum=sorted(LICENCES)))]
ItemLicence = Annotated[str, Reads(_item_licence, _text_schema(enum=[*sorted(LICENCES), NOASSERTION]))]
Rrule = Annotated[str, Reads(_rrule)]
LevelNumber = Annotated[int, Reads(_level, {"enum": [1, 2, 3, 4]})]
Whole = Annotated[int, Reads(_whole, {"type": "integer", "minimum": 0})]
YesNo = Annotated[bool, Reads(_yes_or_no)]
Url = Annotated[str, Reads(_web_address)]
SourceAddress = Annotated[str, Reads(_source_address)]
Branch = Annotated[str, Reads(_matching(_BRANCH, "bad-branch"), _text_schema(pattern=f"^{_BRANCH.pattern}$"))]
Zone = Annotated[str, Reads(_zone)]
Colour = Annotated[str, Reads(_matching(_COLOUR, "bad-colour"), _text_schema(pattern=f"^{_COLOUR.pattern}$"))]
Did = Annotated[str, Reads(_known(is_did, "bad-did"), _text_schema(pattern="^did:web:"))]
PublicKey = Annotated[
    str,
    Reads(_known(is_public_key, "bad-public-key"), _text_schema(pattern="^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$")),
]
KeyName = Annotated[
    str, Reads(_matching(_KEY_NAME, "bad-id"), _text_schema(pattern=f"^{_KEY_NAME.pattern}$"))
]
Percent = Annotated[
    int,
    Reads(_percent, {"type": "integer", "minimum": 0, "maximum": 100}),
]
