"""The page as HTML; every foreign text in it is escaped by the template."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined

from kompetanse import messages
from kompetanse.sharing.desk.form import Chosen
from kompetanse.sharing.desk.pictures import kind_of
from kompetanse.sharing.differences import Sort, Words, marked
from kompetanse.sharing.places import Place
from kompetanse.sharing.resolve import Case
from kompetanse.sharing.sheet import Noted, Sheet

LONGEST = 20_000
"""Letters of two versions together; in longer ones no words are marked."""
SIDES = ("base", "ours", "theirs")
_CHOICES = {"ours": "take_ours", "theirs": "take_theirs", "both": "take_both", "own": "write_own"}


@dataclass(frozen=True, slots=True)
class Version:
    """One of the versions of a place, as it is shown.

    Attributes:
        side: `base`, `ours`, `theirs` or `outcome`.
        title: What people call it.
        words: Its text, with what differs marked.
        picture: Address of the picture that it is; empty for none.
        note: What is said instead of a text.
    """

    side: str
    title: str
    words: tuple[Words, ...] = ()
    picture: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What is needed to make the page.

    Attributes:
        sheet: What waits.
        title: The course's title.
        language: `nb`, `nn`, `en` or another that falls back to them.
    """

    sheet: Sheet
    title: str
    language: str

    def html(self, chosen: Chosen, error: str = "") -> str:
        """Return the page with the questions, as far as they are answered."""
        files = [(case, self._rows(case)) for case in self.sheet.cases]
        return _filled(
            "page.html",
            self._frame("resolve.title"),
            files=files,
            count=len(self.sheet.places),
            chosen=chosen,
            error=error,
            noted=[(one, self._outcome(one)) for one in self.sheet.noted],
            done=len(chosen.choices),
            choice_of=self._choice,
            where_of=self._where,
        )

    def end(self, name: Literal["done", "stopped"], more: str = "") -> str:
        """Return the page that is shown when all is over."""
        return _filled(
            "end.html", self._frame(f"resolve.{name}_title"), text=self._say(f"resolve.{name}"), more=more
        )

    def _frame(self, heading: str) -> Mapping[str, Any]:
        language = messages.chain(self.language)[0]
        return {
            "language": language,
            "say": self._say,
            "heading": self._say(heading, title=self.title),
            "Sort": Sort,
        }

    def _say(self, key: str, /, **values: object) -> str:
        return messages.text(self.language, key, **values)

    def _rows(self, case: Case) -> list[tuple[Place, list[Version]]]:
        return [(place, list(self._versions(case, place))) for place in case.places]

    def _versions(self, case: Case, place: Place) -> Iterator[Version]:
        contents = {"base": case.base, "ours": case.ours, "theirs": case.asked.theirs}
        for side in SIDES:
            text, title = getattr(place, side), self._say(f"resolve.{side}")
            if place.sort == "file" and kind_of(contents[side]):
                yield Version(side, title, picture=f"picture/{place.number}/{side}")
            elif place.sort == "file" and text is None:
                yield Version(side, title, note=self._absent(contents[side]))
            elif not (text or "").strip():
                yield Version(side, title, note=self._say("resolve.missing"))
            else:
                yield Version(side, title, tuple(_words("" if side == "base" else place.base, text)))

    def _absent(self, data: bytes | None) -> str:
        return self._say("resolve.no_file") if data is None else self._say("resolve.no_text", size=len(data))

    def _outcome(self, one: Noted) -> list[Version]:
        review = one.review
        sides = [(side, getattr(review, side)) for side in ("ours", "theirs")]
        shown = [Version(side, self._say(f"resolve.{side}"), tuple(_words("", text))) for side, text in sides]
        return [
            *shown,
            Version("outcome", self._say("resolve.result"), tuple(_words(review.ours, review.merged))),
        ]

    def _choice(self, place: Place, choice: str) -> str:
        if (
            place.sort == "file"
            and choice == "theirs"
            and place.theirs is None
            and place.why == "deleted-there"
        ):
            return self._say("resolve.delete_ours")
        if place.sort == "file" and choice == "ours" and place.why == "deleted-here":
            return self._say("resolve.keep_deleted")
        return self._say(f"resolve.{_CHOICES[choice]}")

    def _where(self, place: Place) -> str:
        if place.sort == "file":
            return self._say("resolve.whole_file")
        if place.sort == "key":
            return self._say("resolve.key", key=place.key)
        return self._say("resolve.under", heading=place.heading) if place.heading else ""


def _words(before: str | None, after: str) -> Iterator[Words]:
    old, new = (before or "").strip("\n"), after.strip("\n")
    if not old.strip() or len(old) + len(new) > LONGEST:
        yield Words(Sort.SAME, new)
    else:
        yield from marked(old, new)


def _filled(name: str, frame: Mapping[str, Any], **values: Any) -> str:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_read(name)).render(frame, **values)


def _read(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def end_style() -> str:
    """Return what a policy calls the rules of style that stand in the last page, https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    style = _read("end.html").partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
