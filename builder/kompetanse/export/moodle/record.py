"""Records of a database as Moodle writes them in a backup: each field is an element."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from kompetanse.export.elements import element

NULL = "$@NULL@$"
"""How a backup writes that a field has no value."""


def record(tag: str, fields: Mapping[str, object], **attributes: object) -> Markup:
    """Return one record.

    Args:
        tag: Name of its table.
        fields: Its fields in their order; None is written as `NULL`.
        attributes: Its number, `id`, and what else stands beside it.
    """
    return element(tag, *(field(name, value) for name, value in fields.items()), **attributes)


def field(name: str, value: object) -> Markup:
    """Return one field."""
    if value == NULL:
        value = f"{value}\u200b"  # an author's own words, and no missing value
    return element(name, NULL if value is None else value)
