"""Who has signed a commit with an ssh key, as ssh-keygen finds it.

The key stands in the signature itself (https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.sshsig): no list of people is needed to
tell its fingerprint, and whether that is a key we know is for others to say. What is signed is the commit without its signature
(https://git-scm.com/docs/signature-format).
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_HEADERS = (b"gpgsig ", b"gpgsig-sha256 ")
_SSH = b"-----BEGIN SSH SIGNATURE-----"
_GOOD = re.compile(rb'^Good "git" signature with \S+ key (SHA256:[A-Za-z0-9+/]{43})\s*$')
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands under a commit.

    Attributes:
        is_signed: Whether there is a signature, of whatever kind.
        holds: Whether it holds; None when it is of another kind than ssh, or there is no ssh-keygen here.
        key: Fingerprint of the key, when it holds.
    """

    is_signed: bool
    holds: bool | None = None
    key: str | None = None


def signed(raw: bytes) -> Signed:
    """Return what stands under the commit whose text git has as `raw`."""
    payload, signatures = _parted(raw)
    if not signatures:
        return Signed(is_signed=False)
    if len(signatures) > 1:
        return Signed(is_signed=True, holds=False)
    if not signatures[0].startswith(_SSH):
        return Signed(is_signed=True)
    return _judged(payload, signatures[0])


def _parted(raw: bytes) -> tuple[bytes, list[bytes]]:
    """Return what is signed, and the signatures."""
    head, gap, message = raw.partition(b"\n\n")
    kept: list[bytes] = []
    signatures: list[list[bytes]] = []
    inside = False
    for row in head.split(b"\n"):
        if row.startswith(_HEADERS):
            signatures.append([row.partition(b" ")[2]])
            inside = True
        elif inside and row.startswith(b" "):
            signatures[-1].append(row[1:])
        else:
            inside = False
            kept.append(row)
    return b"\n".join(kept) + gap + message, [b"\n".join(rows) + b"\n" for rows in signatures]


def _judged(payload: bytes, signature: bytes) -> Signed:
    with tempfile.TemporaryDirectory(prefix="kompetanse-") as name:
        file = Path(name, "signature")
        file.write_bytes(signature)
        try:
            done = subprocess.run(  # noqa: S603 (the person's own ssh-keygen, with arguments of ours)
                ["ssh-keygen", "-Y", "check-novalidate", "-n", "git", "-s", str(file)],  # noqa: S607 (on the person's PATH)
                input=payload,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return Signed(is_signed=True)
    found = _GOOD.match(done.stdout)
    if done.returncode or not found:
        return Signed(is_signed=True, holds=False)
    return Signed(is_signed=True, holds=True, key=found[1].decode())
