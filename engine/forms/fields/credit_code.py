"""The unified social credit code of an organisation of China (统一社会信用代码)."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from engine.forms.fields.protocol import Parsed
from engine.forms.fields.written import WrittenType, half_width, misspelt
from engine.forms.model import Field

_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE: Final = re.compile(rf"[1-9A-Y][1-9][0-9]{{6}}[{_LETTERS}]{{10}}")


class CreditCodeType(WrittenType):
    """Semantics: GB 32100, whose last character checks the others modulo 31."""

    name: ClassVar[str] = "credit_code"
    longest: ClassVar[int] = 40

    def canonical(self, field: Field, text: str) -> str | Parsed:
        code = re.sub(r"[\s-]", "", half_width(text)).upper()
        if not _CODE.fullmatch(code) or code[0] not in _LETTERS:
            return misspelt("form.value.credit-code", text)
        weighted = sum(_LETTERS.index(one) * pow(3, place, 31) for place, one in enumerate(code[:17]))
        fits = code[17] == _LETTERS[-weighted % 31]
        return code if fits else misspelt("form.value.check-digit", text)
