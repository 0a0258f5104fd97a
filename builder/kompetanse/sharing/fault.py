"""What git says when a source cannot be read, as a sentence with the next step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kompetanse.errors import KompetanseError
from kompetanse.git.run import GitError


class SourceError(KompetanseError):
    """A source cannot be read now; all local work goes on."""


_SENTENCES = (
    (("died of signal 25", "File too large", "signal 25"), "is larger than the limit of one transfer and was refused"),
    (("Could not resolve host", "Name or service not known"), "cannot be found: check the address and your network"),
    (("Authentication failed", "could not read Username", "terminal prompts disabled", "403"), "asks for a password, or there is no such repository. Use its ssh address, or ask whether it is public"),
    (("Permission denied (publickey",), "does not know your ssh key. Give it your public key, or use its https address"),
    (("Host key verification failed",), "is a host that your ssh has not met. Run ssh once by hand and compare its key"),
    (("not found", "does not appear to be a git repository", "does not exist", "404"), "has no such repository: gone, renamed or private"),
    (("mismatched algorithms",), "uses git's SHA-256 format, which is not read yet. Ask for a SHA-1 repository"),
    (("dubious ownership",), "belongs to another user of this machine. Ask its owner for an https or ssh address"),
    (("transport '", "not allowed"), "leads to a protocol that is not used (only https and ssh)"),
    (("certificate",), "has a certificate that is not trusted here. Name your own root certificate in GIT_SSL_CAINFO"),
    (("no answer within", "Connection timed out", "Connection refused", "Failed to connect"), "does not answer. Try again later"),
    (("fsck error", "error in tree", "contains '..'", "hasDot", "fullPathname", "duplicateEntries"), "has a damaged or harmful tree and was refused"),
    (("No space left",), "could not be kept: the disk is full"),
)  # fmt: skip


@contextmanager
def explained(name: str, oid: str | None = None) -> Iterator[None]:
    """Turn git's failure into a `SourceError` about the source `name`, and about its commit `oid` when that was asked for."""
    try:
        yield
    except GitError as error:
        raise SourceError(_sentence(name, oid, error.said)) from error


def is_refused_by_id(error: GitError) -> bool:
    """Tell whether a server gives nothing by its id, only branches: old ones, and those that are set so."""
    told = ("unadvertised object", "not our ref", "no such remote ref", "couldn't find remote ref")
    return any(words in error.said for words in told)


def _sentence(name: str, oid: str | None, said: str) -> str:
    gone = (
        "not our ref",
        "unadvertised object",
        "remote ref",
        "bad object",
        "nonexistent object",
        "not a valid object",
    )
    if oid and any(words in said for words in gone):
        return f"{name} no longer has the version {oid[:12]}. What was taken from it stays as it is"
    for marks, sentence in _SENTENCES:
        if any(mark in said for mark in marks):
            return f"{name} {sentence} (git says: {said[:200]})"
    return f"{name} could not be read (git says: {said[:300]})"
