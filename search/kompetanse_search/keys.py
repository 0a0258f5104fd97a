"""When two words are the same but for how they are typed: æøå without the keys for them, and one error."""

from __future__ import annotations

_TYPED = (("ae", "a"), ("oe", "o"), ("aa", "a"), ("æ", "a"), ("ø", "o"), ("å", "a"))


def fold_key(word: str) -> str:
    """Return one key for all ways to type æ, ae, a; ø, oe, o; å, aa, a. Shards are sorted by it."""
    for typed, key in _TYPED:
        word = word.replace(typed, key)
    return word


def mirrored(text: str) -> str:
    """Return the first letter, and the others from behind."""
    return text[:1] + text[:0:-1]


def without_one(key: str) -> tuple[str, ...]:
    """Return `key`, and `key` without each letter but the first in turn: what words one error apart have in common.

    The first letter stays, since the shard that a word is in is found by how it begins.
    """
    return tuple(dict.fromkeys([key, *(key[:at] + key[at + 1 :] for at in range(1, len(key)))]))


def one_apart(one: str, other: str) -> bool:
    """Return whether a letter more, less or changed, or two neighbours swapped, makes one of the other; or nothing at all."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    left, right = one[at:], other[at:]
    swapped = left[:2] == right[1::-1] and len(left) > 1
    return (
        left[1:] == right[1:] or left[1:] == right or left == right[1:] or (swapped and left[2:] == right[2:])
    )
