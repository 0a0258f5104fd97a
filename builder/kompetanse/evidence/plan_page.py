"""A region's plan of courses in words: what to run, what to order, for how many, where, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kompetanse.evidence.report_page import Page
from kompetanse.evidence.unit_tables import Shown, Table
from kompetanse.learning.course_plan import Plan, Planned
from kompetanse.learning.framework import Framework
from kompetanse.learning.small_groups import Told
from kompetanse.learning.unit import FEWEST, Unit
from kompetanse.messages import plural, text
from kompetanse.model.item import Course, ItemId

_COURSES = ("course", "delivery", "kind", "people", "due", "held", "seats", "order", "cost", "units")
_FOLDED = ("course", "people", "due", "sessions", "cost", "units")
_OPEN = ("competence", "kind", "people", "units")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a plan is for."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan is told with; `courses` are in the language of the plan."""

    language: str
    name: str
    period: Period
    units: Mapping[str, Unit]
    framework: Framework
    courses: Mapping[ItemId, Course]

    def say(self, key: str, /, **values: object) -> str:
        """Return the words of `courseplan.key`."""
        return text(self.language, f"courseplan.{key}", **values)

    def day(self, when: date) -> str:
        """Return a date in words."""
        month = text(self.language, f"month.{when.month}")
        return text(self.language, "date.day", day=when.day, month=month, year=when.year)


def plan_page(words: PlanWords, plan: Plan) -> Page:
    """Return the plan as a report."""
    return Page(
        title=" – ".join(filter(None, (words.say("title"), words.name))),
        language=words.language,
        day=words.period.first,
        summary_heading=text(words.language, "unit.sum.heading"),
        summary=tuple(_summary(words, plan)),
        proof=words.say("proof", fewest=FEWEST),
        notices_heading=text(words.language, "unit.heading.notices"),
        notices=tuple(_notices(words)),
        tables=(
            _courses(words, [_course(words, one) for one in plan.courses]),
            _table(
                words,
                "uncovered",
                _OPEN,
                [
                    [
                        Shown((words.framework.asked[one.competence].title,)),
                        Shown((text(words.language, f"requirement.{one.kind}"),)),
                        _people(words, one.people, one.told),
                        Shown(tuple(_units(words, one.people, one.told)) or ("",)),
                    ]
                    for one in plan.uncovered
                ],
            ),
        ),
        flat="courses",
    )


def _summary(words: PlanWords, plan: Plan) -> Iterator[str]:
    first, last = words.day(words.period.first), words.day(words.period.last)
    version = (words.framework.version or "")[:7]
    yield words.say(
        "period" if version else "period_without_version", first=first, last=last, version=version
    )
    yield plural(words.language, "board.units", len(words.units)) + "."
    yield words.say("sum", courses=len(plan.courses), order=sum(one.order for one in plan.courses))
    if plan.uncovered:
        yield plural(words.language, "courseplan.open", len(plan.uncovered))
    costs = [one.cost for one in plan.courses if one.cost is not None and one.told.total]
    if costs:
        unpriced = sum(one.cost is None for one in plan.courses)
        yield words.say("cost", cost=_kroner(sum(costs, Decimal(0))), unpriced=unpriced)


def _notices(words: PlanWords) -> Iterator[str]:
    left_out = sum(one.summary.uncounted for one in words.units.values())
    if left_out:
        yield plural(words.language, "unit.sum.uncounted", left_out)


def _table(words: PlanWords, name: str, columns: Sequence[str], rows: Sequence[Sequence[Shown]]) -> Table:
    return Table(
        name,
        words.say(f"heading.{name}"),
        words.say(f"caption.{name}", fewest=FEWEST),
        tuple(words.say(f"col.{one}") for one in columns),
        tuple(map(tuple, rows)),
        words.say(f"empty.{name}"),
    )


def _courses(words: PlanWords, rows: Sequence[Sequence[Shown]]) -> Table:
    whole = _table(words, "courses", _COURSES, rows)
    return replace(whole, folded=_table(words, "courses", _FOLDED, [_folded(words, row) for row in rows]))


def _folded(words: PlanWords, row: Sequence[Shown]) -> list[Shown]:
    """Return a row in six cells: the course with its form and kind, and all that there is of sessions."""
    cell = dict(zip(_COURSES, row, strict=True))
    counted = [
        f"{words.say(f'col.{name}')}: {cell[name].plain}" for name in ("seats", "order") if cell[name].value
    ]
    sessions = [*filter(None, cell["held"].lines), *counted]
    return [
        Shown((*cell["course"].lines, *cell["delivery"].lines, *cell["kind"].lines)),
        cell["people"],
        cell["due"],
        Shown(tuple(sessions) or ("–",)),
        cell["cost"],
        cell["units"],
    ]


def _course(words: PlanWords, one: Planned) -> list[Shown]:
    course = words.courses[one.course]
    kind = text(words.language, f"requirement.{one.kind}") if one.kind else words.say("only_before")
    due = words.say("now") if one.due is None else words.day(one.due)
    held = tuple(
        f"{words.day(each.starts.date())}{f', {each.session.place}' if each.session.place else ''}"
        for each in one.held
    )
    cost = one.cost if one.told.total else None
    return [
        Shown((course.title,)),
        Shown((text(words.language, f"delivery.{course.delivery}"),)),
        Shown((kind,)),
        _people(words, one.people, one.told),
        Shown((due,), value=one.due),
        Shown(held or ("",)),
        _number(one.seats),
        _number(one.order),
        Shown(("" if cost is None else _kroner(cost),), value=None if cost is None else round(cost)),
        Shown(tuple(_units(words, one.people, one.told, one)) or ("",)),
    ]


def _number(value: int) -> Shown:
    return Shown((str(value),), value=value)


def _people(words: PlanWords, people: Mapping[str, int], told: Told) -> Shown:
    total = sum(people.values())
    return _number(total) if told.total else Shown((text(words.language, "board.few"),))


def _units(
    words: PlanWords, people: Mapping[str, int], told: Told, course: Planned | None = None
) -> Iterator[str]:
    """Yield each unit that may be told with its number, and what falls on it; then those that are too few, by name."""
    for name in (one for one in words.units if one in people):
        if name not in told.groups:
            yield f"{name}: {text(words.language, 'board.few')}"
            continue
        share = course.share(name) if course else None
        yield f"{name}: {people[name]}{f' ({_kroner(share)})' if share is not None else ''}"


def _kroner(amount: Decimal) -> str:
    """Return whole kroner with a narrow space for each thousand, as Norwegian and English readers both take it."""
    return f"kr {round(amount):,}".replace(",", "\u00a0")
