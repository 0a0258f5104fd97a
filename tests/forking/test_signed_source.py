"""A source that signs its commits: with a key that we know, another one, none, or badly."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.forking.conftest import git

pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="signs with ssh-keygen")

TEXT = "---\ntype: module\nid: svar\ntitle: Svar på brev\nlicence: CC-BY-4.0\n---\n\nSvar innen {} uker.\n"


@pytest.fixture
def key(tmp_path: Path) -> Callable[[str], tuple[Path, str]]:
    """Make a key; return its file and its fingerprint."""

    def make(name: str) -> tuple[Path, str]:
        file = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
        said = subprocess.run(["ssh-keygen", "-lf", str(file)], check=True, capture_output=True, text=True)
        return file, said.stdout.split()[1]

    return make


def _sign(source: Path, weeks: int, key: Path | None) -> str:
    """Commit another version of the source, signed by `key`."""
    (source / "content/moduler/svar.md").write_text(TEXT.format(weeks), encoding="utf-8")
    how = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "commit", "-S") if key else ("commit",)
    git(source, *how, "--quiet", "--all", "--message", f"{weeks} uker")
    return git(source, "rev-parse", "HEAD")


def _know(ours: Path, fingerprint: str, commit: Any) -> None:
    with (ours / "region.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"  keys: ['{fingerprint}']\n")
    commit(ours)


def _record(ours: Path) -> str:
    return (ours / "content/kurs/brev/origin.yml").read_text(encoding="utf-8")


def test_a_key_that_we_know_is_said_and_remembered(ours: Path, nabovik: Any, key: Any, run: Any, commit: Any):
    file, fingerprint = key("theirs")
    _sign(nabovik(), 4, file)
    _know(ours, fingerprint, commit)

    plan = run(ours, "fork", "nabovik/brev")

    assert f"that version is signed with {fingerprint}\n" in plan.out
    assert f"signature: {{status: good, key: '{fingerprint}'}}" in _record(ours)
    (listed,) = run(ours, "source", "list", "--json").report
    assert (listed["signature"]["status"], listed["signature"]["key"]) == ("good", fingerprint)
    assert f"signed with {fingerprint}" in run(ours, "source", "list").out
    run(ours, "source", "refresh")
    assert run(ours, "catalogue", "--json").report[0]["signature"] == "good"


def test_another_key_stops_an_update_until_region_yml_names_it(
    ours: Path, nabovik: Any, key: Any, run: Any, commit: Any
):
    source = nabovik()
    (first, known), (second, other) = key("first"), key("second")
    _sign(source, 4, first)
    assert "which region.yml does not name" in run(ours, "fork", "nabovik/brev").out
    before = _record(ours)
    assert f"unknown-key, key: '{known}'" in before
    _sign(source, 5, second)

    stopped = run(ours, "update", "brev")

    assert stopped.exit_code == 1
    assert f"with another key until now, {known}" in stopped.out + stopped.err
    assert _record(ours) == before

    _know(ours, other, commit)

    assert run(ours, "update", "brev").exit_code == 0
    assert f"signature: {{status: good, key: '{other}'}}" in _record(ours)
    newest = _sign(source, 6, None)
    told = run(ours, "update", "brev")
    assert "is not signed; region.yml names the keys" in told.out + told.err
    assert newest not in _record(ours)


def test_a_version_that_is_no_longer_signed_waits_for_a_person_who_names_it(
    ours: Path, nabovik: Any, key: Any, run: Any
):
    source = nabovik()
    _sign(source, 4, key("theirs")[0])
    run(ours, "fork", "nabovik/brev")
    newest = _sign(source, 5, None)

    stopped = run(ours, "update", "brev")

    assert stopped.exit_code == 1
    assert "is not signed. Nothing was changed" in stopped.out + stopped.err
    assert run(ours, "update", "brev", "--to", newest).exit_code == 0
    assert "signature" not in _record(ours)


def test_a_signature_that_does_not_hold_stops_everything(ours: Path, nabovik: Any, key: Any, run: Any):
    source = nabovik()
    _sign(source, 4, key("theirs")[0])
    raw = git(source, "cat-file", "commit", "HEAD").replace("4 uker", "5 uker")
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=source,
        input=f"{raw}\n",
        check=True,
        capture_output=True,
        text=True,
    )
    git(source, "update-ref", "refs/heads/main", made.stdout.strip())

    done = run(ours, "fork", "nabovik/brev")

    assert (done.exit_code, done.out) == (1, "")
    assert "does not hold: somebody may have changed it" in done.err
    assert not (ours / "content/kurs/brev").exists()


def test_an_unsigned_source_is_said_to_be_so_and_taken(ours: Path, nabovik: Any, run: Any):
    nabovik()

    assert "that version is not signed" in run(ours, "fork", "nabovik/brev").out
    assert "signature" not in _record(ours)
