"""Problems as other programs read them: three formats that say the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kompetanse.messages import LANGUAGES, codes

Check = Callable[..., Any]

FILES = {
    "content/før vakten.md": "---\nid: vakt\ntitle: Før vakten\nsumary: 100 %\n---\n\nSe [reglene](a,b:c%0A.md).\n",
    "content/liste.md": "---\n- en\n- to\n---\n",
    "content/tavle.md": "---\nid: tavle\ntitle: Tavle\nlayout: bred\n---\n\n![](tavle.svg)\n",
}


@pytest.fixture
def root(region: Callable[[Mapping[str, str]], Path]) -> Path:
    return region(FILES)


def test_json_has_the_documented_shape(root: Path, check: Check):
    said = check(root, "--format", "json")

    found = json.loads(said.out)
    assert list(found) == ["problems", "counts"]
    assert found["counts"] == {"error": 6, "warning": 0, "notice": 1}
    assert len(found["problems"]) == 7
    for row in found["problems"]:
        assert list(row) == ["code", "severity", "path", "line", "key", "message", "remedy"]
        assert {type(row[name]) for name in row if name != "line"} == {str}
        assert type(row["line"]) is int
        assert row["severity"] in {"error", "warning", "notice"}
        assert row["code"] in codes()
    assert said.err == ""


def test_json_of_a_healthy_region_is_empty_but_whole(region: Callable[..., Path], check: Check):
    said = check(region({}), "--format", "json")

    assert json.loads(said.out) == {"problems": [], "counts": {"error": 0, "warning": 0, "notice": 0}}


def test_sarif_has_the_structure_of_its_standard(root: Path, check: Check):
    log = json.loads(check(root, "--format", "sarif").out)

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert driver["name"] == "kompetanse"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", driver["semanticVersion"])
    assert len(rules) == len(set(rules))
    assert all(rule["fullDescription"]["text"] for rule in driver["rules"])
    assert len(run["results"]) == 7
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
        assert place.get("region", {"startLine": 1})["startLine"] >= 1


def test_sarif_writes_names_as_addresses(root: Path, check: Check):
    log = json.loads(check(root, "--format", "sarif").out)

    uris = {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in log["runs"][0]["results"]
    }
    assert "content/f%C3%B8r%20vakten.md" in uris


def test_github_lines_are_commands_with_escaped_values(root: Path, check: Check):
    rows = check(root, "--format", "github").out.splitlines()

    shape = re.compile(r"::(?:error|warning|notice) file=[^,:]+(?:,line=\d+)?,title=[a-z0-9-]+::[^\r\n]+")
    assert [row for row in rows if not shape.fullmatch(row)] == []
    assert any("a,b:c%250A.md" in row for row in rows)


def test_what_is_wrong_with_the_whole_repository_stands_at_no_file(region: Callable[..., Path], check: Check):
    root = region({})
    shutil.rmtree(root / ".git")

    rows = check(root, "--format", "github").out.splitlines()
    log = json.loads(check(root, "--format", "sarif").out)

    assert [row.partition("::")[2].partition("::")[0] for row in rows] == ["warning title=no-repository"]
    assert [one["locations"] for one in log["runs"][0]["results"]] == [[]]


def test_github_lines_escape_what_ends_a_value(region: Callable[..., Path], check: Check):
    root = region({"content/a,b:c%.md": "---\n- en\n---\n"})

    assert check(root, "--format", "github").out.startswith("::error file=content/a%2Cb%3Ac%25.md,line=2,")


def test_a_healthy_region_has_no_github_lines(region: Callable[..., Path], check: Check):
    said = check(region({}), "--format", "github")

    assert (said.exit_code, said.out, said.err) == (0, "", "")


def test_all_formats_list_the_same_problems(root: Path, check: Check):
    rows = check(root, "--format", "json").rows
    results = json.loads(check(root, "--format", "sarif").out)["runs"][0]["results"]
    commands = check(root, "--format", "github").out.splitlines()
    text = check(root).out

    assert [one["ruleId"] for one in results] == [row["code"] for row in rows]
    assert re.findall(r",title=([a-z0-9-]+)::", "\n".join(commands)) == [row["code"] for row in rows]
    assert re.findall(r"\[([a-z0-9-]+)\]$", text, re.MULTILINE) == [row["code"] for row in rows]
    for row, result, command in zip(rows, results, commands, strict=True):
        said = f"{row['message']}. {row['remedy']}"
        assert result["message"]["text"] == said
        assert command.endswith("::" + said.replace("%", "%25").replace("\n", "%0A"))
        where = f"{row['path']}:{row['line']}" if row["line"] else row["path"]
        assert f"  {where}: {row['severity']}: " in text


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_every_format_exits_alike(root: Path, check: Check, form: str):
    assert check(root, "--format", form).exit_code == 1


def test_an_unknown_format_is_wrong_use(root: Path, check: Check):
    assert check(root, "--format", "xml").exit_code == 2


def test_a_date_that_is_none_is_wrong_use(root: Path, check: Check):
    assert check(root, "--date", "i dag").exit_code == 2


@pytest.mark.parametrize("code", codes())
def test_explain_says_why_a_rule_exists_and_needs_no_region(tmp_path: Path, check: Check, code: str):
    said = check(tmp_path, "--explain", code)

    assert said.exit_code == 0
    assert len(said.out) > 20


def test_explain_of_an_unknown_rule_is_wrong_use_and_lists_the_rules(tmp_path: Path, check: Check):
    said = check(tmp_path, "--explain", "finnes-ikke")

    assert said.exit_code == 2
    assert "broken-link" in said.err


def test_the_languages_differ_and_the_places_do_not(root: Path, check: Check):
    said = {language: check(root, "--format", "json", "--lang", language) for language in LANGUAGES}

    messages = {language: [row["message"] for row in one.rows] for language, one in said.items()}
    assert messages["nb"] != messages["nn"] != messages["en"] != messages["nb"]
    assert said["nb"].places == said["nn"].places == said["en"].places


def test_a_language_that_we_do_not_have_is_wrong_use(root: Path, check: Check):
    assert check(root, "--lang", "de").exit_code == 2


def test_a_folder_that_is_no_region_is_told_with_what_to_do(tmp_path: Path, check: Check):
    said = check(tmp_path)

    assert said.exit_code == 1
    assert "kompetanse init" in said.err
