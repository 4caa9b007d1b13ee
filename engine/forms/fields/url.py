"""The address of a web page: http or https, nothing else."""

from __future__ import annotations

import re
from typing import ClassVar, Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from engine.forms.fields.protocol import Parsed
from engine.forms.fields.written import WrittenType, misspelt
from engine.forms.model import Field

_FORBIDDEN: Final = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.ASCII | re.IGNORECASE)
_HOST: Final = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*|[0-9a-f:.]+")


class UrlType(WrittenType):
    """An address that a browser can open; without a scheme it is one of https.

    Scheme and host are stored in lower case, the rest as it was written. A user name inside the address
    is refused: it is how a page pretends to be another one.
    """

    name: ClassVar[str] = "url"
    longest: ClassVar[int] = 1000

    def canonical(self, field: Field, text: str) -> str | Parsed:
        plain = text.strip()
        given = _SCHEME.match(plain) is not None
        found = None if _FORBIDDEN.search(plain) else _split(plain if given else f"https://{plain}")
        if found is None or not (given or "." in found.netloc):
            return misspelt("form.value.url", text)
        url = urlunsplit(found)
        return url if len(url) <= self.longest else misspelt("form.value.url", text)


def _split(url: str) -> SplitResult | None:
    """The parts of an address that is safe to open, scheme and host in lower case."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not host or len(host) > 253:
        return None
    return parts._replace(netloc=parts.netloc.lower()) if _HOST.fullmatch(host) else None
