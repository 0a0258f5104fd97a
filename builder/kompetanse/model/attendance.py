"""Who has completed a course, as the person who held it says."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Attended:
    """One person who is to get a certificate.

    Attributes:
        line: Line in the list, from 1; 0 when she was named on the command line.
        name: As it is to stand on the certificate.
        day: When she completed the course.
        attested_by: Who answers for it.
        number: Number of employment, or another sign that tells people of one name apart; empty for none.
        score: Share of right answers in per cent; None when there is none.
        language: Of the certificate, nb, nn or en; None for the region's.
    """

    line: int
    name: str
    day: date
    attested_by: str
    number: str = ""
    score: Decimal | None = None
    language: str | None = None

    @property
    def person(self) -> str:
        """What she is recognised by: her number, else her name, however it is written."""
        return _folded(self.number or self.name)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one gets no certificate, and what to do; `line` as in `Attended`."""

    line: int
    reason: str


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def same_person(name: str, other: str) -> bool:
    """Tell whether two names are one, however they are spaced and written."""
    return _folded(name) == _folded(other)
