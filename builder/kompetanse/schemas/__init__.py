"""The JSON Schemas that we publish, as files beside this one, so that no program that only publishes them has to make them.

They are written from the classes that read: `content/schema.py`, `content/catalogue_keys.py` and `evidence/assessment.py`.
`tests/test_schemas.py` fails where one says something else, and `--update-expected` writes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

KINDS = ("role", "competence", "course", "module", "session", "programme", "page", "region")
"""Kinds of front matter, and `region.yml`."""

OTHERS = ("assessment", "catalogue")
"""Files that people and regions hand each other."""


def published(name: str) -> Mapping[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one of `KINDS` or `OTHERS`."""
    file = Path(__file__).with_name(f"{name}.schema.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
