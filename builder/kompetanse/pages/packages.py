"""The packages of a course as its page offers them: for Moodle and its like, and to read without a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kompetanse.messages import table
from kompetanse.model.item import Course
from kompetanse.model.package import Package
from kompetanse.pages.view import View
from kompetanse.pages.wording import size

_READING = frozenset({"epub", "html"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A package in words.

    Attributes:
        href: Where it is downloaded from.
        name: What its format is called.
        size: How large it is, in words.
        text: What it is good for, in a sentence.
        steps: How it is brought into a system; empty where it is only opened.
        notes: What is good to know of that.
    """

    href: str
    name: str
    size: str
    text: str
    steps: Sequence[str]
    notes: Sequence[str]


def offered(view: View, course: Course) -> list[tuple[str, list[Offer]]]:
    """Return the groups of packages that there are: the key of a group's heading, and its packages, the most useful first."""
    found = view.site.packages.get(course.id, ())
    groups = {
        "packages.moodle": [one for one in found if one.format not in _READING],
        "packages.reading": [one for one in found if one.format in _READING],
    }
    return [(key, [_offer(view, one) for one in group]) for key, group in groups.items() if group]


def _offer(view: View, one: Package) -> Offer:
    return Offer(
        view.href(one.address),
        view.words(f"packages.{one.format}.name"),
        size(view.language, one.size),
        view.words(f"packages.{one.format}.text"),
        [text for key, text in _how(view, one) if key.isdigit()],
        [text for key, text in _how(view, one) if key.startswith("note")],
    )


def _how(view: View, one: Package) -> Iterator[tuple[str, str]]:
    """Yield what is said of how to upload a package, by the last part of its key, in order."""
    prefix = f"howto.{one.format}."
    words = table(view.language, ("howto",))
    yield from ((key.removeprefix(prefix), words[key]) for key in sorted(words) if key.startswith(prefix))
