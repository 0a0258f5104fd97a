"""Whom a page credits: where its text came from, who made it, under which licence, and whether it was changed here.

CC BY 4.0 section 3(a)(1) asks for author, source, licence and that changes are said; NLOD 2.0 § 5 asks for the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from kompetanse.messages import text
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import Course, Item
from kompetanse.model.licence import LICENCES
from kompetanse.model.origin import Adoption, Credit
from kompetanse.pages import wording

Adoptions = Mapping[str, Adoption]


@dataclass(frozen=True, slots=True)
class Credited:
    """What one page owes to others.

    Attributes:
        origin: Whom its text came from.
        repository: A web address of its source; None when it has none that a reader can open.
        changed: Whether it says something else here.
        chain: Whom they had it from, the nearest first.
    """

    origin: Credit
    repository: str | None
    changed: bool
    chain: tuple[Credit, ...]

    @property
    def url(self) -> str | None:
        """Where a reader finds the source."""
        return self.origin.url or self.repository


def adoptions(catalogue: Catalogue) -> Adoptions:
    """Return the adopted courses by their folder."""
    found = (one for one in catalogue.items.values() if isinstance(one, Course))
    return {str(one.path.parent): one.adopted for one in found if one.adopted}


def credited(known: Adoptions, item: Item) -> Credited | None:
    """Return whom the page of `item` credits; None when its text is the region's own."""
    folder = next((one for one in _folders(str(item.path)) if one in known), None)
    if folder is None:
        return None
    adoption, path = known[folder], item.path.relative_to(folder)
    base = adoption.origin.files.get(path)
    if base is None:
        return None
    credit = adoption.origin.credit
    own = Credit(
        item.title if base.authors or base.licence else credit.title,
        base.authors or credit.authors,
        base.licence or credit.licence,
        credit.date,
        credit.url,
    )
    changed = bool(adoption.changed) if isinstance(item, Course) else path in adoption.changed
    return Credited(own, _web(adoption.origin.repository), changed, adoption.origin.chain)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that `path` lies in, the nearest first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)
    yield "."


def _web(repository: str) -> str | None:
    """Return a repository's address when a browser can open it."""
    parts = urlsplit(repository)
    return repository if parts.scheme == "https" and parts.hostname else None


def sentence(language: str, publisher: str, one: Credited) -> Markup:
    """Return the credit in words, with links to source and licence."""
    said = _said(language, one.origin, one.url)
    key = "credit.changed" if one.changed else "credit.unchanged"
    return Markup("{} {}").format(said, escape(text(language, key)).format(publisher=publisher))


def chain(language: str, one: Credited) -> list[Markup]:
    """Return the credits of those that came before, in words."""
    return [_said(language, credit, credit.url) for credit in one.chain]


def plain(language: str, publisher: str, one: Credited) -> str:
    """Return the credit as text without links."""
    return sentence(language, publisher, one).striptags()


def _said(language: str, credit: Credit, url: str | None) -> Markup:
    words = escape(text(language, "credit.from" if credit.authors else "credit.from_nobody"))
    return words.format(
        title=credit.title,
        authors=", ".join(credit.authors),
        source=_linked(text(language, "credit.source"), url, "nofollow noopener"),
        version=_version(language, credit.date),
        licence=_licence(credit.licence),
    )


def _version(language: str, day: date | None) -> str:
    return text(language, "credit.version", day=wording.day(language, day)) if day else ""


def _licence(id_: str) -> Markup:
    known = LICENCES.get(id_)
    return _linked(known.name if known else id_, known.url if known else None, "license")


def _linked(words: str, url: str | None, rel: str) -> Markup:
    return Markup('<a rel="{}" href="{}">{}</a>').format(rel, url, words) if url else escape(words)


def data(language: str, publisher: str, one: Credited) -> dict[str, object]:
    """Return the credit as schema.org has it: `isBasedOn`, `creditText`, `creator`."""
    return {
        "isBasedOn": [
            _work(credit, one.url if credit is one.origin else credit.url)
            for credit in (one.origin, *one.chain)
        ],
        "creditText": plain(language, publisher, one),
        "creator": [{"@type": "Organization", "name": name} for name in one.origin.authors],
    }


def _work(credit: Credit, url: str | None) -> dict[str, object]:
    known = LICENCES.get(credit.licence)
    found = {
        "@type": "CreativeWork",
        "name": credit.title,
        "url": url,
        "author": [{"@type": "Organization", "name": name} for name in credit.authors],
        "license": known.url if known else credit.licence,
        "dateModified": str(credit.date) if credit.date else None,
    }
    return {key: value for key, value in found.items() if value}
