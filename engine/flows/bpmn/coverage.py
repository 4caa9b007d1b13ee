"""Whether everything in an executable process is something we execute; each thing that is not, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from engine.flows.bpmn.names import EXECUTED, EXECUTED_EVENTS
from engine.flows.findings import Findings
from engine.flows.model import Category, Expression, FlowNode, Foreign, ProcessModel
from engine.rules.feel import Scope, compile_expression

_CODE: Final = frozenset(
    {"class", "delegateExpression", "expression", "script", "preScript", "postScript", "scriptFormat"}
)
"""Names under which other products keep code to run; `type` and `topic` only as attributes of a task."""
_TASK_CODE: Final = _CODE | {"type", "topic", "decisionRef"}
_TEMPLATES: Final = ("${", "#{")
_SYNTAX: Final = "feel.syntax."
_ANY_NAMES: Final = Scope(open=True)


def check_coverage(process: ProcessModel, found: Findings) -> None:
    """Report what the process asks for and would not get."""
    _check_foreign(process.foreign, process.id, found)
    for node in process.nodes.values():
        _check_node(node, found)
        _check_service(node, found)
        _check_foreign(node.foreign, node.id, found)
    for flow in process.flows.values():
        _check_foreign(flow.foreign, flow.id, found)
    for expression, at in _expressions(process):
        _check_language(expression, at, found)


def _expressions(process: ProcessModel) -> Iterator[tuple[Expression, str]]:
    """Every expression of the process, with the id of the element it belongs to."""
    if process.settings is not None and process.settings.when is not None:
        yield process.settings.when, process.id
    for value in process.settings.withdraw.values.values() if process.settings is not None else ():
        yield value, process.id
    for node in process.nodes.values():
        if node.multi_instance is not None and node.multi_instance.completion is not None:
            yield node.multi_instance.completion, node.id
        for value in node.service.values.values() if node.service is not None else ():
            yield value, node.id
    for flow in process.flows.values():
        if flow.condition is not None:
            yield flow.condition, flow.id


def _check_language(expression: Expression, at: str, found: Findings) -> None:
    """Report an expression that is not FEEL, by what its file says, by its look, or by its syntax."""
    if not is_feel(expression.language):
        found.refuse(
            Category.EXPRESSION_LANGUAGE,
            "flow.expression.language",
            at,
            expression.line,
            language=expression.language,
        )
    elif expression.text.startswith(_TEMPLATES):
        found.refuse(
            Category.EXPRESSION_LANGUAGE,
            "flow.expression.template",
            at,
            expression.line,
            text=expression.text,
        )
    elif not expression.text:
        found.refuse(Category.STRUCTURE, "flow.expression.empty", at, expression.line)
    else:
        for problem in compile_expression(expression.text, _ANY_NAMES).problems:
            if problem.code.startswith(_SYNTAX):
                found.refuse_as(Category.EXPRESSION_LANGUAGE, problem, at, expression.line)


def is_feel(language: str) -> bool:
    """Whether a `language` attribute means FEEL; a file that says nothing means it."""
    name = language.rstrip("/").lower()
    return not name or name == "feel" or name.endswith(("/feel", ":feel"))


def _check_node(node: FlowNode, found: Findings) -> None:
    refused: list[tuple[str, str]] = []
    if node.kind not in EXECUTED:
        refused.append(("flow.element.not-executed", node.kind))
    elif len(node.events) > 1 or not set(node.events) <= EXECUTED_EVENTS.get(node.kind, frozenset()):
        refused.append(("flow.event.not-executed", ", ".join(node.events)))
    refused += [("flow.marker.not-executed", marker) for marker in node.unusual]
    if node.multi_instance is not None and node.rule is None:
        refused.append(("flow.marker.not-executed", "multiInstanceLoopCharacteristics"))
    for code, element in refused:
        found.refuse(Category.ELEMENT, code, node.id, node.line, element=element, kind=node.kind)
    if node.script and not is_feel(node.script):
        found.refuse(
            Category.EXPRESSION_LANGUAGE,
            "flow.expression.language",
            node.id,
            node.line,
            language=node.script,
        )


def _check_service(node: FlowNode, found: Findings) -> None:
    if node.kind == "serviceTask" and node.service is None:
        found.refuse(Category.IMPLEMENTATION, "flow.service.missing", node.id, node.line)


def _check_foreign(foreign: Iterable[Foreign], at: str, found: Findings) -> None:
    """Code and expressions of other products are refused; what only describes is kept with a warning."""
    for part in foreign:
        is_attribute = part.names == (part.name,)
        if (_TASK_CODE if is_attribute else _CODE).intersection(part.names):
            category, code = Category.IMPLEMENTATION, "flow.foreign.implementation"
        elif any(mark in text for text in part.texts for mark in _TEMPLATES):
            category, code = Category.EXPRESSION_LANGUAGE, "flow.foreign.expression"
        else:
            found.warn("flow.foreign.ignored", at, part.line, name=part.name, namespace=part.namespace)
            continue
        found.refuse(category, code, at, part.line, name=part.name, namespace=part.namespace)
