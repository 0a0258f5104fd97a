"""The catalogue: what is inherited, translated and added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from kompetanse.model.catalogue import Catalogue, alphabetical
from kompetanse.model.item import Competence, Course, ItemId, Module, Page, Role

MakeCatalogue = Callable[[Mapping[str, str]], Catalogue]

LEVELS = "levels: {1: Kjenner til, 2: Får hjelp, 3: Greier selv, 4: Veileder}\n"


def item(kind: str, id_: str, keys: str = "", body: str = "") -> str:
    return f"---\ntype: {kind}\nid: {id_}\ntitle: {id_.capitalize()}\n{keys}---\n{body}"


def requires(*lines: str) -> str:
    return "requires:\n" + "".join(f"- {{{line}}}\n" for line in lines)


COMPETENCES = {f"{id_}.md": item("competence", id_, LEVELS) for id_ in ("brann", "hms", "etikk")}


def inherited(catalogue: Catalogue, role: str) -> list[tuple[str, int, str, str]]:
    found = catalogue.items[ItemId(role)]
    assert isinstance(found, Role)
    return [
        (one.requirement.competence, one.requirement.level, one.requirement.kind, one.role.id)
        for one in catalogue.requirements(found)
    ]


def test_a_role_takes_over_what_its_included_roles_require(catalogue: MakeCatalogue):
    files = {
        "ansatt.md": item("role", "ansatt", requires("competence: hms, level: 1")),
        "drift.md": item("role", "drift", "includes: [ansatt]\n" + requires("competence: etikk, level: 2")),
        "vakt.md": item("role", "vakt", "includes: [drift]\n" + requires("competence: brann, level: 3")),
    }

    found = catalogue(COMPETENCES | files)

    assert inherited(found, "vakt") == [
        ("brann", 3, "mandatory", "vakt"),
        ("etikk", 2, "mandatory", "drift"),
        ("hms", 1, "mandatory", "ansatt"),
    ]


MERGED = {
    "the higher level, and the law of the other": (
        "level: 3, kind: recommended",
        "level: 2, kind: statutory, basis: Brannloven § 1",
        (3, "statutory", "self", "Brannloven § 1", None),
    ),
    "its own level, where that is higher": ("level: 3", "level: 2", (3, "mandatory", "self", None, None)),
    "the stronger evidence": (
        "level: 2, evidence: test",
        "level: 2, evidence: confirmed",
        (2, "mandatory", "confirmed", None, None),
    ),
    "the shorter validity": (
        "level: 2, valid_for: P1Y",
        "level: 2, valid_for: P6M",
        (2, "mandatory", "self", None, "P6M"),
    ),
    "a validity, where only one has any": (
        "level: 2",
        "level: 2, valid_for: P2Y",
        (2, "mandatory", "self", None, "P2Y"),
    ),
    "of two equals the basis of the nearer role": (
        "level: 2, basis: Vår plan",
        "level: 2, basis: Felles plan",
        (2, "mandatory", "self", "Vår plan", None),
    ),
}


@pytest.mark.parametrize("name", MERGED)
def test_two_requirements_of_one_competence_are_both_met(catalogue: MakeCatalogue, name: str):
    own, included, both = MERGED[name]
    files = {
        "ansatt.md": item("role", "ansatt", requires(f"competence: hms, {included}")),
        "vakt.md": item("role", "vakt", "includes: [ansatt]\n" + requires(f"competence: hms, {own}")),
    }

    found = catalogue(COMPETENCES | files)

    role = found.items[ItemId("vakt")]
    assert isinstance(role, Role)
    (one,) = found.requirements(role)
    said = one.requirement
    length = str(said.valid_for) if said.valid_for else None
    assert (said.level, said.kind, said.evidence, said.basis, length) == both
    assert one.role is role


def test_requirements_stand_by_weight_and_then_by_the_norwegian_alphabet(catalogue: MakeCatalogue):
    role = requires(
        "competence: hms, level: 1, kind: recommended",
        "competence: etikk, level: 1",
        "competence: brann, level: 1, kind: statutory, basis: lov",
    )

    found = inherited(catalogue(COMPETENCES | {"r.md": item("role", "r", role)}), "r")

    assert [kind for _, _, kind, _ in found] == ["statutory", "mandatory", "recommended"]


def test_a_circle_of_roles_ends(catalogue: MakeCatalogue):
    files = {
        "a.md": item("role", "a", "includes: [b]\n" + requires("competence: hms, level: 1")),
        "b.md": item("role", "b", "includes: [a]\n" + requires("competence: hms, level: 2")),
    }

    assert inherited(catalogue(COMPETENCES | files), "a") == [("hms", 2, "mandatory", "a")]


def test_a_long_chain_of_roles_gives_all_of_it_on(catalogue: MakeCatalogue):
    files = {f"r{n}.md": item("role", f"r{n}", f"includes: [r{n + 1}]\n") for n in range(1500)}
    files["r1500.md"] = item("role", "r1500", requires("competence: brann, level: 2"))

    assert [one[0] for one in inherited(catalogue(COMPETENCES | files), "r0")] == ["brann"]


def test_a_draft_role_gives_nothing_on(catalogue: MakeCatalogue):
    files = {
        "a.md": item("role", "a", "includes: [b]\n"),
        "b.md": item("role", "b", "status: draft\n" + requires("competence: hms, level: 2")),
    }

    assert inherited(catalogue(COMPETENCES | files), "a") == []


def test_a_requirement_that_finds_nothing_is_left_out(catalogue: MakeCatalogue):
    role = requires("competence: finnes-ikke, level: 1", "competence: hms, level: 1")

    assert inherited(catalogue(COMPETENCES | {"r.md": item("role", "r", role)}), "r") == [
        ("hms", 1, "mandatory", "r")
    ]


def test_a_competence_knows_its_roles_courses_and_parts(catalogue: MakeCatalogue):
    files = {
        "ansatt.md": item("role", "ansatt", requires("competence: hms, level: 1")),
        "vakt.md": item("role", "vakt", "includes: [ansatt]\n"),
        "kurs.md": item("course", "kurs", "teaches: [{competence: hms, level: 1}]\n"),
        "utkast.md": item("course", "utkast", "status: draft\nteaches: [{competence: hms, level: 1}]\n"),
        "del.md": item("competence", "del", "broader: hms\n" + LEVELS),
    }
    found = catalogue(COMPETENCES | files)
    hms = found.items[ItemId("hms")]
    assert isinstance(hms, Competence)

    assert [one.id for one in found.roles_requiring(hms)] == ["ansatt", "vakt"]
    assert [one.id for one in found.courses_teaching(hms)] == ["kurs"]
    assert [one.id for one in found.parts_of(hms)] == ["del"]


def test_translations_are_found_by_name_and_by_key(catalogue: MakeCatalogue):
    files = {
        "om.md": item("page", "om"),
        "om.nn.md": item("page", "om-nn"),
        "about.md": item("page", "about", "language: en\ntranslation_of: om\n"),
    }
    found = catalogue(files)
    om, nn = found.items[ItemId("om")], found.items[ItemId("om-nn")]

    assert [(one.id, one.language) for one in found.translations(om)] == [("about", "en"), ("om-nn", "nn")]
    assert [one.id for one in found.translations(nn)] == ["about", "om"]
    assert found.in_language(om, "nn") is nn
    assert found.in_language(om, "se") is om
    assert [one.id for one in found.originals(Page)] == ["om"]


def test_a_translation_of_a_draft_stands_alone(catalogue: MakeCatalogue):
    files = {"om.md": item("page", "om", "status: draft\n"), "om.nn.md": item("page", "om-nn")}
    found = catalogue(files)

    assert [one.id for one in found.originals(Page)] == ["om-nn"]


def course(found: Catalogue) -> Course:
    kurs = found.items[ItemId("kurs")]
    assert isinstance(kurs, Course)
    return kurs


def test_a_course_takes_as_long_as_its_modules(catalogue: MakeCatalogue):
    files = {
        "kurs/index.md": item("course", "kurs"),
        "kurs/01.md": item("module", "en", "duration: PT20M\n"),
        "kurs/02.md": item("module", "to", "duration: PT50M\n"),
        "kurs/03.md": item("module", "tre"),
        "kurs/04.md": item("module", "fire", "duration: PT1H\nstatus: draft\n"),
    }
    found = catalogue(files)

    assert str(found.duration_of(course(found))) == "PT1H10M"


def test_a_course_takes_as_long_as_its_author_says(catalogue: MakeCatalogue):
    files = {
        "kurs/index.md": item("course", "kurs", "duration: P1D\n"),
        "kurs/01.md": item("module", "en", "duration: PT20M\n"),
    }
    found = catalogue(files)

    assert str(found.duration_of(course(found))) == "P1D"


def test_a_course_without_lengths_has_none(catalogue: MakeCatalogue):
    found = catalogue({"kurs/index.md": item("course", "kurs")})

    assert found.duration_of(course(found)) is None


def test_modules_are_read_in_the_order_of_their_names_or_as_the_course_says(catalogue: MakeCatalogue):
    files = {
        "felles.md": item("module", "felles"),
        "kurs/index.md": item("course", "kurs"),
        "kurs/01.md": item("module", "en"),
        "kurs/02.md": item("module", "to"),
    }
    by_name = catalogue(files)
    by_hand = catalogue(
        files | {"kurs/index.md": item("course", "kurs", "modules: [02.md, felles, 01.md]\n")}
    )

    assert [one.id for one in by_name.modules_of(course(by_name))] == ["en", "to"]
    assert [one.id for one in by_hand.modules_of(course(by_hand))] == ["to", "felles", "en"]
    shared = by_hand.items[ItemId("felles")]
    assert isinstance(shared, Module)
    assert [one.id for one in by_hand.courses_with(shared)] == ["kurs"]


def test_drafts_have_no_page_and_retired_items_stand_in_no_list(catalogue: MakeCatalogue):
    files = {
        "a.md": item("page", "a"),
        "b.md": item("page", "b", "status: draft\n"),
        "c.md": item("page", "c", "status: retired\n"),
    }
    found = catalogue(files)

    assert [one.id for one in found.visible(Page)] == ["a", "c"]
    assert [one.id for one in found.published(Page)] == ["a"]


def test_the_first_of_two_items_with_one_id_is_kept(catalogue: MakeCatalogue):
    found = catalogue({"a.md": item("page", "x", body="Først.\n"), "b.md": item("page", "x", body="Sist.\n")})

    assert [item.body for item in found.items.values()] == ["Først.\n"]


def test_the_region_fills_in_what_an_item_leaves_out(catalogue: MakeCatalogue):
    found = catalogue({"a.md": item("page", "a")}).items[ItemId("a")]

    assert (found.owner, found.authors, found.licence, found.language) == (
        "Testvik",
        ("Testvik",),
        "CC-BY-4.0",
        "nb",
    )


def test_the_norwegian_alphabet_ends_with_ae_oe_aa():
    words = ["Åpen", "Ærlig", "Zebra", "Øl", "Anker", "ärlig", "anker"]

    assert sorted(words, key=alphabetical) == ["Anker", "anker", "Zebra", "ärlig", "Ærlig", "Øl", "Åpen"]


def test_a_module_of_our_own_in_a_course_that_was_taken_stands_in_it_like_the_others(
    catalogue: MakeCatalogue,
):
    files = {
        "kurs/brann/index.md": item("course", "brann"),
        "kurs/brann/01-alarm.md": item("module", "alarm"),
        "kurs/brann/02-hos-oss.local.md": item("module", "hos-oss"),
    }

    found = catalogue(files)

    course = found.items[ItemId("brann")]
    assert isinstance(course, Course)
    assert [(one.id, one.address) for one in found.modules_of(course)] == [
        ("alarm", "kurs/brann/01-alarm/"),
        ("hos-oss", "kurs/brann/02-hos-oss-local/"),
    ]
