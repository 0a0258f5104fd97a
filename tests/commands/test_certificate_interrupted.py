"""A run of `kompetanse certificate issue` that ends before its time, by the power, by a full disk: none is lost, and nobody gets two."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest
from tests.commands.office import Office

from kompetanse.evidence.issue_log import IssueLog

DID = "did:web:testvik.example:utsteder"
MANY = 40
PEOPLE = "navn;dato;resultat;bekreftet av\r\n" + "".join(
    f"Person {number};2025-11-23;85;X\n" for number in range(MANY)
)
LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from kompetanse.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""Issues where no file may grow beyond a size, which the system tells in the way that it tells a full disk."""


def _command(office: Office, form: str = "json") -> list[str]:
    (office.outside / "liste.csv").write_text(PEOPLE, encoding="utf-8")
    given = ["--to", office.outside / "liste.csv", "-o", office.files, "--key", office.outside / "key.pem"]
    return ["certificate", "issue", "brannkurs", *map(str, given), "--format", form]


def _is_whole(office: Office) -> None:
    issued = IssueLog(office.log, DID).issued.values()
    files = office.issued()
    assert len(issued) == len({one.key for one in issued}) == MANY
    assert {one.id for one in issued} == {str(one["id"]) for one in files.values()}
    assert len(list(office.files.iterdir())) == MANY


def test_a_run_that_is_killed_at_any_moment_is_taken_up_where_it_was(office: Office) -> None:
    chance = Random(20261124)  # noqa: S311 (moments, not secrets)
    command = [sys.executable, "-m", "kompetanse", *_command(office)]
    seen = 0
    for _ in range(2):
        running = subprocess.Popen(command, cwd=office.root)
        target, end = seen + chance.randrange(2_000, 40_000), monotonic() + 60
        while monotonic() < end and running.poll() is None and _size(office.log) < target:
            sleep(chance.random() / 500)
        running.kill()
        running.wait()
        assert _size(office.log) > seen
        seen = _size(office.log)

    done = office.issue(PEOPLE)

    assert done.exit_code == 0, done.err
    assert "had it already" in done.out
    _is_whole(office)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_disk_that_is_full_is_told_and_what_was_issued_stands(office: Office) -> None:
    command = [sys.executable, "-c", LIMITED, "30000", *_command(office)]

    full = subprocess.run(command, cwd=office.root, capture_output=True, text=True, check=False)

    assert full.returncode == 1
    assert "Traceback" not in full.stderr
    assert "What was issued until now stands; run the command again when there is room" in full.stderr
    assert office.issue(PEOPLE).exit_code == 0
    _is_whole(office)


def test_a_log_that_is_cut_at_any_byte_holds_all_that_was_whole(office: Office) -> None:
    office.issue()
    whole = office.log.read_bytes()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == 0x0A]

    for cut in range(0, len(whole), 61):
        office.log.write_bytes(whole[:cut])
        assert len(IssueLog(office.log, DID).issued) == max(0, sum(end <= cut for end in ends) - 1)


def test_what_was_half_written_when_the_power_went_is_written_anew(office: Office) -> None:
    office.issue()
    whole = office.log.read_bytes()
    office.log.write_bytes(whole[:-40])
    shutil.rmtree(office.files)

    done = office.issue()

    assert "Issued     1, and 2 had it already" in done.out
    assert len(office.issued()) == 3
