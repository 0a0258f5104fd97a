"""A course of another region with all it needs: taken whole, unchanged, credited, and taken back exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from tests.forking.conftest import NABOVIK, OURS, PNG, competence, git
from tests.forking.kurs import FOLDER, Make, Run, files

from kompetanse.content.reading import read_library_at
from kompetanse.sharing.origin import read


def test_a_course_comes_with_its_modules_sections_pictures_and_competences(
    nabovik: Make, ours: Path, fork: Run, errors: Callable[[Path], list[str]]
) -> None:
    nabovik()

    done = fork()

    assert done.exit_code == 0, done.err
    assert sorted(files(ours)) == [
        "01-les.md",
        "bilder/plan.png",
        "index.md",
        "origin.yml",
        "shared/felles/kart.png",
        "shared/kompetanser/arkiv.md",
        "shared/kompetanser/dokumentasjon.md",
        "shared/moduler/hilsen.md",
        "shared/moduler/svar.md",
    ]
    assert errors(ours) == []
    assert git(ours, "status", "--porcelain") == ""
    assert git(ours, "rev-list", "--count", "HEAD") == "3"


def test_files_are_the_sources_own_but_for_rows_that_only_its_region_said(
    nabovik: Make, ours: Path, fork: Run
) -> None:
    nabovik()

    fork()

    found = files(ours)
    assert found["bilder/plan.png"] == PNG
    changed = str(NABOVIK["content/kurs/brev/index.md"]).replace(
        "prerequisites: [epost]\naudience: [arkivar]\n", ""
    )
    changed = changed.replace("svar]\n---", 'svar]\nauthors:\n- "Nabovik kommune"\n---')
    assert found["index.md"].decode() == changed
    assert b"licence: CC-BY-SA-4.0" in found["shared/kompetanser/arkiv.md"]
    bases = files(ours, PurePosixPath(".kompetanse/base/brev"))
    assert bases["index.md"].decode() == NABOVIK["content/kurs/brev/index.md"]
    assert set(bases) == set(found) - {"origin.yml"}


def test_the_record_says_where_each_file_came_from_and_under_which_licence(
    nabovik: Make, ours: Path, fork: Run
) -> None:
    root = nabovik()

    fork()

    origin = read(ours, FOLDER)
    assert (origin.source, origin.region, origin.id, origin.path) == ("nabovik", "nabovik", "brev", FOLDER)
    assert origin.commit == git(root, "rev-parse", "HEAD")
    assert origin.tree == git(root, "rev-parse", "HEAD:content/kurs/brev")
    assert (origin.credit.title, origin.credit.authors, origin.credit.licence) == (
        "Brev og arkiv",
        ("Nabovik kommune",),
        "CC-BY-4.0",
    )
    assert origin.credit.url == "https://nabovik.example/kurs/brev/"
    assert isinstance(origin.credit.date, date)
    shared = origin.files[PurePosixPath("shared/kompetanser/arkiv.md")]
    assert (shared.source, shared.licence) == (PurePosixPath("content/kompetanser/arkiv.md"), "CC-BY-SA-4.0")
    assert origin.files[PurePosixPath("index.md")].source is None
    assert [one.did for one in origin.history] == ["fork"]
    assert f"Source: {root}@{origin.commit} content/kurs/brev\nLicence: CC-BY-4.0" in git(
        ours, "log", "-1", "--format=%B"
    )


def test_what_is_the_regions_own_stays_there_and_is_named(nabovik: Make, ours: Path, fork: Run) -> None:
    nabovik()

    done = fork("--dry-run")

    assert "Left out: content/kurs/brev/.htaccess: files that begin with a dot" in done.out
    assert "Left out: content/kurs/brev/samling.md: a session is the source's own" in done.out
    assert "References that stay with the source: audience: arkivar, prerequisites: epost" in done.out
    assert "Competences you have already: personvern" in done.out
    assert "Competences that come along: arkiv, dokumentasjon" in done.out
    assert not (ours / FOLDER).exists()
    assert git(ours, "status", "--porcelain") == ""


def test_the_plan_is_data_too(nabovik: Make, fork: Run) -> None:
    nabovik()

    report = fork("--dry-run", "--json").report

    assert report["competences"] == {
        "matched": ["personvern"],
        "copied": ["arkiv", "dokumentasjon"],
        "linked": [],
        "unlike": [],
    }
    assert {
        "path": "bilder/plan.png",
        "from": "content/kurs/brev/bilder/plan.png",
        "bytes": len(PNG),
        "licence": "CC-BY-4.0",
        "verdict": "ok",
        "why": "may be used freely",
    } in report["files"]
    assert report["written"] is False


def test_competences_can_stay_with_the_source(nabovik: Make, ours: Path, fork: Run, errors: Any) -> None:
    nabovik()

    fork("--competences", "link")

    assert not any("kompetanser" in name for name in files(ours))
    assert b"arkiv, level" not in files(ours)["index.md"]
    assert b"- competence: personvern\n  level: 2\n" in files(ours)["index.md"]
    assert errors(ours) == []


def test_one_of_our_competences_can_be_meant_by_one_of_theirs(
    nabovik: Make, ours: Path, fork: Run, errors: Any
) -> None:
    nabovik()

    fork("--map", "arkiv=personvern", "--map", "dokumentasjon=personvern")

    assert read(ours, FOLDER).ids["arkiv"] == "personvern"
    assert b"competence: arkiv" in files(ours)["index.md"]
    assert errors(ours) == []
    course = read_library_at(ours, "content").by_id["brev"]
    assert [one.competence for one in course.keys.teaches] == ["personvern", "personvern"]  # type: ignore[union-attr]


def test_a_competence_that_says_something_else_here_is_told_of(nabovik: Make, ours: Path, fork: Run) -> None:
    nabovik({"content/kompetanser/personvern.md": competence("personvern", "Vern om personer")})

    assert "Yours say something else" in fork("--dry-run").out
    assert "--competences copy or link" in fork("--competences", "ask").err


def test_an_id_that_is_taken_here_by_something_else_gets_another_and_references_find_it(
    nabovik: Make, ours: Path, fork: Run, errors: Any, commit: Callable[[Path], Path]
) -> None:
    nabovik()
    (ours / "content/moduler").mkdir()
    (ours / "content/moduler/svar.md").write_text(
        "---\ntype: module\nid: svar\ntitle: Svar opp\n---\n\nNoe annet.\n", encoding="utf-8"
    )
    (ours / "content/hilsen.md").write_text("---\nid: hilsen\ntitle: Hilsen\n---\n\nHei.\n", encoding="utf-8")
    commit(ours)

    done = fork()

    assert "svar is called svar-nabovik here" in done.out
    assert dict(read(ours, FOLDER).ids) == {"svar": "svar-nabovik", "hilsen": "hilsen-nabovik"}
    assert errors(ours) == []
    library = read_library_at(ours, "content")
    assert [one.path.name for _, one in library.modules_of(library.by_id["brev"]) if one] == [
        "01-les.md",
        "svar.md",
    ]
    assert library.ids[FOLDER / "shared/moduler/svar.md"] == "svar-nabovik"


def test_a_course_whose_id_is_taken_needs_another(
    nabovik: Make, ours: Path, fork: Run, errors: Any, commit: Any
) -> None:
    nabovik()
    (ours / "content/brev.md").write_text("---\nid: brev\ntitle: Brev\n---\n\nHei.\n", encoding="utf-8")
    commit(ours)

    refused = fork()
    done = fork("--as", "brev-fra-naboen", "--into", str(ours / "content/laert"))

    assert (refused.exit_code, "--as ID" in refused.err) == (1, True)
    assert done.exit_code == 0
    assert "id: brev-fra-naboen\n" in (ours / "content/laert/index.md").read_text(encoding="utf-8")
    assert (ours / ".kompetanse/base/brev-fra-naboen/index.md").exists()
    assert errors(ours) == []


def test_a_course_is_forked_once(nabovik: Make, ours: Path, fork: Run) -> None:
    nabovik()
    fork()

    done = fork()

    assert (done.exit_code, "kompetanse update brev" in done.err) == (1, True)


def test_a_shared_module_that_came_with_another_course_comes_once(
    nabovik: Make, ours: Path, fork: Run, errors: Any
) -> None:
    nabovik(
        {
            "content/kurs/epost/index.md": "---\ntype: course\nid: epost\ntitle: E-post\nmodules: [svar]\nlicence: CC-BY-4.0\n---\n\nOm.\n"
        }
    )
    fork()

    done = fork(course="nabovik/epost")

    assert done.exit_code == 0, done.err
    assert sorted(files(ours, PurePosixPath("content/kurs/epost"))) == ["index.md", "origin.yml"]
    assert errors(ours) == []


def test_a_hash_that_is_not_the_catalogues_stops_the_fork(
    nabovik: Make, ours: Path, fork: Run, commit: Any
) -> None:
    root = nabovik()
    right = fork("--dry-run", "--json")
    offers = ours / ".kompetanse/offers/nabovik.json"
    offers.parent.mkdir(parents=True)

    def state(hash_: str) -> None:
        row = f'{{"id": "brev", "title": "Brev", "language": "nb", "commit": "{git(root, "rev-parse", "HEAD")}", "version": "{hash_}"}}'
        offers.write_text(
            f'{{"version": 1, "region": "nabovik", "region_name": "Nabovik", "offers": [{row}]}}',
            encoding="utf-8",
        )
        commit(ours)

    state("sha256:" + "0" * 64)
    wrong = fork()
    state(right.report["hash"])

    assert (wrong.exit_code, "not those that its catalogue states" in wrong.err) == (1, True)
    assert fork().exit_code == 0


def test_the_chain_of_those_who_came_before_is_kept(nabovik: Make, ours: Path, fork: Run) -> None:
    nabovik()
    fork()
    record = (ours / FOLDER / "origin.yml").read_bytes()
    nabovik(
        {
            "content/kurs/epost/origin.yml": record,
            "content/kurs/epost/index.md": "---\ntype: course\nid: epost\ntitle: E-post\nlicence: CC-BY-4.0\n---\n\nOm.\n",
        }
    )

    fork(course="nabovik/epost")

    chain = read(ours, PurePosixPath("content/kurs/epost")).chain
    assert [(one.title, one.licence) for one in chain] == [("Brev og arkiv", "CC-BY-4.0")]


def test_a_course_of_one_file_becomes_a_folder(nabovik: Make, ours: Path, fork: Run, errors: Any) -> None:
    nabovik(
        {
            "content/kurs/kort.md": "---\ntype: course\nid: kort\ntitle: Kort\nlicence: CC-BY-4.0\nteaches: [{competence: personvern, level: 1}]\n---\n\n![Kart](../felles/kart.png)\n"
        }
    )

    done = fork(course="nabovik/kort")

    assert done.exit_code == 0, done.err
    assert sorted(files(ours, PurePosixPath("content/kurs/kort"))) == [
        "index.md",
        "origin.yml",
        "shared/felles/kart.png",
    ]
    assert errors(ours) == []


def test_offline_it_works_from_what_is_kept(nabovik: Make, ours: Path, fork: Run, tmp_path: Path) -> None:
    root = nabovik()
    fork("--dry-run")
    root.rename(tmp_path / "gone")

    done = fork()

    assert done.exit_code == 0, done.err
    assert "Working from what was kept" in done.err


def test_our_own_region_is_as_it_was_but_for_the_course(nabovik: Make, ours: Path, fork: Run) -> None:
    nabovik()

    fork()

    assert all((ours / name).read_text(encoding="utf-8") == text for name, text in OURS.items())
