"""A file of the new site that is the same as before is that very file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kompetanse.site.output import Output

OLD = 1_000_000_000


@pytest.fixture
def output(tmp_path: Path) -> Output:
    """A new site beside one that has a page and a link."""
    before = tmp_path / "site"
    (before / "kurs").mkdir(parents=True)
    (before / "kurs/index.html").write_bytes(b"same")
    (before / "link.html").symlink_to("kurs/index.html")
    os.utime(before / "kurs/index.html", (OLD, OLD))
    return Output(tmp_path / "new", before)


def test_a_file_that_is_the_same_keeps_its_time(output: Output) -> None:
    output.put("kurs/index.html", b"same")

    assert (output.folder / "kurs/index.html").stat().st_mtime == OLD


@pytest.mark.parametrize("data", [b"diff", b"longer"])
def test_a_file_that_changed_is_written_and_the_old_site_stands(output: Output, data: bytes) -> None:
    output.put("kurs/index.html", data)

    assert (output.folder / "kurs/index.html").read_bytes() == data
    assert (output.before / "kurs/index.html").read_bytes() == b"same"


def test_a_link_in_the_old_site_is_not_carried_over(output: Output) -> None:
    output.put("link.html", b"same")

    assert not (output.folder / "link.html").is_symlink()


def test_what_is_put_twice_is_what_was_put_last(output: Output) -> None:
    output.put("kurs/index.html", b"same")
    output.put("kurs/index.html", b"anew")

    assert (output.folder / "kurs/index.html").read_bytes() == b"anew"
    assert (output.before / "kurs/index.html").read_bytes() == b"same"


def test_a_copied_file_that_is_put_twice_leaves_the_old_site_alone(output: Output, tmp_path: Path) -> None:
    (tmp_path / "pakke.zip").write_bytes(b"anew")
    output.put("kurs/index.html", b"same")

    output.put_file("kurs/index.html", tmp_path / "pakke.zip")

    assert (output.folder / "kurs/index.html").read_bytes() == b"anew"
    assert (output.before / "kurs/index.html").read_bytes() == b"same"
