"""The one configuration of Markdown → HTML: the site, packages and search all read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": False},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"use_pygments": True, "guess_lang": False},
    "pymdownx.betterem": {},
    "sane_lists": {},
}
"""Names and options of Python-Markdown's extensions, in the order they are registered."""
