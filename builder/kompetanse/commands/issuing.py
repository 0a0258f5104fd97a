"""What the commands that issue and withdraw certificates share: the region, its key, its log and its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kompetanse.commands import key_file
from kompetanse.commands.packages import need_certificates
from kompetanse.commands.place import REGION, Place, find
from kompetanse.commands.replacement import write_all
from kompetanse.errors import KompetanseError, UsageError
from kompetanse.model.region import Region

if TYPE_CHECKING:
    from kompetanse.evidence.certificate_files import Look
    from kompetanse.evidence.credential import IssuedBy
    from kompetanse.evidence.issue_log import IssueLog
    from kompetanse.evidence.proofs import Signer

LOG = "kursbevis-logg.jsonl"
"""The log's name, beside the key, when nobody says another."""

_COLOUR = "#0b57a4"
"""The theme's own accent, for a region that has chosen no colour."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

key_option: Decorator = click.option(
    "--key",
    "key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File of the private key that signs.",
)
log_option: Decorator = click.option(
    "--log",
    "log",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="KOMPETANSE_ISSUE_LOG",
    metavar="FILE",
    help=f"Private log of what has been issued; default: {LOG} beside the key.",
)


@dataclass(frozen=True, slots=True)
class Office:
    """Where certificates are issued from.

    Attributes:
        place: The region on disk.
        region: What its `region.yml` says; it is an issuer and has an address.
        site: That address.
        did: The issuer's identifier.
        log: The file of the log.
    """

    place: Place
    region: Region
    site: str
    did: str
    log: Path

    @property
    def issued_by(self) -> IssuedBy:
        """Who issues, as certificates say."""
        from kompetanse.evidence.credential import IssuedBy

        return IssuedBy(self.did, self.region.issuer.name or self.region.publisher, self.site)

    @property
    def look(self) -> Look:
        """How its certificates look."""
        from kompetanse.evidence.certificate_files import Look

        colours = self.region.colours
        return Look(colours.get("brand") or colours.get("accent") or _COLOUR, self.site)

    def signer(self, key: Path) -> Signer:
        """Return who signs now, with the key in the file `key`.

        Raises:
            KompetanseError: When it is not the key that signs.
        """
        from kompetanse.evidence import did, multikey
        from kompetanse.evidence.proofs import Signer

        private = key_file.read(key, self.place.root)
        public = multikey.encode(private.public_key())
        own = next((one for one in self.region.issuer.keys if one.public == public), None)
        signing = self.region.issuer.signing
        if own is None or signing is None:
            raise KompetanseError(
                f"{key} is none of the issuer's keys. `kompetanse issuer show` tells which there are"
            )
        if own != signing:
            raise KompetanseError(f"{key} is {own.id}, which signs no more. Use the key {signing.id}")
        return Signer(private, did.method_of(self.did, own.id), now())

    @contextmanager
    def opened(self, moment: str) -> Iterator[IssueLog]:
        """Give the log, to this command alone.

        Raises:
            KompetanseError: When the clock is behind the log.
        """
        from kompetanse.evidence.issue_log import open_log

        with open_log(self.log, self.did) as log:
            if moment < log.last:
                raise KompetanseError(
                    f"The clock says {moment}, and the log was last written at {log.last}. Set the clock of this machine"
                )
            yield log

    def publish(self, log: IssueLog, numbers: set[int], signer: Signer) -> tuple[str, ...]:
        """Write the lists of the withdrawn that have to change, and return their paths in the repository."""
        from kompetanse.evidence import did, published
        from kompetanse.evidence.withdrawals import Lists

        own = did.document(self.region.issuer, self.site)
        lists = Lists(self.site, own, published.status_lists(self.place.root))
        changed = dict(lists.changed(log, numbers, signer))
        paths = {address: published.KEPT / address for address in changed}
        write_all(
            {self.place.root / paths[address]: published.written(found) for address, found in changed.items()}
        )
        return tuple(str(path) for path in paths.values())

    def next_list(self, log: IssueLog) -> int:
        """Return the list of the withdrawn that the next certificate gets a place in."""
        from kompetanse.evidence.withdrawals import Lists

        return Lists(self.site, {}, {}).number(log)


def office(content: Path | None, log: Path | None, key: Path | None) -> Office:
    """Return where certificates are issued from.

    Raises:
        KompetanseError: When the region is no issuer, or the log would come into git.
        UsageError: When nobody says where the log is.
    """
    from kompetanse.content.region import read_region

    need_certificates()
    place = find(content)
    region, _ = read_region(place.root)
    if not region.issuer.did or not region.issuer.keys or not region.url:
        raise KompetanseError(
            f"{REGION} names no issuer of certificates. Begin with `kompetanse issuer init --key FILE`"
        )
    file = log or (key.with_name(LOG) if key else None)
    if file is None:
        raise UsageError("Name the log after --log, or in KOMPETANSE_ISSUE_LOG: it lies beside the key")
    key_file.refuse_inside(file, place.root)
    if not file.absolute().parent.is_dir():
        raise KompetanseError(f"There is no folder for the log {file}. Make it, for those who issue alone")
    return Office(place, region, region.url, region.issuer.did, file)


def refuse_identity(text: str) -> None:
    """Stop at a national identity number, which no log may hold.

    Raises:
        UsageError: When one stands in `text`.
    """
    from kompetanse.content.checks.writing import has_national_identity_number

    if has_national_identity_number(text):
        raise UsageError("There is a national identity number in what you wrote. Leave it out")


def now() -> str:
    """Return the moment on the clock, in UTC to whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
