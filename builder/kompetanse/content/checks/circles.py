"""Does anything lead back to itself: parts of competences, included roles, prerequisites, reuse, translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from kompetanse.content.body import line_at
from kompetanse.content.library import Library
from kompetanse.content.schema import CompetenceKeys, CourseKeys, RoleKeys
from kompetanse.errors import Problem, Severity

Graph = Mapping[str, Sequence[str]]


def check(library: Library) -> Iterator[Problem]:
    """Yield one problem a circle, at the item in it whose id comes first."""
    for key, edges in _KEYS.items():
        yield from _report(library, key, edges(library))
    yield from _reuse(library)


def _broader(library: Library) -> Graph:
    found = ((one, cast(CompetenceKeys, keys)) for one, keys in library.of_kind("competence"))
    return {library.id_of(one): [keys.broader] for one, keys in found if keys.broader}


def _includes(library: Library) -> Graph:
    return {library.id_of(one): cast(RoleKeys, keys).includes for one, keys in library.of_kind("role")}


def _prerequisites(library: Library) -> Graph:
    """A course stands before what it teaches, so a prerequisite in the shape of a competence counts by its course."""
    return {
        library.id_of(one): [id_ for id_ in cast(CourseKeys, keys).prerequisites if isinstance(id_, str)]
        for one, keys in library.of_kind("course")
    }


def _translations(library: Library) -> Graph:
    found = ((one, library.original(one)) for one in library.documents)
    return {library.id_of(one): [original] for one, original in found if original}


_KEYS: Mapping[str, Callable[[Library], Graph]] = {
    "broader": _broader,
    "includes": _includes,
    "prerequisites": _prerequisites,
    "translation_of": _translations,
}


def _report(library: Library, key: str, graph: Graph) -> Iterator[Problem]:
    for circle in circles(graph):
        document = library.by_id[circle[0]]
        yield document.source.problem(key, "circle", path=" → ".join((*circle, circle[0])))


def _reuse(library: Library) -> Iterator[Problem]:
    users = [one for one in library.by_id.values() if "8<" in one.source.body]
    graph = {library.id_of(one): [reuse.id for reuse in one.outline.reuses] for one in users}
    for circle in circles(graph):
        document = library.by_id[circle[0]]
        following = circle[1] if len(circle) > 1 else circle[0]
        start = next(reuse.start for reuse in document.outline.reuses if reuse.id == following)
        path = " → ".join((*circle, circle[0]))
        line = line_at(document.source.body, start)
        yield document.source.body_problem(line, "reuse-circle", Severity.ERROR, path=path)


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """Return the circles of `graph`, each once, starting with its smallest id; a walk deeper than the stack is no error."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in sorted(graph):
        if start not in done:
            _walk(graph, start, done, found)
    return sorted(found.values())


def _walk(graph: Graph, start: str, done: set[str], found: dict[frozenset[str], tuple[str, ...]]) -> None:
    path = [start]
    branches = [iter(graph.get(start, ()))]
    while branches:
        following = next(branches[-1], None)
        if following is None:
            branches.pop()
            done.add(path.pop())
        elif following in path:
            circle = path[path.index(following) :]
            first = circle.index(min(circle))
            found.setdefault(frozenset(circle), (*circle[first:], *circle[:first]))
        elif following in graph and following not in done:
            path.append(following)
            branches.append(iter(graph[following]))
