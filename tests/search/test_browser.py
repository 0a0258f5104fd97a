"""The browser's reader against the reference: the same stems, cuts, groups, hits, scores and counts, by static shards."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.search.conftest import Case, load

from kompetanse_search.basis import Basis
from kompetanse_search.cognates import RULES, cognate_key
from kompetanse_search.compound import Elements, Splitter
from kompetanse_search.document import Document
from kompetanse_search.keys import fold_key
from kompetanse_search.lexicon import Lexicon
from kompetanse_search.memory import Memory
from kompetanse_search.page import Pages
from kompetanse_search.query import Query
from kompetanse_search.rank import Ranker, rarity
from kompetanse_search.relations import Relations
from kompetanse_search.shards import files
from kompetanse_search.shown import Shown
from kompetanse_search.stem import english_term, stem
from kompetanse_search.text import tokens
from kompetanse_search.translations import learnt
from kompetanse_search.word_lists import NOT_ELEMENTS, PAIRS, SEEDS, STOP_WORDS
from kompetanse_search_eval import sets

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared/data/search-eval"
READER = Path(__file__).parent / "reader.mjs"

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="there is no Node")

BEGINNINGS = [
    "b",
    "dy",
    "ty",
    "sk",
    "kr",
    "sp",
    "past",
    "commun",
    "gener",
    "inter",
    "exc",
    "proc",
    "succ",
    "even",
    "inn",
    "add",
    "egg",
    "hop",
    "fall",
    "hav",
    "giv",
    "land",
    "amm",
    "øst",
]
ENDINGS = [
    "a",
    "e",
    "ede",
    "ande",
    "ende",
    "ane",
    "ene",
    "hetene",
    "erte",
    "en",
    "heten",
    "ar",
    "er",
    "heter",
    "s",
    "as",
    "es",
    "edes",
    "endes",
    "enes",
    "hetenes",
    "ens",
    "hetens",
    "ers",
    "ets",
    "et",
    "het",
    "ert",
    "ast",
    "dt",
    "vt",
    "leg",
    "eleg",
    "ig",
    "eig",
    "lig",
    "elig",
    "els",
    "lov",
    "elov",
    "slov",
    "hetslov",
    "skap",
    "ied",
    "ies",
    "sses",
    "ss",
    "us",
    "ed",
    "eed",
    "ing",
    "edly",
    "eedly",
    "ingly",
    "tional",
    "enci",
    "anci",
    "abli",
    "entli",
    "izer",
    "ization",
    "ational",
    "ation",
    "ator",
    "alism",
    "aliti",
    "alli",
    "fulness",
    "ousli",
    "iveness",
    "iviti",
    "biliti",
    "bli",
    "ogi",
    "ogist",
    "li",
    "lessli",
    "ative",
    "alize",
    "icate",
    "iciti",
    "ical",
    "ful",
    "ness",
    "ance",
    "ence",
    "able",
    "ible",
    "ate",
    "ive",
    "ize",
    "iti",
    "al",
    "ism",
    "ion",
    "sion",
    "tion",
    "ous",
    "ant",
    "ent",
    "ment",
    "ement",
    "e",
    "l",
    "ll",
    "y",
    "ay",
    "yy",
    "ks",
    "rs",
    "ers",
]
BAD = [
    "",
    "a",
    "a" * 10_000,
    "ab " * 5_000,
    "og i det som",
    '"åpen frase',
    "legemid* ?",
    "title:brann NOT (kurs OR rolle)",
    "[2020 TO 2026] {x} \\ / ~2 ^9 && || !",
    "<script>alert(1)</script>",
    "🚒🧑\u200d⚕\ufe0f",
    "\u202eשלום مرحبا",
    "la\u0308ring a\u030apning",
    "syke\u00adpleier\u200b\ufeff",
    "\x00\x1b[31m\ud800",
    "constructor __proto__ hasOwnProperty toString",
    "\U00010400\U00010401brann",
]


def ask(about: str, **given: Any) -> Any:
    """Ask the reader, in one process."""
    done = subprocess.run(
        ["node", READER],
        input=json.dumps({"about": about, **given}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def shown(documents: Sequence[Document]) -> dict[str, Shown]:
    """Return what is shown of documents that nobody has rendered."""
    return {one.address: Shown.of(one, ()) for one in documents}


def both(
    documents: Sequence[Document], relations: Relations, folder: Path, basis: Basis | None = None
) -> Ranker:
    """Return the reference, and write the shards of the same pages into `folder`."""
    on = basis or Basis.of(documents)
    make = Pages(on)
    pages = [make.page(one) for one in documents]
    for path, text in files(pages, on, shown(documents), relations).items():
        (folder / path).write_text(text, encoding="utf-8")
    memory = Memory(pages, on)
    return Ranker(memory, Lexicon(memory, relations))


def compared(ranker: Ranker, queries: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Demand that the reader answers `queries` as the reference does."""
    for query, have in zip(queries, ask("queries", folder=str(folder), queries=queries), strict=True):
        where = {facet: frozenset(values) for facet, values in query.get("where", {}).items()}
        want = ranker.search(query["text"], where=where, typing=query.get("typing", False))
        assert [(hit["address"], hit["score"]) for hit in have["hits"]] == [
            (hit.address, hit.score) for hit in want.hits
        ], query
        assert (have["total"], have["facets"]) == (want.total, want.facets), query


def region() -> list[Document]:
    """Return the pages of the reference region, roughly: what stands in its files."""
    found = []
    for path in sorted((ROOT / "content").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = re.search(r"^title:\s*(.+)$", text, re.MULTILINE)
        body = text.split("\n---\n", 1)[-1]
        headings = tuple(re.findall(r"^#+\s+(.+)$", body, re.MULTILINE))
        address = path.relative_to(ROOT / "content").with_suffix("").as_posix()
        language = next(
            (one for one in ("nn", "en") if f".{one}" in path.name or f"/{one}/" in address), "nb"
        )
        facets = {"kind": (address.partition("/")[0],), "language": (language,)}
        found.append(
            Document(address, language, title[1] if title else "", headings, body=body, facets=facets)
        )
    return found


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for shards."""
    return tmp_path_factory.mktemp("shards")


@pytest.fixture(scope="module")
def small(site: Case, documents: tuple[Document, ...], basis: Basis, site_folder: Path) -> Ranker:
    """The documents of the vectors, with all relations that a region has, and their shards in `site_folder`."""
    pairs = (*PAIRS, *learnt(map(tuple, site["titles"])))
    return both(documents, Relations.of(site["synonyms"], pairs), site_folder, basis)


def test_every_word_has_the_stems_of_the_package() -> None:
    made = {one + end + last for one in BEGINNINGS for end in ENDINGS for last in ("", "s", "e", "et", "ly")}
    doubled = {one + two for one, two in itertools.product(ENDINGS, ENDINGS)}
    real = {word for one in region() for word in tokens(one.body)}
    listed = {word for pair in PAIRS for word in pair} | SEEDS | STOP_WORDS
    foreign = {word for path in DATA.glob("docs.jsonl") for word in tokens(path.read_text(encoding="utf-8"))}
    words = sorted(made | doubled | real | listed | foreign)

    found = ask("stems", words=words)

    assert len(words) > 10_000
    assert [
        (word, have)
        for word, have in zip(words, found, strict=True)
        if have != [stem(word), english_term(word).removeprefix("en:")]
    ] == []


def test_every_word_has_the_same_cognate_key() -> None:
    words = sorted({case["word"] for case in load("words.json")} | {word for pair in PAIRS for word in pair})

    assert ask("cognates", words=words, rules=RULES) == [cognate_key(fold_key(word)) for word in words]


def test_compounds_are_cut_at_the_same_places() -> None:
    elements = Elements.of(load("elements.json"))
    words = sorted(
        {case["word"] for case in load("cuts.json")} | {word for one in region() for word in tokens(one.body)}
    )
    splitter = Splitter(elements)
    given = {
        "words": list(elements.words.items()),
        "stems": list(elements.stems.items()),
        "not": sorted(NOT_ELEMENTS),
    }

    found = ask("cuts", words=words, elements=given)

    want = [
        {
            "cuts": [[cut.score, cut.left, cut.right] for cut in splitter.cuts(word)],
            "parts": splitter.parts(word),
        }
        for word in words
    ]
    assert found == want


def test_rarities_are_equal_for_every_count() -> None:
    sizes = [0, 1, 7, 558, 1000, 10_000]

    assert ask("rarities", sizes=sizes) == [[rarity(size, one) for one in range(size + 1)] for size in sizes]


def test_the_vectors_of_queries_become_the_same_groups(small: Ranker, site_folder: Path) -> None:
    cases = load("queries.json")

    for case, (groups, together) in zip(
        cases, ask("groups", folder=str(site_folder), queries=cases), strict=True
    ):
        want = small.lexicon.groups(Query.of(case["text"]), typing=case.get("typing", False))
        assert (groups, together) == tuple(map(list, want)), case["text"]
        assert groups == case["groups"]


def test_the_vectors_of_queries_find_the_same_pages(small: Ranker, site_folder: Path) -> None:
    asked = {"text", "where", "typing"}
    queries = [{key: case[key] for key in asked & case.keys()} for case in load("queries.json")]

    compared(small, queries, site_folder)


def test_bad_queries_find_the_same_and_stop_nothing(small: Ranker, site_folder: Path) -> None:
    compared(
        small, [{"text": text, "typing": typing} for text in BAD for typing in (False, True)], site_folder
    )


def test_the_reference_region_is_searched_alike(tmp_path: Path) -> None:
    documents = region()
    ranker = both(documents, Relations.of(pairs=PAIRS), tmp_path)
    titles = sorted({one.title for one in documents if one.title})
    words = sorted({word for one in documents for word in tokens(one.body)})[::7]
    broken = [word[:3] + word[4:] for word in words[::5]] + [
        word[:2] + "x" + word[2:] for word in words[1::5]
    ]

    compared(
        ranker,
        [
            *({"text": text, "typing": True} for text in (*titles, *words, *broken)),
            *({"text": text, "where": {"kind": ["kurs"], "language": ["nb", "nn"]}} for text in titles),
        ],
        tmp_path,
    )


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the judged queries that nobody here wrote are not beside the project"
)
def test_the_judged_queries_find_the_same(tmp_path: Path) -> None:
    data = sets.read(DATA)
    for name, every in data.collections.items():
        folder = tmp_path / name
        folder.mkdir()
        kinds = [replace(one, facets={"kind": ("ab"[len(one.body) % 2],)}) for one in every]
        ranker = both(kinds, Relations.of(pairs=PAIRS), folder)
        queries = [one.text for one in data.queries if one.collection == name]
        compared(
            ranker,
            [
                {"text": text, **more}
                for text in queries
                for more in ({}, {"typing": True, "where": {"kind": ["a"]}})
            ],
            folder,
        )


BRANN = [Document("a/", title="Brannvern", body="Om brann."), Document("b/", title="Hygiene", body="Om mat.")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shards of two pages of the region `testvik`."""
    basis = Basis.of(BRANN)
    pages = [Pages(basis).page(one) for one in BRANN]
    for path, text in files(pages, basis, shown(BRANN), region="testvik").items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def of(folder: Path, kind: str) -> Path:
    """Return the first file of a kind."""
    return next(folder.glob(f"{kind}0-*.js"))


def test_an_index_of_the_region_is_read(folder: Path) -> None:
    assert ask("stops", folder=str(folder), queries=["brann", "mat", "", "xyz"], region="testvik") == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize(
    "change", ["", "kompetanseShard(", 'kompetanseShard("manifest")', "throw 1", "<!doctype html>"]
)
def test_a_manifest_that_is_missing_or_damaged_is_told(folder: Path, change: str) -> None:
    (folder / "manifest.js").write_text(change, encoding="utf-8")

    assert ask("stops", folder=str(folder), queries=["brann"]) in ("Unreachable", "OtherVersion")


def test_a_manifest_of_another_version_or_region_is_told(folder: Path) -> None:
    manifest = folder / "manifest.js"
    text = manifest.read_text(encoding="utf-8")

    assert ask("stops", folder=str(folder), queries=["brann"], region="annet") == "OtherVersion"
    for what in ("form", "version"):
        manifest.write_text(re.sub(f'"{what}":\\d+', f'"{what}":999', text, count=1), encoding="utf-8")
        assert ask("stops", folder=str(folder), queries=["brann"]) == "OtherVersion"


@pytest.mark.parametrize("kind", ["w", "t", "p"])
def test_a_shard_that_is_missing_cut_off_or_another_one_stops_the_query(folder: Path, kind: str) -> None:
    file = of(folder, kind)
    text = file.read_text(encoding="utf-8")
    other = of(folder, "l").read_text(encoding="utf-8")
    head = text.partition(",")[0]

    for change in (None, text[: len(text) // 2], other, f"{head})", f'{head},"Abrann","","","","")'):
        if not file.exists():
            file.write_text(text, encoding="utf-8")
        stopped = ask("stops", folder=str(folder), queries=["brann"], then={file.name: change})
        assert stopped == ["Unreachable"], change


def test_an_index_that_was_made_anew_is_never_mixed_with_the_old_one(folder: Path) -> None:
    basis = Basis.of(BRANN[:1])
    new = files([Pages(basis).page(BRANN[0])], basis, shown(BRANN[:1]), region="testvik")
    gone = dict.fromkeys(file.name for file in folder.iterdir() if file.name not in new)

    assert ask("stops", folder=str(folder), queries=["brann"], then={**gone, **new}) == ["OtherVersion"]


def test_titles_are_text_to_a_script() -> None:
    bad = '</script><script>alert(1)</script>\u2028"\\'
    document = Document("a/", title=bad, body=bad)
    basis = Basis.of([document])

    found = files([Pages(basis).page(document)], basis, shown([document]))

    assert not [path for path, text in found.items() if "<" in text or "\u2028" in text]


def test_the_same_pages_give_the_same_files(documents: tuple[Document, ...], basis: Basis) -> None:
    one, other = (
        files([Pages(basis).page(document) for document in every], basis, shown(documents))
        for every in (documents, documents[::-1])
    )

    assert list(one.items()) == list(other.items())


def test_a_page_of_which_nothing_is_shown_is_told(basis: Basis) -> None:
    with pytest.raises(KeyError, match="a/"):
        files([Pages(basis).page(BRANN[0])], basis, {})


def test_a_site_without_pages_is_searched(tmp_path: Path) -> None:
    compared(both([], Relations(), tmp_path), [{"text": "brann"}, {"text": ""}], tmp_path)
