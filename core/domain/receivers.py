"""Where webhooks may go. Owners choose their addresses, so none may lead into a private network.

A URL is checked as it is written, its host's addresses when it is registered, and the address of every
connection again, because what a name means may change (DNS rebinding).
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address

from core.domain.errors import Invalid

URL_MAX = 2_000
ALLOW = "An operator can allow the host with the setting WEBHOOK_ALLOWED_HOSTS."

_PORTS = {"http": 80, "https": 443}
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(:(?P<port>[0-9]{1,5}))?([/?][!-~]*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_AZURE_PLATFORM = IPv4Address("168.63.129.16")
"""Looks public, and is where Azure's own services listen inside every virtual network."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """The host and port that a URL leads to; the host in lower case, an IPv6 address without brackets."""

    host: str
    port: int

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        """The address that the host is, if it is not a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Receivers:
    """The public internet by https, and what an operator allows besides: `host`, or `host:port`."""

    allowed: frozenset[str] = frozenset()

    def read(self, url: str) -> Receiver:
        """Where the URL leads. Raises Invalid for one that no webhook may have, whatever its name means."""
        found = _URL.fullmatch(url)
        if found is None or len(url) > URL_MAX:
            raise Invalid(
                "A webhook needs a URL such as https://example.org/hook: without a name and password, and in "
                f"ASCII (an international name as xn--...), of at most {URL_MAX:,} characters.",
                field="url",
            )
        scheme = found["scheme"].lower()
        port = int(found["port"] or _PORTS[scheme])
        receiver = Receiver(found["host"].lower().strip("[]"), port)
        if not 0 < port < 2**16 or not _is_plain(receiver):
            raise Invalid(f"'{found['host']}' is no plain host name or address with a port.", field="url")
        if self._allows(receiver):
            return receiver
        if scheme != "https":
            raise Invalid(f"A webhook needs an https address. {ALLOW}", field="url")
        if receiver.address is not None and not is_public(receiver.address):
            raise Invalid(f"'{found['host']}' is not on the public internet. {ALLOW}", field="url")
        return receiver

    def may_connect(self, receiver: Receiver, address: str) -> bool:
        """Whether a connection may go to this address, which the receiver's host means just now."""
        return self._allows(receiver) or is_public(ip_address(address))

    def _allows(self, receiver: Receiver) -> bool:
        host = f"[{receiver.host}]" if ":" in receiver.host else receiver.host
        return bool(self.allowed & {host, f"{host}:{receiver.port}"})


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet may mean this address.

    IPv6 addresses that carry an IPv4 address are reserved or 6to4, and never needed.
    """
    if isinstance(address, IPv6Address) and (address.sixtofour or address.is_site_local):
        return False
    odd = address.is_multicast or address.is_reserved or address == _AZURE_PLATFORM
    return address.is_global and not odd


def _is_plain(receiver: Receiver) -> bool:
    """Whether the host is a name, or an address as it is usually written: not octal, hexadecimal or short."""
    if ":" in receiver.host:
        return receiver.address is not None
    last = receiver.host.rstrip(".").rpartition(".")[2]
    if not _NUMBER.fullmatch(last):
        return bool(last)
    try:
        IPv4Address(receiver.host)
    except AddressValueError:
        return False
    return True
