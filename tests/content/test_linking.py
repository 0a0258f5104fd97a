"""Of a later library only those items are linked anew that look something else up in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import pytest
from tests.linked_region import FILES

from kompetanse.content.library import Library
from kompetanse.content.link import link
from kompetanse.content.linking import Linking
from kompetanse.content.reading import read_library_at
from kompetanse.content.versions import files_by_course

Region = Callable[[Mapping[str, str | bytes]], Path]


def _edit(root: Path, name: str, old: str, new: str) -> None:
    file = root / "content" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a title": lambda root: _edit(root, "kurs/brannkurs/index.md", "title: ", "title: Ny "),
    "a kind": lambda root: _edit(root, "kurs/brannkurs/01-alarm.md", "type: module", "type: page"),
    "an id": lambda root: _edit(root, "kurs/brannkurs/index.md", "title: ", "id: nytt-kurs\ntitle: "),
    "a file less": lambda root: (root / "content/kurs/brannkurs/01-alarm.md").unlink(),
    "a folder moved": lambda root: (root / "content/kurs/brannkurs").rename(root / "content/kurs/brann"),
    "no folder": lambda root: shutil.rmtree(root / "content/kurs/brannkurs"),
    "a file more": lambda root: shutil.copy(
        root / "content/kurs/brannkurs/01-alarm.md", root / "content/kurs/brannkurs/00-alarm.md"
    ),
    "the region": lambda root: (root / "region.yml").write_text("id: a\nname: Ny\nlicence: CC0-1.0\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_linked_of_a_later_library_is_what_is_linked_of_it_alone(region: Region, change: str) -> None:
    linking, root = Linking(), region(FILES)
    linking.take(read_library_at(root, "content"))
    CHANGES[change](root)
    library = read_library_at(root, "content")

    items, taken = linking.take(library)

    assert {item.id: item for item in items} == link(library).items
    assert taken == files_by_course(library)


def test_an_item_that_is_as_before_is_the_same_object(region: Region) -> None:
    linking, library = Linking(), read_library_at(region(FILES), "content")
    first, _ = linking.take(library)

    second, _ = linking.take(Library(library.region, library.documents, library.assets))

    assert all(one is other for one, other in zip(first, second, strict=True))


CONTENTS = {
    "a title": ("title: ", "title: Ny "),
    "a text": ("---\n\n", "---\n\n## Nytt\n\n[](id:brannkurs)\n\n"),
    "what is brought in": ("---\n\n", '---\n\n--8<-- "brannkurs"\n\n'),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", CONTENTS)
def test_what_is_linked_of_other_contents_is_what_is_linked_of_the_library_that_they_make(
    region: Region, name: str, change: str
) -> None:
    linking, root = Linking(), region(FILES)
    before = read_library_at(root, "content")
    linking.take(before)
    file = root / name
    if not name.endswith(".md"):
        return
    file.write_text(file.read_text(encoding="utf-8").replace(*CONTENTS[change], 1), encoding="utf-8")
    library = read_library_at(root, "content")
    document = library.by_path[PurePosixPath(name)]

    items, taken = linking.take_contents(before.with_contents([document]), [document])

    assert {item.id: item for item in items} == link(library).items
    assert taken == files_by_course(library)
