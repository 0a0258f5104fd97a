"""What a person may type as a source, and what never reaches git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kompetanse.git.run import GitError, Terms, run
from kompetanse.sharing.address import RefusedError, check_branch, check_name, check_oid, read_address


@pytest.mark.parametrize(
    ("text", "protocol"),
    [
        ("https://git.example.no/laering.git", "https"),
        ("https://git.example.no:8443/a/b", "https"),
        ("https://192.0.43.7/a/b", "https"),
        ("ssh://git@git.example.no/laering.git", "ssh"),
        ("git@git.example.no:kommune/laering.git", "ssh"),
        ("git.example.no:/srv/laering.git", "ssh"),
    ],
)
def test_https_and_ssh_are_taken_as_they_are(text: str, protocol: str, tmp_path: Path):
    address = read_address(text, tmp_path)

    assert (address.protocol, address.url, address.text) == (protocol, text, text)


def test_a_folder_that_is_a_repository_is_taken_and_found_from_the_region(tmp_path: Path):
    (tmp_path / "nabo kommune æ/.git").mkdir(parents=True)
    (tmp_path / "region").mkdir()

    address = read_address("../nabo kommune æ", tmp_path / "region")

    assert (address.url, address.is_local) == (str(tmp_path / "nabo kommune æ"), True)


def test_a_recorded_folder_may_be_away_for_a_while(tmp_path: Path):
    assert read_address("../usb", tmp_path / "region", recorded=True).url == str(tmp_path / "usb")
    with pytest.raises(RefusedError, match="There is no folder"):
        read_address("../usb", tmp_path / "region")


HOSTILE = {
    "ext::sh -c touch% {}": "control characters|Helpers",
    "ext::id": "Helpers",
    "fd::17": "Helpers",
    "--upload-pack=touch {};": "option",
    "-uX": "option",
    "ssh://-oProxyCommand=touch%20{}/x": "host name",
    "ssh://git@-oProxyCommand=x/y": "host name",
    "-oProxyCommand=x:y": "option",
    "file:///etc": "without file://",
    "git://git.example.no/a": "Only https and ssh",
    "http://git.example.no/a": "Only https and ssh",
    "ftp://git.example.no/a": "Only https and ssh",
    "https://user:token@git.example.no/a": "user name or a password",
    "https://token@git.example.no/a": "user name or a password",
    "ssh://git:ord@git.example.no/a": "user name or a password",
    "https://$HOST/a": "variables",
    "https://git.example.no/${TOKEN}": "variables",
    "https://git.example.no/`id`": "variables",
    "https://git.example.no/a\nb": "control characters",
    "https://git.example.no/a\0b": "control characters",
    "https://git.example.no/a\rb": "control characters",
    "https://git.example.no/\u202ea": "control characters",
    " https://git.example.no/a": "control characters",
    "": "1–500",
    "https://git.example.no/" + "a" * 500: "1–500",
    "https://169.254.169.254/latest": "this machine or its own link",
    "https://localhost/a": "this machine",
    "https://a.localhost/a": "this machine",
    "https://127.0.0.1/a": "this machine",
    "https://[::1]/a": "this machine",
    "https://[::ffff:127.0.0.1]/a": "this machine",
    "https://2130706433/a": "number",
    "https://127.1/a": "number",
    "https://0x7f000001/a": "number",
    "https://0/a": "number",
    "https://10.0.0.7/a": "private net",
    "https://git.example.no": "names no repository",
    "https://git.example.no/a?b=c": "names no repository",
    "https://git.example.no:99999/a": "no address",
    "https://ex ample.no/a": "no address|host name",
    "/etc": "no git repository",
    "../away": "There is no folder",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_could_run_leak_or_reach_inside_is_refused(text: str, tmp_path: Path):
    with pytest.raises(RefusedError, match=HOSTILE[text]) as told:
        read_address(text, tmp_path)

    assert "token" not in str(told.value).lower()


@pytest.mark.parametrize("text", [text for text in HOSTILE if text and "\0" not in text])
def test_git_itself_would_start_nothing_by_it(text: str, tmp_path: Path):
    """Past our own check the environment and `--end-of-options` hold alone."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text('[protocol]\n\tallow = always\n[protocol "ext"]\n\tallow = always\n')
    trace = tmp_path / "started"
    terms = Terms(("none",), environment={"HOME": str(home)})

    with pytest.raises(GitError):
        run(tmp_path, "ls-remote", "--end-of-options", text.replace("{}", str(trace)), terms=terms)

    assert not trace.exists()


def test_the_guard_is_needed(tmp_path: Path):
    """The same helper does run when nobody holds it back."""
    trace = tmp_path / "started"
    free = {**os.environ, "GIT_ALLOW_PROTOCOL": "ext"}

    subprocess.run(["git", "ls-remote", f"ext::touch {trace}"], env=free, capture_output=True, check=False)

    assert trace.exists()


def test_a_private_net_is_reached_only_when_region_yml_says_so(tmp_path: Path):
    assert read_address("https://10.0.0.7/a", tmp_path, recorded=True).protocol == "https"
    with pytest.raises(RefusedError):
        read_address("https://169.254.169.254/a", tmp_path, recorded=True)


@pytest.mark.parametrize(
    "name", ["../x", "con", "lpt1", "a" * 300, "", "-x", "x-", "Åsnes", "a b", "a\nb", "A"]
)
def test_a_name_of_a_source_is_one_plain_word(name: str):
    with pytest.raises(RefusedError, match="small letters"):
        check_name(name)


def test_plain_names_ids_and_branches_pass():
    assert check_name("indre-ostfold-2") == "indre-ostfold-2"
    assert check_branch("feature/nytt_kurs-1.2") == "feature/nytt_kurs-1.2"
    assert check_oid("0" * 40) == "0" * 40


@pytest.mark.parametrize(
    "branch", ["--output=x", "a..b", "a//b", "a/", "x.lock", "a\nb", "", "@{1}", "a~1", "a" * 300]
)
def test_a_branch_is_no_option_and_no_path(branch: str):
    with pytest.raises(RefusedError):
        check_branch(branch)


@pytest.mark.parametrize("oid", ["HEAD", "c4a3939c", "--output=x", "0" * 39, "g" * 40, "0" * 64])
def test_a_commit_is_its_full_id(oid: str):
    with pytest.raises(RefusedError):
        check_oid(oid)
