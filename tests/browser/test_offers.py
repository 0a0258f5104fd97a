"""«Fra andre regioner» as its readers meet it: by keyboard, by search, on paper, and with foreign text that stays text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from tests.browser.serving import Site, served

from kompetanse.content.offers import path_of, text_of
from kompetanse.model.offer import Offer

OFFERS = "andre-regioner/"
SCRIPT = "<script>document.title='0wned'</script><img src=x onerror=\"document.title='0wned'\">"


def offer(source: str, id_: str, title: str, level: int, **more) -> Offer:
    address = f"https://git.{source}.example/l.git"
    return Offer(
        source, source, source.title(), id_, title, "nb", levels=(level,), repository=address, **more
    )


OFFERED = {
    "nordvik": [
        offer("nordvik", "brann", f"Brannvern {SCRIPT}", 1, summary=f"Lær å slokke. {SCRIPT}", minutes=45),
        offer("nordvik", "gammalt", "Gammalt", 2, withdrawn="error", withdrawn_on=date(2026, 11, 20)),
    ],
    "sorvik": [
        offer("sorvik", "hms", "HMS for alle", 2, licence="CC-BY-4.0", url="https://sorvik.example/hms/")
    ],
}
FILES = {
    "region.yml": "id: testvik\nname: Testvik\nurl: https://testvik.example/\nlanguages: [nb, nn, en]\n",
    "content/kurs/eget/index.md": "---\ntype: course\nid: eget\ntitle: Eget kurs\n---\nTekst.\n",
    **{str(path_of(source)): text_of(offers) for source, offers in OFFERED.items()},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of a small region to which others offer courses."""
    root = tmp_path_factory.mktemp("testvik")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kompetanse", "build"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (root / "site/404.html").exists(), done.stdout + done.stderr
    with served(root / "site") as site:
        yield site


@pytest.mark.parametrize("address", [OFFERS, f"en/{OFFERS}"])
def test_the_page_has_no_fault_and_foreign_text_runs_nowhere(visit, faults, address):
    seen = visit(address)

    assert seen.faults == []
    assert seen.page.title() != "0wned"
    assert seen.page.locator("article img, article script").count() == 0
    assert SCRIPT in seen.page.locator("#kmp-nordvik-brann").inner_text()
    assert faults(seen.page) == []


def test_the_list_is_narrowed_by_keyboard(visit):
    page = visit(OFFERS).page

    page.focus("#kmp-words")
    page.keyboard.type("hms")

    assert page.locator("[data-kmp-list] > li:visible").count() == 1
    assert page.locator("h2:visible", has_text="Nordvik").count() == 0


def test_the_search_leads_to_an_offers_place(visit, site):
    page = visit().page

    page.fill("#kmp-query", "slokke")
    page.locator("#kmp-found [role=option]", has_text="(Nordvik)").first.click()

    page.wait_for_url(f"{site.home}{OFFERS}#kmp-nordvik-brann")
    assert page.title() != "0wned"


def test_the_lists_of_courses_and_the_footer_lead_there(visit):
    page = visit("kurs/").page

    assert (
        page.locator("article a", has_text="Fra andre regioner").get_attribute("href") == "../andre-regioner/"
    )
    assert page.locator("footer a", has_text="Fra andre regioner").count() == 1


def test_on_paper_what_is_offered_and_what_is_withdrawn_stand(visit):
    page = visit(OFFERS).page

    page.emulate_media(media="print")

    assert page.get_by_text("kompetanse fork sorvik/hms").is_visible()
    assert page.get_by_text("Trukket tilbake 20. november 2026: feil i innholdet").is_visible()
    assert page.locator("form.kmp-filter").is_hidden()
