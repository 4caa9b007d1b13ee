"""An amount of money at a fixed scale, by default two digits after the point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import ClassVar, Final

from engine.forms.fields.number import NUMBER_PROPS, NumberType
from engine.forms.model import Field
from engine.problems import Problem

_ISO_4217: Final = re.compile(r"[a-z]{3}", re.ASCII)


class MoneyType(NumberType):
    """currency   a lower-case ISO 4217 code, or the key of the select field that holds one;
    without it the amount is in the workspace's base currency
    """

    name: ClassVar[str] = "money"
    default_scale: ClassVar[int] = 2
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {**NUMBER_PROPS, "currency": {"type": "string", "minLength": 1, "maxLength": 40}}
    )

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        yield from super().check(field, siblings)
        currency = field.props.get("currency")
        if not isinstance(currency, str):
            return
        holder = siblings.get(currency)
        fits = holder.type == "select" if holder else _ISO_4217.fullmatch(currency) is not None
        if not fits:
            yield Problem("form.field.currency", "/currency", {"field": field.key, "currency": currency})
