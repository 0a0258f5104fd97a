"""The file of an issuer's private key: outside every repository, for its owner's eyes only, never overwritten."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kompetanse.errors import KompetanseError, UsageError

if TYPE_CHECKING:
    from kompetanse.evidence.signing_key import PrivateKey

PASSPHRASE = "KOMPETANSE_KEY_PASSPHRASE"  # noqa: S105 (the name of a variable, not what it holds)
"""The variable that holds the passphrase where nobody can be asked; empty means that the key has none."""

_LARGEST = 10_000


def refuse_inside(path: Path, root: Path) -> None:
    """Stop when git would keep `path`, or it lies in the region's folder.

    Raises:
        KompetanseError: When it does.
    """
    from kompetanse.git.ignored import is_kept_out

    if path.resolve().is_relative_to(root.resolve()) or not is_kept_out(path):
        raise KompetanseError(
            f"{path} lies in the region's folder or another repository, and would be published sooner or later. "
            "Choose a folder outside, which only those who issue certificates can open"
        )


def write(path: Path, key: PrivateKey, passphrase: str) -> None:
    """Write a new key; its folder must be there, and the file must not.

    Raises:
        KompetanseError: When it cannot be written.
    """
    from kompetanse.evidence.signing_key import written

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KompetanseError(
            f"{path} is there already, and a key is never overwritten. Choose another name"
        ) from error
    except OSError as error:
        raise KompetanseError(
            f"{path} cannot be written: {error.strerror}. Name a file in a folder that is there"
        ) from error
    with os.fdopen(handle, "wb") as file:
        try:
            file.write(written(key, passphrase))
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            remove(path)
            raise KompetanseError(
                f"{path} cannot be written: {error.strerror}. Is the disk full? Nothing was changed"
            ) from error


def remove(path: Path) -> None:
    """Take away a key that nothing was signed with."""
    with suppress(OSError):
        path.unlink()


def read(path: Path, root: Path) -> PrivateKey:
    """Return the key in `path`, after asking for its passphrase when it has one.

    Raises:
        KompetanseError: When it cannot be read, lies in the region's folder, or may be read by others.
    """
    from kompetanse.evidence import signing_key

    refuse_inside(path, root)
    pem = _bytes(path)
    passphrase = _asked(path) if signing_key.is_encrypted(pem) else ""
    return signing_key.read(pem, passphrase)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            pem = file.read(_LARGEST)
    except OSError as error:
        raise KompetanseError(
            f"The key {path} cannot be read: {error.strerror}. Check the path after --key"
        ) from error
    if os.name == "posix" and mode & 0o077:
        raise KompetanseError(f"The key {path} can be read by others. Close it first: chmod 600 {path}")
    return pem


def _asked(path: Path) -> str:
    return _from_variable() or _from_terminal(f"Passphrase of {path.name}", confirm=False)


def chosen() -> str:
    """Return the passphrase of a new key: from the variable, where an empty one means none; else asked for, twice."""
    given = os.environ.get(PASSPHRASE)
    return _from_terminal("Passphrase of the new key", confirm=True) if given is None else given


def _from_variable() -> str:
    return os.environ.get(PASSPHRASE, "")


def _from_terminal(question: str, *, confirm: bool) -> str:
    if not sys.stdin.isatty():
        raise UsageError(f"Nobody can be asked for the passphrase of the key here. Put it in {PASSPHRASE}")
    answer: str = click.prompt(question, hide_input=True, confirmation_prompt=confirm, err=True)
    return answer
