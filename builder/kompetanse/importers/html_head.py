"""What a page says of itself in its head: title, language, author, licence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kompetanse.importers.html_tree import document
from kompetanse.model.licence import LICENCES

_KINDS = "|".join(("by-nc-nd", "by-nc-sa", "by-nc", "by-nd", "by-sa", "by"))
_CREATIVE_COMMONS = re.compile(
    rf"creativecommons\.org/licenses/({_KINDS})/4\.0|\bCC[ -]({_KINDS})[ -]4\.0", re.IGNORECASE
)
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/1\.0|\bCC0\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself; each is empty or None where it does not say.

    Attributes:
        title, description, author: Words without markup.
        language: BCP 47 tag.
        licence: SPDX identifier.
    """

    title: str = ""
    description: str = ""
    author: str = ""
    language: str | None = None
    licence: str | None = None


def head(html: str) -> Head:
    """Return what `html` says of itself."""
    root = document(html)
    said = {
        str(one.get("name") or one.get("property") or "").lower(): str(one.get("content") or "")
        for one in root.iter("meta")
    }
    title = next((one for one in root.iter("title")), None)
    rights = [
        str(one.get("href"))
        for one in root.iter("link", "a")
        if "license" in (one.get("rel") or "").lower().split()
    ]
    licences = (
        licence_in(one)
        for one in (
            *rights,
            said.get("license", ""),
            said.get("dcterms.license", ""),
            said.get("dc.rights", ""),
        )
    )
    return Head(
        " ".join((title.text or "").split()) if title is not None else "",
        " ".join((said.get("description") or said.get("og:description") or "").split()),
        " ".join((said.get("author") or said.get("dc.creator") or "").split()),
        str(
            root.get("lang")
            or root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or said.get("dc.language")
            or ""
        )
        or None,
        next(filter(None, licences), None),
    )


def licence_in(text: str) -> str | None:
    """Return the licence that a text or address names; None when it names none that we know, or a version other than ours."""
    if text.strip() in LICENCES:
        return text.strip()
    found = _CREATIVE_COMMONS.search(text)
    if found:
        return f"CC-{(found[1] or found[2]).upper()}-4.0"
    named = (one.id for one in LICENCES.values() if one.name.lower() in text.lower() or one.url in text)
    return "CC0-1.0" if _ZERO.search(text) else next(named, None)
