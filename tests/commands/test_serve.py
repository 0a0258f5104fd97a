"""`kompetanse serve`: what it says when it cannot start."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_a_port_that_is_taken_is_told_with_what_to_do(demo: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(demo, "serve", "--port", str(taken.getsockname()[1]))

    assert done.exit_code == 1
    assert "Try --port" in done.err
    assert not (demo / "site").exists()


def test_a_folder_without_a_region_cannot_be_shown(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "serve").exit_code == 1
