"""From catalogue to documents: what each item that stands in the site's lists is found by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import (
    Competence,
    Course,
    Item,
    ItemId,
    Module,
    Programme,
    Role,
    Session,
    kind_of,
)
from kompetanse.model.quiz import QUIZ, parse
from kompetanse_search.document import Document, Heading
from kompetanse_search.finished_text import read
from kompetanse_search.relations import Relations
from kompetanse_search.source import Html
from kompetanse_search.translations import learnt
from kompetanse_search.word_lists import PAIRS

Roles = Mapping[ItemId, Iterable[ItemId]]
"""Course → the roles it serves; ids are those of originals."""

MINUTES = (15, 30, 60, 120, 240)
"""Upper ends of the classes of how long something takes; what takes longer is `more`."""

_EMPTY_LINK = re.compile(r"\[\](?=\(\s*id:([a-z0-9-]+))")
_UNNAMED_BLOCK = re.compile(
    r"^([ \t]*(?:!!!|\?\?\?\+?) (?:instructor|exercise|example|keypoints))[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it will be searched: everything but its text, which takes time to make.

    Attributes:
        address: As on the site.
        language: Its language.
        title, summary, tags: As its author wrote them.
        markdown: Its text, as its author wrote it.
        linked: Ids of items that links of its text leave to us to name, and their titles.
        rows: What its page says beside the text, such as the levels of a competence.
        names: Names of the competences and roles it is for, in its language.
        facets: Facet → values, ids where they are items.
    """

    address: str
    language: str
    title: str
    summary: str
    tags: tuple[str, ...]
    markdown: str
    linked: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    names: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]

    @property
    def digest(self) -> str:
        """The same for the same entry; another when anything of it has changed."""
        lists = [
            self.tags,
            self.rows,
            self.names,
            [part for one in self.linked for part in one],
            *((name, *self.facets[name]) for name in sorted(self.facets)),
        ]
        parts = (self.address, self.language, self.title, self.summary, self.markdown, *map("\2".join, lists))
        return hashlib.sha256("\1".join(parts).encode()).hexdigest()

    def read(self, html: Html) -> tuple[Document, tuple[Heading, ...]]:
        """Return the entry with its text, and what leads to each of its headings."""
        text = read(html(_searched(self.markdown, dict(self.linked))))
        body = "\n".join(filter(None, (text.body, *self.rows)))
        headings = tuple(one.text for one in text.headings)
        whole = Document(
            self.address,
            self.language,
            self.title,
            headings,
            self.summary,
            body,
            self.tags,
            self.names,
            self.facets,
        )
        return whole, text.headings


def entries(catalogue: Catalogue, roles: Roles) -> tuple[Entry, ...]:
    """Return every item of `catalogue` that stands in the site's lists, by address."""
    made = [_entry(catalogue, roles, item) for item in catalogue.published(Item)]
    return tuple(sorted(made, key=lambda one: one.address))


def seeds(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names that compounds may be cut into before the site has used them alone."""
    return tuple(sorted({one.title for kind in (Role, Competence) for one in catalogue.published(kind)}))


def relations(catalogue: Catalogue, synonyms: Iterable[tuple[str, ...]] = ()) -> Relations:
    """Return the synonyms of a region, our own pairs of bokmål and nynorsk, and those that its translations teach."""
    titles = (
        (original.title, other.title)
        for original in catalogue.originals(Item)
        for other in catalogue.translations(original)
        if {original.language, other.language} == {"nb", "nn"}
    )
    return Relations.of(synonyms, (*PAIRS, *learnt(titles)))


def _entry(catalogue: Catalogue, roles: Roles, item: Item) -> Entry:
    competences = tuple(dict.fromkeys(_competences(catalogue, item)))
    served = tuple(dict.fromkeys(_served(catalogue, roles, item)))
    return Entry(
        item.address,
        item.language,
        item.title,
        item.summary or "",
        item.tags,
        item.body,
        tuple(_linked(catalogue, item.body)),
        tuple(_rows(item)),
        tuple(_titles(catalogue, item, (*competences, *served))),
        _facets(catalogue, item, competences, served),
    )


def _facets(
    catalogue: Catalogue, item: Item, competences: tuple[ItemId, ...], served: tuple[ItemId, ...]
) -> dict[str, tuple[str, ...]]:
    course = _course(catalogue, item)
    level = max((target.level for target in course.teaches), default=None) if course else None
    found: dict[str, tuple[str, ...]] = {
        "kind": (kind_of(item),),
        "role": served,
        "competence": competences,
        "level": (str(level),) if level else (),
        "language": (item.language,),
        "region": (catalogue.region.id,),
        "delivery": (course.delivery,) if course else (),
        "minutes": _minutes(catalogue, item),
        "licence": (item.licence,),
    }
    return {facet: values for facet, values in found.items() if values}


def _course(catalogue: Catalogue, item: Item) -> Course | None:
    """Return `item`, or the course that it belongs to."""
    if isinstance(item, Session):
        return catalogue.course_of(item)
    of = catalogue.items.get(item.course) if isinstance(item, Module) and item.course else item
    return of if isinstance(of, Course) else None


def _competences(catalogue: Catalogue, item: Item) -> Iterator[ItemId]:
    """Yield the ids of the originals of the competences that `item` is about."""
    wanted: Iterable[ItemId] = ()
    course = _course(catalogue, item)
    if isinstance(item, Competence):
        wanted = (item.id,)
    elif isinstance(item, Role):
        wanted = (one.requirement.competence for one in catalogue.requirements(item))
    elif course:
        wanted = (target.competence for target in course.teaches)
    yield from _originals(catalogue, wanted)


def _served(catalogue: Catalogue, roles: Roles, item: Item) -> Iterator[ItemId]:
    """Yield the ids of the originals of the roles that `item` is for."""
    course = _course(catalogue, item)
    wanted: Iterable[ItemId] = ()
    if isinstance(item, Role):
        wanted = (item.id,)
    elif isinstance(item, Competence):
        wanted = (role.id for role in catalogue.roles_requiring(catalogue.original(item)))
    elif isinstance(item, Programme):
        wanted = item.audience
    elif course:
        wanted = roles.get(catalogue.original(course).id, ())
    yield from _originals(catalogue, wanted)


def _originals(catalogue: Catalogue, ids: Iterable[ItemId]) -> Iterator[ItemId]:
    found = (catalogue.items.get(id_) for id_ in ids)
    return (catalogue.original(one).id for one in found if one and catalogue.shows(one))


def _titles(catalogue: Catalogue, item: Item, ids: Iterable[ItemId]) -> Iterator[str]:
    family = {item.id, catalogue.original(item).id}
    found = (catalogue.items[id_] for id_ in ids if id_ not in family)
    return (catalogue.in_language(one, item.language).title for one in found)


def _minutes(catalogue: Catalogue, item: Item) -> tuple[str, ...]:
    length = None
    if isinstance(item, Course):
        length = catalogue.duration_of(item)
    elif isinstance(item, Module):
        length = item.duration
    if length is None:
        return ()
    return (next((str(end) for end in MINUTES if length.study_minutes <= end), "more"),)


def _rows(item: Item) -> Iterator[str]:
    """Yield what the page of `item` says beside its text, in plain words."""
    if isinstance(item, Competence):
        yield from item.levels
    if isinstance(item, Course | Module):
        yield from item.objectives
    if isinstance(item, Course):
        yield from item.equipment
    if isinstance(item, Session) and item.place:
        yield item.place
    yield from (routine.title for routine in item.routines)


def _linked(catalogue: Catalogue, text: str) -> Iterator[tuple[str, str]]:
    """Yield the ids that links without words lead to, each once, and the titles of these items."""
    found = _EMPTY_LINK.findall(text) if "[](" in text else ()
    return ((id_, _title(catalogue, id_)) for id_ in dict.fromkeys(found))


def _searched(text: str, linked: Mapping[str, str]) -> str:
    """Return `text` as it is searched: links named, blocks without our own words, questions without their answers."""
    if "<quiz>" in text:
        text = QUIZ.sub(_asked, text)
    if "!!!" in text or "???" in text:
        text = _UNNAMED_BLOCK.sub(r'\1 ""', text)
    if linked:
        text = _EMPTY_LINK.sub(lambda match: f"[{linked.get(match[1], '')}]", text)
    return text


def _asked(match: re.Match[str]) -> str:
    """Return a question and its options. Which are right, and why, is folded on the page and not for the search."""
    question = parse(match[1])
    return "\n".join((question.stem, "", *(f"- {option.text}" for option in question.options)))


def _title(catalogue: Catalogue, id_: str) -> str:
    found = catalogue.items.get(ItemId(id_))
    return re.sub(r"[\[\]]", "", found.title) if found and catalogue.shows(found) else ""
