"""The language of a page and of its parts is said (WCAG 3.1.1, 3.1.2)."""

from __future__ import annotations


def test_a_nynorsk_page_says_so_and_so_do_its_buttons(visit, samples):
    page = visit(samples["nynorsk"]).page

    assert page.get_attribute("html", "lang") == "nn"
    assert page.locator(".kmp-skip").inner_text() == "Gå til innhald"


def test_menu_and_footer_of_a_nynorsk_page_are_in_nynorsk_and_lead_to_lists_in_nynorsk(visit, site, samples):
    page = visit(samples["nynorsk"]).page

    assert "Kartlegg deg sjølv" in page.locator("#kmp-menu nav").inner_text()
    assert "Gjennomgang" in page.locator("footer").inner_text()
    page.click("#kmp-menu nav >> text=Roller")
    assert page.url == f"{site.home}nn/roller/"
    assert page.get_attribute("html", "lang") == "nn"


def test_a_link_to_a_text_in_another_language_says_which(visit, samples):
    page = visit(samples["courses"]).page

    assert page.locator(f'main a[href$="{samples["nynorsk"].split("/")[-2]}/"]').get_attribute("lang") == "nn"
