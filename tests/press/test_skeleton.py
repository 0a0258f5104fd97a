"""A page is what the theme writes for its kind, with its own values in the slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jinja2 import Template

from kompetanse.press.converting import Converted, Heading
from kompetanse.press.leaf import Leaf
from kompetanse.press.skeleton import Entry, Face, Press, folders

THEME = Template(
    "<head><title>{{ page.meta.title }}</title>"
    "{% if page.meta.description %}<meta content='{{ page.meta.description }}'>{% endif %}"
    "{% for name in page.meta.scripts or [] %}<script src='{{ name }}.js'></script>{% endfor %}</head>"
    "{% if page.toc %}<a href='{{ page.toc[0].url }}'>Hopp</a>{% endif %}"
    "{% if page.toc | length > 2 %}<ul>{% for one in page.toc %}<li><a href='{{ one.url }}'>{{ one.title }}</a></li>"
    "{% endfor %}</ul>{% endif %}<main>{{ page.content }}</main>{{ page.url }}"
)

VALUES = ["plain", "\0title\0", "{{ config }}", r"\1 \g<0>", "<script>alert(1)</script>", "æøå 💡"]
"""What an author may write; the second looks like a slot."""


def _leaf(address: str = "kurs/brann/", **head: Any) -> Leaf:
    return Leaf(address, {"title": "Brann", **head}, "", "")


def _text(html: str = "<p>Tekst</p>", headings: int = 0) -> Converted:
    return Converted(html, tuple(Heading(f"del-{n}", f"Del {n}") for n in range(headings)))


def _press(asked: list[Face] | None = None) -> Press:
    def render(face: Face) -> str:
        if asked is not None:
            asked.append(face)
        return str(THEME.render(page=face))

    return Press(render, None, frozenset({"kurs/", "nn/", "nn/kurs/"}))


def _whole(leaf: Leaf, text: Converted) -> str:
    """The page as the theme writes it without any skeleton."""
    toc = [Entry(f"#{one.anchor}", one.title) for one in text.toc]
    return str(THEME.render(page=Face(leaf.address or "./", None, leaf.head, toc, text.html)))


def _without_policy(page: str) -> str:
    before, _, rest = page.partition("<meta http-equiv")
    return before.rstrip("\n") + rest.partition(">")[2] if rest else page


@pytest.mark.parametrize("headings", range(6))
@pytest.mark.parametrize("head", [{}, {"description": "Om brann"}, {"scripts": ["quiz", "progress"]}])
def test_a_page_is_what_the_theme_writes(head: Mapping[str, Any], headings: int) -> None:
    press = _press()
    press.page(_leaf("kurs/annet/", **{**head, "title": "Annet"}), _text("<p>Annet</p>", headings))

    leaf, text = _leaf(**head), _text(headings=headings)

    page = press.page(leaf, text).replace("kurs/annet/", leaf.address)
    assert _without_policy(page) == _whole(leaf, text)


@pytest.mark.parametrize("value", VALUES)
def test_no_value_opens_a_slot(value: str) -> None:
    press = _press()

    page = press.page(_leaf(title=value, description=value), _text(f"<p>{value}</p>", 1))

    assert f"<title>{value}</title>" in page
    assert f"<meta content='{value}'>" in page
    assert f"<main><p>{value}</p></main>" in page


def test_the_theme_writes_each_kind_once() -> None:
    asked: list[Face] = []
    press = _press(asked)

    for name in ("brann", "hygiene", "sprak"):
        for headings in (0, 3, 7):
            press.page(_leaf(f"kurs/{name}/"), _text(headings=headings))

    assert len(asked) == 2, "without a table of contents and with one"


@pytest.mark.parametrize(
    "address",
    ["roller/brann/", "kurs/", "kurs/brann/del/", "nn/kurs/brann/", "nn/brann/", ""],
)
def test_where_relative_addresses_may_begin_otherwise_is_another_kind(address: str) -> None:
    asked: list[Face] = []
    press = _press(asked)

    press.page(_leaf("kurs/brann/"), _text())
    press.page(_leaf(address), _text())

    assert len(asked) == 2


def test_folders_are_named_from_the_nearest_out() -> None:
    assert list(folders("nn/kurs/brann/")) == ["nn/kurs/brann/", "nn/kurs/", "nn/"]
    assert list(folders("")) == []
