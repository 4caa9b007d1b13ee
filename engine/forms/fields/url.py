"""The address of a web page: http or https, nothing else."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from engine.forms.fields.protocol import Parsed
from engine.forms.fields.written import WrittenType, misspelt
from engine.forms.model import Field

_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.ASCII | re.IGNORECASE)
_ADDRESS: Final = re.compile(
    rf"(https?://(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(?::([0-9]{{1,5}}))?)(|[/?#].*)", re.IGNORECASE
)
_FORBIDDEN: Final = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]")
_PORTS: Final = 65_535


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
        found = (
            None if _FORBIDDEN.search(plain) else _ADDRESS.fullmatch(plain if given else f"https://{plain}")
        )
        if found is None or int(found[2] or 0) > _PORTS or not (given or "." in found[1]):
            return misspelt("form.value.url", text)
        url = found[1].lower() + found[3]
        return url if len(url) <= self.longest else misspelt("form.value.url", text)
