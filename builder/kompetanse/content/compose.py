"""The text of a new content file from its keys and its body."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

_STARTS_PLAIN = re.compile(r"[^\W_]|[(§«]")
_HIDES_SOMETHING = re.compile(r": | #|:$|\s$")
_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9][0-9_.,:eExXoO+-]*")
_SHORT_WORDS = frozenset({"y", "n"})
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")
_YAML_1_1 = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def compose(keys: Mapping[str, Any], body: str) -> str:
    """Return a file with `keys` as front matter, in their order, and `body` under it.

    Lists stand on lines of their own; a key without value (None) is left out. What YAML 1.1 would misread (`no`,
    `0301`, `12:30`) is quoted, so that the file says the same to every reader; a date object is written as a date.
    """
    front = StringIO()
    _writer().dump(_value(keys), front)
    text = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    return f"---\n{front.getvalue()}---\n" + (f"\n{text}\n" if text else "")


def _writer() -> YAML:
    writer = YAML(pure=True)
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = sys.maxsize  # a folded line is hard to compare
    writer.allow_unicode = True
    writer.representer.ignore_aliases = lambda _: True  # we do not read aliases
    return writer


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return CommentedMap((_key(key), _value(one)) for key, one in value.items() if one is not None)
    if isinstance(value, list | tuple):
        return [_value(one) for one in value if one is not None]
    if isinstance(value, datetime):
        return _scalar(value.isoformat(timespec="minutes"))
    return value if isinstance(value, date | int) else _scalar(str(value))


def _key(key: str | int) -> str | int:
    """Return a level's number as the number that authors write: `1:`, not `"1":`."""
    return int(key) if _WHOLE.fullmatch(str(key)) else _scalar(str(key))


def _scalar(text: str) -> str:
    return text if _is_plain(text) else Quoted(text)


def _is_plain(text: str) -> bool:
    """Tell whether every reader of YAML 1.1 and 1.2 takes `text` without quotes for this text."""
    kind = _YAML_1_1.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return (
        bool(_STARTS_PLAIN.match(text))
        and text.isprintable()
        and not _HIDES_SOMETHING.search(text)
        and not _LIKE_A_NUMBER.fullmatch(text)
        and text.lower() not in _SHORT_WORDS
        and bool(kind == _TEXT)
    )
