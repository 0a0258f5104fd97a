"""Modules of JavaScript as one classic script: browsers load no modules from file://."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{([^}]+)\} from "\./([^"]+)"$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:(?=async |class |const |function )|\{[^}]+\}$)", re.MULTILINE)
_SAID = re.compile(r"^[ \t]*(?://.*|/\*\*[\s\S]*?\*/[ \t]*)\n|^\n", re.MULTILINE)
"""Comments that have lines of their own, and empty lines: a third of what is fetched, packed."""
_OTHER = re.compile(r"^(?:import|export)\b.*$|\bimport\(", re.MULTILINE)


def classic(modules: Mapping[str, str], entry: str, name: str, exported: tuple[str, ...]) -> str:
    """Return `modules`, file name → text, as one script that makes a global `name` with what `entry` has `exported`.

    Imports and exports stand on lines of their own, with names in braces. Raises `ValueError` for anything else, for a module
    that is not there, and for modules that import each other. Comments are left out.
    """
    order: list[str] = []
    _order(entry, modules, order, ())
    wanted: dict[str, set[str]] = defaultdict(set)
    wanted[entry].update(exported)
    for text in (modules[one] for one in order):
        for names, file in _IMPORT.findall(text):
            wanted[file].update(re.findall(r"\w+", names))
    parts = (_scope(one, modules[one], sorted(wanted[one])) for one in order)
    return f'"use strict";\n(() => {{\nconst modules = {{}}\n{"".join(parts)}globalThis.{name} = modules["{entry}"]\n}})()\n'


def _order(file: str, modules: Mapping[str, str], order: list[str], above: tuple[str, ...]) -> None:
    """Add `file` to `order` after all that it imports."""
    if file not in modules:
        raise ValueError(f"{file}: is not there")
    if file in above:
        raise ValueError(f"{file}: imports itself")
    for _, other in _IMPORT.findall(modules[file]):
        _order(other, modules, order, (*above, file))
    if file not in order:
        order.append(file)


def _scope(file: str, text: str, exported: list[str]) -> str:
    """Return a module as a function of its own, so that no two meet in a name."""
    body = _EXPORT.sub("", _IMPORT.sub(r'const {\1} = modules["\2"]', _SAID.sub("", text)))
    if left := _OTHER.search(body):
        raise ValueError(f"{file}: {left[0]!r} cannot stand in a classic script")
    return f'modules["{file}"] = (() => {{\n{body}return {{ {", ".join(exported)} }}\n}})()\n'
