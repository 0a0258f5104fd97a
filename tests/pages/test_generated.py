"""What the site makes itself, beside what authors wrote: addresses, ids and languages that do not get in their way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

Region = Callable[[Mapping[str, str | bytes]], Path]
Pages = Callable[[Path], dict[str, str]]

MODULE = "---\ntype: module\nid: {id}\ntitle: {id}\n---\n"


def test_two_shared_modules_with_one_file_name_both_stand_in_the_course(
    region: Region, pages_of: Pages
) -> None:
    course = "---\ntype: course\nid: k\ntitle: K\nmodules: [brann-intro, hlr-intro]\n---\n"
    files: dict[str, str | bytes] = {
        "content/kurs/k/index.md": course,
        "content/moduler/brann/intro.md": MODULE.format(id="brann-intro"),
        "content/moduler/hlr/intro.md": MODULE.format(id="hlr-intro"),
    }

    assert {"kurs/k/brann-intro/index.md", "kurs/k/hlr-intro/index.md"} <= set(pages_of(region(files)))


def test_a_role_taken_over_in_another_language_says_which(region: Region, pages_of: Pages) -> None:
    levels = "levels: {1: A, 2: B, 3: C, 4: D}\n"
    asks = "requires:\n- {competence: hlr, level: 2}\n"
    files: dict[str, str | bytes] = {
        "content/hlr.md": f"---\ntype: competence\nid: hlr\ntitle: HLR\n{levels}---\n",
        "content/a.md": f"---\ntype: role\nid: a\ntitle: Worker\nlanguage: en\n{asks}---\n",
        "content/b.md": "---\ntype: role\nid: b\ntitle: Vakt\nincludes: [a]\n---\n",
    }

    assert 'fra rollen <span lang="en">Worker</span>' in pages_of(region(files))["b/index.md"]


def test_the_regions_own_page_of_a_list_has_its_facts_there(region: Region, pages_of: Pages) -> None:
    own = "---\ntype: page\nid: r\ntitle: Alle roller\nsummary: Finn din.\nowner: Kari\n---\n"

    written = pages_of(region({"content/roller/index.md": own}))["roller/index.md"]

    assert 'description: "Finn din."' in written
    assert "<dd>Kari</dd>" in written
