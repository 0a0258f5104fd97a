"""The documentation says what the code does: keys, commands, rules, examples and links."""

from __future__ import annotations

import ast
import dataclasses
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
import pytest

from kompetanse import cli, staging
from kompetanse.cli import COMMANDS, main
from kompetanse.content import region_keys, schema
from kompetanse.content.keys import Keys, declared
from kompetanse.errors import ExitCode, Severity
from kompetanse.messages import codes
from kompetanse.model import issuer, item, region

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), TOP / "CONTRIBUTING.md", TOP / "CHANGELOG.md"])
TODAY = date(2026, 11, 24)

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?^)```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<![`\\])\[[^\]\n]+\]\((?!https?:|mailto:|id:)([^)\s]+)\)(?!`)")
_SAID = re.compile(r": (error|warning|notice): .* \[([a-z0-9-]+)\]$", re.MULTILINE)


def sections(path: Path) -> dict[str, str]:
    """Return the text under each `## ` heading of a page."""
    parts = re.split(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of the body rows of all tables in `text`."""
    for row in re.findall(r"^\| (`.*) \|$", text, re.MULTILINE):
        yield [cell.strip() for cell in row.split(" | ")]


# Keys


@dataclasses.dataclass(frozen=True)
class Key:
    """A key as the schema has it."""

    required: bool
    default: str | None
    choices: tuple[str, ...]


def keys_of(model: type[Keys], prefix: str = "") -> Iterator[tuple[str, Key]]:
    """Yield each key path of `model`, such as `requires[].level`."""
    for name, field in declared(model).items():
        path = prefix + (field.alias or name)
        yield path, Key(field.is_required, _literal(field.default), tuple(_choices(field.annotation)))
        inside = f"{path}[]." if get_origin(field.annotation) is tuple else f"{path}."
        for nested in _models(field.annotation):
            yield from keys_of(nested, inside)


def _literal(default: Any) -> str | None:
    if isinstance(default, tuple):
        return ", ".join(default) or None
    return json.dumps(default).strip('"') if isinstance(default, str | int) else None


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) is not tuple:
        for part in get_args(annotation):
            yield from _choices(part)


def _models(annotation: Any) -> Iterator[type[Keys]]:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


COMMON = dict(keys_of(schema.PageKeys))
OWN: Mapping[str, Mapping[str, Key]] = {
    "Keys of every kind": COMMON,
    "region.yml": dict(keys_of(region_keys.RegionKeys)),
    **{
        kind: {path: key for path, key in keys_of(model) if path not in COMMON}
        for kind, model in schema.KEYS.items()
    },
}


def documented(section: str) -> dict[str, list[str]]:
    """Return the rows of a table of front-matter.md by key."""
    return {cells[0].strip("`"): cells for cells in rows(sections(DOCS / "front-matter.md")[section])}


@pytest.mark.parametrize("section", OWN)
def test_front_matter_documents_the_keys_that_there_are_in_their_order(section: str):
    assert list(documented(section)) == list(OWN[section])


@pytest.mark.parametrize("section", OWN)
def test_front_matter_documents_defaults_and_choices(section: str):
    for path, (_, value, default, _) in documented(section).items():
        key = OWN[section][path]
        assert (default == "**required**") == key.required, path
        assert default.startswith("`") == (key.default is not None), path
        assert key.default is None or default == f"`{key.default}`", path
        assert all(f"`{choice}`" in value for choice in key.choices), path


def _fields(cls: Any) -> set[str]:
    return {field.name for field in dataclasses.fields(cls)}


WORKED_OUT = {"path", "address", "body"}
"""Fields of every item that no author writes."""


@pytest.mark.parametrize("kind", schema.KEYS)
def test_an_item_has_the_fields_that_its_schema_has_keys(kind: str):
    own = WORKED_OUT | {"module": {"course"}, "course": {"adopted"}}.get(kind, set())

    assert set(declared(schema.KEYS[kind])) - {"type"} == _fields(item.KINDS[kind]) - own


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (schema.RoutineKeys, item.Routine),
        (schema.RequirementKeys, item.Requirement),
        (schema.TargetKeys, item.Target),
        (schema.CertificateKeys, item.Certificate),
        (region_keys.MunicipalityKeys, region.Municipality),
        (region_keys.SourceKeys, region.Source),
        (region_keys.IssuerKeys, issuer.Issuer),
        (region_keys.IssuerKeyKeys, issuer.IssuerKey),
        (region_keys.TrustedIssuerKeys, issuer.TrustedIssuer),
        (region_keys.RegionKeys, region.Region),
    ],
)
def test_an_inner_value_has_the_fields_that_its_schema_has_keys(keys: type[Keys], value: Any):
    assert set(declared(keys)) == _fields(value)


def test_a_step_names_its_item_by_kind():
    assert set(declared(schema.StepKeys)) == _fields(item.Step) - {"item"} | {"course", "session"}


# Commands


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, by what is typed: those of a group stand under its name."""
    for name in COMMANDS:
        found = cli.kompetanse.get_command(click.Context(cli.kompetanse), name)
        if isinstance(found, click.Group):
            yield from ((f"{name} {own}", command) for own, command in found.commands.items())
        elif found:
            yield name, found


ALL = dict(_commands())


@pytest.mark.parametrize("name", ALL)
def test_commands_documents_every_option_that_there_is_and_no_other(name: str):
    options = {
        flag
        for option in ALL[name].params
        if isinstance(option, click.Option)
        for flag in option.opts
        if flag.startswith("--")
    }

    text = sections(DOCS / "commands.md")[f"kompetanse {name}"]
    told = {flag for cells in rows(text) for flag in re.findall(r"--[a-z-]+", cells[0])}

    assert told == options


@pytest.mark.parametrize("name", ALL)
def test_commands_gives_an_example_of_every_command(name: str):
    text = sections(DOCS / "commands.md")[f"kompetanse {name}"]

    assert text.count(f"\nkompetanse {name} ") >= 2, "synopsis and example"


def test_commands_documents_no_command_that_there_is_not():
    told = [name for name in sections(DOCS / "commands.md") if name.startswith("kompetanse ")]

    assert {name.removeprefix("kompetanse ") for name in told} == set(ALL)


def test_commands_documents_every_exit_code():
    told = [
        int(number)
        for number in re.findall(
            r"^\| (\d+) \|", (DOCS / "commands.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    ]

    assert told == [code.value for code in ExitCode]


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(one) for key, one in value.items()}
    return [_shape(one) for one in value[:1]] if isinstance(value, list) else type(value)


LINK = "---\nid: {}\ntitle: Vakt\n---\n\nSe [reglene](id:{}).\n"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", ["--format", "json"]),
        ("where-used", ["vakt", "--json"]),
        ("search", ["vakt", "--json"]),
        ("import framework", ["kompetansekrav.csv", "--json"]),
    ],
)
def test_commands_shows_the_json_that_is_written(
    name: str,
    arguments: list[str],
    region: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    links = {"content/a.md": LINK.format("vakt", "nei"), "content/b.md": LINK.format("b", "vakt")}
    monkeypatch.chdir(region({**links, **dict(_EXAMPLE.findall(page))}))

    main([*name.split(), *arguments])

    example = re.search(r"```json\n(.*?)```", sections(DOCS / "commands.md")[f"kompetanse {name}"], re.DOTALL)
    assert example
    assert _shape(json.loads(capsys.readouterr().out)) == _shape(json.loads(example[1]))


# Rules

RULES = """\
# Rules

What `kompetanse check` looks for. An **error** stops a publish, a **warning** does so with `--strict`, a **notice** never does and is
shown with `--notices`. `kompetanse check --explain CODE` says why a rule exists, `--lang nb` says it in bokmål.

This page is written by `python -m pytest tests/test_documentation.py --update-expected` from the message catalogue.

| code | severity | what is wrong | what to do |
|---|---|---|---|
"""


def severities() -> dict[str, str]:
    """Return the severity of each rule, read from the calls and tuples that name its code; an error if none is said."""
    found: dict[str, set[str]] = {code: set() for code in codes()}
    for file in (TOP / "builder").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            said = (
                node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
            )
            for code in (constant for part in said for constant in _constants(part)):
                if code in found:
                    found[code].add(next(filter(None, map(_severity, said)), "error"))
    found |= {code: {Severity.WARNING.word} for code in staging._STATES.values()}
    return {code: " or ".join(sorted(words or {"error"})) for code, words in found.items()}


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_constants(node.body), *_constants(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _severity(node: ast.expr) -> str | None:
    named = (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Severity"
    )
    return node.attr.lower() if isinstance(node, ast.Attribute) and named else None


def _cell(words: str) -> str:
    return (
        re.sub(r"(?<!\{)\{\w+\}", "…", words)
        .replace("{{", "{")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("[", "\\[")
    )


def test_rules_is_what_the_message_catalogue_says(expect: Callable[[Path, str], None]):
    catalogue = TOP / "builder/kompetanse/messages/problems.en.toml"
    rules = tomllib.loads(catalogue.read_text(encoding="utf-8"))
    severity = severities()

    table = [
        f"| `{code}` | {severity[code]} | {_cell(rules[code]['message'])} | {_cell(rules[code]['remedy'])} |"
        for code in sorted(rules)
    ]

    expect(DOCS / "rules.md", RULES + "\n".join(table) + "\n")


def test_rules_has_the_severities_that_the_cases_show():
    told = {cells[0].strip("`"): cells[1] for cells in rows((DOCS / "rules.md").read_text(encoding="utf-8"))}

    for case in sorted((TOP / "tests/check/cases").glob("*/expected.txt")):
        for severity, code in _SAID.findall(case.read_text(encoding="utf-8")):
            assert told[code] == severity, case


# Examples and links


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.exists() and "<!-- file:" in page.read_text(encoding="utf-8")],
    ids=lambda page: page.name,
)
def test_examples_with_a_file_name_have_no_errors_or_warnings(page: Path, region: Callable[..., Path]):
    root = region(dict(_EXAMPLE.findall(page.read_text(encoding="utf-8"))))

    problems = staging.read(root, "content", TODAY).problems

    assert [one for one in problems if one.severity is not Severity.NOTICE] == []


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path):
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        assert not anchor or anchor in _anchors(file), target


def test_every_dependency_has_a_sentence_in_the_changelog():
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=]", one)[0] for one in project["dependencies"]}

    table = (TOP / "CHANGELOG.md").read_text(encoding="utf-8").partition("### Dependencies")[2]
    told = re.findall(r"^\| ([A-Za-z][\w., -]*) \| \w", table, re.MULTILINE)[1:]

    assert {name.lower() for row in told for name in row.split(", ")} == declared
