"""`range("[1..3]")`: a range from text, with literals as its ends (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

from typing import Final

from engine.rules.feel import nodes
from engine.rules.feel.equality import compare
from engine.rules.feel.functions.conversion import CONVERSION_FUNCTIONS
from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.kinds import shown
from engine.rules.feel.limits import DEFAULT_LIMITS
from engine.rules.feel.machine import Fault, Machine
from engine.rules.feel.nodes import Node
from engine.rules.feel.parser import Dialect, parse
from engine.rules.feel.types import RANGE, STRING
from engine.rules.feel.vocabulary import Vocabulary
from engine.values import Range

_CONVERSIONS: Final = {function.name: function for function in CONVERSION_FUNCTIONS}
_WORDS: Final = Vocabulary(_CONVERSIONS)


def range_of_text(machine: Machine, text: str) -> Range:
    """Raises Fault for text that is no range of two literals of one kind, in order."""
    node, problems = parse(text, _WORDS, (), Dialect.EXPRESSION, DEFAULT_LIMITS)
    if problems or not isinstance(node, nodes.RangeNode) or node.operator:
        raise Fault("feel.value.text", value=shown(text), kind="range")
    low, high = (_literal(machine, end) for end in (node.low, node.high))
    order = compare(low, high)
    if order is None or order > 0:
        raise Fault("feel.value.range-ends", low=shown(low), high=shown(high))
    return Range(low, high, node.low_included, node.high_included)


def _literal(machine: Machine, node: Node | None) -> object:
    match node:
        case nodes.NumberLiteral() | nodes.StringLiteral() | nodes.TemporalLiteral():
            return node.value
        case nodes.Negation(operand=nodes.NumberLiteral(value=value)):
            return -value
        case nodes.Call(function=nodes.Name(name=name), arguments=(nodes.StringLiteral(value=value),)) if (
            name in _CONVERSIONS
        ):
            return _CONVERSIONS[name].call(machine, (value,))
    raise Fault("feel.value.text", value="", kind="literal")


RANGE_TEXT_FUNCTIONS: Final = (
    BuiltIn("range", (Overload((p("from", STRING),), RANGE, range_of_text, with_machine=True),)),
)
