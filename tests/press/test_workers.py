"""Many texts are converted by more than one process, and none of them is left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ALIKE = """
from kompetanse.press import workers

if __name__ == "__main__":
    texts = [f"# Del {number}\\n\\n- [ ] Punkt *{number}*\\n" for number in range(200)]
    alone = list(workers.convert_all(texts, cores=1))
    workers.MANY = 100
    assert list(workers.convert_all(texts, cores=2)) == alone
"""

LONG = """
from kompetanse.press import workers

if __name__ == "__main__":
    for place, _ in enumerate(workers.convert_all([f"- [ ] Punkt {number}" for number in range(100_000)], 2)):
        if not place:
            print("begun", flush=True)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A file to run: what starts processes is one of its own."""
    return tmp_path / "script.py"


def test_many_texts_are_converted_alike_in_one_process_and_in_two(script: Path) -> None:
    script.write_text(ALIKE, encoding="utf-8")

    subprocess.run([sys.executable, "-W", "error", script], check=True, timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_no_process_outlives_the_one_that_started_it(how: signal.Signals, script: Path) -> None:
    script.write_text(LONG, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"

        process.send_signal(how)

        process.communicate(
            timeout=60
        )  # what is written to is closed when everybody is gone that had it open
        assert process.returncode == -how
