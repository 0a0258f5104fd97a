"""The item that a person names on the command line."""

from __future__ import annotations

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.nearest import nearest
from kompetanse.errors import KompetanseError


def wanted(library: Library, id_: str) -> Document:
    """Return the item with the id `id_`.

    Raises:
        KompetanseError: When there is none; names the nearest.
    """
    found = library.by_id.get(id_)
    if found is None:
        near = " or ".join(nearest(id_, library.by_id))
        raise KompetanseError(f"Nothing has the id {id_!r}." + (f" Did you mean {near}?" if near else ""))
    return found
