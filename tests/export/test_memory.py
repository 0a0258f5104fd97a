"""A package is written piece by piece: what is large never lies whole in memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from tests.export.odd import edition_of, written

from kompetanse.export.edition import Edition
from kompetanse.export.formats import FORMATS

LARGE = 48 * 2**20
TEXT = "---\ntype: course\nid: stort\ntitle: Stort\n---\n\n![Stort bilde](stort.png)\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = written(
        tmp_path_factory.mktemp("region"), {"content/stort/index.md": TEXT, "content/stort/stort.png": b""}
    )
    with (root / "content/stort/stort.png").open("wb") as picture:
        picture.truncate(LARGE)
    return edition_of(root, "stort")


@pytest.mark.parametrize("name", ["scorm12", "mbz", "cc11", "cmi5", "html", "epub"])
def test_a_large_picture_takes_no_more_memory_than_a_small_one(
    large: Edition, tmp_path: Path, name: str
) -> None:
    with (tmp_path / "package").open("wb+") as to:
        tracemalloc.start()
        FORMATS[name].package_course(large, to)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert to.tell() > (LARGE if name != "mbz" else 0)  # zeros that are packed
    assert most < LARGE / 8
