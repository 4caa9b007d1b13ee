"""Boxed expressions as the FEEL text that means the same, for those who read a decision without a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, cast

from engine.rules.decisions import model
from engine.rules.decisions.model import Decision, DrgElement, Expression, KnowledgeModel

_NOTHING: Final = "null"
_INDENT: Final = "  "


def logic_of(element: DrgElement) -> Expression | None:
    """What decides: of a decision or a knowledge model; None of input data and services."""
    if isinstance(element, Decision):
        return element.expression
    return element.function if isinstance(element, KnowledgeModel) else None


def text_of_logic(expression: Expression | None) -> str:
    """FEEL text of the expression, one part per line; of a table inside only its headings."""
    if expression is None:
        return _NOTHING
    return _WRITERS[type(expression)](expression)


def _literal(one: model.Literal) -> str:
    return one.text.strip() or _NOTHING


def _context(one: model.Context) -> str:
    entries = [
        f"{entry.variable.name if entry.variable else 'result'}: {text_of_logic(entry.value)}"
        for entry in one.entries
    ]
    return _block("{", entries, "}")


def _relation(one: model.Relation) -> str:
    names = [column.name for column in one.columns]
    rows = [
        "{"
        + ", ".join(f"{name}: {text_of_logic(cell)}" for name, cell in zip(names, row, strict=False))
        + "}"
        for row in one.rows
    ]
    return _block("[", rows, "]")


def _list(one: model.BoxedList) -> str:
    return _block("[", [text_of_logic(item) for item in one.items], "]")


def _invocation(one: model.Invocation) -> str:
    bindings = [f"{binding.parameter.name}: {text_of_logic(binding.value)}" for binding in one.bindings]
    return f"{text_of_logic(one.function)}({', '.join(bindings)})"


def _function(one: model.FunctionDefinition) -> str:
    parameters = ", ".join(parameter.name for parameter in one.parameters)
    return f"function({parameters})\n{_indented(text_of_logic(one.body))}"


def _conditional(one: model.Conditional) -> str:
    parts = (("if", one.condition), ("then", one.then), ("else", one.otherwise))
    return "\n".join(f"{word} {text_of_logic(part)}" for word, part in parts)


def _filter(one: model.Filter) -> str:
    return f"{text_of_logic(one.source)}[{text_of_logic(one.match)}]"


def _for(one: model.For) -> str:
    return f"for {one.name} in {text_of_logic(one.source)}\nreturn {text_of_logic(one.body)}"


def _quantified(one: model.Quantified) -> str:
    word = "every" if one.every else "some"
    return f"{word} {one.name} in {text_of_logic(one.source)}\nsatisfies {text_of_logic(one.condition)}"


def _table(one: model.DecisionTable) -> str:
    inputs = ", ".join(column.label or column.expression.text.strip() for column in one.inputs)
    outputs = ", ".join(column.label or column.name for column in one.outputs)
    return f"/* {one.hit_policy}: {inputs} -> {outputs} ({len(one.rules)}) */"


def _block(opening: str, lines: list[str], closing: str) -> str:
    body = ",\n".join(_indented(line) for line in lines)
    return f"{opening}\n{body}\n{closing}" if lines else f"{opening}{closing}"


def _indented(text: str) -> str:
    return "\n".join(_INDENT + line for line in text.splitlines())


_Write = Callable[[Expression], str]
_WRITERS: Final[Mapping[type, _Write]] = MappingProxyType(
    {
        model.Literal: cast("_Write", _literal),
        model.Context: cast("_Write", _context),
        model.Relation: cast("_Write", _relation),
        model.BoxedList: cast("_Write", _list),
        model.Invocation: cast("_Write", _invocation),
        model.FunctionDefinition: cast("_Write", _function),
        model.Conditional: cast("_Write", _conditional),
        model.Filter: cast("_Write", _filter),
        model.For: cast("_Write", _for),
        model.Quantified: cast("_Write", _quantified),
        model.DecisionTable: cast("_Write", _table),
    }
)
