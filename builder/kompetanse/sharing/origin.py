"""Write `origin.yml`, the record of where an adopted course came from; the same record is the same bytes.

    read(root, folder)                # Origin, or an error that says what to do
    text(origin)                      # bytes of the file
    then(origin, event, commit=…)     # the record after one more thing was done; history is only appended to

`kompetanse.content.origin` reads it, together with the region.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from kompetanse.content.origin import BASES, NAME, VERSION, read_origin
from kompetanse.errors import KompetanseError
from kompetanse.messages import message, remedy
from kompetanse.model.origin import Base, Credit, Event, Origin
from kompetanse.model.signature import Signature

__all__ = ["BASES", "NAME", "base_path", "read", "text", "then"]

_HEAD = "# Written by kompetanse; do not edit by hand.\n"
_WIDE = 10**6
"""No row is broken: one file or event a row, so that git merges rows."""


def base_path(course: str, path: PurePosixPath) -> PurePosixPath:
    """Return where the source's version of a file lies, from the region's root.

    Args:
        course: The course's id here.
        path: The file's path in the course's folder here.
    """
    return BASES / course / path


def read(root: Path, folder: PurePosixPath) -> Origin:
    """Return the record of the course in `folder`, relative to the region's root.

    Raises:
        KompetanseError: When there is none, or it cannot be trusted; it is never guessed at or overwritten.
    """
    path = folder / NAME
    if not (root / path).exists():
        raise KompetanseError(
            f"{folder} has no {NAME}, so nobody knows where it came from. "
            f"If it was copied by hand, find its origin: kompetanse adopt {folder} SOURCE/ID"
        )
    found, problems = read_origin(root, path)
    if found is None:
        rows = "".join(
            f"\n  {path}:{one.line}: {message(one, 'en')}. {remedy(one, 'en')}" for one in problems
        )
        raise KompetanseError(f"The record of origin cannot be used:{rows}")
    return found


def then(origin: Origin, event: Event, **changes: Any) -> Origin:
    """Return the record after `event`, with other values changed as told; its history is what it was and this."""
    if "history" in changes:
        raise TypeError("history is only appended to")
    return replace(origin, **changes, history=(*origin.history, event))


def text(origin: Origin) -> bytes:
    """Return the file that holds the record."""
    data = {
        "version": VERSION,
        "source": _source(origin),
        "chain": [_credit(one) for one in origin.chain],
        "files": {str(path): _base(base) for path, base in sorted(origin.files.items())},
        "ids": dict(sorted(origin.ids.items())),
        "links": _Rows(sorted(origin.links.items())),
        "paths": _Rows((str(path), id_) for path, id_ in sorted(origin.paths.items())),
        "history": [_event(one) for one in origin.history],
        "pending": _pending(origin),
    }
    rows = yaml.dump(
        _whole(data, keep=("files",)),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=_WIDE,
    )
    return (_HEAD + rows).encode()


class _Rows(dict[str, str]):
    """Texts of which each gets a row."""


class _Dumper(yaml.SafeDumper):
    """Writes `_Rows` one under the other."""


_Dumper.add_representer(
    _Rows, lambda dumper, rows: dumper.represent_mapping("tag:yaml.org,2002:map", rows, flow_style=False)
)


def _whole(data: Mapping[str, Any], keep: tuple[str, ...] = ()) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {key: value for key, value in data.items() if key in keep or value not in (None, [], {}, 0)}


def _source(origin: Origin) -> dict[str, Any]:
    return _whole(
        {
            "name": origin.source,
            "region": origin.region,
            "repository": origin.repository,
            "path": str(origin.path),
            "id": origin.id,
            "commit": origin.commit,
            "tree": origin.tree,
            "credit": _credit(origin.credit),
            "signature": _signature(origin.signature),
        }
    )


def _signature(signature: Signature) -> dict[str, Any] | None:
    if signature.status == "unsigned":
        return None
    return _whole({"status": signature.status, "key": signature.key})


def _credit(credit: Credit) -> dict[str, Any]:
    return _whole(
        {
            "title": credit.title,
            "authors": list(credit.authors),
            "licence": credit.licence,
            "date": str(credit.date) if credit.date else None,
            "url": credit.url,
        }
    )


def _base(base: Base) -> dict[str, Any]:
    return _whole(
        {
            "oid": base.oid,
            "from": str(base.source) if base.source else None,
            "licence": base.licence,
            "authors": list(base.authors),
        }
    )


def _event(event: Event) -> dict[str, Any]:
    return _whole(
        {
            "time": event.time.isoformat(timespec="seconds"),
            "did": event.did,
            "from": event.since,
            "to": event.to,
            "merged": event.merged,
            "questions": event.questions,
        }
    )


def _pending(origin: Origin) -> dict[str, Any] | None:
    pending = origin.pending
    return {"to": pending.to, "files": [str(path) for path in pending.files]} if pending else None
