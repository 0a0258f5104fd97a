"""The matrix of licences, row by row, and the words of every verdict."""

from __future__ import annotations

import itertools

import pytest

from kompetanse.messages import LANGUAGES
from kompetanse.model.licence import LICENCES
from kompetanse.sharing.licence import Answer, adaptation, canonical, kept, part

TARGETS = ("CC0-1.0", "NLOD-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0")
MATRIX = """
CC0-1.0          ok     ok     ok     ok     ok     ok
NLOD-2.0         refuse ok     ok     warn   warn   warn
CC-BY-4.0        refuse warn   ok     ok     ok     ok
CC-BY-SA-4.0     refuse refuse refuse ok     refuse refuse
CC-BY-NC-4.0     refuse refuse refuse refuse ok     ok
CC-BY-NC-SA-4.0  refuse refuse refuse refuse refuse ok
CC-BY-ND-4.0     refuse refuse refuse refuse refuse refuse
CC-BY-NC-ND-4.0  refuse refuse refuse refuse refuse refuse
MIT              refuse warn   warn   warn   warn   warn
BSD-3-Clause     refuse warn   warn   warn   warn   warn
Apache-2.0       refuse warn   warn   warn   warn   warn
EUPL-1.2         refuse refuse refuse warn   refuse refuse
""".strip().split("\n")


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.split()[0])
def test_an_adaptation_may_be_published_as_the_matrix_says(row: str) -> None:
    source, *expected = row.split()

    assert [adaptation(source, target).answer for target in TARGETS] == expected


@pytest.mark.parametrize(
    "unknown", [None, "", "Other", "CC-BY", "GPL-3.0-only", "CC-BY-NC-ND-SA-4.0", "CC-BY-4.0\n"]
)
def test_a_licence_that_nobody_knows_is_refused_until_somebody_asks(unknown: str | None) -> None:
    for verdict in (
        adaptation(unknown, "CC-BY-4.0"),
        adaptation("CC-BY-4.0", unknown),
        part(unknown, "CC-BY-4.0"),
        kept(unknown, "CC-BY-4.0"),
    ):
        if unknown != "CC-BY-4.0\n":  # white space around it is no other licence
            assert (verdict.answer, verdict.code) == (Answer.REFUSE, "unknown")


@pytest.mark.parametrize(
    ("source", "target", "answer", "code"),
    [
        ("CC-BY-SA-3.0-NO", "CC-BY-SA-4.0", "ok", "same"),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", "refuse", "share-alike"),
        ("CC-BY-4.0", "CC-BY-ND-4.0", "warn", "target-no-derivatives"),
        ("CC-BY-NC-4.0", "CC-BY-ND-4.0", "refuse", "non-commercial"),
        ("CC-BY-4.0", "CC-BY-3.0", "warn", "older"),
        ("CC-BY-4.0", "MIT", "refuse", "software-licence"),
        ("NLOD-2.0", "CC-BY-3.0", "warn", "nlod-not-listed"),
        ("NLOD-1.0", "CC-BY-4.0", "warn", "nlod-not-listed"),
        ("NLOD-1.0", "NLOD-2.0", "ok", "same"),
        ("NLOD-2.0", "NLOD-1.0", "warn", "older"),
        ("NLOD-2.0", "EUPL-1.2", "refuse", "software-licence"),
        ("MIT", "MIT", "ok", "same"),
        ("MIT", "Apache-2.0", "warn", "keep-notice"),
        ("EUPL-1.2", "EUPL-1.2", "ok", "same"),
        ("MIT-0", "CC0-1.0", "ok", "free"),
    ],
)
def test_versions_and_licences_for_software_are_judged_too(
    source: str, target: str, answer: str, code: str
) -> None:
    verdict = adaptation(source, target)

    assert (verdict.answer, verdict.code) == (answer, code)


def test_an_unchanged_picture_may_keep_its_own_mark() -> None:
    assert part("CC0-1.0", "CC-BY-4.0").answer == "ok"
    assert part("CC-BY-4.0", "cc-by-4.0").answer == "ok"
    assert part("CC-BY-SA-4.0", "CC-BY-4.0").code == "own-mark"
    assert part("CC-BY-ND-4.0", "CC-BY-4.0").code == "own-mark"
    assert part("CC-BY-NC-4.0", "CC-BY-4.0").code == "own-mark-non-commercial"


def test_a_text_keeps_its_own_licence_where_it_must_and_nd_text_stays_where_it_is() -> None:
    assert kept("CC-BY-SA-4.0", "CC-BY-4.0").code == "own-mark"
    assert kept("CC-BY-4.0", "CC-BY-4.0").code == "same"
    assert kept("CC-BY-ND-4.0", "CC-BY-4.0").answer == "refuse"


def test_identifiers_are_known_in_any_case_and_written_as_spdx_does() -> None:
    assert [canonical(one.lower()) for one in LICENCES] == list(LICENCES)


def test_every_verdict_has_words_in_every_language() -> None:
    names = (*LICENCES, "MIT-0", "CC-BY-3.0", None)
    verdicts = {
        rule(first, second)
        for rule in (adaptation, part, kept)
        for first, second in itertools.product(names, names)
    }

    assert len(verdicts) >= 17
    assert all(verdict.words(language) for verdict in verdicts for language in LANGUAGES)


def test_nobody_may_do_more_with_an_adaptation_than_with_its_source() -> None:
    """What refuses an adaptation of the source also refuses one of what was made from it."""
    names = [one for one in LICENCES if "ND" not in one]
    for source, middle, last in itertools.product(names, names, names):
        if adaptation(source, middle).answer is Answer.OK and adaptation(middle, last).answer is Answer.OK:
            assert adaptation(source, last).answer is not Answer.REFUSE, (source, middle, last)
