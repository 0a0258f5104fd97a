"""Finished text: reuse brought in, anchors given, links turned into ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kompetanse.content.checks.links import check
from kompetanse.content.library import Library
from kompetanse.content.reuse import finish, shift

MakeLibrary = Callable[[Mapping[str, str]], Library]


def page(body: str, id_: str = "a", title: str = "A") -> str:
    return f"---\nid: {id_}\ntitle: {title}\n---\n\n{body}"


def module(body: str, id_: str = "b", title: str = "B") -> str:
    return f"---\ntype: module\nid: {id_}\ntitle: {title}\n---\n\n{body}"


def finished(library: Library, id_: str = "a") -> str:
    return finish(library, library.by_id[id_])


def test_a_heading_that_says_the_title_is_left_out(library: MakeLibrary):
    assert finished(library({"a.md": page("# A\n\nTekst.\n")})) == "Tekst.\n"


def test_headings_start_at_level_two_and_get_their_anchors(library: MakeLibrary):
    found = finished(library({"a.md": page("# Først\n\nTekst.\n\n# Så\n\n## Til slutt\n")}))

    assert found == "## Først {#forst}\n\nTekst.\n\n## Så {#sa}\n\n### Til slutt {#til-slutt}\n"


def test_an_underlined_heading_keeps_its_words(library: MakeLibrary):
    assert (
        finished(library({"a.md": page("Bruk `git`\n---\n\nTekst.\n")}))
        == "## Bruk `git` {#bruk-git}\n\nTekst.\n"
    )


def test_code_in_a_heading_survives(library: MakeLibrary):
    assert finished(library({"a.md": page("## Bruk `git add`\n")})) == "## Bruk `git add` {#bruk-git-add}\n"


def test_a_link_in_a_heading_is_turned_too(library: MakeLibrary):
    found = finished(library({"a.md": page("## Se [B](b.md)\n"), "b.md": page("Tekst.\n", "b")}))

    assert found == "## Se [B](id:b) {#se-b}\n"


def test_a_module_is_brought_in_under_the_heading_where_it_stands(library: MakeLibrary):
    files = {
        "a.md": page('## Del\n\nFør.\n\n--8<-- "b"\n\nEtter.\n'),
        "moduler/b.md": module("# B\n\n## Under\n\nTekst.\n\n### Dypere\n"),
    }

    found = finished(library(files))

    assert (
        found == "## Del {#del}\n\nFør.\n\n### Under {#under}\n\nTekst.\n\n#### Dypere {#dypere}\n\nEtter.\n"
    )


def test_a_module_without_a_heading_above_starts_at_level_two(library: MakeLibrary):
    found = finished(library({"a.md": page('--8<-- "b"\n'), "b.md": module("### Under\n\nTekst.\n")}))

    assert found == "## Under {#under}\n\nTekst.\n"


def test_no_heading_is_deeper_than_six(library: MakeLibrary):
    files = {
        "a.md": page('## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n--8<-- "b"\n'),
        "b.md": module("## X\n\n### Y\n"),
    }

    found = finished(library(files))

    assert found.endswith("###### X {#x}\n\n###### Y {#y}\n")


def test_one_section_is_brought_in_by_its_anchor(library: MakeLibrary):
    files = {
        "a.md": page('Før.\n\n--8<-- "b#under"\n'),
        "b.md": module("Nei.\n\n## Under\n\nJa.\n\n## Mer\n\nNei.\n"),
    }

    assert finished(library(files)) == "Før.\n\n## Under {#under}\n\nJa.\n"


def test_an_indented_line_indents_what_it_brings_in(library: MakeLibrary):
    files = {"a.md": page('!!! tips\n    --8<-- "b"\n'), "b.md": module("En.\n\nTo.\n")}

    assert finished(library(files)) == "!!! tips\n    En.\n\n    To.\n"


def test_links_and_pictures_survive_from_another_folder(library: MakeLibrary):
    files = {
        "kurs/brann/index.md": page('--8<-- "b"\n'),
        "moduler/felles/b.md": module(
            "Se [C](../c.md#x) og ![Et hus](bilder/hus 1.svg) og [ut](https://example.no).\n"
        ),
        "moduler/c.md": page("## X\n", "c", "C"),
        "moduler/felles/bilder/hus 1.svg": "<svg/>",
    }
    files["moduler/felles/b.md"] = files["moduler/felles/b.md"].replace(
        "bilder/hus 1.svg", "<bilder/hus 1.svg>"
    )

    found = finished(library(files))

    assert "[C](id:c#x)" in found
    assert "![Et hus](<asset:moduler/felles/bilder/hus%201.svg>)" in found
    assert "[ut](https://example.no)" in found


def test_reference_links_and_html_survive_too(library: MakeLibrary):
    files = {
        "a.md": page('--8<-- "b"\n'),
        "m/b.md": module('Se [C][1] og <a href="c.md">C</a> og <img src="x.svg" alt="X">.\n\n[1]: c.md\n'),
        "m/c.md": page("Tekst.\n", "c", "C"),
        "m/x.svg": "<svg/>",
    }

    found = finished(library(files))

    assert found == 'Se [C][1] og <a href="id:c">C</a> og <img src="asset:m/x.svg" alt="X">.\n\n[1]: id:c\n'


def test_a_link_within_the_page_stays_within_it(library: MakeLibrary):
    assert finished(library({"a.md": page("[opp](#x)\n\n[opp](a.md#x)\n\n## X\n")})).count("(#x)") == 2


def test_an_unsafe_link_is_cut(library: MakeLibrary):
    assert finished(library({"a.md": page("[a](javascript:alert%281%29)\n")})) == "[a](#)\n"


@pytest.mark.parametrize("way", ["circle", "self", "unknown", "unknown section"])
def test_what_cannot_be_brought_in_leaves_nothing_and_ends(library: MakeLibrary, way: str):
    names = {"circle": "b", "self": "a", "unknown": "c", "unknown section": "b#x"}
    files = {"a.md": page(f'Før.\n\n--8<-- "{names[way]}"\n'), "b.md": module('--8<-- "a"\n')}

    assert finished(library(files)) == "Før.\n"


def test_a_text_that_is_used_twice_is_brought_in_twice(library: MakeLibrary):
    files = {"a.md": page('--8<-- "b"\n\n--8<-- "b"\n'), "b.md": module("Tekst.\n")}

    assert finished(library(files)) == "Tekst.\n\nTekst.\n"


def test_reuse_in_code_is_an_example(library: MakeLibrary):
    body = '```\n--8<-- "b"\n```\n'

    assert finished(library({"a.md": page(body), "b.md": module("Tekst.\n")})) == body


def test_shift_keeps_the_text_and_the_anchors():
    assert shift("## A {#a}\n\nTekst med # tegn.\n", 1) == "### A {#a}\n\nTekst med # tegn.\n"
    assert shift("## A\n", -1) == "# A\n"
    assert shift("# A\n", -3) == "# A\n"


def test_a_long_chain_of_reuse_is_cut_where_it_goes_too_deep(library: MakeLibrary):
    files = {f"m{n}.md": module(f'Trinn {n}.\n\n--8<-- "m{n + 1}"\n', f"m{n}") for n in range(1500)}
    found = library(files)

    words = finished(found, "m1480").count("Trinn")

    assert words == 20
    assert max(finished(found, f"m{n}").count("Trinn") for n in range(1400, 1500)) == 21
    assert {one.code for one in check(found, Path())} == {"reuse-too-large", "unknown-reuse"}


def test_texts_that_double_again_and_again_stay_within_bounds(library: MakeLibrary):
    twice = '--8<-- "m{0}"\n\n--8<-- "m{0}"\n\n'
    files = {f"m{n}.md": module(twice.format(n + 1), f"m{n}") for n in range(19)}
    found = library({**files, "m19.md": module("Mye tekst. " * 40, "m19")})

    sizes = [len(finished(found, f"m{n}")) for n in range(20)]

    assert 500_000 < max(sizes) < 3_000_000
    assert "reuse-too-large" in {one.code for one in check(found, Path())}
