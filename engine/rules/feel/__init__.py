"""FEEL, the expression language of DMN 1.5: one parser, one meaning wherever it runs.

scope = Scope({"amount": NUMBER, "customer": ContextType({"level": STRING})})
compiled = compile_expression('amount > 10000 and customer.level = "A"', scope)
compiled.problems           # what is wrong before any value is known
compiled.evaluate({"amount": 20000, "customer": {"level": "A"}}, now=moment).value
"""

from engine.rules.feel.compiled import Compiled, Result, compile_expression
from engine.rules.feel.limits import DEFAULT_LIMITS, Limits
from engine.rules.feel.machine import Trace
from engine.rules.feel.parser import Dialect
from engine.rules.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    NULL,
    NUMBER,
    STRING,
    TIME,
    YEARS_DURATION,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    Scope,
    SelectType,
)

__all__ = [
    "ANY",
    "BOOLEAN",
    "DATE",
    "DATE_TIME",
    "DAYS_DURATION",
    "DEFAULT_LIMITS",
    "NULL",
    "NUMBER",
    "STRING",
    "TIME",
    "YEARS_DURATION",
    "Compiled",
    "ContextType",
    "Dialect",
    "FeelType",
    "FunctionType",
    "Limits",
    "ListType",
    "RangeType",
    "Result",
    "Scope",
    "SelectType",
    "Trace",
    "compile_expression",
]
