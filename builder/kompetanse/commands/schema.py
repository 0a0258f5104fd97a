"""`kompetanse schema`: write the JSON Schemas of front matter, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kompetanse.commands.replacement import write_all
from kompetanse.errors import ExitCode
from kompetanse.model.own_address import CATALOGUE_SCHEMA
from kompetanse.schemas import KINDS, published


@click.command(
    "schema",
    epilog="\b\nExample: kompetanse schema course\n         kompetanse schema --into .vscode/schemas",
)
@click.argument("kind", type=click.Choice((*KINDS, CATALOGUE_SCHEMA)), required=False)
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="DIR", help="Write one file a kind to this folder."
)
def command(kind: str | None, into: Path | None) -> int:
    """Write the JSON Schema of KIND, or of all kinds and the open catalogue.

    Editors complete and check front matter with it; others check catalogue.json. The site has the same files under skjema/.
    """
    found = {one: published(one) for one in ([kind] if kind else (*KINDS, CATALOGUE_SCHEMA))}
    if into:
        write_all({into / f"{name}.schema.json": _text(schema) for name, schema in found.items()})
        click.echo(f"{len(found)} schemas in {into}")
    else:
        click.echo(_text(found[kind] if kind else found).rstrip())
    return ExitCode.DONE


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
