"""Templates filled in: the HTML of a page around the finished Markdown of its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context

from kompetanse.bytecode import compiled
from kompetanse.pages.plain import plain

BODY = "\x00body\x00"
"""Stands in a template where finished Markdown goes; no author can write it."""


class _Plain(Context):
    """What templates call is called as it is: nothing of ours asks Jinja what stands around it."""

    def call(self, function: Callable[..., Any], /, *values: Any, **named: Any) -> Any:
        """Return what `function` returns; a loop around it is told by Jinja and of no use."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(*values, **named)


class _Environment(Environment):
    context_class = _Plain


@lru_cache
def _environment() -> Environment:
    environment = _Environment(
        loader=PackageLoader("kompetanse.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        comment_start_string="{##",
        comment_end_string="##}",
        bytecode_cache=compiled(),
        auto_reload=False,  # else each page asks for the times of its template's files
    )
    environment.filters["plain"] = plain
    return environment


def filled(template: str, body: str, /, **values: Any) -> str:
    """Return `template` with `values` in it, and `body` at its place.

    Every line starts at the margin, so that no indentation turns HTML into code.
    """
    written = _environment().get_template(template).render(**values)
    return "\n".join(map(str.strip, written.split("\n"))).replace(BODY, body).strip("\n") + "\n"
