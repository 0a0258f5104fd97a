"""Of two files at one path the same one stands, whoever made it and in whatever order."""

from __future__ import annotations

from itertools import permutations
from pathlib import PurePosixPath

import pytest

from kompetanse.pages.file import StagedFile
from kompetanse.pages.stage import Stage
from kompetanse.press.converting import converted
from kompetanse.press.share import Share, together
from kompetanse.press.skeleton import Press

PAGE = '---\ntitle: "{0}"\n---\n\n{0}\n'
LOTS = (
    [StagedFile("a/index.html", "A redirect."), StagedFile("b.txt", "First.")],
    [StagedFile("a/index.md", PAGE.format("One"), mapped=True)],
    [StagedFile("a/index.md", PAGE.format("Two"), mapped=True), StagedFile("fra-folk.txt", "Never.")],
    [StagedFile("a/index.html", "A later redirect."), StagedFile("b.txt", "Second.")],
)


def _share(stage: Stage, put: dict[str, bytes]) -> Share:
    press = Press(lambda face: face.content, None, frozenset())
    return Share(stage, press, lambda texts: {text: converted(text) for text in texts}, put.__setitem__)


@pytest.fixture
def stage() -> Stage:
    """A site in four lots, some of whose files lie at one path."""
    lots = tuple((lambda lot=lot: lot) for lot in LOTS)
    return Stage(lots, {"fra-folk.txt": PurePosixPath("content/fra-folk.txt")}, {}, "id", "Navn", None)


@pytest.mark.parametrize("order", list(permutations(range(len(LOTS)))))
def test_a_page_stands_before_data_and_the_later_before_the_earlier(
    stage: Stage, order: tuple[int, ...]
) -> None:
    put: dict[str, bytes] = {}
    share = _share(stage, put)

    for number in order:
        share.make([number])

    assert b"Two" in put["a/index.html"]
    assert put["b.txt"] == b"Second."
    assert share.standing["a/index.html"].row == ("a/", None)
    assert "fra-folk.txt" not in put  # the authors' own file lies there


@pytest.mark.parametrize("order", list(permutations(range(len(LOTS)))))
def test_what_two_shares_made_is_known_and_can_be_put_again(stage: Stage, order: tuple[int, ...]) -> None:
    put: dict[str, bytes] = {}
    shares = [_share(stage, put), _share(stage, put)]
    for number in order:
        shares[number % 2].make([number])

    standings, twice = together([share.standing for share in shares])
    again = Share(stage, shares[0].press, shares[0].convert, put.__setitem__, twice)
    again.make(sorted({standings[path].order[1] for path in twice}))

    assert {"a/index.html", "b.txt"} == twice
    assert standings["a/index.html"].order == (True, 2)
    assert b"Two" in put["a/index.html"]
    assert put["b.txt"] == b"Second."
