"""Read `origin.yml`, the record of where an adopted course came from, and say what is wrong with it.

`kompetanse.sharing.origin` writes it. The format has a version; a newer one is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from kompetanse.content import files, yaml_text
from kompetanse.content.frontmatter import Source
from kompetanse.content.keys import Keys, Reads, Wrong, key
from kompetanse.content.validate import read
from kompetanse.content.values import Day, Id, Text, Url, Whole
from kompetanse.errors import Problem, Severity
from kompetanse.model.origin import Base, Credit, Event, Origin, Pending
from kompetanse.model.signature import Signature

NAME = "origin.yml"
"""The record lies under this name in the folder of its course."""

VERSION = 1

BASES = PurePosixPath(".kompetanse/base")
"""Below it lie the source's versions that updates merge from: `<course id>/<path in our folder>`."""

_OID = re.compile(r"[0-9a-f]{40}")
_PAGE = re.compile(r"https://[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?/[\w.~%/+,;=&?!$:@-]*")
_LONGEST = 2000


def _oid(value: Any) -> str:
    if not isinstance(value, str) or not _OID.fullmatch(value):
        raise Wrong("damaged-origin", value=str(value))
    return value


def _path(value: Any) -> PurePosixPath:
    path = PurePosixPath(str(value))
    if (
        not isinstance(value, str)
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in value
        or "\0" in value
    ):
        raise Wrong("damaged-origin", value=str(value))
    return path


def _moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Wrong("damaged-origin", value=str(value))
    return found


def _page(value: Any) -> str:
    if not isinstance(value, str) or not is_page(value):
        raise Wrong("damaged-origin", value=str(value))
    return value


def is_page(address: str) -> bool:
    """Tell whether an address that others wrote may stand in a link: https, with no sign that ends a link in Markdown."""
    return len(address) <= _LONGEST and bool(_PAGE.fullmatch(address))


Oid = Annotated[str, Reads(_oid)]
Inside = Annotated[PurePosixPath, Reads(_path)]
Moment = Annotated[datetime, Reads(_moment)]
Page = Annotated[str, Reads(_page)]


class CreditKeys(Keys):
    """Whom a text is credited to."""

    title: Text
    authors: tuple[Text, ...] = ()
    licence: Text
    date: Day | None = None
    url: Url | None = None


class SignatureKeys(Keys):
    """How the commit is signed."""

    status: Literal["good", "unsigned", "unknown-key", "bad"]
    key: Text | None = None


class SourceKeys(Keys):
    """Where the course came from."""

    name: Id
    region: Id | None = None
    repository: Text
    path: Inside
    id: Text
    commit: Oid
    tree: Oid
    credit: CreditKeys
    signature: SignatureKeys | None = None


class BaseKeys(Keys):
    """The source's version of one file."""

    oid: Oid
    source: Inside | None = key(None, alias="from")
    licence: Text | None = None
    authors: tuple[Text, ...] = ()


class EventKeys(Keys):
    """One thing that was done."""

    time: Moment
    did: Literal["fork", "adopt", "update", "resolve", "undo"]
    to: Oid
    since: Oid | None = key(None, alias="from")
    merged: Whole = 0
    questions: Whole = 0


class PendingKeys(Keys):
    """Questions that are open."""

    to: Oid
    files: tuple[Inside, ...]


class OriginKeys(Keys):
    """What `origin.yml` may hold."""

    version: Literal[1]
    source: SourceKeys
    chain: tuple[CreditKeys, ...] = ()
    files: dict[Inside, BaseKeys]
    ids: dict[Id, Id] = key({})
    links: dict[Id, Page] = key({})
    paths: dict[Inside, Id] = key({})
    history: tuple[EventKeys, ...] = key(least=1)
    pending: PendingKeys | None = None


def read_origin(root: Path, path: PurePosixPath) -> tuple[Origin | None, tuple[Problem, ...]]:
    """Return the record in a file, and every problem of it; None when it cannot be trusted.

    Args:
        root: The region's root.
        path: The record, relative to it.
    """
    text = files.read(root, path)
    return (None, (_damaged(text),)) if isinstance(text, Problem) else understand(path, text)


def understand(path: PurePosixPath, text: str) -> tuple[Origin | None, tuple[Problem, ...]]:
    """Return the record that `text` is, and every problem of it; one with problems is none: nothing is guessed."""
    try:
        meta = yaml_text.load(text)
    except yaml_text.Fault as fault:
        return None, (Problem(path, fault.line, "", "damaged-origin", Severity.ERROR),)
    if not isinstance(meta, dict):
        return None, (Problem(path, 1, "", "damaged-origin", Severity.ERROR),)
    source = Source(path, meta, text, "")
    version = meta.get("version")
    if isinstance(version, int) and version > VERSION:
        return None, (source.problem("version", "origin-newer", version=str(version), known=str(VERSION)),)
    keys, problems = read(OriginKeys, source)
    return (None if problems or keys is None else _origin(keys)), tuple(map(_damaged, problems))


def _damaged(problem: Problem) -> Problem:
    """Return what a person can do about a fault in a record that no person writes."""
    return replace(problem, code="damaged-origin", severity=Severity.ERROR, values={})


def _origin(keys: OriginKeys) -> Origin:
    source = keys.source
    return Origin(
        source=source.name,
        region=source.region,
        repository=source.repository,
        path=source.path,
        id=source.id,
        commit=source.commit,
        tree=source.tree,
        credit=_credit(source.credit),
        chain=tuple(map(_credit, keys.chain)),
        files={path: Base(one.oid, one.source, one.licence, one.authors) for path, one in keys.files.items()},
        ids=dict(keys.ids),
        links=dict(keys.links),
        paths=dict(keys.paths),
        history=tuple(_events(keys.history)),
        pending=Pending(keys.pending.to, keys.pending.files) if keys.pending else None,
        signature=Signature(source.signature.status, source.signature.key)
        if source.signature
        else Signature(),
    )


def _credit(keys: CreditKeys) -> Credit:
    return Credit(keys.title, keys.authors, keys.licence, keys.date, keys.url)


def _events(keys: Iterable[EventKeys]) -> Iterable[Event]:
    return (Event(one.time, one.did, one.to, one.since, one.merged, one.questions) for one in keys)
