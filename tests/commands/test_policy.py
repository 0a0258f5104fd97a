"""`kompetanse policy` on a site that another engine built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kompetanse.policy import with_policy

Run = Callable[..., Any]
PAGE = '<html><head><meta charset="utf-8"><script>go()</script></head></html>\r\n'


def test_every_page_gets_the_policy_and_a_second_run_changes_nothing(tmp_path: Path, run: Run):
    pages = [tmp_path / "site/index.html", tmp_path / "site/kurs/index.html"]
    for page in pages:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(PAGE.encode())

    first = run(tmp_path, "policy", "site")
    once = [page.read_bytes() for page in pages]
    run(tmp_path, "policy", "site")

    assert first.exit_code == 0
    assert once == [with_policy(PAGE).encode()] * 2
    assert [page.read_bytes() for page in pages] == once


def test_a_folder_without_pages_is_said_so(tmp_path: Path, run: Run):
    done = run(tmp_path, "policy", ".")

    assert done.exit_code == 1
    assert "holds no page" in done.err


def test_a_page_that_cannot_be_read_stops_all(tmp_path: Path, run: Run):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.html").write_bytes(b"<head>\xff</head>")

    done = run(tmp_path, "policy", ".")

    assert done.exit_code == 1
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == PAGE.replace("\r\n", "\n")
