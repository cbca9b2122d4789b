"""Where webhooks may go."""

from ipaddress import ip_address

import pytest

from core.domain.errors import Invalid
from core.domain.receivers import URL_MAX, Receiver, Receivers, is_public

SITE = "https://example.org/"


@pytest.mark.parametrize(
    ("url", "receiver"),
    [
        ("https://example.org", Receiver("example.org", 443)),
        ("HTTPS://Hooks.Example.ORG:8443/a?b=c%20d", Receiver("hooks.example.org", 8443)),
        ("https://xn--exmple-cua.org./hook", Receiver("xn--exmple-cua.org.", 443)),
        ("https://8.8.8.8/hook", Receiver("8.8.8.8", 443)),
        ("https://[2606:4700::1111]:444/", Receiver("2606:4700::1111", 444)),
        (SITE + "x" * (URL_MAX - len(SITE)), Receiver("example.org", 443)),
    ],
)
def test_a_url_leads_to_a_host_and_port(url: str, receiver: Receiver) -> None:
    assert Receivers().read(url) == receiver


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/hook",
        "http://example.org/hook",
        "ftp://example.org/hook",
        "file:///etc/passwd",
        "https:///hook",
        "https://ana:secret@example.org/",
        "https://ana@example.org/",
        "https://example.org\\@127.0.0.1/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:443:443/",
        "https://example.org/a b",
        "https://example.org/\r\nx-header: y",
        "https://exämple.org/",
        "https://127。0。0。1/",
        "https://①27.0.0.1/",
        "https://./",
        SITE + "x" * URL_MAX,
    ],
)
def test_what_is_no_plain_https_url_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as error:
        Receivers().read(url)
    assert error.value.fields == {"field": "url"}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "134744072",  # 8.8.8.8, but nobody writes it so
        "0",
        "0.0.0.0",  # noqa: S104  nothing binds to it
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:8.8.8.8]",
        "[64:ff9b::169.254.169.254]",
        "[2002:7f00:1::]",
        "[fc00::1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fec0::1]",
        "[ff0e::1]",
        "[2001:db8::1]",
        "[12345::]",
    ],
)
def test_addresses_that_are_not_public_or_not_plain_are_refused(host: str) -> None:
    with pytest.raises(Invalid):
        Receivers().read(f"https://{host}/hook")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111"]
)
def test_other_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_an_operator_allows_hosts_and_ports() -> None:
    receivers = Receivers(frozenset({"hooks.internal", "10.0.0.7:8080", "[::1]"}))
    inside = [
        receivers.read("http://hooks.internal:9000/a"),
        receivers.read("https://Hooks.Internal/a"),
        receivers.read("http://10.0.0.7:8080/"),
        receivers.read("http://[::1]/"),
    ]
    assert [receiver.port for receiver in inside] == [9000, 443, 8080, 80]
    assert all(receivers.may_connect(receiver, "10.0.0.7") for receiver in inside)


@pytest.mark.parametrize("url", ["http://10.0.0.7/", "https://10.0.0.7:8081/", "http://internal/"])
def test_an_operator_allows_nothing_else(url: str) -> None:
    with pytest.raises(Invalid):
        Receivers(frozenset({"hooks.internal", "10.0.0.7:8080"})).read(url)


def test_a_name_may_lead_only_to_public_addresses() -> None:
    receivers = Receivers(frozenset({"hooks.internal"}))
    receiver = receivers.read(SITE)
    assert receivers.may_connect(receiver, "8.8.8.8")
    assert not receivers.may_connect(receiver, "10.0.0.7")
    assert not receivers.may_connect(receiver, "::1")
