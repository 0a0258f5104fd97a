"""A part of a package as the text and the questions of a lesson."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kompetanse.importers import html_text, own_flat
from kompetanse.importers.asked import Asked, Fitting, plain
from kompetanse.importers.found_course import FoundLesson, Loss
from kompetanse.importers.language_guess import guess
from kompetanse.importers.manifest import Node, Resource
from kompetanse.importers.media import PICTURES, Shelf
from kompetanse.importers.package_kinds import link_of, lost, topic_of
from kompetanse.importers.package_places import PackagePlaces
from kompetanse.importers.package_plan import PAGES, Part, is_page, is_questions
from kompetanse.importers.package_tests import exams
from kompetanse.importers.pages import open_page
from kompetanse.importers.saying import Saying
from kompetanse.importers.sections import heading, is_alike, joined, lowered, without_title
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.wording import wording
from kompetanse.model.quiz import Question


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says: its heading of level 1, what it is called, and its text; each may be empty."""

    heading: str
    title: str
    body: str


@dataclass
class PackageText:
    """The lessons of a package, one at a time.

    Attributes:
        source: The package.
        shelf: Where its files go.
        fitting: Takes in its questions.
        lessons: Entry of each page → the number of its lesson.
        losses: What was not carried over.
        language: BCP 47 tag that the first page names which names one.
    """

    source: Unpacked
    shelf: Shelf
    fitting: Fitting
    lessons: Mapping[str, int]
    losses: list[Loss] = field(default_factory=list)
    language: str | None = None
    _questions: list[Question] = field(default_factory=list)
    _found_title: str = ""
    _same: str = ""

    def lesson(self, part: Part, number: int) -> FoundLesson:
        """Return a part as a lesson; `number` is its place, from 1."""
        body, title = self.text(part)
        questions, self._questions = tuple(self._questions), []
        words = wording(self.fitting.language)
        unnamed = words.questions if questions and not body else words.lesson.format(number=number)
        return FoundLesson(title or unnamed, body, questions, language=guess(body))

    def text(self, part: Part) -> tuple[str, str]:
        """Return the text of a part, and its title."""
        self._found_title = ""
        self._same = next(part.pages, "")
        first, *rest = part.nodes
        blocks = list(self._inside(first, 2, part.title))
        for node in rest:
            blocks += self._node(node, 2, part.title)
        return joined(blocks), part.title or self._found_title

    def _inside(self, node: Node, level: int, lesson: str) -> Iterator[str]:
        """Yield the blocks of a row whose title stands above them already."""
        if node.resource:
            yield from self._resource(node.resource, node.title, level - 1, lesson)
        for child in node.children:
            yield from self._node(child, level, lesson)

    def _node(self, node: Node, level: int, lesson: str) -> Iterator[str]:
        """Yield the blocks of a row; the first page of a lesson has no heading where it is called as the lesson."""
        entry = node.resource.entry if node.resource and is_page(node.resource) else None
        has_page = entry is not None
        is_same = entry == self._same and node.title.casefold() in (lesson.casefold(), "")
        if node.title and not is_same and (has_page or node.children):
            yield heading(level, node.title)
            yield from self._inside(node, level + 1, node.title)
        else:
            yield from self._inside(node, level, lesson)

    def _where(self, name: str) -> str:
        return f"{self.source.file.name}: {name}"

    def _resource(self, resource: Resource, title: str, level: int, lesson: str) -> Iterator[str]:
        name = title or resource.entry or resource.href or resource.id
        if resource.kind.startswith("imswl"):
            yield self._link(resource, title, name)
        elif topic := topic_of(self.source, resource):
            saying = Saying(self._where(name), self.fitting.losses, self._places(resource.entry or ""))
            asked = Asked(self._where(name), saying.block(topic.html), title=title or topic.title)
            self.fitting.exercise(asked, "", f"{topic.kind} needs others, or somebody who reads the answer")
            yield self._taken()
        elif resource.entry is None:
            self._lose(
                name, "what it opens", "its file is not in the package. Export it again, or find the file"
            )
        elif is_page(resource):
            yield from self._page(resource, resource.entry, level, lesson)
        elif is_questions(resource):
            yield from self._tests(resource.entry)
        elif resource.kind == "webcontent" or "learning-application-resource" in resource.kind:
            yield self._file(resource.entry, name)
        else:
            self._lose(name, *lost(resource))

    def _lose(self, name: str, what: str, why: str) -> None:
        self.losses.append(Loss(self._where(name), what, why))

    def _places(self, entry: str) -> PackagePlaces:
        return PackagePlaces(self.source, entry, self.shelf, self.lessons)

    def _link(self, resource: Resource, title: str, name: str) -> str:
        row = link_of(self.source, resource, title)
        if row is None:
            self._lose(name, "a link", "it leads to no address on the web")
        return row or ""

    def _page(self, resource: Resource, entry: str, level: int, lesson: str) -> Iterator[str]:
        page = self._read(entry)
        self._found_title = self._found_title or page.title
        if page.heading and lesson and not is_alike(page.heading, lesson):
            yield f"**{plain(page.heading)}**"
        yield lowered(without_title(page.body, lesson or self._found_title), level - 1)
        if not page.body:
            yield from self._pages_inside(resource, entry, level + 1)

    def _pages_inside(self, resource: Resource, entry: str, level: int) -> Iterator[str]:
        """Yield the other pages of a resource whose own page says nothing: a frame or a script shows them."""
        names = [one for one in resource.files if one.lower().endswith(PAGES) and one != entry]
        pages = [
            page for page in map(self._read, (one for one in names if one not in self.lessons)) if page.body
        ]
        if pages:
            why = "a frame or a script shows them; here they stand as the manifest lists them"
            self._lose(entry, "the order of its pages", why)
        else:
            self._lose(entry, "the page", "there is no text in it: it is empty, or a script writes it")
        for page in pages:
            yield heading(level, page.title) if page.title else ""
            yield lowered(without_title(page.body, page.title), level - 1)

    def _read(self, entry: str) -> _Page:
        page = open_page(self.source, entry)
        own_flat.mark(page.root)
        self.language = self.language or page.head.language
        found = html_text.written(page.root, self._places(entry), self._where(entry))
        self.losses += found.losses
        return _Page(found.title, found.title or clean(page.head.title), found.body.strip())

    def _tests(self, entry: str) -> Iterator[str]:
        for exam in exams(self.source, entry, self._places(entry), self.fitting):
            self._found_title = self._found_title or exam.title
            self._questions += exam.test.questions
            self.losses += exam.test.losses
            yield exam.test.body

    def _taken(self) -> str:
        test = self.fitting.taken()
        self.losses += test.losses
        return test.body

    def _file(self, entry: str, title: str) -> str:
        kept = self.shelf.put(posixpath.basename(entry), self.source.keep(entry), self._where(entry))
        if kept is None:
            return ""
        self._found_title = self._found_title or title
        if PurePosixPath(kept).suffix in PICTURES:
            return f"![{plain(title)}]({kept})"
        return f"- [{plain(title)}]({kept})"
