"""A file of the browser's index: a script in plain text that hands its data to one function, `kompetanseShard`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kompetanse_search.packing import DIGITS

HASH = 5
"""Letters of a hash in the name of a file that the manifest names."""


@dataclass(frozen=True, slots=True)
class File:
    """One file: the least key of what is in it, its name without the ending, and its text."""

    first: str
    name: str
    text: str

    @classmethod
    def of(cls, place: str, data: str, first: str = "", letters: int = HASH) -> File:
        """Return the file at `place` that hands over `data`; its name goes on with a hash of that, of so many letters."""
        hashed = sha256(data.encode("utf-8")).digest()[:letters]
        name = f"{place}-{''.join(DIGITS[byte & 31] for byte in hashed)}"  # capitals only: some disks ignore case
        return cls(first, name, f'kompetanseShard("{name}",{data})\n')


def data_of(text: str) -> str:
    """Return what the file with this text hands over."""
    return text.partition(",")[2][:-2]


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def literal(value: Any) -> str:
    """Return `value` as a literal of JavaScript that is plain text to HTML, too."""
    return _json(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
