"""The only reader of the environment: every setting of an installation, typed, with its default.

Each setting is read from `DOUGONG_<NAME>`; a command-line option wins over the environment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from engine.problems import DefinitionError, Problem

Network = IPv4Network | IPv6Network
PREFIX: Final = "DOUGONG_"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation.

    data_dir          folder of databases (embedded) and of files
    database_url      PostgreSQL address; empty = SQLite files below `data_dir`
    redis_url         wakes and isolates workers when scaled out; empty = not used
    public_url        address people use; links in messages are built from it, never from a request's host
    demo              offers the demo's people as buttons on the sign-in page, on loopback only
    secure_cookies    cookies travel over https only; follows `public_url` unless set
    trusted_proxies   how many proxies in front add `X-Forwarded-For`; 0 = the header is ignored
    threads           requests served at once; also bounds the connection pool
    max_body_bytes    largest JSON body; uploads have their own limit
    max_upload_bytes  largest multipart body
    min_free_bytes    writes are refused while the disk of an embedded database has less room than this
    static_dir        the built browser side
    language          language of command-line messages and of pages before somebody chose one
    smtp_url          mail server, `smtp://user:password@host:587` or `smtps://…`; empty = no mail leaves
    mail_from         sender's address of mails · mail_reply_to: where answers go, by default to the sender
    outbound_networks networks (CIDR) beside the public internet that connectors may reach
    outbound_ports    ports that connectors may use
    secrets           what connectors sign in with, by the name that their definitions use
    """

    data_dir: Path = Path("data")
    database_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    demo: bool = False
    secure_cookies: bool = False
    trusted_proxies: int = 0
    threads: int = 8
    max_body_bytes: int = 1_000_000
    max_upload_bytes: int = 64_000_000
    min_free_bytes: int = 200_000_000
    static_dir: Path = Path(__file__).parent / "static"
    language: str = "zh-CN"
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    mail_reply_to: str = ""
    outbound_networks: tuple[Network, ...] = ()
    outbound_ports: frozenset[int] = frozenset({80, 443})
    secrets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **given: object) -> Settings:
        """Settings named in `environment`, then those `given` (None = not given) on top.

        Raises DefinitionError naming every variable whose value cannot be used.
        """
        read: dict[str, object] = {}
        problems = []
        for name, parse in _PARSERS.items():
            text = environment.get(PREFIX + name.upper(), "")
            if not text:
                continue
            try:
                read[name] = parse(text)
            except ValueError:
                params = {"name": PREFIX + name.upper(), "value": "***" if name in _SECRET else text}
                problems.append(Problem("settings.value-invalid", PREFIX + name.upper(), params))
        if problems:
            raise DefinitionError(problems)
        read.update({name: value for name, value in given.items() if value is not None})
        read.setdefault("secure_cookies", urlsplit(str(read.get("public_url", ""))).scheme == "https")
        return replace(cls(), **read)  # type: ignore[arg-type]  # names and types come from _PARSERS

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def is_embedded(self) -> bool:
        return not self.database_url

    @property
    def url(self) -> str:
        """Where people reach this server."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


def _flag(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off"}:
        return False
    raise ValueError(text)


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _language(text: str) -> str:
    if text not in {"zh-CN", "en"}:
        raise ValueError(text)
    return text


def _http_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(text)
    return text


def _mail_server(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0:
        raise ValueError(text)
    return text


def _mail_address(text: str) -> str:
    name, _, host = text.partition("@")
    if not name or not host or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(text)
    return text


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _ports(text: str) -> frozenset[int]:
    ports = frozenset(_natural(part) for part in text.split(","))
    if not ports <= set(range(1, 65536)):
        raise ValueError(text)
    return ports


def _secrets(text: str) -> Mapping[str, str]:
    """A JSON object of texts; the error does not repeat it."""
    read = json.loads(text)
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        raise ValueError("secrets")
    return MappingProxyType(read)


_SECRET: Final = frozenset({"secrets", "smtp_url", "database_url", "redis_url"})
_PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    "data_dir": Path,
    "database_url": str,
    "redis_url": str,
    "host": str,
    "port": _natural,
    "public_url": _http_address,
    "demo": _flag,
    "secure_cookies": _flag,
    "trusted_proxies": _natural,
    "threads": _natural,
    "max_body_bytes": _natural,
    "max_upload_bytes": _natural,
    "min_free_bytes": _natural,
    "static_dir": Path,
    "language": _language,
    "smtp_url": _mail_server,
    "mail_from": _mail_address,
    "mail_reply_to": _mail_address,
    "outbound_networks": _networks,
    "outbound_ports": _ports,
    "secrets": _secrets,
}
