"""Dates, lengths of time and levels in words, as Norwegians and English write them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from kompetanse.messages import plural, text
from kompetanse.model.duration import Duration
from kompetanse.model.item import Level


def day(language: str, when: date) -> str:
    """Return `24. november 2026` or `24 November 2026`."""
    return text(language, "date.day", day=when.day, month=month_name(language, when.month), year=when.year)


def month(language: str, when: date) -> str:
    """Return `november 2026`."""
    return f"{month_name(language, when.month)} {when.year}"


def month_name(language: str, number: int) -> str:
    """Return the name of a month, 1–12."""
    return text(language, f"month.{number}")


def weekday(language: str, when: date) -> str:
    """Return the name of the day of the week."""
    return text(language, f"weekday.{when.weekday()}")


@lru_cache(maxsize=4096)
def period(language: str, starts: datetime, ends: datetime) -> str:
    """Return `tirsdag 12. januar 2027 kl. 09–12`, with both days where there are two."""
    first = f"{weekday(language, starts)} {day(language, starts)}"
    if starts.date() == ends.date():
        return text(language, "date.hours", day=first, starts=_hour(starts), ends=_hour(ends))
    last = f"{weekday(language, ends)} {day(language, ends)}"
    return text(language, "date.days", first=first, starts=_hour(starts), last=last, ends=_hour(ends))


def _hour(when: datetime) -> str:
    return f"{when.hour:02}" if when.minute == 0 else f"{when.hour:02}.{when.minute:02}"


def length(language: str, duration: Duration) -> str:
    """Return `2 år`, `1 time 30 minutter`, `30 dager`."""
    years, months = divmod(duration.months, 12)
    hours, minutes = divmod(duration.minutes, 60)
    parts = (
        ("years", years),
        ("months", months),
        ("days", duration.days),
        ("hours", hours),
        ("minutes", minutes),
    )
    return " ".join(plural(language, f"length.{unit}", number) for unit, number in parts if number)


def size(language: str, count: int) -> str:
    """Return so many bytes in words: `340 kB`, `1,2 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f}".replace(".", text(language, "packages.point")) + " MB"


def level(language: str, number: Level | int) -> str:
    """Return the word of a level, 1–4."""
    return text(language, f"level.{number}")


def language_name(language: str, tag: str) -> str:
    """Return the name of the language `tag`, or the tag where we have no name."""
    try:
        return text(language, f"language.{tag}")
    except KeyError:
        return tag
