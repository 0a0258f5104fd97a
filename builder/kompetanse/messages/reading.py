"""The tables of words, as their files hold them.

Reading the files takes longer than all that small commands do with the words, so what they say is kept as JSON beside Python's
own compiled modules, under a hash of what it was read from. Where it cannot be kept, they are read each time.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any


def words_of(file: Path) -> Mapping[str, Any]:
    """Return what a file of words says, in its order."""
    written = file.read_bytes()
    kept = _folder() / f"{file.stem}-{sha256(written).hexdigest()[:16]}.json"
    with suppress(OSError, ValueError):
        found: Mapping[str, Any] = json.loads(kept.read_bytes())
        return found
    found = tomllib.loads(written.decode())
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _keep(kept, json.dumps(found, ensure_ascii=False))
    return found


def _folder() -> Path:
    return Path(cache_from_source(__file__)).parent


def _keep(file: Path, text: str) -> None:
    """Write `file` whole or not at all; of two processes that do the last one wins, with the same."""
    file.parent.mkdir(parents=True, exist_ok=True)
    mine = file.with_suffix(f".{os.getpid()}")
    mine.write_text(text, encoding="utf-8")
    mine.replace(file)
