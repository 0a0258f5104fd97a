"""Somebody checks a certificate on the issuer's own site: five answers, nothing sent, nothing kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.serving import served
from tests.browser.windows import Visit, faults_of, windows
from tests.commands.office import FILES, Office

from kompetanse.cli import main
from kompetanse.commands.place import today

LIBRARY = Path(__file__).parents[2] / "theme/kompetanse_theme/assets/noble-ed25519/index.js"
PEOPLE = f"navn;dato;resultat;bekreftet av\nKari Nordmann;{today()};85;Ola\nPer Hansen;{today()};90;Ola\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A region that has issued two certificates, withdrawn Per's, and built its site."""
    folder = tmp_path_factory.mktemp("certificates")

    def run(root: Path, *arguments: str) -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KOMPETANSE_KEY_PASSPHRASE", "")
            patch.chdir(root)
            return main(list(arguments))

    made = Office(folder / "region", folder / "utenfor", run)
    made.outside.mkdir()
    for name, text in FILES.items():
        (made.root / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / name).write_text(text, encoding="utf-8")
    assert run(made.root, "issuer", "init", "--key", str(made.outside / "key.pem")) == 0
    forms = ("--format", "svg", "--format", "png", "--format", "pdf")
    assert made.issue(PEOPLE, *forms) == 0
    number = made.issued()["Per Hansen"]["id"].removeprefix("urn:uuid:")
    assert made.certificate("revoke", number, "--reason", "Feil") == 0
    run(made.root, "build", "--date", "2026-11-24")
    return made


@pytest.fixture(scope="module")
def open_page(office: Office, browser: Any) -> Iterator[Callable[..., Visit]]:
    """Open a page of that site."""
    with served(office.root / "site") as site, windows(site, browser) as opened:
        yield opened


def _file(office: Office, start: str, form: str) -> str:
    return str(next(office.files.glob(f"{start}-*.{form}")))


def _answers(visit: Visit, *files: str) -> list[str]:
    """Give the page files, and return the sentence of each answer."""
    visit.page.evaluate("document.querySelectorAll('.kmp-certificate__results').forEach(one => one.remove())")
    visit.page.set_input_files("#kmp-certificate", list(files))
    visit.page.wait_for_selector(".kmp-certificate__results")
    rows = visit.page.locator(".kmp-certificate__results td p")
    return [text.strip() for text in rows.all_inner_texts()]


def test_every_form_of_a_certificate_gets_five_answers_and_nothing_leaves_the_page(
    office: Office, open_page: Callable[..., Visit]
) -> None:
    visit = open_page("bevis/")
    visit.page.fill("#kmp-certificate-name", "kari nordmann")
    before = len(visit.requests)

    for form in ("json", "svg", "png", "pdf"):
        said = _answers(visit, _file(office, "kari", form))
        assert said[0] == "Signaturen er ekte, og ingenting er endret siden beviset ble utstedt."
        assert said[1] == "Testvik er en utsteder vi kjenner."
        assert said[2].startswith("Gjelder nå, til og med")
        assert said[3].startswith("Utstederen har ikke trukket det tilbake")
        assert said[4] == "Beviset er gitt til Kari Nordmann."

    assert {address.rpartition("/")[2] for address in visit.requests[before:]} == {"1.json"}
    assert visit.stored() == []
    assert visit.faults == []


WITHOUT_ED25519 = """
  const importKey = SubtleCrypto.prototype.importKey
  SubtleCrypto.prototype.importKey = function (form, data, kind, ...more) {
    const known = (kind.name ?? kind) !== "Ed25519"
    return known ? importKey.call(this, form, data, kind, ...more) : Promise.reject(new DOMException("", "NotSupportedError"))
  }"""


@pytest.mark.skipif(not LIBRARY.is_file(), reason="the library is not fetched; `make assets` does so")
def test_a_browser_that_does_not_know_such_signatures_gets_what_does(
    office: Office, open_page: Callable[..., Visit], tmp_path: Path
) -> None:
    visit = open_page("bevis/")
    visit.page.add_init_script(WITHOUT_ED25519)
    visit.page.reload()
    visit.page.wait_for_selector("#kmp-certificate")
    kari = Path(_file(office, "kari", "svg")).read_text(encoding="utf-8")
    (tmp_path / "endret.svg").write_text(kari.replace("Kari", "Eva"), encoding="utf-8")

    said = _answers(visit, _file(office, "kari", "json"))
    changed = _answers(visit, str(tmp_path / "endret.svg"))

    assert said[0].startswith("Signaturen er ekte")
    assert said[3].startswith("Utstederen har ikke trukket det tilbake")
    assert changed[0] == "Noe i beviset er endret, eller det er signert av en annen."
    assert sum("noble-ed25519" in address for address in visit.requests) == 1

    visit.page.route("**/noble-ed25519/*", lambda route: route.fulfill(status=404))
    visit.page.reload()
    visit.page.wait_for_selector("#kmp-certificate")
    assert "Bruk Chrome eller Edge fra versjon 137" in _answers(visit, _file(office, "kari", "json"))[0]


def test_files_that_were_made_to_harm_are_told_and_the_page_goes_on(
    office: Office, open_page: Callable[..., Visit], tmp_path: Path
) -> None:
    visit = open_page("bevis/")
    with (tmp_path / "100 MB.pdf").open("wb") as file:
        file.write(b"%PDF")
        file.truncate(100_000_000)
    deep, entities = b"<svg>" * 200_000, b'<!DOCTYPE svg [<!ENTITY a "x">]><svg>&a;</svg>'
    (tmp_path / "dyp.svg").write_bytes(deep)
    (tmp_path / "entitet.svg").write_bytes(entities)

    visit.page.set_input_files("#kmp-certificate", [str(path) for path in sorted(tmp_path.iterdir())])
    visit.page.locator(".kmp-certificate__status", has_text="entitet.svg").wait_for()

    said = visit.page.inner_text(".kmp-certificate__status")
    assert "100 MB.pdf: Filen er for stor" in said
    assert "dyp.svg: " in said
    assert _answers(visit, _file(office, "kari", "png"))[0].startswith("Signaturen er ekte")
    assert visit.faults == []


def test_a_certificate_that_is_withdrawn_changed_or_none_is_told(
    office: Office, open_page: Callable[..., Visit], tmp_path: Path
) -> None:
    visit = open_page("bevis/")
    text = Path(_file(office, "kari", "json")).read_text(encoding="utf-8")
    (tmp_path / "endret.json").write_text(text.replace("Kari", "<b>Eva</b>"), encoding="utf-8")
    (tmp_path / "tom.pdf").write_bytes(b"%PDF-1.7\n")

    assert _answers(visit, _file(office, "per", "pdf"))[3] == "Utstederen har trukket det tilbake."
    changed = _answers(visit, str(tmp_path / "endret.json"))
    assert changed[0] == "Noe i beviset er endret, eller det er signert av en annen."
    assert len(set(changed[2:])) == 1
    assert (
        visit.page.locator(".kmp-certificate h2").inner_text()
        == "<b>Eva</b> Nordmann – Brannkurs – grunnkurs"
    )
    visit.page.set_input_files("#kmp-certificate", str(tmp_path / "tom.pdf"))
    visit.page.locator(".kmp-certificate__status", has_text="tom.pdf").wait_for()
    assert visit.page.locator(".kmp-certificate__results").count() == 0


def test_the_code_on_paper_leads_here_and_another_certificate_is_told(
    office: Office, open_page: Callable[..., Visit]
) -> None:
    number = office.issued()["Per Hansen"]["id"].removeprefix("urn:uuid:")
    visit = open_page(f"bevis/#{number}")

    assert number in visit.page.locator(".kmp-alert--info").inner_text()
    _answers(visit, _file(office, "kari", "json"))
    assert "et annet bevis" in visit.page.locator(".kmp-alert--warning").inner_text()
    assert [address for address in visit.requests if number in address] == []


def test_many_are_opened_at_once_or_pasted_and_each_gets_its_answers(
    office: Office, open_page: Callable[..., Visit]
) -> None:
    visit = open_page("bevis/")
    paste = """text => {
      const clipboardData = new DataTransfer()
      clipboardData.setData("text/plain", text)
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }))
    }"""

    said = _answers(visit, _file(office, "kari", "pdf"), _file(office, "per", "svg"))

    assert len(said) == 10
    assert visit.page.inner_text(".kmp-certificate__status") == "2 bevis er kontrollert. Svarene står under."
    names = visit.page.locator(".kmp-certificate h2").all_inner_texts()
    assert [name.partition(" – ")[0] for name in names] == ["Kari Nordmann", "Per Hansen"]
    assert faults_of(visit.page) == []

    visit.page.evaluate(paste, Path(_file(office, "per", "json")).read_text(encoding="utf-8"))
    visit.page.locator(".kmp-certificate__status", has_text="Beviset er kontrollert").wait_for()
    assert visit.page.locator(".kmp-certificate h2").all_inner_texts() == names[1:]
    visit.page.evaluate(paste, "hei")
    visit.page.locator(".kmp-certificate__status", has_text="Det du limte inn: Det er ikke noe").wait_for()


def test_without_scripts_the_page_says_what_to_do(open_page: Callable[..., Visit]) -> None:
    visit = open_page("nn/bevis/", javascript=False)

    assert "kompetanse certificate verify" in visit.page.inner_text("main")
    assert "Utferdarar vi kjenner" in visit.page.inner_text("main")


def test_a_region_that_issues_none_has_no_such_page(built: Path) -> None:
    assert not (built / "bevis").exists()
    assert json.loads((built / "skjema/region.schema.json").read_text(encoding="utf-8"))
