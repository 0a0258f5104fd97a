"""What is searched: one document, as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """A page of the site, or a source's item, in plain text.

    Attributes:
        address: What it is found by; unique, and the order of results that are equal otherwise.
        language: Tag of the language it is written in, such as `nn`.
        title: Its title; empty when it has none.
        headings: Its headings, in order.
        summary: What it is about, in a sentence or two; empty when nobody wrote one.
        body: Its text.
        tags: Its keywords.
        names: Names of the competences and roles it is for.
        facets: Facet → values, such as `kind` → `("course",)`.
    """

    address: str
    language: str = "nb"
    title: str = ""
    headings: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
