"""What is told of a unit, in the words of a language; the browser's `unit-words.js` says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.learning.unit import Cell, Change, Unit
from kompetanse.messages import plural, text
from kompetanse.model.assessment import Notice
from kompetanse.model.item import ItemId


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language, for one unit; `name` is what it is called, or empty."""

    language: str
    unit: Unit
    name: str = ""

    def say(self, key: str, /, **values: object) -> str:
        """Return the words of `key`."""
        return text(self.language, key, **values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return the words of `key` for so many."""
        return plural(self.language, key, number, **values)

    def day(self, when: date) -> str:
        """Return a date in words."""
        return self.say("date.day", day=when.day, month=self.say(f"month.{when.month}"), year=when.year)

    def role(self, id_: ItemId) -> str:
        """Return the title of a role."""
        return self.unit.framework.roles[id_].title

    def competence(self, id_: ItemId) -> str:
        """Return the title of a competence that a role asks for."""
        return self.unit.framework.asked[id_].title

    def notice(self, notice: Notice) -> str:
        """Say what there is to tell of a file."""
        values = {
            key: self.day(date.fromisoformat(value)) if key == "day" else value
            for key, value in notice.values.items()
        }
        return self.say(notice.key, **values)

    def change(self, change: Change) -> str:
        """Say what has changed in the framework, and how many files that concerns."""
        key = change.notice.key.replace("file.", "unit.change.")
        said = self.say(key, **change.notice.values)
        return f"{said} {self.count('unit.change.files', change.files)}"

    def told(self) -> tuple[str, ...]:
        """Say all that there is to tell of the files and of what has changed since."""
        return (*map(self.notice, self.unit.notices), *map(self.change, self.unit.changes))

    @property
    def title(self) -> str:
        """The heading of the report, with the unit's name."""
        return " – ".join(filter(None, (self.say("unit.title"), self.name)))

    def level(self, number: int | None) -> str:
        """Return a level with its number; nothing when there is none."""
        return "" if number is None else f"{number} {self.say(f'level.{number}')}"

    def average(self, cell: Cell) -> str:
        """Return the average of a cell; nothing when it is for too few."""
        if cell.tenths is None:
            return ""
        whole, tenth = divmod(cell.tenths, 10)
        number = f"{whole}{self.say('unit.cell.decimal')}{tenth}"
        return self.say("unit.cell.average", average=number)

    @property
    def version(self) -> str:
        """The first signs of the framework's commit; nothing when nobody knows."""
        return (self.unit.framework.version or "")[:7]

    def as_of(self) -> str:
        """Say for which day and which framework the numbers hold."""
        when = self.day(self.unit.today)
        if not self.version:
            return self.say("unit.sum.day_without_version", day=when)
        return self.say("unit.sum.day", day=when, version=self.version)

    def summary(self) -> tuple[str, ...]:
        """Say in a few sentences how the unit stands."""
        found = self.unit.summary
        head = [self.count(f"unit.sum.{name}", getattr(found, name)) for name in ("files", "people", "roles")]
        rest = [
            self.count(f"unit.sum.{name}", number)
            for name, number in (("expiring", found.expiring), ("uncounted", found.uncounted))
            if number
        ]
        return (
            f"{', '.join(head)}. {self.as_of()}",
            self.say("unit.sum.met", count=found.met, total=found.total),
            self.count("unit.sum.missing", found.missing, statutory=found.statutory),
            *rest,
        )
