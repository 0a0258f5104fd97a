"""What every page is written with: the catalogue, its history, the day, and the words of the page's own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup, escape

from kompetanse.learning.audience import Audience, audience
from kompetanse.learning.offered import Offered, offered
from kompetanse.messages import plural, spoken, table, table_text, text
from kompetanse.model.catalogue import Catalogue, Kind
from kompetanse.model.duration import Duration
from kompetanse.model.history import Change, History
from kompetanse.model.item import Course, Item, ItemId, Level, Module, Page, Session, kind_of, read_under
from kompetanse.model.licence import LICENCES, Licence
from kompetanse.model.offer import Offer
from kompetanse.model.own_address import in_language
from kompetanse.model.package import Package
from kompetanse.model.version import Version
from kompetanse.pages import wording
from kompetanse.pages.credit import Adoptions, Credited, adoptions, chain, credited, sentence
from kompetanse.pages.filling import filled
from kompetanse.pages.relative import relative

_TITLE = "\x00title\x00"
"""Stands in words where a marked title goes; no author can write it."""

_NOTHING = Markup()


@dataclass(frozen=True)
class Site:
    """What all pages share.

    Attributes:
        catalogue: All items.
        history: What git knows of the files.
        today: The day that lists of sessions and reviews are made for.
        versions: Which version of each course a fork takes.
        offers: What other regions offer.
        packages: The packages of each course that the site offers; none unless they are built.
    """

    catalogue: Catalogue
    history: History
    today: date
    versions: Mapping[ItemId, Version] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    packages: Mapping[ItemId, tuple[Package, ...]] = field(default_factory=dict)

    @cached_property
    def audience(self) -> Audience:
        """Whom each course and its sessions are for."""
        return audience(self.catalogue)

    @cached_property
    def offered(self) -> Offered:
        """What other regions offer, seen from this one."""
        return offered(self.catalogue, self.offers, self.versions)

    @cached_property
    def adoptions(self) -> Adoptions:
        """The courses that came from elsewhere, by their folder."""
        return adoptions(self.catalogue)

    def with_texts(self, texts: Mapping[ItemId, str], versions: Mapping[ItemId, Version]) -> Site:
        """Return this site with some other texts of items that are else the same, and the versions that they make."""
        found = replace(self, catalogue=self.catalogue.with_texts(texts), versions=versions)
        kept = ["audience", "adoptions"]  # none reads a text, nor a version
        kept += [] if self.offers and versions is not self.versions else ["offered"]
        found.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return found

    def credited(self, item: Item) -> Credited | None:
        """Return whom the page of `item` credits; None when its text is our own."""
        return credited(self.adoptions, item)

    @property
    def publisher(self) -> str:
        """Who publishes the site."""
        return self.catalogue.region.publisher or self.catalogue.region.name

    def view(self, address: str, language: str) -> View:
        """Return what the page at `address` is written with."""
        return View(self, address, language)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which the site's own pages are made, the region's own first: those that we have words in."""
        return spoken(self.catalogue.region.languages)

    def own(self, address: str) -> Page | None:
        """Return the region's own page at an address of ours."""
        return next((item for item in self.catalogue.visible(Page) if item.address == address), None)

    def changed(self, item: Item) -> Change | None:
        """Return the last change of `item`; of a course, that of anything in it."""
        files = [item.path]
        if isinstance(item, Course):
            files += [module.path for module in self.catalogue.modules_of(item)]
        found = [change for file in files if (change := self.history.changes.get(file))]
        return max(found, key=lambda change: change.day, default=None)

    def source_link(self, item: Item, action: str) -> str | None:
        """Return the address at the git host where `item` is edited (`edit`) or its past is seen (`commits`).

        The forms are those of GitHub, which Forgejo and Gitea redirect, and of GitLab, whose hosts say so in their name.
        """
        repository = self.catalogue.region.repository
        if not repository:
            return None
        if "gitlab" in repository:
            return f"{repository}/-/{action}/main/{item.path}"
        if "github" in repository:
            return f"{repository}/{action}/main/{item.path}"
        verb = {"edit": "_edit", "commits": "commits/branch"}[action]
        return f"{repository}/{verb}/main/{item.path}"


@dataclass(frozen=True)
class View:
    """What one page is written with.

    Attributes:
        site: What all pages share.
        address: Where the page lies.
        language: Language of its words.
    """

    site: Site
    address: str
    language: str

    def render(self, template: str, body: str = "", /, **values: Any) -> str:
        """Return the Markdown of a page: the HTML of `template`, and `body` at its place."""
        return filled(template, body, view=self, t=partial(text, self.language), **values)

    @cached_property
    def catalogue(self) -> Catalogue:
        """All items."""
        return self.site.catalogue

    def words(self, key: str, **values: object) -> str:
        """Return the site's own words in the page's language."""
        return text(self.language, key, **values)

    def naming(self, key: str, item: Item) -> Markup:
        """Return words with the title of `item` in them, which names its language when that is not the page's."""
        lang = self.lang(item)
        title = Markup('<span lang="{}">{}</span>').format(lang, item.title) if lang else escape(item.title)
        return Markup(str(escape(self.words(key, title=_TITLE))).replace(_TITLE, title))  # noqa: S704 (escaped)

    def count(self, key: str, number: int) -> str:
        """Return words for so many."""
        return plural(self.language, key, number)

    def href(self, address: str) -> str:
        """Return the relative address of another page or file of the site."""
        return relative(self.address, address)

    def link(self, item: Item) -> str:
        """Return the relative address of the page of `item`."""
        return self.href(item.address)

    def place(self, address: str) -> str:
        """Return where the site's own page at `address` lies in the page's language, or else in the region's."""
        return in_language(address, *self._languages)

    @cached_property
    def _languages(self) -> tuple[str, str]:
        """The language of the site's own pages that this page leads to, and that of the region."""
        own = self.catalogue.region.language
        return (self.language if self.language in self.site.languages else own), own

    def at(self, address: str) -> View:
        """Return what the site's own page at `address` is written with, in the page's language."""
        return View(self.site, self.place(address), self.language)

    def own_href(self, address: str) -> str:
        """Return the relative address of the site's own page at `address`, in the page's language."""
        return self.href(self.place(address))

    def elsewhere(self, address: str) -> list[tuple[str, str]]:
        """Return the other languages of the site's own page at `address`, each with where it lies there."""
        others = (self.site.view("", one) for one in self.site.languages if one != self.language)
        return [(one.language, self.href(one.place(address))) for one in others]

    def name_of_language(self, language: str) -> str:
        """Return the name of `language` in that language itself, as its readers look for it."""
        return wording.language_name(language, language)

    def table(self, *names: str) -> dict[str, str]:
        """Return the site's own words under each of `names`, for scripts."""
        return table(self.language, names)

    def script_words(self, *names: str) -> str:
        """Return `table` as JSON, for an attribute `data-words`."""
        return table_text(self.language, names)

    def module_ids(self, course: Course) -> str:
        """Return the ids of the modules of `course`, by which progress is kept: one for all languages."""
        return " ".join(self.catalogue.original(one).id for one in self.catalogue.modules_of(course))

    def item(self, id_: ItemId | str) -> Item | None:
        """Return an item that has a page, in the page's language where there is one."""
        found = self.catalogue.items.get(ItemId(id_))
        if found is None or not self.catalogue.shows(found):
            return None
        return self.catalogue.in_language(found, self.language)

    def items(self, ids: Any) -> list[Item]:
        """Return the items of `ids` that have a page."""
        return [found for id_ in ids if (found := self.item(id_))]

    def mine(self, item: Kind) -> Kind:
        """Return `item` in the page's language where there is one."""
        return self.catalogue.in_language(item, self.language)

    def lang(self, item: Item) -> str:
        """Return the language of `item` when it is not the page's, else nothing."""
        return item.language if item.language != self.language else ""

    def attr_lang(self, item: Item) -> Markup:
        """Return the attribute that names the language of `item` when it is not the page's, else nothing."""
        lang = self.lang(item)
        return Markup(f' lang="{escape(lang)}"') if lang else _NOTHING  # noqa: S704 (escaped)

    def link_to(self, item: Item) -> Markup:
        """Return a link to the page of `item` with its title."""
        href, title = escape(self.link(item)), escape(item.title)
        return Markup(f'<a href="{href}"{self.attr_lang(item)}>{title}</a>')  # noqa: S704 (escaped)

    def links_to(self, items: Iterable[Item]) -> Markup:
        """Return a link to each of `items`."""
        return Markup(", ").join(map(self.link_to, items))

    def day(self, when: date) -> str:
        """Return a date in words."""
        return wording.day(self.language, when)

    def length(self, duration: Duration) -> str:
        """Return a length of time in words."""
        return wording.length(self.language, duration)

    def period(self, starts: datetime, ends: datetime) -> str:
        """Return when something is held, in words."""
        return wording.period(self.language, starts, ends)

    def month(self, when: date) -> str:
        """Return a month with its year."""
        return wording.month(self.language, when)

    def level(self, number: Level | int) -> str:
        """Return the word of a level."""
        return wording.level(self.language, number)

    def language_name(self, tag: str) -> str:
        """Return the name of a language."""
        return wording.language_name(self.language, tag)

    def licence(self, id_: str) -> Licence | None:
        """Return a licence by its SPDX identifier; None when nobody has settled it."""
        return LICENCES.get(id_)

    def credit(self, item: Item) -> tuple[Markup, list[Markup]] | None:
        """Return the credit of `item` in words, and those of whom its source had it from; None for our own text."""
        found = self.site.credited(item)
        if found is None:
            return None
        return sentence(self.language, self.site.publisher, found), chain(self.language, found)

    def kind(self, item: Item) -> str:
        """Return the `type:` of `item`."""
        return kind_of(item)

    def signup(self, session: Session) -> str | None:
        """Return the address at which one signs up for `session`, or a link to its mailbox."""
        written = session.signup
        return f"mailto:{written}" if written and "@" in written and ":" not in written else written

    def roles_served_by(self, course: Course | None) -> tuple[ItemId, ...]:
        """Return the ids of the roles that `course` serves."""
        return self.site.audience.roles.get(course.id, ()) if course else ()

    def course_level(self, course: Course) -> int | None:
        """Return the highest level that `course` teaches to."""
        return max((target.level for target in course.teaches), default=None)

    def module_address(self, course: Course, module: Module) -> str:
        """Return where `module` is read inside `course`: its own page, or under the course for a shared one."""
        if self.catalogue.original(course).id == module.course or course.id == module.course:
            return module.address
        return read_under(course.address, module.id)
