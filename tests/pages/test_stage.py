"""Which pages there are: drafts nowhere, retired items at their address only, shared modules in every course."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Pages = dict[str, str]
LISTS = ("kompetanser/index.md", "kurs/index.md", "redaksjon/index.md", "index.md")


@pytest.fixture
def states(case: Callable[[str], Path], pages_of: Callable[[Path], Pages]) -> Pages:
    return pages_of(case("states"))


@pytest.fixture
def each_kind(case: Callable[[str], Path], pages_of: Callable[[Path], Pages]) -> Pages:
    return pages_of(case("each-kind"))


def test_nothing_is_said_of_a_draft(states: Pages) -> None:
    assert [path for path, text in states.items() if "Hemmelig" in text or "draft" in path + text] == []


def test_a_link_to_a_draft_leads_nowhere(states: Pages) -> None:
    assert "[utkastet](#)" in states["kurs/modul/index.md"]


def test_a_retired_item_keeps_its_page_with_a_banner(states: Pages) -> None:
    page = states["kompetanser/nodlys/index.md"]

    assert "kmp-banner--warning" in page
    assert 'robots: "noindex"' in page
    assert "Utgått tekst." in page


def test_a_retired_item_stands_in_no_list(states: Pages) -> None:
    assert [path for path in LISTS if "Nødlys" in states[path] or "Kurs retired" in states[path]] == []
    assert "Kurs retired" not in states["kompetanser/brannvern/index.md"]


def test_former_addresses_lead_to_the_page(states: Pages) -> None:
    assert 'content="0; url=../../om/"' in states["gammel/om/index.html"]
    assert 'content="0; url=../om/"' in states["om-oss/index.html"]
    assert 'content="0; url=../kompetanser/nodlys/"' in states["lys/index.html"]


def test_no_former_address_lies_outside_the_site(
    case: Callable[[str], Path], pages_of: Callable[[Path], Pages]
) -> None:
    pages = pages_of(case("hostile"))

    assert [path for path in pages if path.startswith(("/", "..")) or "/../" in path or ":" in path] == []


def test_a_shared_module_is_read_inside_each_course_with_that_courses_trail(each_kind: Pages) -> None:
    in_brann, in_hlr = each_kind["kurs/brann/varsle/index.md"], each_kind["kurs/hlr/varsle/index.md"]

    assert '<a href="../">Brannvernkurs</a>' in in_brann
    assert '<a href="../">Livreddende førstehjelp</a>' in in_hlr
    assert 'rel="prev" href="../01-alarm/"' in in_brann
    assert 'rel="next"' not in in_brann
    assert 'rel="next" href="../01-trykk/"' in in_hlr
    assert 'rel="prev"' not in in_hlr


def test_a_shared_module_has_one_canonical_address(each_kind: Pages) -> None:
    canonical = 'canonical: "https://testvik.example/moduler/varsle/"'

    assert canonical in each_kind["kurs/brann/varsle/index.md"]
    assert canonical in each_kind["kurs/hlr/varsle/index.md"]
    assert "canonical:" not in each_kind["moduler/varsle/index.md"]
    assert "canonical:" not in each_kind["kurs/brann/01-alarm/index.md"]


def test_the_own_page_of_a_shared_module_says_where_it_is_used(each_kind: Pages) -> None:
    page = each_kind["moduler/varsle/index.md"]

    assert 'href="../../kurs/brann/varsle/"' in page
    assert 'href="../../kurs/hlr/varsle/"' in page


def test_a_translation_speaks_its_own_language_and_has_what_the_original_has(each_kind: Pages) -> None:
    role, course = each_kind["nn/roller/vaktmester/index.md"], each_kind["nn/kurs/brann/index.md"]

    assert 'language: "nn"' in role
    assert "Dette krev rolla" in role
    assert '<a href="../../../lop/ny/" lang="nb">Ny vaktmester</a>' in role
    assert "../../../kurs/brann/" not in role.split("Dette krev rolla")[1]
    assert "../../../samlinger/januar/" in course


def test_a_role_takes_over_the_requirements_of_the_roles_it_includes(each_kind: Pages) -> None:
    page = each_kind["roller/vaktmester/index.md"]

    own = page.split('<th scope="row"><a href="../../kompetanser/brannvern/">')[1].split("</tr>")[0]
    taken_over = page.split('<th scope="row"><a href="../../kompetanser/hlr/">')[1].split("</tr>")[0]
    assert "fra rollen" not in own
    assert "Selvstendig" in own
    assert "Obligatorisk" in own
    assert "fra rollen Ansatt" in taken_over
    assert "Lovpålagt" in taken_over
    assert "Arbeidsmiljøloven § 3-2" in taken_over
    assert page.index("Lovpålagt") < page.index("Obligatorisk")


def test_the_sites_own_pages_stand_in_each_language_of_the_region(each_kind: Pages) -> None:
    for address in ("", "roller/", "kurs/", "samlinger/", "redaksjon/", "kartlegging/", "enhet/"):
        assert f"{address}index.md" in each_kind
        assert f"nn/{address}index.md" in each_kind
        assert f"en/{address}index.md" in each_kind

    assert '<a href="../vaktmester/">' not in each_kind["nn/roller/index.md"]
    assert '<a href="vaktmester/">' in each_kind["nn/roller/index.md"]
