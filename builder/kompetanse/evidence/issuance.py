"""Give people the certificate of a course: each once, the log first, then the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kompetanse.evidence.credential import Achievement, Award, IssuedBy, credential
from kompetanse.evidence.issue_log import Issued, IssueLog
from kompetanse.evidence.proofs import Signer, secure
from kompetanse.evidence.status_list import free_index
from kompetanse.model.attendance import Attended
from kompetanse.model.duration import Duration
from kompetanse.model.own_address import status_list as address_of


@dataclass(frozen=True, slots=True)
class Chance:
    """Where what nobody may guess comes from: an id, and a number below another."""

    id: Callable[[], UUID]
    below: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Giving:
    """What all who get the certificate of a course in one run share.

    Attributes:
        course: Id of the course.
        valid_for: How long it counts; None when it does not expire.
        issuer: Who issues.
        signer: Who signs, and when.
        achievements: What it stands for, by language of the recipient.
        language: Of those whose row names none.
        chance: Where ids and indexes come from.
    """

    course: str
    valid_for: Duration | None
    issuer: IssuedBy
    signer: Signer
    achievements: Mapping[str, Achievement]
    language: str
    chance: Chance

    def to(self, person: Attended, log: IssueLog, number: int) -> tuple[Issued, bool]:
        """Return the certificate of `person` in the log, and whether it is new; `number` is the list it gets a place in."""
        known = log.standing_for(person.person, self.course, person.day)
        if known:
            return known, False
        index = free_index(log.taken(number), self.chance.below)
        language = person.language or self.language
        award = self._award(person, number, index)
        achievement = self.achievements[language]
        signed = secure(credential(self.issuer, achievement, award), self.signer)
        entry = Issued(
            id=award.id.urn,
            person=person.person,
            name=person.name,
            course=self.course,
            title=achievement.title,
            day=person.day,
            last_day=award.last_day,
            language=language,
            attested_by=person.attested_by,
            list=number,
            index=index,
        )
        return log.issue(entry, signed, self.signer.moment), True

    def _award(self, person: Attended, number: int, index: int) -> Award:
        return Award(
            id=self.chance.id(),
            holder=self.chance.id(),
            name=person.name,
            day=person.day,
            last_day=self._last_day(person.day),
            status_list=self.issuer.site + address_of(number),
            index=index,
        )

    def _last_day(self, day: date) -> date | None:
        return self.valid_for.after(day) if self.valid_for else None
