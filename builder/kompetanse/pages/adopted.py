"""«Kurs vi har tilpasset»: courses that came from other regions, and what is known of their sources.

It is made from what is committed: each course's record of origin and the offers that were kept. A build asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kompetanse.model.catalogue import alphabetical
from kompetanse.model.item import Course
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Adoption, Credit
from kompetanse.model.own_address import ADOPTED
from kompetanse.pages.lists import Listing
from kompetanse.pages.view import View

_REASONS = frozenset({"error", "licence", "outdated", "personal-data"})


@dataclass(frozen=True, slots=True)
class Row:
    """An adopted course as the page shows it.

    Attributes:
        course: The course.
        credit: Whom it is credited to.
        source: Name of the source.
        states: What is known of it, in words.
        news: Whether there is something to do.
        changed: How many files say something else here.
    """

    course: Course
    credit: Credit
    source: str
    states: tuple[str, ...]
    news: bool
    changed: int


def courses(view: View) -> list[tuple[Course, Adoption]]:
    """Return the courses that came from elsewhere, each once, in alphabetical order."""
    catalogue = view.catalogue
    found = [
        (one, one.adopted)
        for one in catalogue.visible(Course)
        if one.adopted and catalogue.original(one) is one
    ]
    return sorted(found, key=lambda pair: (alphabetical(pair[0].title), str(pair[0].path)))


def pages(view: View) -> Iterator[tuple[str, Listing]]:
    """Yield address and text of the page; nothing when no course is adopted."""
    found = courses(view)
    if not found:
        return
    here = view.at(ADOPTED)
    rows = [_row(here, course, adoption) for course, adoption in found]
    title, lead = here.words("adopted.title"), here.words("adopted.lead")
    text = here.render("adopted.html", title=title, lead=lead, address=ADOPTED, rows=rows)
    yield ADOPTED, Listing(title, lead, text, tuple((one.course.title, one.course.address) for one in rows))


def _row(view: View, course: Course, adoption: Adoption) -> Row:
    offers = [one for one in view.site.offers if _is_of(one, adoption)]
    offer = next((one for one in offers if one.id == adoption.origin.id), None)
    states = tuple(_states(view, adoption, offer, known=bool(offers)))
    return Row(
        view.mine(course),
        adoption.origin.credit,
        adoption.origin.source,
        states or (view.words("adopted.state.current" if offer else "adopted.state.unknown"),),
        bool(states),
        len(adoption.changed),
    )


def _is_of(offer: Offer, adoption: Adoption) -> bool:
    origin = adoption.origin
    return offer.source == origin.source or (offer.region is not None and offer.region == origin.region)


def _states(view: View, adoption: Adoption, offer: Offer | None, *, known: bool) -> Iterator[str]:
    """Yield what somebody should see to, in words."""
    origin = adoption.origin
    if origin.pending:
        yield view.count("adopted.state.waiting", len(origin.pending.files))
    if offer is None:
        if known:
            yield view.words("adopted.state.gone")
        return
    if offer.withdrawn:
        reason = offer.withdrawn if offer.withdrawn in _REASONS else "other"
        yield view.words("adopted.state.withdrawn", reason=view.words(f"offers.reason.{reason}"))
        return
    if (offer.licence or "") != origin.credit.licence:
        yield view.words("adopted.state.licence", licence=offer.licence or view.words("adopted.no_licence"))
    if offer.path is not None and offer.path != str(origin.path) and not offer.path.endswith(".md"):
        yield view.words("adopted.state.moved")
    if _is_newer(offer, origin.tree):
        yield view.words("adopted.state.news")


def _is_newer(offer: Offer, tree: str) -> bool:
    """Tell whether the source has another version than ours; a catalogue's hash is no id of a tree and says nothing here."""
    return bool(offer.version) and len(offer.version or "") == len(tree) and offer.version != tree
