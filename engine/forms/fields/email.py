"""An e-mail address, stored in lower case."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from engine.forms.fields.protocol import Parsed
from engine.forms.fields.written import WrittenType, half_width, misspelt
from engine.forms.model import Field

_ATOM: Final = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS: Final = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]")


class EmailType(WrittenType):
    """One address of ASCII letters as RFC 5321 has it, without quoted parts and without a name around it.

    Capitals make no difference to any provider worth mentioning, so none are kept.
    """

    name: ClassVar[str] = "email"
    longest: ClassVar[int] = 254

    def canonical(self, field: Field, text: str) -> str | Parsed:
        plain = half_width(text).lower().removeprefix("mailto:")
        return plain if _ADDRESS.fullmatch(plain) else misspelt("form.value.email", text)
