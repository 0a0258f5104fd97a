"""The published lists of withdrawn certificates, kept in step with the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.errors import KompetanseError
from kompetanse.evidence import status_list
from kompetanse.evidence.issue_log import IssueLog
from kompetanse.evidence.proofs import Refused, Signer, check, secure
from kompetanse.model.own_address import status_list as address_of


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of an issuer.

    Attributes:
        site: Address of the site.
        did: The issuer's document.
        kept: The lists that the repository has, by address on the site.
    """

    site: str
    did: Mapping[str, Any]
    kept: Mapping[str, Mapping[str, Any]]

    def number(self, log: IssueLog) -> int:
        """Return the list that the next certificate gets a place in, counted from 1."""
        last = max((one.list for one in log.issued.values()), default=1)
        return last if len(log.taken(last)) < status_list.HALF else last + 1

    def changed(
        self, log: IssueLog, numbers: set[int], signer: Signer
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield, by address on the site, the lists that are missing, lack a bit, or were signed by a key that is gone.

        What a list has withdrawn stays so, also when this log does not know of it.

        Raises:
            KompetanseError: When a list that is kept is not one that this issuer has signed.
        """
        for number in sorted(numbers):
            address = address_of(number)
            kept = self.kept.get(address)
            before, stands = self._bits(address, kept) if kept else (frozenset[int](), False)
            bits = before | log.withdrawn(number)
            if not stands or bits != before:
                unsigned = status_list.document(self.site + address, self.did["id"], bits, signer.moment)
                yield address, secure(unsigned, signer)

    def _bits(self, address: str, kept: Mapping[str, Any]) -> tuple[frozenset[int], bool]:
        """Return what a list has withdrawn, and whether its signature can still be checked."""
        try:
            bits = status_list.bits_of(kept, self.site + address, self.did["id"])
            check(kept, self.did)
        except Refused as error:
            if str(error) != "unknown_key":
                raise _not_ours(address) from error
            return status_list.indexes(bits), False
        except ValueError as error:
            raise _not_ours(address) from error
        return status_list.indexes(bits), True


def _not_ours(address: str) -> KompetanseError:
    return KompetanseError(
        f".kompetanse/{address} is not a list that this issuer has signed. Take it back from git: git restore .kompetanse/{address}"
    )
