"""`kompetanse certificate`: issue, check and withdraw certificates of courses."""

from __future__ import annotations

import click

from kompetanse.commands.certificate_issue import issue


@click.group(
    "certificate",
    epilog="Example: kompetanse certificate issue brannkurs --to deltakere.csv --key ~/nokkel/2026.pem -o ~/bevis",
)
def command() -> None:
    """Issue, check and withdraw certificates of courses."""


for one in (issue,):
    command.add_command(one)
