"""The register of field types; a new one gets a file and a line here (`docs/recipes/add-a-field-type.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.forms.fields.auto_number import AutoNumberType
from engine.forms.fields.checkbox import CheckboxType
from engine.forms.fields.credit_code import CreditCodeType
from engine.forms.fields.date import DateType
from engine.forms.fields.datetime import DateTimeType
from engine.forms.fields.department import DepartmentType
from engine.forms.fields.email import EmailType
from engine.forms.fields.id_number import IdNumberType
from engine.forms.fields.longtext import LongTextType
from engine.forms.fields.member import MemberType
from engine.forms.fields.money import MoneyType
from engine.forms.fields.number import NumberType
from engine.forms.fields.percent import PercentType
from engine.forms.fields.phone import PhoneType
from engine.forms.fields.protocol import FieldType, Parsed, TextFormats, Widget, World
from engine.forms.fields.rating import RatingType
from engine.forms.fields.reference import ReferenceType
from engine.forms.fields.relation import RelationType
from engine.forms.fields.select import SelectFieldType
from engine.forms.fields.subtable import SubtableType
from engine.forms.fields.text import TextType
from engine.forms.fields.url import UrlType

__all__ = [
    "FIELD_TYPES",
    "ROW_TYPES",
    "SUBTABLE",
    "FieldType",
    "Parsed",
    "ReferenceType",
    "TextFormats",
    "Widget",
    "World",
]

_ROW_TYPES: Final[tuple[FieldType, ...]] = (
    TextType(),
    LongTextType(),
    EmailType(),
    PhoneType(),
    UrlType(),
    IdNumberType(),
    CreditCodeType(),
    NumberType(),
    MoneyType(),
    PercentType(),
    RatingType(),
    DateType(),
    DateTimeType(),
    CheckboxType(),
    SelectFieldType(),
    RelationType(),
    MemberType(),
    DepartmentType(),
)
ROW_TYPES: Final[Mapping[str, FieldType]] = MappingProxyType({kind.name: kind for kind in _ROW_TYPES})
"""What a row may hold: no sub-table, and no auto-number, whose counter belongs to the record."""

SUBTABLE: Final = SubtableType(ROW_TYPES)
FIELD_TYPES: Final[Mapping[str, FieldType]] = MappingProxyType(
    {**ROW_TYPES, AutoNumberType.name: AutoNumberType(), SUBTABLE.name: SUBTABLE}
)
