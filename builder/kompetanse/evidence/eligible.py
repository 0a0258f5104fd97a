"""Whether somebody can get the certificate of a course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kompetanse.errors import KompetanseError
from kompetanse.model.attendance import Attended, Refusal
from kompetanse.model.item import Certificate, Course, Item

_OLDEST = timedelta(days=3653)
"""What was completed longer ago is more likely a slip of the pen."""


def certificate_of(item: Item | None, id_: str) -> tuple[Course, Certificate]:
    """Return the course and what it takes to get its certificate.

    Raises:
        KompetanseError: When it is no course that gives one today.
    """
    if not isinstance(item, Course):
        raise KompetanseError(f"There is no course {id_}. `kompetanse search` finds it by its title")
    if item.certificate is None:
        raise KompetanseError(
            f"The course {id_} gives no certificate. Write «certificate:» in {item.path} if it should"
        )
    if item.status != "published":
        why = (
            "is retired, and gives no new ones. Issue that of the course that replaced it"
            if item.status == "retired"
            else "is a draft. Publish it first"
        )
        raise KompetanseError(f"The course {id_} {why}")
    return item, item.certificate


def refusals(asked: Certificate, people: Sequence[Attended], today: date) -> Iterator[Refusal]:
    """Yield why some of `people` get none; everything that is wrong, in the order of their lines."""
    for one in people:
        wrong = list(filter(None, (_day(one.day, today), _score(asked, one))))
        if wrong:
            yield Refusal(one.line, ". And ".join(wrong))
    yield from _twice(people)


def _day(day: date, today: date) -> str | None:
    if day > today:
        return f"{day.isoformat()} is in the future; a certificate is for what has been done"
    if day < today - _OLDEST:
        return f"{day.isoformat()} is more than ten years ago; check the date"
    return None


def _score(asked: Certificate, one: Attended) -> str | None:
    if one.score is None:
        return (
            "the course asks for a test, and no result is given; give it in a column «resultat», or with --score"
            if asked.evidence == "test"
            else None
        )
    if one.score < asked.pass_mark:
        return f"the result {one.score.normalize():f} is below the pass mark {asked.pass_mark}"
    return None


def _twice(people: Sequence[Attended]) -> Iterator[Refusal]:
    """Yield those who stand in the list before, with the same number, or the same name and no number."""
    seen: dict[tuple[str, date], list[int]] = defaultdict(list)
    for one in people:
        lines = seen[one.person, one.day]
        if lines:
            yield Refusal(
                one.line,
                f"the same person stands on line {lines[0]}; delete one, or tell two of the same name apart by a column «ansattnummer»",
            )
        lines.append(one.line)
