"""No two may write the same file of the site: pages, shared modules, what the site makes itself, files and redirects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Region = Callable[[Mapping[str, str | bytes]], Path]
Places = Callable[[Path], list[tuple[str, int, str]]]

PAGE = "---\ntype: page\nid: {id}\ntitle: {id}\n{more}---\n\nSjekk listen på tavlen.\n"
CODES = {"duplicate-address", "redirect-taken"}


def _page(id_: str, more: str = "") -> str:
    return PAGE.format(id=id_, more=more)


def _clashes(found: list[tuple[str, int, str]]) -> list[tuple[str, str]]:
    return [(path, code) for path, _, code in found if code in CODES]


@pytest.mark.parametrize("path", ["content/roller/index.md", "content/kurs.md", "content/index.md"])
def test_a_page_at_the_address_of_a_list_is_welcome(region: Region, problems: Places, path: str) -> None:
    assert _clashes(problems(region({path: _page("en")}))) == []


@pytest.mark.parametrize("path", ["content/roller/index.md", "content/lop.md", "content/index.md"])
def test_a_role_at_the_address_of_a_list_is_an_error(region: Region, problems: Places, path: str) -> None:
    role = _page("en").replace("type: page", "type: role")

    assert _clashes(problems(region({path: role}))) == [(path, "duplicate-address")]


@pytest.mark.parametrize("path", ["content/redaksjon.md", "content/lisens/index.md"])
def test_no_page_may_lie_where_the_site_has_its_own(region: Region, problems: Places, path: str) -> None:
    assert _clashes(problems(region({path: _page("en")}))) == [(path, "duplicate-address")]


@pytest.mark.parametrize(
    "path",
    [
        "404.html",
        "kalender/alle.ics",
        "kalender/rolle-vakt.ics",
        "skjema/role.schema.json",
        "assets/kompetanse/kompetanse.css",
        "sok/indeks/bilde.png",
        "vakt/index.html",
    ],
)
def test_no_file_may_lie_where_a_page_or_a_file_of_the_site_lies(
    region: Region, problems: Places, path: str
) -> None:
    root = region({"content/vakt.md": _page("vakt"), f"content/{path}": "x"})

    assert _clashes(problems(root)) == [(f"content/{path}", "duplicate-address")]


def test_a_file_of_ones_own_may_lie_in_a_folder_that_the_site_uses(region: Region, problems: Places) -> None:
    root = region(
        {"content/vakt.md": _page("vakt"), "content/skjema/avvik.pdf": "x", "content/assets/a.pdf": "x"}
    )

    assert _clashes(problems(root)) == []


SESSION = (
    "---\ntype: session\nid: s\ntitle: S\ncourse: k\nstarts: 2027-01-12T09:00\nends: 2027-01-12T12:00\n---\n"
)


def test_no_file_may_lie_where_the_calendar_file_of_a_session_lies(region: Region, problems: Places) -> None:
    root = region({"content/s/index.md": SESSION, "content/s/samling.ics": "x", "content/samling.ics": "x"})

    assert _clashes(problems(root)) == [("content/s/samling.ics", "duplicate-address")]


def test_a_calendar_file_of_ones_own_may_lie_beside_the_sites(region: Region, problems: Places) -> None:
    assert _clashes(problems(region({"content/kalender/ferie.ics": "x"}))) == []


@pytest.mark.parametrize("old", ["/kalender/alle.ics", "/kalender/kommune-0301.ics"])
def test_a_redirect_may_not_lie_where_a_calendar_lies(region: Region, problems: Places, old: str) -> None:
    root = region({"content/vakt.md": _page("vakt", f"redirect_from: [{old}]\n")})

    assert _clashes(problems(root)) == [("content/vakt.md", "redirect-taken")]


def test_a_text_may_link_to_a_calendar(region: Region, problems: Places) -> None:
    root = region({"content/vakt.md": _page("vakt") + "\n[Abonner](/kalender/alle.ics).\n"})

    assert [code for _, _, code in problems(root) if "link" in code] == []


def test_a_shared_module_and_a_page_of_the_course_may_not_meet(region: Region, problems: Places) -> None:
    root = region(
        {
            "content/kurs/brann/index.md": _page("brann", "modules: [varsle]\n").replace("page", "course", 1),
            "content/kurs/brann/varsle.md": _page("egen"),
            "content/moduler/varsle.md": _page("varsle").replace("page", "module", 1),
        }
    )

    assert _clashes(problems(root)) == [("content/kurs/brann/index.md", "duplicate-address")]


def test_a_redirect_may_not_lie_where_a_file_lies(region: Region, problems: Places) -> None:
    root = region({"content/vakt.md": _page("vakt", "redirect_from: [/plan.pdf]\n"), "content/plan.pdf": "x"})

    assert _clashes(problems(root)) == [("content/vakt.md", "redirect-taken")]
