"""Where the name of a source's host may lead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kompetanse.sharing.address import Address, RefusedError
from kompetanse.sharing.host import look_up, pinned

HTTPS = Address("https://git.nabo.example/x", "https://git.nabo.example/x", "https")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_git_is_kept_at_what_was_found_in_the_public_net():
    found = pinned(HTTPS, lambda host, port: ("93.184.215.14", "2606:2800:21f::1"))

    assert found == {
        "http.curloptResolve": "git.nabo.example:443:93.184.215.14,[2606:2800:21f::1]",
    }


@pytest.mark.parametrize("number", ["10.1.2.3", "192.168.0.4", "100.64.0.1", "fd00::1", "::ffff:10.0.0.1"])
def test_a_name_that_leads_into_a_private_net_is_refused_unless_the_record_says_so(number: str):
    with pytest.raises(RefusedError, match=r"private net .* --internal"):
        pinned(HTTPS, lambda host, port: ("93.184.215.14", number))

    assert pinned(replace(HTTPS, internal=True), lambda host, port: (number,))


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "::1", "169.254.169.254", "fe80::1%eth0", "::", "::ffff:127.0.0.1"]
)
@pytest.mark.parametrize("internal", [False, True])
def test_a_name_that_leads_to_this_machine_or_its_link_is_refused(number: str, internal: bool):
    with pytest.raises(RefusedError, match="this machine or its own link"):
        pinned(replace(HTTPS, internal=internal), lambda host, port: (number,))


@pytest.mark.parametrize(
    "address",
    [
        Address("https://192.0.2.7/x", "https://192.0.2.7/x", "https"),
        Address("git@git.nabo.example:x", "git@git.nabo.example:x", "ssh"),
        Address("../nabo", "/nabo", "file"),
    ],
)
def test_only_names_of_https_are_looked_up(address: Address):
    def never(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError((host, port))

    assert pinned(address, never) == {}


def test_a_name_that_nobody_knows_is_left_to_git_to_tell():
    assert pinned(HTTPS, lambda host, port: ()) == {}


def test_the_machine_is_asked_what_a_name_leads_to():
    assert "127.0.0.1" in look_up("localhost", 443) or "::1" in look_up("localhost", 443)
    assert look_up("ingen..slik", 443) == ()
