"""The functions of the language, one module for each family of the standard.

A new function: docs/recipes/add-a-feel-function.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.rules.feel.functions.aggregate import AGGREGATE_FUNCTIONS
from engine.rules.feel.functions.boolean import BOOLEAN_FUNCTIONS
from engine.rules.feel.functions.contexts import CONTEXT_FUNCTIONS
from engine.rules.feel.functions.conversion import CONVERSION_FUNCTIONS
from engine.rules.feel.functions.dates import DATE_FUNCTIONS
from engine.rules.feel.functions.lists import LIST_FUNCTIONS
from engine.rules.feel.functions.number import NUMBER_FUNCTIONS
from engine.rules.feel.functions.range_text import RANGE_TEXT_FUNCTIONS
from engine.rules.feel.functions.ranges import RANGE_FUNCTIONS
from engine.rules.feel.functions.signature import BuiltIn
from engine.rules.feel.functions.string import STRING_FUNCTIONS

FAMILIES: Final[Mapping[str, tuple[BuiltIn, ...]]] = MappingProxyType(
    {
        "conversion": CONVERSION_FUNCTIONS,
        "boolean": BOOLEAN_FUNCTIONS,
        "string": STRING_FUNCTIONS,
        "number": NUMBER_FUNCTIONS,
        "list": LIST_FUNCTIONS,
        "aggregate": AGGREGATE_FUNCTIONS,
        "date": DATE_FUNCTIONS,
        "range": (*RANGE_FUNCTIONS, *RANGE_TEXT_FUNCTIONS),
        "context": CONTEXT_FUNCTIONS,
    }
)
FUNCTIONS: Final[Mapping[str, BuiltIn]] = MappingProxyType(
    {function.name: function for family in FAMILIES.values() for function in family}
)
FUNCTION_NAMES: Final = frozenset(FUNCTIONS)
