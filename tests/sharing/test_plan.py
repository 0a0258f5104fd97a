"""What an update does with each file: the decision table, moves, and what may never be lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base
from kompetanse.sharing.matching import module_id
from kompetanse.sharing.merge import Review, Where
from kompetanse.sharing.plan import Incoming, Outcome, Plan, Step, decide, plan

REVIEW = Review(Where.BODY, "", "line", "", "", "", "")
FOLDER = PurePosixPath("content/kurs/personvern")

TABLE = {
    ("b", "b", "b"): "keep",
    ("b", "l", "b"): "keep",
    ("b", None, "b"): "keep",
    ("b", "n", "n"): "keep",
    (None, "n", "n"): "keep",
    ("b", "b", "n"): "take",
    (None, None, "n"): "add",
    ("b", "l", "n"): "merge",
    ("b", None, "n"): "ask",
    ("b", "b", None): "delete",
    ("b", "l", None): "ask",
    (None, "l", "n"): "ask",
    ("b", None, None): "forget",
}
"""Base, ours and theirs as blob ids → what happens; None is no such file."""


@pytest.mark.parametrize(("versions", "step"), TABLE.items())
def test_each_row_of_the_table(versions: tuple[str | None, str | None, str | None], step: str) -> None:
    assert decide(*versions)[0] == step


Texts = Mapping[str, str]


def _merge(path: PurePosixPath, base: bytes, ours: bytes, theirs: bytes) -> Outcome:
    """Merge by whole lines where only one side differs: enough to show what a plan does with an answer."""
    sides = [text.decode().splitlines() for text in (base, ours, theirs)]
    if path.suffix != ".md" or len({len(side) for side in sides}) > 1:
        return Outcome(None, "same-lines", 1)
    rows = []
    for was, mine, yours in zip(*sides, strict=True):
        if was not in {mine, yours}:
            return Outcome(None, "same-lines", 1)
        rows.append(yours if mine == was else mine)
    return Outcome("".join(f"{row}\n" for row in rows).encode(), reviews=(REVIEW,))


def _plan(
    base: Texts,
    ours: Texts,
    theirs: Texts,
    *,
    sources: Mapping[str, str] = {},
    moved_to: str | None = None,
    lost: Iterable[str] = (),
) -> Plan:
    """Plan an update of small texts; `sources` says where a base lies in the source, `lost` whose base is gone."""
    now = PurePosixPath(moved_to) if moved_to else FOLDER
    adopted = {
        PurePosixPath(path): Base(
            blob_id(text.encode()), PurePosixPath(sources[path]) if path in sources else None
        )
        for path, text in base.items()
    }
    given = {
        PurePosixPath(path): Incoming(blob_id(text.encode()), now / path) for path, text in theirs.items()
    }
    gone = set(lost)
    contents = [text for path, text in base.items() if path not in gone] + list(theirs.values())
    store = {blob_id(text.encode()): text.encode() for text in contents}
    return plan(
        adopted,
        {PurePosixPath(path): text.encode() for path, text in ours.items()},
        given,
        (FOLDER, now),
        lambda oids: {oid: store[oid] for oid in oids if oid in store},
        _merge,
    )


def _after(found: Plan, ours: Texts) -> dict[str, str]:
    """Return our folder after the update."""
    files = {path: text for path, text in ours.items() if PurePosixPath(path) not in found.delete}
    return files | {str(path): data.decode() for path, data in found.write.items()}


def _steps(found: Plan) -> dict[str, str]:
    return {str(one.path): str(one.step) + (f" {one.why}" if one.why else "") for one in found.decisions}


def _module(id_: str, text: str = "Tekst") -> str:
    return f"---\ntype: module\nid: {id_}\n---\n{text}\nSlutt\n"


PAGE = "# Personvern\nEn dag\nTa med PC\n"


def test_a_course_with_all_that_can_happen() -> None:
    base = {"a.md": PAGE, "b.md": PAGE + "b\n", "c.png": "png", "d.md": "d\n", "e.md": "e\n"}
    ours = base | {
        "a.md": PAGE.replace("PC", "nettbrett"),
        "b.md": PAGE.replace("En dag", "Tre dager") + "b\n",
        "c.png": "vår png",
    }
    theirs = {
        "a.md": PAGE.replace("En dag", "To dager"),
        "b.md": PAGE.replace("En dag", "To dager") + "b\n",
        "c.png": "deres png",
        "e.md": "e2\n",
        "f.md": "f\n",
    }

    found = _plan(base, ours, theirs)

    assert _steps(found) == {
        "a.md": "merge",
        "b.md": "ask same-lines",
        "c.png": "ask same-lines",
        "d.md": "delete",
        "e.md": "take",
        "f.md": "add",
    }
    assert _after(found, ours) == {
        "a.md": "# Personvern\nTo dager\nTa med nettbrett\n",
        "b.md": ours["b.md"],
        "c.png": "vår png",
        "e.md": "e2\n",
        "f.md": "f\n",
    }
    assert [str(one.path) for one in found.reviews] == ["a.md"]


def test_a_file_with_a_question_keeps_its_old_base_so_that_the_question_is_asked_again() -> None:
    base, ours, theirs = {"b.md": "1\n"}, {"b.md": "2\n"}, {"b.md": "3\n"}

    first = _plan(base, ours, theirs)
    again = _plan(base, _after(first, ours), theirs)

    assert first.files == {PurePosixPath("b.md"): Base(blob_id(b"1\n"))}
    assert again == first


def test_after_the_source_has_taken_our_text_nothing_is_left_to_do() -> None:
    found = _plan({"a.md": "1\n"}, {"a.md": "2\n"}, {"a.md": "2\n"})

    assert _steps(found) == {"a.md": "keep"}
    assert found.write == {}
    assert found.files == {PurePosixPath("a.md"): Base(blob_id(b"2\n"))}


def test_a_file_that_we_took_away_stays_away_and_comes_up_when_the_source_changes_it() -> None:
    same = _plan({"a.md": "1\n"}, {}, {"a.md": "1\n"})
    changed = _plan({"a.md": "1\n"}, {}, {"a.md": "2\n"})

    assert _steps(same) == {"a.md": "keep"}
    assert same.files == {PurePosixPath("a.md"): Base(blob_id(b"1\n"))}
    assert _steps(changed) == {"a.md": "ask deleted-here"}


def test_a_module_that_the_source_renames_and_changes_is_one_module() -> None:
    base = {"01-start.md": _module("start")}
    ours = {"01-start.md": _module("start").replace("Slutt", "Slutt hos oss")}
    theirs = {"02-start.md": _module("start", "Ny tekst")}

    found = _plan(base, ours, theirs)

    assert _after(found, ours) == {
        "02-start.md": _module("start", "Ny tekst").replace("Slutt", "Slutt hos oss")
    }
    assert [(str(one.was), str(one.path)) for one in found.decisions] == [("01-start.md", "02-start.md")]
    assert found.files == {PurePosixPath("02-start.md"): Base(blob_id(theirs["02-start.md"].encode()))}


def test_numbers_that_move_up_by_one_take_every_file_along() -> None:
    base = {f"0{n}.md": _module(f"m{n}") for n in (1, 2, 3)}
    ours = base | {"02.md": base["02.md"].replace("Slutt", "Vår slutt")}
    theirs = {f"0{n + 1}.md": _module(f"m{n}") for n in (1, 2, 3)} | {"01.md": _module("nytt")}

    found = _plan(base, ours, theirs)

    assert _after(found, ours) == theirs | {"03.md": ours["02.md"]}
    assert found.questions == ()


def test_two_modules_that_change_places_are_not_mixed_up() -> None:
    base = {"a.md": _module("en"), "b.md": _module("to")}
    ours = {"a.md": base["a.md"].replace("Slutt", "Vår"), "b.md": base["b.md"]}
    theirs = {"a.md": base["b.md"], "b.md": base["a.md"]}

    found = _plan(base, ours, theirs)

    assert _after(found, ours) == {"a.md": base["b.md"], "b.md": ours["a.md"]}


def test_a_picture_that_moves_is_found_by_its_content() -> None:
    found = _plan({"kart.png": "kart"}, {"kart.png": "kart"}, {"bilder/kart.png": "kart"})

    assert _after(found, {"kart.png": "kart"}) == {"bilder/kart.png": "kart"}


def test_a_file_that_we_have_renamed_stays_where_we_put_it_also_the_next_time() -> None:
    base, ours = {"a.md": _module("a")}, {"vår-a.md": _module("a")}

    first = _plan(base, ours, {"a.md": _module("a", "Ny")})
    after = _after(first, ours)
    again = _plan(
        {"vår-a.md": _module("a", "Ny")},
        after,
        {"a.md": _module("a", "Nyere")},
        sources={"vår-a.md": str(FOLDER / "a.md")},
    )

    assert after == {"vår-a.md": _module("a", "Ny")}
    assert first.files[PurePosixPath("vår-a.md")].source == FOLDER / "a.md"
    assert first.bases.keys() == {PurePosixPath("vår-a.md")}
    assert _after(again, after) == {"vår-a.md": _module("a", "Nyere")}


def test_a_file_that_both_renamed_stays_where_we_put_it_and_that_is_said() -> None:
    found = _plan({"a.md": _module("a")}, {"b.md": _module("a")}, {"c.md": _module("a", "Ny")})

    assert _steps(found) == {"b.md": "take moved-differently"}
    assert found.files[PurePosixPath("b.md")].source == FOLDER / "c.md"


def test_a_moved_file_whose_new_place_we_use_for_something_else_stays_and_takes_the_text() -> None:
    ours = {"a.md": _module("a"), "b.md": "Vår egen side\n"}

    found = _plan({"a.md": _module("a")}, ours, {"b.md": _module("a", "Ny")})

    assert _after(found, ours) == {"a.md": _module("a", "Ny"), "b.md": "Vår egen side\n"}
    assert _steps(found) == {"a.md": "take place-taken"}


def test_a_moved_file_with_a_question_moves_with_our_text_in_it() -> None:
    base, ours = {"a.md": _module("a", "1")}, {"a.md": _module("a", "2")}
    theirs = {"b.md": _module("a", "3")}

    found = _plan(base, ours, theirs)
    again = _plan({"b.md": base["a.md"]}, _after(found, ours), theirs)

    assert _after(found, ours) == {"b.md": ours["a.md"]}
    assert _steps(found) == {"b.md": "ask same-lines"}
    assert _steps(again) == {"b.md": "ask same-lines"}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"bilder": "vår fil"}, {"bilder/kart.png": "kart"}),
        ({"kart/vårt.png": "vårt"}, {"kart": "kart"}),
    ],
)
def test_a_file_where_the_other_has_a_folder_is_a_question(ours: Texts, theirs: Texts) -> None:
    found = _plan({}, ours, theirs)

    assert [one.why for one in found.questions] == ["file-and-folder"]
    assert _after(found, ours) == ours


def test_the_same_new_file_on_both_sides_is_a_question_only_where_it_differs() -> None:
    found = _plan({}, {"a.md": "1\n", "b.md": "1\n"}, {"a.md": "1\n", "b.md": "2\n"})

    assert _steps(found) == {"a.md": "keep", "b.md": "ask both-added"}


def test_a_course_that_moved_is_followed_and_no_file_of_it_is_deleted() -> None:
    base = {"index.md": "# Kurs\n", "m.md": _module("m")}

    found = _plan(base, base, base | {"m.md": _module("m", "Ny")}, moved_to="content/opplæring/personvern")

    assert _steps(found) == {"index.md": "keep", "m.md": "take"}
    assert {base.source for base in found.files.values()} == {None}


def test_a_base_that_is_lost_is_a_question_and_never_a_merge() -> None:
    found = _plan({"a.md": "1\n"}, {"a.md": "2\n"}, {"a.md": "3\n"}, lost=["a.md"])

    assert _steps(found) == {"a.md": "ask base-gone"}


_names = st.sampled_from(["a.md", "b.md", "c.md", "d/a.md", "d", "e.png"])
_texts = st.one_of(
    st.sampled_from(["1\n", "2\n", "3\n"]),
    st.builds(_module, st.sampled_from("xyz"), st.sampled_from(["Tekst", "Ny", "Vår"])),
)


def _is_a_course(files: Texts) -> bool:
    """No path is a file and a folder, and no module stands twice."""
    ids = [module_id(text.encode()) or text for text in files.values()]
    return not {"d", "d/a.md"} <= files.keys() and len(set(ids)) == len(ids)


_folder = st.dictionaries(_names, _texts, max_size=5).filter(_is_a_course)


@settings(max_examples=60)
@given(_folder, _folder, _folder)
def test_no_text_of_ours_is_ever_lost(base: Texts, ours: Texts, theirs: Texts) -> None:
    found = _plan(base, ours, theirs)

    after = _after(found, ours)
    adapted = [text for path, text in ours.items() if text not in base.values()]
    merged = {str(one.path) for one in found.of(Step.MERGE)}
    assert all(text in after.values() or merged for text in adapted)
    assert not any(one + "/" in other for one in after for other in after if one != other)
    asked_about_nothing = [one for one in found.questions if one.ours is None and one.theirs is None]
    assert asked_about_nothing == []
    assert {*found.write} & found.delete == set()


@settings(max_examples=60)
@given(_folder, _folder, _folder)
def test_a_second_update_from_the_same_commit_asks_the_same_and_does_nothing_else(
    base: Texts, ours: Texts, theirs: Texts
) -> None:
    first = _plan(base, ours, theirs)
    after = _after(first, ours)
    contents = [*base.values(), *ours.values(), *theirs.values()]
    store = {blob_id(text.encode()): text.encode() for text in contents}

    again = plan(
        first.files,
        {PurePosixPath(path): text.encode() for path, text in after.items()},
        {PurePosixPath(p): Incoming(blob_id(text.encode()), FOLDER / p) for p, text in theirs.items()},
        (FOLDER, FOLDER),
        lambda oids: {oid: store[oid] for oid in oids if oid in store},
        _merge,
    )

    assert {one.step for one in again.decisions} <= {Step.KEEP, Step.ASK, Step.FORGET}
    assert (again.write, again.delete, again.files) == ({}, frozenset(), first.files)
