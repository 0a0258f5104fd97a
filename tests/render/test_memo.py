"""What is remembered is what is made, and it stays within bounds."""

from __future__ import annotations

from itertools import count

from kompetanse.render import memo
from kompetanse.render.memo import ROOM, Memo


def test_a_text_is_made_once() -> None:
    numbers = count()
    number = Memo[str, int](lambda text: next(numbers), len)

    assert [number[text] for text in ("a", "b", "a")] == [0, 1, 0]


def test_it_forgets_when_it_is_full_and_keeps_no_long_text() -> None:
    length = Memo[str, int](len, len)
    long = "x" * (memo._LONGEST + 1)

    for number in range(2 * ROOM // 1000):
        assert length[f"{number:01000}"] == 1000
    assert length[long] == len(long)

    assert sum(map(len, length)) <= ROOM
    assert long not in length
