"""What a commit's signature means to us: which keys we know, and what stops when another one signs.

What is unsigned is shown and taken, unless the source's record names keys. The key of the version that was taken first is remembered
in the course's record, and a version that another key has signed waits until a person has decided.
"""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.errors import KompetanseError
from kompetanse.git.signature import Signed
from kompetanse.model.origin import Origin
from kompetanse.model.region import Source
from kompetanse.model.signature import Signature


class SignatureError(KompetanseError):
    """A version is not taken, because of how it is signed."""


def judged(found: Signed, keys: Collection[str]) -> Signature:
    """Return what a signature is to a region that knows the source by `keys`."""
    if not found.is_signed:
        return Signature()
    if found.holds is False:
        return Signature("bad")
    return Signature("good" if found.key and found.key in keys else "unknown-key", found.key)


def refuse(source: Source, commit: str, now: Signature) -> None:
    """Stop when a commit must not be taken.

    Raises:
        SignatureError: When its signature does not hold, or the source's record names keys and it is signed by none of them.
    """
    if now.status == "bad":
        raise SignatureError(
            f"The signature of {source.name}'s version {commit[:12]} does not hold: somebody may have changed it. "
            "Nothing was changed. Ask the source"
        )
    if source.keys and now.status != "good":
        tip = f", then write {now.key} under its `keys`" if now.key else ""
        raise SignatureError(
            f"{source.name}'s version {commit[:12]} is {now}; region.yml names the keys that it must be signed with. "
            f"Nothing was changed. Ask the source whether it is theirs{tip}"
        )


def refuse_change(source: Source, origin: Origin, commit: str, now: Signature, *, insist: bool) -> None:
    """Stop when a commit must not be taken into a course, also since another key signed the version before.

    Args:
        source: Its record.
        origin: Where the course came from.
        commit: The new version.
        now: What signs it.
        insist: Whether a person has named this very commit.

    Raises:
        SignatureError: When it must not.
    """
    refuse(source, commit, now)
    before = origin.signature.key
    if before is None or now.key == before or now.status == "good" or insist:
        return
    tip = f" or write {now.key} under the `keys` of {source.name} in region.yml," if now.key else ""
    raise SignatureError(
        f"{source.name} has signed its versions with another key until now, {before}; {commit[:12]} is {now}. Nothing was changed. "
        f"Ask the source whether it is theirs. If so,{tip} take it with: kompetanse update {origin.id} --to {commit}"
    )
