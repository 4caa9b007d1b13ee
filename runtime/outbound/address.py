"""Which addresses may be reached: the public internet, and what the installation allows beside it.

Addresses that carry another one inside (IPv4-mapped, NAT64, 6to4, Teredo) are judged by that one too.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from runtime.http.errors import Unavailable
from runtime.outbound.model import Refused
from runtime.settings import Network

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Addresses of a host name, as text. Raises OSError."""
_NAT64: Final = ip_network("64:ff9b::/96")
_PORTS: Final = {"http": 80, "https": 443}
_MAX_URL: Final = 4000


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes: the host it names, and the address that was judged and will be connected to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def shown(self) -> str:
        """For messages: without path and query, which may hold secrets."""
        return f"{self.scheme}://{self.host_header}"


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """networks  that may be reached although they are not public · ports: that may be used at all
    own_host  our own name, which is never called: it would come back to us
    """

    networks: tuple[Network, ...]
    ports: frozenset[int]
    own_host: str
    resolver: Resolver = resolve

    def find(self, url: str) -> Target:
        """Look the host up once and judge every address it has.

        Raises Refused, or Unavailable where the name cannot be looked up now.
        """
        parts, host, port = self._read(url)
        try:
            found = [ip_address(text.partition("%")[0]) for text in self.resolver(host, port)]
        except (OSError, UnicodeError) as error:
            raise Unavailable.because("outbound.unknown-host", host=host) from error
        if not found or not all(self.allows(address) for address in found):
            raise Refused.because("outbound.address-refused", host=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme, host, port, path, str(found[0]))

    def allows(self, address: Address) -> bool:
        """Public in every reading, or named by the installation."""
        named = any(address.version == one.version and address in one for one in self.networks)
        return named or _is_public(address)

    def _read(self, url: str) -> tuple[SplitResult, str, int]:
        if len(url) > _MAX_URL or not url.isascii() or not url.isprintable() or set(url) & set(' \\"<>^`{|}'):
            raise Refused.because("outbound.bad-address")
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise Refused.because("outbound.bad-address") from error
        if parts.scheme not in _PORTS:
            raise Refused.because("outbound.scheme-refused", scheme=parts.scheme)
        host = (parts.hostname or "").rstrip(".")
        if not host or parts.username is not None or parts.password is not None or "%" in host:
            raise Refused.because("outbound.bad-address")
        if port not in self.ports:
            raise Refused.because("outbound.port-refused", port=port)
        if host == self.own_host:
            raise Refused.because("outbound.own-address", host=host)
        return parts, host, port


def _is_public(address: Address) -> bool:
    """Where IPv4 is only wrapped, what is inside decides; where it is tunnelled, both do."""
    if isinstance(address, IPv6Address):
        wrapped = _wrapped(address)
        if wrapped is not None:
            return _is_public(wrapped)
        if not all(_is_public(one) for one in _tunnelled(address)):
            return False
    never = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not never and not address.is_link_local


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped


def _tunnelled(address: IPv6Address) -> tuple[IPv4Address, ...]:
    sixtofour = () if address.sixtofour is None else (address.sixtofour,)
    return (*sixtofour, *(address.teredo or ()))
