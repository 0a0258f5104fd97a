"""Data for machines: only types and properties that schema.org publishes, each where it belongs.

The vocabulary is read from the source of `pydantic2-schemaorg`, one class a type, made from the published definitions.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEYWORDS = {"@context", "@id", "@type"}


@dataclass(frozen=True)
class Type:
    """A type of the vocabulary: what it is a part of, and its own properties with the types they may hold."""

    parents: tuple[str, ...]
    properties: Mapping[str, frozenset[str]]


@lru_cache
def published(name: str) -> Type:
    """Return the type `name` as schema.org publishes it."""
    spec = find_spec("pydantic2_schemaorg")
    assert spec
    assert spec.submodule_search_locations
    path = Path(next(iter(spec.submodule_search_locations))) / f"{name}.py"
    assert path.exists(), f"schema.org has no type {name}"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    parents = tuple(base.id for base in found.bases if isinstance(base, ast.Name))
    rows = [row for row in found.body if isinstance(row, ast.AnnAssign) and isinstance(row.target, ast.Name)]
    return Type(
        parents, {row.target.id: _names(row.annotation) for row in rows if isinstance(row.target, ast.Name)}
    )


def _names(annotation: ast.expr) -> frozenset[str]:
    nodes = tuple(ast.walk(annotation))
    quoted = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(quoted | {node.id for node in nodes if isinstance(node, ast.Name)})


def lineage(name: str) -> Iterator[str]:
    """Yield the type `name` and everything it is a kind of."""
    if name != "SchemaOrgBase":
        yield name
        for parent in published(name).parents:
            yield from lineage(parent)


def properties(types: list[str]) -> dict[str, frozenset[str]]:
    """Return what a node of `types` may say, and with which types."""
    found: dict[str, frozenset[str]] = {}
    for one in (kin for name in types for kin in lineage(name)):
        for name, allowed in published(one).properties.items():
            found[name] = found.get(name, frozenset()) | allowed
    return found


def _types(node: Mapping[str, Any]) -> list[str]:
    given = node["@type"]
    return given if isinstance(given, list) else [given]


def faults(node: Any, where: str = "") -> Iterator[str]:
    """Yield what schema.org does not publish in `node` and in what it holds."""
    known = properties(_types(node))
    for key, value in node.items():
        here = f"{where}/{'+'.join(_types(node))}.{key}"
        if key in KEYWORDS:
            continue
        if key not in known:
            yield here
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from faults(one, here)
                kin = {name for given in _types(one) for name in lineage(given)}
                if not kin & known[key]:
                    yield f"{here} is no {'+'.join(_types(one))}"
            elif isinstance(one, str) and not known[key] & {
                "str",
                "AnyUrl",
                "Text",
                "date",
                "datetime",
                "ISO8601Date",
            }:
                yield f"{here} is no text"


def _nodes(pages: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    rows = {
        path: row for path, text in pages.items() for row in text.split("\n") if row.startswith("jsonld: ")
    }
    return {path: json.loads(json.loads(row.removeprefix("jsonld: "))) for path, row in rows.items()}


@pytest.fixture
def nodes_of(pages_of: Callable[[Path], dict[str, str]]) -> Callable[[Path], dict[str, dict[str, Any]]]:
    """Return the data of every page of a region."""
    return lambda root: _nodes(pages_of(root))


Nodes = Callable[[Path], dict[str, dict[str, Any]]]


@pytest.mark.parametrize("name", ["each-kind", "states", "days", "hostile", "reuse-and-questions"])
def test_every_node_is_schema_org(case: Callable[[str], Path], nodes_of: Nodes, name: str) -> None:
    nodes = nodes_of(case(name))

    assert nodes
    assert {path: found for path, node in nodes.items() if (found := list(faults(node)))} == {}


@pytest.mark.skipif(not (ROOT / "region.yml").exists(), reason="the reference region is not here")
def test_every_node_of_the_reference_region_is_schema_org(nodes_of: Nodes) -> None:
    nodes = nodes_of(ROOT)

    assert len(nodes) > 50
    assert {path: found for path, node in nodes.items() if (found := list(faults(node)))} == {}


def test_a_property_that_is_not_the_types_own_is_found() -> None:
    wrong = {"@type": "Occupation", "dateModified": "2026-11-20", "skills": {"@type": "Course", "nome": "x"}}

    assert list(faults(wrong)) == [
        "/Occupation.dateModified",
        "/Occupation.skills/Course.nome",
        "/Occupation.skills is no Course",
    ]


def test_each_kind_has_its_type(case: Callable[[str], Path], nodes_of: Nodes) -> None:
    expected = {
        "index.md": "WebPage",
        "om/index.md": "WebPage",
        "nn/om/index.md": "WebPage",
        "roller/ansatt/index.md": "Occupation",
        "roller/vaktmester/index.md": "Occupation",
        "kompetanser/brannvern/index.md": "DefinedTerm",
        "kompetanser/hlr/index.md": "DefinedTerm",
        "kompetanser/slokking/index.md": "DefinedTerm",
        "kurs/brann/index.md": ["Course", "LearningResource"],
        "kurs/hlr/index.md": ["Course", "LearningResource"],
        "moduler/varsle/index.md": "LearningResource",
        "samlinger/januar/index.md": "CourseInstance",
        "samlinger/februar/index.md": "CourseInstance",
        "lop/ny/index.md": "LearningResource",
        "roller/index.md": "CollectionPage",
        "kompetanser/index.md": "CollectionPage",
        "kurs/index.md": "CollectionPage",
        "moduler/index.md": "CollectionPage",
        "samlinger/index.md": "CollectionPage",
        "lop/index.md": "CollectionPage",
        "redaksjon/index.md": "CollectionPage",
        "lisens/index.md": "CollectionPage",
        "kartlegging/index.md": "WebPage",
        "enhet/index.md": "WebPage",
        "nn/roller/index.md": "CollectionPage",
        "en/kartlegging/index.md": "WebPage",
    }
    nodes = nodes_of(case("each-kind"))

    assert {path: node["@type"] for path, node in nodes.items() if path in expected} == expected


def test_times_have_the_offset_of_the_regions_zone_on_that_day(
    case: Callable[[str], Path], nodes_of: Nodes
) -> None:
    nodes = nodes_of(case("days"))

    assert nodes["samlinger/hosten/index.md"]["startDate"] == "2026-10-18T09:00:00+02:00"
    assert nodes["samlinger/idag-samling/index.md"]["startDate"] == "2026-11-24T09:00:00+01:00"


def test_a_translation_names_its_original(case: Callable[[str], Path], nodes_of: Nodes) -> None:
    course = nodes_of(case("each-kind"))["nn/kurs/brann/index.md"]

    assert course["inLanguage"] == "nn"
    assert course["translationOfWork"]["@id"] == "https://testvik.example/kurs/brann/"


def test_the_list_of_competences_is_the_set_that_each_says_it_is_in(
    case: Callable[[str], Path], nodes_of: Nodes
) -> None:
    nodes = nodes_of(case("each-kind"))
    terms = nodes["kompetanser/index.md"]["mainEntity"]

    one = nodes["kompetanser/hlr/index.md"]
    assert one["inDefinedTermSet"]["@id"] == terms["@id"]
    assert one["@id"] in {term["@id"] for term in terms["hasDefinedTerm"]}
