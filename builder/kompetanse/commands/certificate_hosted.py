"""`kompetanse certificate hosted`: files for a backpack that reads Open Badges 2.0, for a recipient who asks for it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import click

from kompetanse.commands.issuing import log_option, office
from kompetanse.commands.place import content_option
from kompetanse.commands.replacement import put
from kompetanse.errors import ExitCode, KompetanseError, UsageError

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


@click.command(
    "hosted",
    epilog="Example: kompetanse certificate hosted 0d0f3a55 --email kari@testvik.example --at https://merker.testvik.example/ "
    "--log ~/nokkel/kursbevis-logg.jsonl -o ~/merker",
)
@click.argument("number", metavar="NUMBER")
@click.option(
    "--email",
    required=True,
    metavar="ADDRESS",
    help="That she has in her backpack; only its hash is written.",
)
@click.option(
    "--at", "address", required=True, metavar="URL", help="Where the folder will lie in public, by https."
)
@click.option("--contact", metavar="ADDRESS", help="E-mail of the issuer; default: contact of region.yml.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the files, outside the repository.",
)
@log_option
@content_option
def hosted(
    number: str,
    email: str,
    address: str,
    contact: str | None,
    output: Path,
    log: Path | None,
    content: Path | None,
) -> int:
    """Write a certificate as an Open Badges 2.0 hosted badge, which somebody who asks for it can add to her backpack.

    Such a badge is checked by fetching it, so its files must lie in public: use it only for a recipient who has said yes, and take
    the files away when she asks. They hold no name, only a hash of her e-mail address. Run it again after `revoke`, and
    the badge says that it is withdrawn.
    """
    where = office(content, log, None)
    mail, own = email.strip().lower(), contact or where.region.contact or ""
    _refuse(mail, own, address, output)
    from kompetanse.evidence.hosted_badge import Host
    from kompetanse.evidence.hosted_badge import hosted as made
    from kompetanse.evidence.issue_log import IssueLog
    from kompetanse.evidence.register import chosen
    from kompetanse.evidence.typst_pdf import need_typst

    need_typst()
    opened = IssueLog(where.log, where.did)
    one = chosen(opened.issued.values(), [number])[0]
    host = Host(f"{address.rstrip('/')}/", where.issued_by.name, where.site, own, where.look.colour)
    files = dict(made(one, opened.certificate(one), mail, host))
    for name, data in files.items():
        put(output / name, data)
    click.echo(
        f"Wrote {len(files)} files to {output}. Put them at {host.address}; the badge is {list(files)[-1]}"
    )
    return ExitCode.DONE


def _refuse(email: str, contact: str, address: str, output: Path) -> None:
    from kompetanse.git.ignored import is_kept_out

    if not _EMAIL.fullmatch(email) or not _EMAIL.fullmatch(contact):
        raise UsageError(
            "A badge needs the e-mail of its recipient (--email) and of the issuer (--contact). Write them as name@place"
        )
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(
            f"{address[:200]} is no https address of a folder. Write it as https://merker.testvik.example/"
        )
    if not is_kept_out(output / "x"):
        raise KompetanseError(
            f"{output} lies in a git repository, and a badge is about a person: what git has kept, it never forgets. "
            "Choose a folder outside the repository"
        )
