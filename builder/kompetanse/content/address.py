"""From the path of a file to the address of its page, its language and the id it gets when it names none."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from kompetanse.model.slug import slug

_LANGUAGES = frozenset(
    {"nb", "nn", "no", "en", "se", "sma", "smj", "fkv", "da", "sv", "fi", "de", "fr", "es", "pl", "uk"}
)
_SUFFIX = re.compile(r"^(.+)\.([a-z]{2,3})$")
_INDEX = frozenset({"index", "_index"})


def language_of(path: PurePosixPath) -> str | None:
    """Return the language that the file's name ends in (`index.nn.md`), or None."""
    match = _SUFFIX.match(path.stem)
    return match[2] if match and match[2] in _LANGUAGES else None


def stem_of(path: PurePosixPath) -> str:
    """Return the file's name without ending and language."""
    return path.stem.rpartition(".")[0] if language_of(path) else path.stem


def is_index(path: PurePosixPath) -> bool:
    """Tell whether the file is the page of its folder."""
    return stem_of(path).lower() in _INDEX


def original_of(path: PurePosixPath) -> PurePosixPath:
    """Return the path of the file that `path` translates by its name; `path` itself without a language."""
    return path.with_name(stem_of(path) + path.suffix)


def address_of(path: PurePosixPath, language: str) -> str:
    """Return the address of the page of `path` (`content/kurs/brann/index.md` → `kurs/brann/`).

    Args:
        path: File, relative to the region's root; its first part is the content folder.
        language: The region's own language; another one in the file's name comes first: `nn/kurs/brann/`.
    """
    own = language_of(path)
    prefix = f"{own}/" if own and own != language else ""
    folder = _folder("/".join(path.parts[1:-1]))
    name = "" if is_index(path) else f"{slug(stem_of(path)) or 'side'}/"
    return prefix + folder + name


@lru_cache(maxsize=4096)
def _folder(path: str) -> str:
    return "".join(f"{slug(part) or 'mappe'}/" for part in path.split("/") if part)


def short_id(path: PurePosixPath, language: str) -> str:
    """Return the id that the file's name gives: the folder's name for its index, else the file's own."""
    folder = path.parts[-2] if len(path.parts) > 2 else "forside"
    name = slug(folder if is_index(path) else stem_of(path)) or "side"
    own = language_of(path)
    return f"{name}-{own}" if own and own != language else name


def long_id(path: PurePosixPath, language: str) -> str:
    """Return the id that the whole path gives, for files whose short ids meet."""
    return slug(address_of(path, language)) or "forside"
