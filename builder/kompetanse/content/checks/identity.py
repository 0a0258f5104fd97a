"""Is every item somebody, and is everybody somewhere: ids and addresses that are there and stand once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.target import GENERATED
from kompetanse.errors import Problem, Severity

_NO_NAME = frozenset('<>:"|?*\\\0')
"""Signs that no folder can have on every system, and so no former address."""


def check(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with ids, addresses, redirects and translations."""
    yield from _ids(library)
    yield from _addresses(library)
    yield from _redirects(library)
    yield from _translations(library)


def _ids(library: Library) -> Iterator[Problem]:
    first: dict[str, Document] = {}
    for document in library.documents:
        id_ = library.id_of(document)
        if "id" not in document.source.meta and document.kind != "page":
            yield document.source.problem("id", "id-from-name", Severity.NOTICE, id=id_)
        known = first.setdefault(id_, document)
        if known is not document and (document.given_id or known.address != document.address):
            yield document.source.problem("id", "duplicate-id", id=id_, other=str(known.path))


def _addresses(library: Library) -> Iterator[Problem]:
    holders: dict[str, list[Document]] = defaultdict(list)
    for document in library.documents:
        holders[document.address].append(document)
    for address, documents in holders.items():
        for later in documents[1:]:
            values = {"address": f"/{address}", "other": str(documents[0].path)}
            yield Problem(later.path, 0, "", "duplicate-address", Severity.ERROR, values)


def _redirects(library: Library) -> Iterator[Problem]:
    taken = dict.fromkeys(library.by_address, "")
    for document in library.documents:
        for place, old in enumerate(document.keys.redirect_from if document.keys else ()):
            address = old.strip("/") + "/" if old.strip("/") else ""
            key = f"redirect_from[{place}]"
            if ".." in old.split("/") or _NO_NAME & set(old) or not address:
                yield document.source.problem(key, "bad-redirect", address=old)
            elif address in taken or address in GENERATED:
                yield document.source.problem(key, "redirect-taken", address=old)
            taken[address] = str(document.path)


def _translations(library: Library) -> Iterator[Problem]:
    for document in library.documents:
        original = library.by_id.get(library.original(document) or "")
        if original is None:
            continue
        key = "translation_of"
        if original.kind != document.kind:
            yield document.source.problem(
                key,
                "translation-of-other-kind",
                kind=document.kind,
                other_kind=original.kind,
                id=library.id_of(original),
            )
        elif original.language == document.language:
            yield document.source.problem(
                key, "translation-same-language", language=document.language, id=library.id_of(original)
            )
