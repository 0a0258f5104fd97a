"""One content file as it was read: what it says of itself, and what its body holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from kompetanse.content import files
from kompetanse.content.address import address_of, language_of
from kompetanse.content.body import Outline
from kompetanse.content.frontmatter import Source, split
from kompetanse.content.schema import PageKeys
from kompetanse.content.validate import kind_of, validate
from kompetanse.errors import Problem
from kompetanse.model.region import Region


@dataclass(frozen=True)
class Document:
    """A file that could be split; `keys` is what its front matter validly says.

    Attributes:
        source: The file, split.
        keys: Its front matter; None when a required key is missing or wrong.
        region: Whose it is; fills in what the file leaves out.
    """

    source: Source
    keys: PageKeys | None
    region: Region

    @property
    def path(self) -> PurePosixPath:
        """File, relative to the region's root."""
        return self.source.path

    @property
    def kind(self) -> str:
        """The `type:`, or the nearest one that there is; a missing one makes a page."""
        return self.keys.type if self.keys else kind_of(self.source)

    @property
    def kind_is_known(self) -> bool:
        """Whether its author named a kind that there is, or one near enough to be sure."""
        return self.kind != "page" or self.source.meta.get("type", "page") == "page"

    @property
    def given_id(self) -> str | None:
        """The id its author gave it."""
        if self.keys:
            return self.keys.id
        found = self.source.meta.get("id")
        return found if isinstance(found, str) else None

    @cached_property
    def address(self) -> str:
        """Where its page lies, relative to the site."""
        return address_of(self.path, self.region.language)

    @cached_property
    def language(self) -> str:
        """BCP 47 tag: as the file says, else as its name ends, else the region's."""
        found = (self.keys.language if self.keys else None) or language_of(self.path) or self.region.language
        return "nb" if found == "no" else found

    @cached_property
    def standing(self) -> tuple[object, ...]:
        """What others go by that only find it: where it lies, its kind, and whether it holds and is a draft."""
        return self.path, self.kind, self.keys is not None, self.keys and self.keys.status

    @property
    def outline(self) -> Outline:
        """What its body holds."""
        return self.source.outline

    @cached_property
    def title(self) -> str:
        """Its title: as given, else its first heading, else its file's name."""
        if self.keys and self.keys.title:
            return self.keys.title
        first = next((heading.text for heading in self.outline.headings), None)
        return first or self.path.stem


def load(root: Path, path: PurePosixPath, region: Region) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one file: the document, if it could be split, and every problem of its form and front matter."""
    return understand(path, files.read(root, path), region)


def understand(
    path: PurePosixPath, text: str | Problem, region: Region
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document that `text`, or the problem of reading it, makes, and every problem of its form and front matter."""
    named = tuple(files.name_problems(path))
    source = text if isinstance(text, Problem) else split(path, text)
    if isinstance(source, Problem):
        return None, (*named, source)
    keys, problems = validate(source)
    return Document(source, keys, region), (*named, *problems)
