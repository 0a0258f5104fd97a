"""The few rows that a file of others needs to be an item here; everything else of it stays as it was, sign by sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kompetanse.content import edit, yaml_text
from kompetanse.content.document import understand
from kompetanse.content.frontmatter import Source, divide
from kompetanse.errors import KompetanseError, Problem, Severity
from kompetanse.model.region import Region

_BOM = "\ufeff"
_MOST_FAULTS = 30
_FORM = {"missing-key", "foreign-key"}


@dataclass(frozen=True, slots=True)
class Fit:
    """What a file needs.

    Attributes:
        put: Keys that must have these values, whatever stands there.
        add: Keys that get these values where they are missing.
        lists: Lists that are made where they are missing.
        drop: Places (from 0) in lists whose entries go, by key.
        without: Keys that go.
    """

    put: Mapping[str, str] = field(default_factory=dict)
    add: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.put or self.add or self.lists or self.drop or self.without)


def fitted(path: PurePosixPath, data: bytes, fit: Fit) -> bytes:
    """Return the file with what it needs; the same bytes when it needs nothing, or is no text with readable front matter.

    Args:
        path: For messages.
        data: The file.
        fit: What it needs.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    source = divide(path, text.removeprefix(_BOM).replace("\r\n", "\n"))
    if not fit or isinstance(source, Problem):
        return data
    try:
        changed = edit.whole(_raw(source, fit), source.body)
    except (yaml_text.Fault, KompetanseError):
        return data
    changed = changed.replace("\n", "\r\n") if "\r\n" in text else changed
    return ((_BOM if text.startswith(_BOM) else "") + changed).encode()


def _raw(source: Source, fit: Fit) -> str:
    raw = source.raw if source.raw.strip() else "\n"
    for key in fit.without:
        raw = edit.without_key(raw, key)
    for key, places in fit.drop.items():
        for place in sorted(places, reverse=True):
            raw = edit.without_place(raw, key, place)
    known = yaml_text.lines(raw)
    for key, entries in fit.lists.items():
        for one in entries if key not in known else ():
            raw = edit.with_entry(raw, key, one)
    after = ""
    for key, value in {**fit.add, **fit.put}.items():
        raw = _with(raw, key, value, after, must=key in fit.put)
        after = key
    return raw


def _with(raw: str, key: str, value: str, after: str, *, must: bool) -> str:
    if key in yaml_text.lines(raw):
        if not must:
            return raw
        raw = edit.without_key(raw, key)
    return edit.with_key(raw, key, value, after)


def without_faults(path: PurePosixPath, data: bytes, region: Region) -> tuple[bytes, tuple[str, ...]]:
    """Return the file without keys whose values mean something else than ours, and those keys.

    Args:
        path: Where it will lie.
        data: The file, with what it needs.
        region: Whose it will be.
    """
    gone: list[str] = []
    for _ in range(_MOST_FAULTS):
        key = _first_fault(path, data, region)
        if key is None or key in gone:
            break
        gone.append(key)
        data = fitted(path, data, Fit(without=(key,)))
    return data, tuple(gone)


def _first_fault(path: PurePosixPath, data: bytes, region: Region) -> str | None:
    text = data.decode(errors="replace").removeprefix(_BOM).replace("\r\n", "\n")
    _, problems = understand(path, text, region)
    keys = [
        one.key.partition(".")[0].partition("[")[0]
        for one in problems
        if one.severity is Severity.ERROR and one.key and one.code not in _FORM
    ]
    return keys[0] if keys else None
