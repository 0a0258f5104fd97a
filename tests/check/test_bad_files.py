"""Files that git and editors make hard to store as cases: bytes, names, links and sizes."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Region = Callable[[Mapping[str, str | bytes]], Path]
Places = Callable[[Path], list[tuple[str, int, str]]]

PAGE = "---\ntype: page\nid: {id}\ntitle: Før vakten\n---\n\nSjekk listen på tavlen.\n"
BROKEN = PAGE.format(id="vakt") + "\nSe [reglene](finnes-ikke.md).\n"
"""A page with one broken link, on line 9."""

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_a_byte_order_mark_is_no_fault_and_lines_stay_right(region: Region, problems: Places):
    root = region({"content/vakt.md": b"\xef\xbb\xbf" + BROKEN.encode()})

    assert problems(root) == [("content/vakt.md", 9, "broken-link")]


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["windows", "old-mac"])
def test_other_row_ends_are_no_fault_and_lines_stay_right(region: Region, problems: Places, ending: str):
    root = region({"content/vakt.md": BROKEN.replace("\n", ending).encode()})

    assert problems(root) == [("content/vakt.md", 9, "broken-link")]


def test_byte_order_mark_and_windows_row_ends_in_the_region_are_no_fault(region: Region, problems: Places):
    root = region({})
    yml = (root / "region.yml").read_text(encoding="utf-8")
    (root / "region.yml").write_bytes(
        ("\ufeff" + yml + "timezone: Trondheim\n").replace("\n", "\r\n").encode()
    )

    assert problems(root) == [("region.yml", 8, "unknown-timezone")]


BAD_BYTES = {
    "latin-1": ("not-utf-8", 4, PAGE.format(id="vakt").encode("latin-1")),
    "utf-16": ("nul-byte", 1, PAGE.format(id="vakt").encode("utf-16")),
    "one nul": ("nul-byte", 7, PAGE.format(id="vakt").replace("Sjekk", "\0Sjekk").encode()),
    "bell in a value": (
        "control-character",
        4,
        PAGE.format(id="vakt").replace("vakten", "\x07vakten").encode(),
    ),
    "ten megabytes": ("file-too-large", 0, (PAGE.format(id="vakt") + "Ord. " * 2_100_000).encode()),
    "only spaces": ("empty-file", 0, b" \n\n\t\n"),
    "only a byte order mark": ("empty-file", 0, b"\xef\xbb\xbf"),
    "a png called .md": ("nul-byte", 3, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_bytes_that_are_no_text_are_told_and_the_other_files_are_checked(
    region: Region, problems: Places, name: str
):
    code, line, data = BAD_BYTES[name]

    root = region({"content/a.md": data, "content/vakt.md": BROKEN})

    assert problems(root) == [("content/a.md", line, code), ("content/vakt.md", 9, "broken-link")]


def test_a_name_with_a_space_is_a_warning(region: Region, problems: Places):
    root = region({"content/før vakten.md": PAGE.format(id="vakt")})

    assert problems(root) == [("content/før vakten.md", 0, "space-in-name")]


def test_a_name_with_composed_letters_is_no_fault(region: Region, problems: Places):
    root = region({"content/påsketur.md": PAGE.format(id="vakt")})

    assert problems(root) == []


def test_a_name_with_decomposed_letters_is_a_warning(region: Region, problems: Places):
    name = unicodedata.normalize("NFD", "content/påsketur.md")

    root = region({name: PAGE.format(id="vakt")})

    assert problems(root) == [(name, 0, "name-not-nfc")]


def test_both_forms_of_a_letter_are_one_address(region: Region, problems: Places):
    name = unicodedata.normalize("NFD", "content/påsketur.md")

    root = region({name: PAGE.format(id="en"), "content/påsketur.md": PAGE.format(id="to")})

    assert ("content/påsketur.md", 0, "duplicate-address") in problems(root)


def test_names_that_differ_in_case_only_are_one_address(region: Region, problems: Places):
    root = region({"content/Vakt.md": PAGE.format(id="en"), "content/vakt.md": PAGE.format(id="to")})

    assert problems(root) == [("content/vakt.md", 0, "duplicate-address")]


def test_names_that_differ_in_case_only_are_one_fault_when_they_have_no_ids(region: Region, problems: Places):
    text = "Sjekk listen på tavlen.\n"

    root = region({"content/Vakt.md": text, "content/vakt.md": text})

    assert problems(root) == [("content/vakt.md", 0, "duplicate-address")]


def test_a_name_that_is_no_utf_8_is_told_and_the_other_files_are_checked(region: Region, problems: Places):
    root = region({"content/vakt.md": BROKEN})
    with open(os.fsencode(root / "content") + b"/p\xe5ske.md", "w", encoding="utf-8") as file:  # noqa: PTH123 (bytes)
        file.write(PAGE.format(id="paske"))

    assert problems(root) == [
        ("content/p\ufffdske.md", 0, "name-not-utf-8"),
        ("content/vakt.md", 9, "broken-link"),
    ]


def test_odd_but_possible_names_are_no_fault(region: Region, problems: Places):
    names = ["100% sikker.md", "a#b.md", "spørsmål?.md", "æøå.md", "-start.md", "a.b.c.md", "日本.md"]

    root = region({f"content/{name}": f"Side {place}.\n" for place, name in enumerate(names)})

    assert problems(root) == [("content/100% sikker.md", 0, "space-in-name")]


LINKS = {
    "to a file of the machine": "/etc/hostname",
    "to a file beside the content": "../region.yml",
    "to nothing": "finnes-ikke.md",
    "to itself": "lenke.md",
    "to a folder": ".",
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_leads_out_is_told_and_never_followed(region: Region, problems: Places, name: str):
    root = region({"content/vakt.md": BROKEN})
    (root / "content/lenke.md").symlink_to(LINKS[name])

    assert problems(root) == [
        ("content/lenke.md", 0, "symlink-out-of-tree"),
        ("content/vakt.md", 9, "broken-link"),
    ]


def test_a_link_to_a_picture_of_the_content_is_followed(region: Region, problems: Places):
    body = PAGE.format(id="vakt") + "\n![Alarmtavle med tre lamper](tavle.svg)\n"
    root = region({"content/vakt.md": body, "content/bilder/tavle.svg": "<svg/>"})
    (root / "content/tavle.svg").symlink_to("bilder/tavle.svg")

    assert problems(root) == []


def test_a_heavy_picture_is_a_warning(region: Region, problems: Places):
    body = PAGE.format(id="vakt") + "\n![Alarmtavle med tre lamper](tavle.png)\n"

    root = region({"content/vakt.md": body, "content/tavle.png": b"\x89PNG" + bytes(1_000_000)})

    assert problems(root) == [("content/vakt.md", 9, "heavy-image")]


def test_a_region_file_that_is_a_folder_is_unreadable(region: Region, problems: Places):
    root = region({"content/vakt.md": BROKEN})
    (root / "region.yml").unlink()
    (root / "region.yml").mkdir()

    assert problems(root) == [("content/vakt.md", 9, "broken-link"), ("region.yml", 0, "unreadable-file")]


@pytest.mark.skipif(AS_ROOT, reason="nothing is closed to root")
def test_a_file_that_may_not_be_opened_is_told_and_the_other_files_are_checked(
    region: Region, problems: Places
):
    root = region({"content/a.md": PAGE.format(id="a"), "content/vakt.md": BROKEN})
    (root / "content/a.md").chmod(0)

    assert problems(root) == [("content/a.md", 0, "unreadable-file"), ("content/vakt.md", 9, "broken-link")]


@pytest.mark.skipif(AS_ROOT, reason="nothing is closed to root")
def test_a_folder_that_may_not_be_opened_is_told_and_the_other_files_are_checked(
    region: Region, problems: Places
):
    root = region({"content/a/b.md": PAGE.format(id="a"), "content/vakt.md": BROKEN})
    (root / "content/a").chmod(0)

    found = problems(root)

    (root / "content/a").chmod(0o755)
    assert found == [("content/a", 0, "unreadable-file"), ("content/vakt.md", 9, "broken-link")]


FRONT_MATTER = {
    "a list": ("front-matter-not-keys", 2, "- en\n- to"),
    "text": ("front-matter-not-keys", 2, "bare tekst"),
    "a tab": ("yaml-tab", 4, "type: page\nroutines:\n\t- title: Vakt"),
    "two colons": ("yaml-colon", 3, "type: page\ntitle: Vakt: før du går"),
    "a quotation mark that is not closed": ("yaml-syntax", 3, 'type: page\ntitle: "Vakt\nowner: Drift'),
    "a bracket that is not closed": ("yaml-syntax", 3, "type: page\ntags: [vakt\nowner: Drift"),
    "a key in braces": ("yaml-key", 2, "{{ title }}: Vakt"),
    "a key that is a list": ("yaml-key", 2, "[a, b]: Vakt"),
    "a key twice": ("duplicate-key", 3, "title: Vakt\ntitle: Vakt"),
    "a key twice, further in": ("duplicate-key", 5, "title: Vakt\nroutines:\n- title: A\n  title: B"),
    "a bomb": ("yaml-alias", 3, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"),
    "a mapping that holds itself": ("yaml-alias", 2, "a: &a {b: *a}"),
    "an unknown alias": ("yaml-syntax", 2, "a: *b"),
    "two thousand brackets": ("yaml-syntax", 1, "a: " + "[" * 2000 + "]" * 2000),
}


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter_that_cannot_be_read_is_told_where_it_breaks(
    region: Region, problems: Places, name: str
):
    code, line, keys = FRONT_MATTER[name]

    root = region({"content/a.md": f"---\n{keys}\n---\n\nTekst.\n", "content/vakt.md": BROKEN})

    found = problems(root)
    assert [place for place in found if place[0] == "content/vakt.md"] == [
        ("content/vakt.md", 9, "broken-link")
    ]
    assert [place for place in found if place[0] == "content/a.md"] == [("content/a.md", line, code)]


DOUBLED = {
    "after a blank row": "---\nid: vakt\n---\n\n---\ntitle: Vakt\n---\n\nTekst.\n",
    "at once": "---\nid: vakt\n\n---\n---\ntitle: Vakt\n---\n\nTekst.\n",
    "two opening fences": "---\n---\ntitle: Vakt\n---\n\nTekst.\n",
    "two opening fences with a blank row": "---\n\n---\ntitle: Vakt\n---\n\nTekst.\n",
}


@pytest.mark.parametrize("name", DOUBLED)
def test_doubled_front_matter_is_told(region: Region, problems: Places, name: str):
    root = region({"content/vakt.md": DOUBLED[name]})

    (found,) = problems(root)

    assert found[2] == "second-front-matter"
    assert DOUBLED[name].split("\n")[found[1] - 1] == "---"


def test_a_line_between_paragraphs_is_no_front_matter(region: Region, problems: Places):
    root = region({"content/vakt.md": "Første del.\n\n---\n\nMerk: andre del.\n\n---\n\nTredje del.\n"})

    assert problems(root) == []


def test_all_faults_of_all_files_come_in_one_run_sorted_by_file_and_line(region: Region, problems: Places):
    files: dict[str, str | bytes] = {
        f"content/{place:02}.md": data
        for place, (_, _, data) in enumerate(BAD_BYTES.values())
        if len(data) < 1000
    }
    files["content/vakt.md"] = BROKEN + "\n![](finnes-ikke.svg)\n"

    found = problems(region(files))

    assert {path for path, _, _ in found} == set(files)
    assert found == sorted(found)
