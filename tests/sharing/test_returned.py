"""Our version of a file as its source can take it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kompetanse.sharing.merge import Why
from kompetanse.sharing.returned import returned

BASE = """\
---
type: module
id: alarm
title: Alarm
owner: Brannvesenet i A
licence: CC-BY-4.0
teaches:
- {competence: brannvern, level: 1}
---

Kurset varer en dag.

Ring 110.
"""
OURS = (
    BASE.replace("id: alarm", "id: alarm-b")
    .replace("owner: Brannvesenet i A", "owner: Vi i B\nreviewed: 2026-11-01")
    .replace("Ring 110.", "Ring 110 når det brenner.")
)


def _returned(
    base: str | None,
    ours: str,
    newest: str | None,
    ids: Mapping[str, str] = MappingProxyType({}),
    *,
    foreign: bool = False,
) -> str | tuple[Why, ...]:
    found = returned(
        base.encode() if base is not None else None,
        ours.encode(),
        newest.encode() if newest is not None else None,
        ids,
        foreign=foreign,
    )
    return found.decode() if isinstance(found, bytes) else found


def test_what_is_about_us_stays_with_us() -> None:
    assert _returned(BASE, OURS, BASE) == BASE.replace("Ring 110.", "Ring 110 når det brenner.")


def test_our_change_is_made_on_the_newest_text_with_its_newest_keys() -> None:
    newest = BASE.replace("en dag", "to dager").replace("Brannvesenet i A", "Ny eier")

    assert _returned(BASE, OURS, newest) == newest.replace("Ring 110.", "Ring 110 når det brenner.")


def test_a_key_about_the_source_that_is_new_there_stays_there() -> None:
    newest = BASE.replace("title: Alarm\n", "title: Alarm\nreview_every: P1Y\n")

    assert _returned(BASE, OURS, newest) == newest.replace("Ring 110.", "Ring 110 når det brenner.")


def test_what_does_not_fit_the_newest_text_is_said_and_not_guessed() -> None:
    newest = BASE.replace("Ring 110.", "Ring nødnummeret 112.")

    assert isinstance(_returned(BASE, OURS, newest), tuple)


def test_ids_of_ours_become_the_source_s_again() -> None:
    ours = (
        BASE.replace("level: 1}", "level: 1}\n- {competence: slokking-b, level: 2}")
        + "\nSe [dit](id:slokking-b).\n"
    )

    found = _returned(BASE, ours, BASE, {"slokking-b": "slokking"})

    assert found == ours.replace("slokking-b", "slokking")


def test_an_id_that_the_source_uses_itself_keeps_its_meaning() -> None:
    ours = BASE.replace("en dag", "to dager")

    assert _returned(BASE, ours, BASE, {"brannvern": "brann-a"}) == ours


def test_the_keys_that_we_had_to_add_to_a_foreign_lesson_stay_with_us() -> None:
    base = "---\ntitle: Basics\nteaching: 5\n---\n\nText.\n"
    ours = base.replace("---\ntitle: Basics", "---\ntype: module\nid: basics\nlanguage: en\ntitle: Basics")

    assert _returned(base, ours.replace("Text.", "Text!"), base, foreign=True) == base.replace(
        "Text.", "Text!"
    )


def test_front_matter_that_we_had_to_add_goes_as_a_whole() -> None:
    ours = "---\ntype: module\nid: basics\n---\n\n# Basics\n\nOur text.\n"

    assert (
        _returned("\n# Basics\n\nText.\n", ours, "\n# Basics\n\nText.\n", foreign=True)
        == "\n# Basics\n\nOur text.\n"
    )


def test_a_file_of_ours_is_sent_without_owner_and_licence() -> None:
    ours = "---\ntype: module\nid: ny\ntitle: Ny\nowner: Vi\n---\nTekst.\n"

    assert _returned(None, ours, None) == "---\ntype: module\nid: ny\ntitle: Ny\n---\nTekst.\n"


def test_row_ends_are_the_source_s() -> None:
    newest = BASE.replace("\n", "\r\n")

    assert _returned(newest, OURS, newest) == newest.replace("Ring 110.", "Ring 110 når det brenner.")


def test_what_is_no_utf_8_is_no_text() -> None:
    assert returned(b"a", b"\xff", b"a", {}, foreign=False) == (Why.ENCODING,)


def test_rows_that_a_fork_added_and_references_that_it_cut_stay_with_us() -> None:
    base = BASE.replace("owner: Brannvesenet i A\n", "")
    ours = base.replace("teaches:\n- {competence: brannvern, level: 1}\n", "authors: [A]\n").replace(
        "110.", "110!"
    )

    assert _returned(base, ours, base) == base.replace("110.", "110!")
