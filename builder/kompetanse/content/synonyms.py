"""Read `synonyms.yml`: groups of words and phrases that mean the same, for the search.

- [HLR, hjerte- og lungeredning]
- [HMS, "helse, miljø og sikkerhet"]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

from kompetanse.content import files, yaml_text
from kompetanse.errors import Problem, Severity

PATH = PurePosixPath("synonyms.yml")

MOST_FORMS, LONGEST_FORM = 20, 100
"""Forms in a group, and letters in a form."""

Group = tuple[str, ...]


def read_synonyms(root: Path) -> tuple[tuple[Group, ...], tuple[Problem, ...]]:
    """Return the groups of the region at `root`, and every problem of its `synonyms.yml`. No file is no group."""
    if not (root / PATH).exists():
        return (), ()
    text = files.read(root, PATH)
    if isinstance(text, Problem):
        return (), () if text.code == "empty-file" else (text,)
    try:
        node = yaml_text.compose(text)
    except yaml_text.Fault as fault:
        return (), (_problem(fault.line, fault.code, **fault.values),)
    if node is None:
        return (), ()
    if not isinstance(node, yaml.SequenceNode):
        return (), (_problem(1, "synonyms-not-groups"),)
    read = [_group(child) for child in node.value]
    return tuple(one for one in read if isinstance(one, tuple)), tuple(
        problem for one in read if isinstance(one, list) for problem in one
    )


def _group(node: yaml.Node) -> Group | list[Problem]:
    """Return the forms of a group, or all that is wrong with it."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.SequenceNode) or not 2 <= len(node.value) <= MOST_FORMS:
        return [_problem(line, "synonyms-not-group", most=str(MOST_FORMS))]
    return list(_faults(node)) or tuple(child.value for child in node.value)


def _faults(group: yaml.SequenceNode) -> Iterator[Problem]:
    for child in group.value:
        text = child.value if isinstance(child, yaml.ScalarNode) else ""
        if len(text) > LONGEST_FORM or not any(map(str.isalnum, text)):
            shown = text[:LONGEST_FORM]
            line = child.start_mark.line + 1
            yield _problem(line, "synonym-unusable", form=shown, most=str(LONGEST_FORM))


def _problem(line: int, code: str, /, **values: str) -> Problem:
    return Problem(PATH, line, "", code, Severity.ERROR, values)
