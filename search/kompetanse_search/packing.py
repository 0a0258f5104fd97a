"""Numbers and sorted words as short text that packs well: what is in a shard. `docs/search-shards.md` describes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""The digits of a number in base 64, 0–63."""

MOST_SHARED = 25
"""Letters that a word can share with the one before: A–Z."""


def number(value: int) -> str:
    """Return a number from 0 as digits of five bits, low ones first; a digit from 32 on says that more follow."""
    found = ""
    while value > 31:
        found += DIGITS[32 + (value & 31)]
        value >>= 5
    return found + DIGITS[value]


class _Numbers(dict[int, str]):
    """Number → its digits, worked out when it is first met."""

    def __missing__(self, value: int) -> str:
        self[value] = number(value)
        return self[value]


_NUMBERS = _Numbers()


def numbers(values: Iterable[int]) -> str:
    """Return numbers from 0, one after the other."""
    return "".join([_NUMBERS[value] for value in values])


def gaps(values: Sequence[int]) -> str:
    """Return rising numbers from 0, each as what it is more than the one before."""
    return numbers([value - before for before, value in zip((0, *values), values, strict=False)])


def digits(values: Iterable[int]) -> str:
    """Return numbers below 64, a digit each."""
    return "".join([DIGITS[value] for value in values])


def words(values: Sequence[str]) -> str:
    """Return words, each as a capital that says how many letters it shares with the one before (A is none), and the rest."""
    return "".join([after(before, word) for before, word in zip(("", *values), values, strict=False)])


def after(before: str, word: str) -> str:
    """Return `word`, in plain form, as it is written after `before`."""
    shared, most = 0, min(MOST_SHARED, len(before), len(word))
    while shared < most and before[shared] == word[shared]:
        shared += 1
    return chr(65 + shared) + word[shared:]
