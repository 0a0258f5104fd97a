"""The templates of packages; everything that they are filled with is escaped."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kompetanse.export.reader"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )


def template(name: str) -> Template:
    """Return a template of this folder by its file's name."""
    return _environment().get_template(name)
