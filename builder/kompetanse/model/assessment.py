"""How a person has mapped herself, as she hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kompetanse.model.item import Evidence, ItemId

TYPE = "kompetanse-assessment"
VERSION = 1


MOST_DOCUMENTED = 10
"""So many pieces of evidence an answer holds at most."""


@dataclass(frozen=True, slots=True)
class Documented:
    """A level, 1–4, that she says is documented by a test or by somebody who has seen it."""

    kind: Evidence
    level: int
    day: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What she said of one competence.

    Attributes:
        title: The competence's, as it was then.
        level: 0–4, 0 for none of the four; None when she is not sure.
    """

    competence: ItemId
    title: str
    level: int | None
    day: date
    note: str = ""
    evidence: tuple[Documented, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Her levels in an earlier round."""

    day: date
    levels: Mapping[ItemId, int | None]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A whole file.

    Attributes:
        content_version: Commit of the framework that she answered; None when nobody knows.
        made: Day of the export, by her clock.
        person: A random UUID, the same in all her files.
        roles: Each once.
        answers: Each competence once.
    """

    region: str
    content_version: str | None
    made: date
    person: str
    name: str
    roles: tuple[ItemId, ...]
    answers: tuple[Answer, ...]
    history: tuple[Round, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about a file, in no language yet.

    Attributes:
        key: Of its words in the catalogue, such as `file.damaged`.
        values: What they are filled with; `day` is an ISO date.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
