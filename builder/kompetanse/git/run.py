"""Start the git program: every argument fixed by us, nothing taken from the user's or a source's settings.

Values from outside are checked before they come here (`sharing.address`), and still stand behind `--end-of-options`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kompetanse.errors import KompetanseError

MOST_OUTPUT = 256 * 2**20
"""Bytes that one run may say; what is larger is read as a stream."""

MOST_SECONDS = 300

_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.symlinks": "false",
    "core.protectNTFS": "true",
    "core.protectHFS": "true",
    "core.quotePath": "false",
    "core.askPass": "",
    "core.sshCommand": "ssh -oBatchMode=yes",
    "credential.helper": "",
    "fetch.fsckObjects": "true",
    # Slips of old programs in commits, which harm nobody and stand in the history of many a repository.
    "fetch.fsck.zeroPaddedFilemode": "warn",
    "fetch.fsck.badTimezone": "warn",
    "fetch.fsck.missingSpaceBeforeDate": "warn",
    "fetch.fsck.missingSpaceBeforeEmail": "warn",
    "fetch.recurseSubmodules": "false",
    "submodule.recurse": "false",
    "protocol.ext.allow": "never",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "advice.detachedHead": "false",
}
if (
    os.name == "nt"
):  # Git for Windows names its certificates in the system's configuration, which we do not read
    _SETTINGS["http.sslBackend"] = "schannel"

_KEPT = {"GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_PROXY_SSL_CAINFO"}
"""A municipality's own root certificate; all other variables of git are dropped."""


class GitError(KompetanseError):
    """Git ended with an error.

    Attributes:
        said: What it wrote, cleaned; part of it may be the words of a foreign server.
    """

    def __init__(self, verb: str, said: str) -> None:
        super().__init__(f"git {verb} failed: {said or 'it did not say why'}")
        self.said = said


class NoGitError(KompetanseError):
    """There is no git on this machine."""


class TooMuchError(KompetanseError):
    """Git, or a server behind it, gave more than the limit."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How one run of git is bounded.

    Attributes:
        protocols: Those it may use, such as `("https",)`; none keeps it off the network.
        trusted: Whether the user's own configuration holds: for the region's own repository only.
        settings: More configuration, key → value.
        environment: More variables.
        largest: Bytes that a file it writes may have; None for no limit.
        seconds: Then it is ended.
    """

    protocols: tuple[str, ...] = ()
    trusted: bool = False
    settings: Mapping[str, str] | None = None
    environment: Mapping[str, str] | None = None
    largest: int | None = None
    seconds: float = MOST_SECONDS


PLAIN = Terms()


def run(
    folder: Path, verb: str, *arguments: str, feed: bytes = b"", terms: Terms = PLAIN, most: int = MOST_OUTPUT
) -> bytes:
    """Run one git command in `folder` and return what it writes.

    Args:
        folder: A repository, or where one shall be.
        verb: Git's command, such as `ls-tree`.
        arguments: Options and values.
        feed: What it reads as its input.
        terms: Its bounds.
        most: Bytes of output that are taken.

    Raises:
        GitError: When it ends with an error.
        TooMuchError: When it writes more than `most`.
    """
    with stream(folder, verb, *arguments, feed=feed, terms=terms) as out:
        data = out.read(most + 1)
        if len(data) > most:
            raise TooMuchError(f"git {verb} gave more than {most} bytes")
    return data


def succeeds(folder: Path, verb: str, *arguments: str, terms: Terms = PLAIN) -> bool:
    """Tell whether one git command ends well, for those that answer by their exit code."""
    try:
        run(folder, verb, *arguments, terms=terms)
    except GitError:
        return False
    return True


@contextmanager
def stream(
    folder: Path, verb: str, *arguments: str, feed: bytes = b"", terms: Terms = PLAIN
) -> Iterator[IO[bytes]]:
    """Run one git command and yield its output while it comes; leaving by an error ends git and its children.

    Raises:
        GitError: When it ends with an error, or takes too long.
        NoGitError: When there is no git here.
    """
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as given:
        given.write(feed)
        given.seek(0)
        process = _start(folder, verb, arguments, given, told, terms)
        late = threading.Event()
        alarm = threading.Timer(terms.seconds, _ring, (late, process))
        alarm.start()
        assert process.stdout is not None  # noqa: S101 (a pipe, as asked for in `_start`)
        try:
            yield process.stdout
            process.stdout.close()  # one that is still writing then ends
            process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            alarm.cancel()
            process.stdout.close()
        if late.is_set():
            raise GitError(verb, f"no answer within {terms.seconds:.0f} seconds")
        if process.returncode:
            told.seek(0)
            raise GitError(verb, _cleaned(told.read(4000)))


def _start(
    folder: Path, verb: str, arguments: tuple[str, ...], given: IO[bytes], told: IO[bytes], terms: Terms
) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | dict(terms.settings or {})
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    try:
        return subprocess.Popen(  # noqa: S603 (the person's own git, with arguments of ours)
            ["git", "-C", str(folder), *options, verb, *arguments],  # noqa: S607 (found on the person's PATH)
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=told,
            env=_environment(terms),
            start_new_session=os.name == "posix",
            preexec_fn=_limit(terms.largest),  # noqa: PLW1509 (sets limits only, which takes no lock)
        )
    except FileNotFoundError as error:
        raise NoGitError(
            "The program git was not found. Install it (https://git-scm.com) and try again"
        ) from error


def _environment(terms: Terms) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return (
        kept
        | (_own_configuration() if terms.trusted else apart)
        | {
            "GIT_ALLOW_PROTOCOL": ":".join(
                terms.protocols
            ),  # stands above protocol.*.allow of every configuration
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C.UTF-8",
        }
        | dict(terms.environment or {})
    )


def _own_configuration() -> dict[str, str]:
    """Return the variables by which the user says who commits, and where that is written."""
    people = tuple(f"GIT_{who}_" for who in ("AUTHOR", "COMMITTER"))
    names = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}
    return {name: value for name, value in os.environ.items() if name in names or name.startswith(people)}


def _limit(largest: int | None) -> Callable[[], None] | None:
    """Return what bounds the files that git writes, where the system can (not on Windows)."""
    if largest is None or os.name != "posix":
        return None

    def limit() -> None:
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # git is ended by a signal that would leave a core

    return limit


def _ring(late: threading.Event, process: subprocess.Popen[bytes]) -> None:
    late.set()
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and whatever it started for its transport."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _cleaned(said: bytes) -> str:
    """Return what git or a server said as one row without control characters."""
    text = said.decode("utf-8", "replace")
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:500]
