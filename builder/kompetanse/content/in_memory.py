"""The library of files that lie in no folder here: those of another region."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from kompetanse.content import files
from kompetanse.content.collecting import no_collecting
from kompetanse.content.document import understand
from kompetanse.content.library import Library
from kompetanse.model.region import Region


@no_collecting()
def library_of(region: Region, contents: Mapping[PurePosixPath, bytes]) -> Library:
    """Return the library of Markdown files by path from the root of their region, whose problems are not ours to tell."""
    loaded = [
        (path, understand(path, files.decode(path, data), region)[0]) for path, data in contents.items()
    ]
    unreadable = [path for path, document in loaded if document is None]
    return Library(region, [document for _, document in loaded if document], (), unreadable)
