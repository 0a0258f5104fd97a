"""The version that an unmarked copy was made from, on lessons with a real history."""

from __future__ import annotations

from kompetanse.sharing.closest import Closest, closest


def test_the_version_that_shares_the_most_lines_and_lacks_the_fewest_is_chosen() -> None:
    versions = [b"a\nb\nc\nd", b"a\nb\nc\nd\ne", b"a\nB\nc\nd\ne\nf", b"x\ny"]

    assert closest(b"a\nB\nc\nlokalt\nd\ne\nf", versions) == Closest(2, 6 / 7, 2.5)


def test_the_oldest_of_two_equal_versions_is_chosen() -> None:
    assert closest(b"a\nb", [b"a\nb", b"a", b"a\nb\n"]) == Closest(0, 1.0, 0.0)


def test_a_text_of_its_own_is_not_certain() -> None:
    found = closest(b"a\nvi\nskrev\ndette", [b"a\nb\nc"])

    assert found
    assert not found.is_certain


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert closest(b"a", []) is None
    assert closest(b"\n\n", [b"a"]) is None


def test_front_matter_that_is_the_same_everywhere_makes_no_origin() -> None:
    found = closest(
        b"---\ntype: course\nid: a\n---\nVi skrev dette.\n",
        [b"---\ntype: course\nid: a\n---\nDe skrev sitt.\n"],
    )

    assert found
    assert not found.is_certain
