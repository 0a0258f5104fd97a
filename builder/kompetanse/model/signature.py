"""Whether a source's commit is signed, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["good", "unsigned", "unknown-key", "bad"]


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known of a commit's signature.

    Attributes:
        status: `good` when it holds and its key is one of those that our region knows the source by; `unknown-key` when it holds and
            is none of them, or is of a kind that is not judged; `bad` when it does not hold.
        key: Fingerprint of the ssh key, `SHA256:…`; None when there is none, or it could not be told.
    """

    status: Status = "unsigned"
    key: str | None = None

    def __str__(self) -> str:
        told = {"good": "signed", "unsigned": "not signed", "unknown-key": "signed", "bad": "badly signed"}
        why = {"unknown-key": ", which region.yml does not name", "bad": ": its signature does not hold"}
        by = f" with {self.key}" if self.key else ""
        return f"{told[self.status]}{by}{why.get(self.status, '')}"


UNSIGNED = Signature()
"""What is said of a commit that nobody has signed, or of which nothing is known."""
