"""Text of several lines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.text import TextType
from engine.forms.table_plan import ColumnKind


class LongTextType(TextType):
    """max, min   characters (default 20 000 at most)
    rows       height of the input in lines
    """

    name: ClassVar[str] = "longtext"
    default_max: ClassVar[int] = 20_000
    column_kind: ClassVar[ColumnKind] = ColumnKind.LONGTEXT
    has_unique: ClassVar[bool] = False
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "max": {"type": "integer", "minimum": 1, "maximum": 100_000},
            "min": {"type": "integer", "minimum": 1, "maximum": 100_000},
            "rows": {"type": "integer", "minimum": 1, "maximum": 50},
        }
    )
