"""How git is started: by our settings alone, bounded in time, output and files, and cleaned when it complains."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kompetanse.git.run import GitError, Terms, TooMuchError, run

OURS = Terms(trusted=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return an empty repository."""
    run(tmp_path, "init", "--quiet", "-b", "main", ".")
    return tmp_path


def test_the_users_own_settings_hold_only_where_they_are_trusted(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    settings = repository / "settings"
    settings.write_text('[url "file:///etc/"]\n\tinsteadOf = https://\n[user]\n\tname = Kari\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))

    assert run(repository, "config", "--get", "user.name", terms=OURS) == b"Kari\n"
    with pytest.raises(GitError):
        run(repository, "config", "--get", "user.name")


@pytest.mark.parametrize(
    "name", ["GIT_INDEX_FILE", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND", "GIT_EXTERNAL_DIFF"]
)
def test_variables_of_git_are_not_handed_on(name: str, repository: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, "/nowhere")

    terms = Terms(settings={"alias.told": f'!echo "[${name}]"'})

    assert run(repository, "told", terms=terms) == b"[]\n"


def test_a_run_that_gets_no_answer_is_ended(repository: Path):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/x"

        with pytest.raises(GitError, match="no answer within 0 seconds"):
            run(repository, "ls-remote", "--end-of-options", url, terms=Terms(("http",), seconds=0.4))


def test_output_is_taken_up_to_a_limit(repository: Path):
    oid = run(repository, "hash-object", "-w", "--stdin", feed=bytes(100_000)).decode().strip()

    with pytest.raises(TooMuchError, match="more than 1000 bytes"):
        run(repository, "cat-file", "blob", oid, most=1000)


def test_what_git_or_a_server_says_cannot_steer_a_terminal(repository: Path):
    with pytest.raises(GitError) as told:
        run(repository, "rev-parse", "--verify", "a\x1b[2J\u202eb\n")

    assert str(told.value).isprintable()


def test_no_file_grows_above_its_limit(repository: Path):
    with pytest.raises(GitError):
        run(repository, "hash-object", "-w", "--stdin", feed=os.urandom(10_000), terms=Terms(largest=1000))
