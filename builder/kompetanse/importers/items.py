"""The content files of a framework: keys and body of each role and competence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content.compose import compose
from kompetanse.importers.framework import FoundCompetence, FoundRole, Framework, Requirement
from kompetanse.importers.need import Named, Statement
from kompetanse.importers.plain_text import as_markdown
from kompetanse.importers.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Publishing:
    """What the person who imports says about all items.

    Attributes:
        language: BCP 47 tag of the items.
        says_language: Whether the items must say it, since it is not the region's.
        licence: SPDX identifier; None for the region's.
        authors: Who is credited; empty for the region's publisher.
        source: Name of the file that they come from.
        roles, competences: Folders they go to, from the region's root.
    """

    language: str
    says_language: bool
    licence: str | None
    authors: tuple[str, ...]
    source: str
    roles: PurePosixPath
    competences: PurePosixPath


@dataclass(frozen=True, slots=True)
class NewItem:
    """A file to write.

    Attributes:
        kind: `role` or `competence`.
        id: Its id.
        path: Where it goes, from the region's root.
        text: The whole file.
        requirements: How many requirements it makes.
    """

    kind: str
    id: str
    path: PurePosixPath
    text: str
    requirements: int = 0


def new_items(framework: Framework, publishing: Publishing) -> Iterator[NewItem]:
    """Yield the file of every competence that the region lacks, and of every role, in the order of the table."""
    words = wording(publishing.language)
    for competence in framework.competences:
        if not competence.in_region:
            path = publishing.competences / f"{competence.id}.md"
            yield NewItem("competence", competence.id, path, _competence(competence, publishing, words))
    titles = {one.id: one.named.title for one in framework.competences}
    for role in framework.roles:
        path = publishing.roles / f"{role.id}.md"
        yield NewItem("role", role.id, path, _role(role, publishing, words, titles), len(role.requires))


def _competence(competence: FoundCompetence, publishing: Publishing, words: Wording) -> str:
    title = competence.named.title
    levels = {str(number): text.format(title=title) for number, text in enumerate(words.levels, 1)}
    keys = {**_common("competence", competence.id, competence.named, publishing), "levels": levels}
    marker = f'!!! warning "{words.marker_title}"\n    {words.marker}'
    parts = [_source(competence.named, publishing, words), marker, *_statements(competence.statements, words)]
    return compose(keys, "\n\n".join(parts))


def _role(role: FoundRole, publishing: Publishing, words: Wording, titles: Mapping[str, str]) -> str:
    keys = {
        **_common("role", role.id, role.named, publishing),
        "requires": [_requirement(one) for one in role.requires],
    }
    return compose(keys, "\n\n".join([_source(role.named, publishing, words), *_uses(role, words, titles)]))


def _common(kind: str, id_: str, named: Named, publishing: Publishing) -> dict[str, Any]:
    return {
        "type": kind,
        "id": id_,
        "title": named.title,
        "language": publishing.language if publishing.says_language else None,
        "status": "published",
        "area": named.area or None,
        "authors": list(publishing.authors) or None,
        "licence": publishing.licence,
        "tags": list(named.tags) or None,
    }


def _requirement(requirement: Requirement) -> dict[str, Any]:
    first = requirement.first
    return {
        "competence": requirement.competence,
        "level": first.level,
        "kind": first.kind,
        "basis": first.basis,
    }


def _source(named: Named, publishing: Publishing, words: Wording) -> str:
    file, code = as_markdown(publishing.source), as_markdown(named.code)
    return words.coded_source.format(file=file, code=code) if code else words.source.format(file=file)


def _statements(statements: tuple[Statement, ...], words: Wording) -> Iterator[str]:
    """Yield a heading and a list for each sort; sorted by code, so that the order of the rows does not matter."""
    for sort, heading in words.sorts.items():
        own = sorted((one for one in statements if one.sort == sort), key=lambda one: (one.code, one.text))
        if own:
            yield f"## {heading}"
            yield "\n".join(f"- {_statement(one)}" for one in own)


def _statement(statement: Statement) -> str:
    code = f"**{as_markdown(statement.code)}** " if statement.code else ""
    return code + as_markdown(statement.text)


def _uses(role: FoundRole, words: Wording, titles: Mapping[str, str]) -> Iterator[str]:
    used = [one for one in role.requires if one.statements]
    if used:
        yield f"## {words.uses}"
        yield words.uses_lead
        yield "\n".join(
            f"- [{as_markdown(titles[one.competence])}](id:{one.competence}): "
            + ", ".join(map(as_markdown, one.statements))
            for one in used
        )
