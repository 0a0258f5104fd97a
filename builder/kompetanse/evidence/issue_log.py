"""The private log of what has been issued and withdrawn: rows of JSON that are only ever added to.

Each row holds the SHA-256 of the row before and itself, so that a row that is changed, moved or taken out is told. A
certificate stands in the log as a whole, and is there before any file of it: what is lost can be written again, to the byte.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kompetanse.errors import KompetanseError

_FIRST = {"type": "kompetanse-issue-log", "version": 1}
_WAIT = 10
"""Seconds to wait for another command that writes to the same log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A certificate in the log, without the certificate itself.

    Attributes:
        id: Its `urn:uuid:…`.
        person: What its holder is recognised by.
        name: As it stands there.
        course: Id of the course.
        title: Of the course, as it stands there.
        day: When it was earned.
        last_day: Last day on which it counts; None when it does not expire.
        language: Of the printed certificate.
        attested_by: Who answered for it.
        list, index: Its place among the lists of the withdrawn.
        withdrawn: Moment at which it was withdrawn; None when it stands.
        place: Where its row begins in the log, in bytes.
    """

    id: str
    person: str
    name: str
    course: str
    title: str
    day: date
    last_day: date | None
    language: str
    attested_by: str
    list: int
    index: int
    withdrawn: str | None = None
    place: int = 0

    @property
    def key(self) -> tuple[str, str, date]:
        """By this nobody gets the same certificate twice."""
        return self.person, self.course, self.day


class IssueLog:
    """The log in one file, read and checked; `open_log` gives one that can be written to.

    Attributes:
        path: The file.
        issued: All certificates, in the order of the log, by their id.
        last: Moment of its last row, as it stands there; empty for an empty log.
    """

    def __init__(self, path: Path, issuer: str) -> None:
        """Read the log of `issuer` at `path`; one that is not there is empty.

        Raises:
            KompetanseError: When it cannot be read, was changed, or is that of another issuer.
        """
        self.path = path
        self.issued: dict[str, Issued] = {}
        self.last = ""
        self._standing: dict[tuple[str, str, date], Issued] = {}
        self._taken: dict[int, set[int]] = {}
        self._issuer = issuer
        self._sum = ""
        self._whole = 0
        self._backed_up = False
        self._read()

    def _read(self) -> None:
        if self.path.exists() and not self.path.is_file():
            raise KompetanseError(f"The log {self.path} is no file. Check the path after --log")
        try:
            with self.path.open("rb") as file:
                for number, row in enumerate(file, 1):
                    if not row.endswith(b"\n"):
                        break  # what was being written when the power went; no file of it was made
                    self._take(number, row)
                    self._whole += len(row)
        except FileNotFoundError:
            return
        except OSError as error:
            raise KompetanseError(
                f"The log {self.path} cannot be read: {error.strerror}. Check the path after --log"
            ) from error

    def _take(self, number: int, row: bytes) -> None:
        try:
            found = json.loads(row)
            said = found.pop("sum")
        except (ValueError, AttributeError, KeyError, RecursionError) as error:
            raise self._damaged(number) from error
        if said != _sum(self._sum, found):
            raise self._damaged(number)
        if number == 1 and found != {**_FIRST, "issuer": self._issuer}:
            raise KompetanseError(f"{self.path} is not the log of {self._issuer}. Name its own after --log")
        self._sum = said
        self._understand(found, self._whole)

    def _damaged(self, number: int) -> KompetanseError:
        return KompetanseError(
            f"{self.path}, line {number}: it was changed after it was written. Take the log back from {self._backup.name} beside it, or from your own copy"
        )

    def _understand(self, found: Mapping[str, Any], place: int) -> None:
        self.last = max(self.last, str(found.get("moment", "")))
        if found.get("event") == "issued":
            self._keep(_issued(found, place))
        elif found.get("event") == "withdrawn":
            one = replace(self.issued[found["id"]], withdrawn=found["moment"])
            self.issued[one.id] = one
            self._standing.pop(one.key, None)

    def _keep(self, one: Issued) -> None:
        self.issued[one.id] = one
        self._standing[one.key] = one
        self._taken.setdefault(one.list, set()).add(one.index)

    @property
    def _backup(self) -> Path:
        return self.path.with_name(f"{self.path.name}.bak")

    def standing_for(self, person: str, course: str, day: date) -> Issued | None:
        """Return the certificate that a person has for a course and a day, and that is not withdrawn."""
        return self._standing.get((person, course, day))

    def taken(self, number: int) -> set[int]:
        """Return the indexes that are taken in a list of the withdrawn; do not change it."""
        return self._taken.setdefault(number, set())

    def withdrawn(self, number: int) -> set[int]:
        """Return the indexes of a list whose certificates are withdrawn."""
        return {one.index for one in self.issued.values() if one.list == number and one.withdrawn}

    def certificate(self, one: Issued) -> dict[str, Any]:
        """Return a certificate as it was signed."""
        with self.path.open("rb") as file:
            file.seek(one.place)
            found: dict[str, Any] = json.loads(file.readline())["credential"]
        return found

    def issue(self, one: Issued, credential: Mapping[str, Any], moment: str) -> Issued:
        """Add a certificate, and return it as it stands in the log.

        Raises:
            KompetanseError: When the log cannot be written; then nothing was added.
        """
        days = {"day": one.day.isoformat(), "last_day": one.last_day.isoformat() if one.last_day else None}
        kept = {key: getattr(one, key) for key in _KEPT if key not in days}
        self._append({"event": "issued", "moment": moment, **kept, **days, "credential": credential})
        return self.issued[one.id]

    def withdraw(self, one: Issued, reason: str, moment: str) -> None:
        """Add that a certificate is withdrawn, which it stays.

        Raises:
            KompetanseError: When the log cannot be written; then nothing was added.
        """
        self._append({"event": "withdrawn", "moment": moment, "id": one.id, "reason": reason})

    def _append(self, found: Mapping[str, Any]) -> None:
        try:
            if not self._backed_up:
                self._back_up()
            if not self._whole:
                self._add({**_FIRST, "issuer": self._issuer})
            self._add(found)
        except OSError as error:
            raise KompetanseError(
                f"The log {self.path} cannot be written: {error.strerror}. What was issued until now stands; run the command again when there is room"
            ) from error

    def _add(self, found: Mapping[str, Any]) -> None:
        total = _sum(self._sum, found)
        row = json.dumps({**found, "sum": total}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.truncate(self._whole)
            file.seek(self._whole)
            try:
                file.write(row)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), self._whole)
                raise
        self._understand(found, self._whole)
        self._sum, self._whole = total, self._whole + len(row)

    def _back_up(self) -> None:
        """Keep the log as it was, checked, before the first row of this run is added."""
        self._backed_up = True
        if not self._whole:
            return
        aside = self._backup.with_name(f"{self._backup.name}.new")
        with (
            self.path.open("rb") as source,
            os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as copy,
        ):
            left = self._whole
            while left and (part := source.read(min(left, 1 << 20))):
                copy.write(part)
                left -= len(part)
            copy.flush()
            os.fsync(copy.fileno())
        aside.replace(self._backup)


_KEPT = ("id", "person", "name", "course", "title", "language", "attested_by", "list", "index")


def _issued(found: Mapping[str, Any], place: int) -> Issued:
    ends = found["last_day"]
    return Issued(
        **{key: found[key] for key in _KEPT},
        day=date.fromisoformat(found["day"]),
        last_day=date.fromisoformat(ends) if ends else None,
        place=place,
    )


def _sum(before: str, found: Mapping[str, Any]) -> str:
    text = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


@contextmanager
def open_log(path: Path, issuer: str) -> Iterator[IssueLog]:
    """Give the log to one command at a time.

    Raises:
        KompetanseError: When another one has it, or it cannot be read.
    """
    from filelock import FileLock, Timeout

    try:
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=_WAIT):
            yield IssueLog(path, issuer)
    except Timeout as error:
        raise KompetanseError(
            f"Another command has the log {path} open. Wait until it is done, and run this one again"
        ) from error
