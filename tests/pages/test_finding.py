"""The page of search without scripts: everything that the site has, and of much the list where it stands."""

from __future__ import annotations

from kompetanse.model.own_address import SEARCH, SEARCH_INDEX
from kompetanse.pages.finding import names, search

MANY = 201


def test_what_there_is_much_of_stands_in_its_list_and_not_on_the_page_that_all_fetch(tmp_path, site_of):
    (tmp_path / "content").mkdir()
    (tmp_path / "region.yml").write_text("id: nord\nname: Nord\n", encoding="utf-8")
    for number in range(MANY):
        head = f"type: competence\nid: k{number}\ntitle: K{number}\nlevels: {{1: Vet., 2: Øver., 3: Kan., 4: Lærer bort.}}\n"
        (tmp_path / f"content/k{number}.md").write_text(f"---\n{head}---\n\nTekst.\n", encoding="utf-8")
    (tmp_path / "content/rolle.md").write_text(
        "---\ntype: role\nid: r\ntitle: Rolle\nrequires: [{competence: k0, level: 1}]\n---\n\nTekst.\n",
        encoding="utf-8",
    )
    view = site_of(tmp_path).view("", "nb").at(SEARCH)

    text = search(view).text

    assert '<a href="../kompetanser/">Kompetanser: alle 201 på en egen side</a>' in text
    assert "K200" not in text
    assert '<a href="../rolle/">Rolle</a>' in text


def test_the_names_to_narrow_by_are_a_file_that_the_page_points_at(case, site_of):
    view = site_of(case("each-kind")).view("", "nb").at(SEARCH)

    address, text = names(view)

    assert f'data-names="{address.removeprefix(SEARCH)}"' in search(view).text
    assert text.startswith(
        f'kompetanseShard("{address.removeprefix(SEARCH_INDEX).removesuffix(".js")}",{{"role":'
    )
