"""`kompetanse issuer`: the keys that the region's certificates are signed and checked by."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from kompetanse.commands import key_file
from kompetanse.commands.family import Family
from kompetanse.commands.packages import need_certificates
from kompetanse.commands.place import REGION, Place, content_option, find, today
from kompetanse.commands.replacement import write_all
from kompetanse.errors import KompetanseError, Severity
from kompetanse.model.issuer import Issuer, IssuerKey, did_of, document_address
from kompetanse.model.region import Region

if TYPE_CHECKING:
    from kompetanse.evidence.signing_key import PrivateKey

_key_option = click.option(
    "--key",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File of the new private key, outside the repository; it must not be there yet.",
)


@click.group(
    "issuer", cls=Family, epilog="Example: kompetanse issuer init --key ~/kompetanse-nokkel/2026.pem"
)
def command() -> None:
    """Make, change and show the keys that certificates are signed and checked by."""


@command.command("init", epilog="Example: kompetanse issuer init --key ~/kompetanse-nokkel/2026.pem")
@_key_option
@content_option
def init(file: Path, content: Path | None) -> int:
    """Make the region an issuer of certificates.

    Writes a private key (Ed25519) to FILE, and its public half to region.yml, from which the site publishes it. The
    passphrase is asked for, or taken from KOMPETANSE_KEY_PASSPHRASE; an empty one gives a key without.

    The issuer's identifier is the address of the site: certificates can be checked for as long as the region has it.
    """
    place, region = _region(content)
    if region.issuer.keys:
        raise KompetanseError(
            "The region is an issuer already. `kompetanse issuer show` tells its keys, `rotate` adds one"
        )
    did = region.issuer.did or did_of(_address(region))
    key = _added(place, replace(region.issuer, did=did), file, named=bool(region.issuer.did))
    click.echo(f"{did} signs with {key.id} from now on. Its public half stands in {REGION}: commit it.")
    click.echo(f"Publish the site; then everybody finds the key at {document_address(did)}")
    click.echo(f"Keep a copy of {file} where only those who issue can open it: nobody can make it again.")
    return 0


@command.command("rotate", epilog="Example: kompetanse issuer rotate --key ~/kompetanse-nokkel/2027.pem")
@_key_option
@content_option
def rotate(file: Path, content: Path | None) -> int:
    """Sign with a new key from now on; certificates of the old one can still be checked.

    Do so when somebody who had the key leaves, or it is lost. When somebody else may have had it, also take the old
    key out of region.yml: then all its certificates are refused, and must be issued anew.
    """
    place, region = _region(content)
    if not region.issuer.did or not region.issuer.keys:
        raise KompetanseError("The region is no issuer yet. Begin with `kompetanse issuer init --key FILE`")
    key = _added(place, region.issuer, file, named=True)
    click.echo(f"{region.issuer.did} signs with {key.id} from now on. Commit {REGION} and publish the site.")
    click.echo(
        f"Keep a copy of {file}. The old keys stay in {REGION}, so that their certificates can be checked."
    )
    return 0


@command.command("show", epilog="Example: kompetanse issuer show")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@content_option
def show(as_json: bool, content: Path | None) -> int:
    """Show the issuer's identifier, where its keys are published, and the keys."""
    _, region = _region(content)
    issuer = region.issuer
    if as_json:
        click.echo(json.dumps(_as_data(issuer, region), ensure_ascii=False, indent=2))
    elif not issuer.did:
        click.echo("The region is no issuer yet. Begin with `kompetanse issuer init --key FILE`")
    else:
        _tell(issuer, region)
    return 0


def _tell(issuer: Issuer, region: Region) -> None:
    click.echo(f"Issuer     {issuer.name or region.publisher}")
    click.echo(f"Identifier {issuer.did}")
    click.echo(f"Published  {document_address(issuer.did or '')}")
    for key in issuer.keys:
        signs = ", signs now" if key is issuer.signing else ""
        click.echo(f"Key        {key.id} {key.public} since {key.since.isoformat()}{signs}")
    for one in issuer.trusts:
        click.echo(f"Trusts     {one.name} {one.did}")


def _as_data(issuer: Issuer, region: Region) -> dict[str, object]:
    return {
        "issuer": issuer.name or region.publisher,
        "did": issuer.did,
        "published": document_address(issuer.did) if issuer.did else None,
        "keys": [{"id": key.id, "public": key.public, "since": key.since.isoformat()} for key in issuer.keys],
        "trusts": [{"name": one.name, "did": one.did, "keys": list(one.keys)} for one in issuer.trusts],
    }


def _region(content: Path | None) -> tuple[Place, Region]:
    """Return the region, whose `region.yml` must be whole before a row is put into it."""
    from kompetanse.content.region import read_region
    from kompetanse.messages import message

    place = find(content)
    region, problems = read_region(place.root)
    wrong = [one for one in problems if one.severity is Severity.ERROR or one.code == "no-region"]
    if wrong:
        raise KompetanseError(
            f"{REGION}, line {wrong[0].line}: {message(wrong[0], 'en')}. `kompetanse check` says what to do"
        )
    return place, region


def _address(region: Region) -> str:
    if not region.url or not region.url.startswith("https://"):
        raise KompetanseError(
            f"{REGION} has no «url» that starts with https://. Write the address of the site there: it is part of the issuer's identifier"
        )
    return region.url


def _added(place: Place, issuer: Issuer, file: Path, *, named: bool) -> IssuerKey:
    """Write a new key, and its public half to `region.yml`; neither without the other."""
    need_certificates()
    key_file.refuse_inside(file, place.root)
    private, key = _new(issuer, today())
    passphrase = key_file.chosen()
    text = _with_key(place.root, issuer, key, named=named)
    key_file.write(file, private, passphrase)
    try:
        write_all({place.root / REGION: text})
    except BaseException:
        key_file.remove(file)
        raise
    return key


def _new(issuer: Issuer, day: date) -> tuple[PrivateKey, IssuerKey]:
    from kompetanse.evidence import multikey, signing_key

    private = signing_key.new()
    return private, IssuerKey(issuer.next_id(day.year), multikey.encode(private.public_key()), day)


def _with_key(root: Path, issuer: Issuer, key: IssuerKey, *, named: bool) -> str:
    """Return `region.yml` with the public key, and with the identifier when it has none."""
    from kompetanse.content.edit import like_file
    from kompetanse.content.region_rows import with_rows

    text = (root / REGION).read_text(encoding="utf-8-sig")
    if not named:
        text = with_rows(text, ("issuer",), [f"did: {issuer.did}"])
    rows = [f'- id: "{key.id}"', f"  public: {key.public}", f"  since: {key.since.isoformat()}"]
    return like_file(root, PurePosixPath(REGION), _checked(with_rows(text, ("issuer", "keys"), rows), key))


def _checked(text: str, key: IssuerKey) -> str:
    """Return `text`, when every reader finds the key in it.

    Raises:
        KompetanseError: When one does not.
    """
    from kompetanse.content import yaml_text

    try:
        last = yaml_text.load(text)["issuer"]["keys"][-1]
    except (yaml_text.Fault, LookupError, TypeError):
        last = None
    if last != {"id": key.id, "public": key.public, "since": key.since.isoformat()}:
        raise KompetanseError(
            f"The key could not be put into {REGION}, and nothing was changed. Write «issuer» with each of its values on a row, and try again"
        )
    return text
