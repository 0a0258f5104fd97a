"""Addresses, languages and ids from the paths of files."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from kompetanse.content.address import address_of, is_index, language_of, long_id, original_of, short_id

ADDRESSES = {
    "content/index.md": "",
    "content/om.md": "om/",
    "content/kurs/brann/index.md": "kurs/brann/",
    "content/kurs/brann/_index.md": "kurs/brann/",
    "content/kurs/brann/Index.MD": "kurs/brann/",
    "content/kurs/brann/01-varsling.md": "kurs/brann/01-varsling/",
    "content/Roller/Ny Vaktmester.md": "roller/ny-vaktmester/",
    "content/påske/ærlig øl.md": "paske/aerlig-ol/",
    "content/pa\u030aske.md": "paske/",
    "content/om.nn.md": "nn/om/",
    "content/om.nb.md": "om/",
    "content/index.en.md": "en/",
    "content/kurs/brann/index.nn.md": "nn/kurs/brann/",
    "content/v1.2.md": "v1-2/",
    "content/a.xx.md": "a-xx/",
    "content/!!!.md": "side/",
    "content/日本/a.md": "mappe/a/",
}


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_address_of_a_page_comes_from_its_path(path: str):
    assert address_of(PurePosixPath(path), "nb") == ADDRESSES[path]


IDS = {
    "content/index.md": ("forside", "forside"),
    "content/om.md": ("om", "om"),
    "content/kurs/brann/index.md": ("brann", "kurs-brann"),
    "content/kurs/brann/01-varsling.md": ("01-varsling", "kurs-brann-01-varsling"),
    "content/kurs/brann/index.nn.md": ("brann-nn", "nn-kurs-brann"),
    "content/om.nb.md": ("om", "om"),
}


@pytest.mark.parametrize("path", IDS)
def test_an_item_without_id_gets_one_from_its_path(path: str):
    where = PurePosixPath(path)

    assert (short_id(where, "nb"), long_id(where, "nb")) == IDS[path]


def test_the_language_is_the_second_ending():
    assert language_of(PurePosixPath("content/om.nn.md")) == "nn"
    assert language_of(PurePosixPath("content/om.md")) is None
    assert language_of(PurePosixPath("content/om.xx.md")) is None
    assert language_of(PurePosixPath("content/nn.md")) is None


def test_a_translation_by_name_knows_its_original():
    assert original_of(PurePosixPath("content/a/om.nn.md")) == PurePosixPath("content/a/om.md")
    assert original_of(PurePosixPath("content/a/om.md")) == PurePosixPath("content/a/om.md")


def test_the_page_of_a_folder_is_its_index_in_any_language():
    assert is_index(PurePosixPath("content/a/index.nn.md"))
    assert not is_index(PurePosixPath("content/a/indeks.md"))
