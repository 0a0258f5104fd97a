"""Which part of the site is made next, and whether somebody waits for a file."""

from __future__ import annotations

import threading

from kompetanse.pages.parts import Part
from kompetanse.preview.shelf import Shelf
from kompetanse.preview.waiting import Waiting


def _part(*name: str) -> Part:
    return Part(name, lambda site: ())


ROLE, COURSE, LIST = _part("item", "vakt"), _part("item", "brann"), _part("list role", "nb")
ADDRESSES = {"roller/vakt/": ROLE.name, "kurs/brann/": COURSE.name}


def _waiting(paths: dict[str, list[str]]) -> Waiting:
    waiting = Waiting()
    parts = [ROLE, COURSE, LIST]
    waiting.fill(parts, {part.name: paths.get(part.name[1], []) for part in parts}, ADDRESSES)
    return waiting


def test_what_somebody_wants_comes_before_what_stands_first() -> None:
    waiting = _waiting({"vakt": ["roller/vakt/index.html"], "brann": ["kurs/brann/index.html"], "nb": ["a"]})

    assert waiting.next(()) is ROLE
    assert waiting.next(["finnes/ikke.html", "kurs/brann/index.html"]) is COURSE
    assert waiting.next(["a"]) is LIST


def test_a_page_that_was_never_made_is_looked_for_by_its_address() -> None:
    assert _waiting({}).next(["kurs/brann/instruktor/index.html"]) is COURSE


def test_a_file_is_awaited_until_what_makes_it_is_shown() -> None:
    waiting = _waiting({"vakt": ["roller/vakt/index.html"], "brann": ["b"], "nb": ["a"]})
    waiting.take_up(ROLE)

    assert waiting.awaits("roller/vakt/index.html", True)
    assert len(waiting) == 3

    waiting.lay_down()

    assert not waiting.awaits("roller/vakt/index.html", True)
    assert list(waiting) == [COURSE, LIST]


def test_a_page_that_may_still_be_made_is_awaited_and_a_picture_is_not() -> None:
    waiting = _waiting({"brann": ["b"], "nb": ["a"]})

    assert waiting.awaits("roller/vakt/index.html", False)
    assert not waiting.awaits("index.html", True)
    assert not waiting.awaits("favicon.ico", False)


def test_who_asks_for_a_file_that_waits_gets_the_new_one() -> None:
    waiting, shelf = _waiting({"vakt": ["roller/vakt/index.html"], "brann": ["b"], "nb": ["a"]}), Shelf()
    shelf.put({"roller/vakt/index.html": b"old"})
    shelf.awaits = waiting.awaits

    def make() -> None:
        while not shelf.asked():
            pass
        waiting.take_up(waiting.next(shelf.wanted()) or LIST)
        shelf.put({"roller/vakt/index.html": b"new"})
        waiting.lay_down()
        shelf.call()

    maker = threading.Thread(target=make)
    maker.start()

    assert shelf.get("roller/vakt/index.html", 10)[0] == b"new"
    maker.join()
    assert shelf.asked() == []
