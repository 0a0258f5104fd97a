"""Templates as Jinja has compiled them, kept beside Python's own compiled modules.

They run, so they do not lie in the cache, which others may fill: whoever can write here can write our modules too. Where
nobody can, or Python is told to write none, they are compiled each time. A template that changed is known by a hash of
its text; the name holds all else that decides what it is compiled to.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

_DECIDING = ("Jinja2", "MarkupSafe", "mkdocs", "mkdocs-material")
_OWN = ("bytecode.py", "pages/filling.py", "pages/plain.py", "site/pressed.py")
"""Our own code that makes the environments of templates, and filters that Jinja may carry out beforehand."""


class Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates where they can be kept."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket`, or leave it empty."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in `bucket`; not being able to costs only time."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


@lru_cache
def compiled() -> Compiled:
    """Return what keeps the templates that our own code and MkDocs' renders."""
    folder = Path(cache_from_source(__file__)).parent / "templates"
    return Compiled(str(folder), f"{_mark()}-%s.bin")


def _mark() -> str:
    here = Path(__file__).parent
    versions = "\n".join(f"{name} {metadata.version(name)}" for name in _DECIDING)
    return sha256(
        b"\0".join([versions.encode(), *((here / name).read_bytes() for name in _OWN)])
    ).hexdigest()[:16]
