"""`kompetanse issuer` in a region of its own: where the key may lie, what is written, and what the site publishes."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompetanse.evidence import multikey, signing_key

Run = Callable[..., Any]


@pytest.fixture
def issuer(region: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kompetanse issuer` in a region with an address, with a passphrase in the variable."""
    monkeypatch.setenv("KOMPETANSE_KEY_PASSPHRASE", "hemmelig")
    root = region(
        {
            "region.yml": "id: testvik\nname: Testvik\nurl: https://org.example:8443/kurs/  # vår\nissuer: {}\n",
            "content/index.md": "---\ntitle: Testvik\n---\n\nHei.\n",
        }
    )

    def call(*arguments: str | Path) -> Any:
        return run(root, "issuer", *map(str, arguments))

    return call


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "region"


def test_a_key_is_written_for_its_owner_and_its_public_half_is_published(
    issuer: Run, root: Path, tmp_path: Path, run: Run
) -> None:
    done = issuer("init", "--key", tmp_path / "a.pem")

    assert done.exit_code == 0, done.err
    pem = (tmp_path / "a.pem").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.pem").stat().st_mode) == 0o600
    assert b"ENCRYPTED" in pem
    public = multikey.encode(signing_key.read(pem, "hemmelig").public_key())
    assert "url: https://org.example:8443/kurs/  # vår\n" in (root / "region.yml").read_text()
    run(root, "build", "--date", "2026-11-24")
    did = json.loads((root / "site/utsteder/did.json").read_text(encoding="utf-8"))
    assert did["id"] == "did:web:org.example%3A8443:kurs:utsteder"
    assert did["verificationMethod"][0]["publicKeyMultibase"] == public
    assert issuer("show", "--json").report["published"] == "https://org.example:8443/kurs/utsteder/did.json"


def test_a_new_key_stands_beside_the_old_one(issuer: Run, root: Path, tmp_path: Path) -> None:
    issuer("init", "--key", tmp_path / "a.pem")

    done = issuer("rotate", "--key", tmp_path / "b.pem")

    assert done.exit_code == 0, done.err
    first, second = issuer("show", "--json").report["keys"]
    year = first["since"][:4]
    assert (first["id"], second["id"]) == (f"{year}-1", f"{year}-2")
    assert first["public"] != second["public"]
    assert f"{year}-2" in next(row for row in issuer("show").out.splitlines() if row.endswith("signs now"))


@pytest.mark.parametrize("place", ["a.pem", "../../other/a.pem", "content/../.git/a.pem"])
def test_no_key_may_lie_in_a_repository(
    issuer: Run, root: Path, tmp_path: Path, commit: Callable[[Path], Path], place: str
) -> None:
    (tmp_path / "other").mkdir()
    commit(tmp_path / "other")
    before = (root / "region.yml").read_bytes()

    done = issuer("init", "--key", root / "x" / ".." / place.replace("../../", "../"))

    assert done.exit_code == 1
    assert "would be published sooner or later" in done.err
    assert list(tmp_path.rglob("*.pem")) == []
    assert (root / "region.yml").read_bytes() == before


def test_a_key_is_never_overwritten(issuer: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_text("mine")
    before = (root / "region.yml").read_bytes()

    done = issuer("init", "--key", tmp_path / "a.pem")

    assert done.exit_code == 1
    assert "a key is never overwritten" in done.err
    assert (tmp_path / "a.pem").read_text() == "mine"
    assert (root / "region.yml").read_bytes() == before


def test_a_region_is_made_an_issuer_once_and_has_no_key_to_change_before(issuer: Run, tmp_path: Path) -> None:
    early = issuer("rotate", "--key", tmp_path / "a.pem")
    issuer("init", "--key", tmp_path / "a.pem")
    twice = issuer("init", "--key", tmp_path / "b.pem")

    assert (early.exit_code, twice.exit_code) == (1, 1)
    assert "Begin with `kompetanse issuer init" in early.err
    assert "is an issuer already" in twice.err
    assert not (tmp_path / "b.pem").exists()


def test_an_issuer_needs_an_address(run: Run, region: Callable[..., Path], tmp_path: Path) -> None:
    done = run(region({}), "issuer", "init", "--key", str(tmp_path / "a.pem"))

    assert done.exit_code == 1
    assert "no «url» that starts with https://" in done.err


def test_nobody_is_asked_for_a_passphrase_where_nobody_is(
    issuer: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOMPETANSE_KEY_PASSPHRASE")

    done = issuer("init", "--key", tmp_path / "a.pem")

    assert done.exit_code == 2
    assert "Put it in KOMPETANSE_KEY_PASSPHRASE" in done.err
    assert not (tmp_path / "a.pem").exists()
