"""`kompetanse certificate`: issue, check and withdraw certificates of courses."""

from __future__ import annotations

import click

from kompetanse.commands.certificate_change import renew, revoke
from kompetanse.commands.certificate_hosted import hosted
from kompetanse.commands.certificate_issue import issue
from kompetanse.commands.certificate_register import expiring, listed
from kompetanse.commands.certificate_verify import verify
from kompetanse.commands.family import Family


@click.group(
    "certificate",
    cls=Family,
    epilog="Example: kompetanse certificate issue brannkurs --to deltakere.csv --key ~/nokkel/2026.pem -o ~/bevis",
)
def command() -> None:
    """Issue, check and withdraw certificates of courses."""


for one in (issue, verify, revoke, renew, listed, expiring, hosted):
    command.add_command(one)
