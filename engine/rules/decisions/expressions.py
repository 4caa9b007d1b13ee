"""XML of boxed expressions to the model; what is missing or foreign is named with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from engine.problems import Problem
from engine.rules.decisions import model
from engine.rules.decisions.elements import children, clean, first, text_in, type_of
from engine.rules.decisions.names import FEEL, dmn
from engine.rules.decisions.tables import read_table
from engine.xml_text import XmlElement

_FEEL_LANGUAGES: Final = frozenset({"", FEEL, "feel", "FEEL", "https://www.omg.org/spec/FEEL/20140401"})


@dataclass(slots=True)
class Reader:
    """One reading: the problems so far, and the expression language where an element names none."""

    language: str = ""
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, node: XmlElement, at: str, **params: object) -> None:
        self.problems.append(Problem(code, at, {"line": node.line, **params}))

    def expression(self, parent: XmlElement, at: str) -> model.Expression | None:
        """The one boxed expression directly below `parent`; None if there is none."""
        found = [child for child in parent.children if child.tag in _READERS]
        if len(found) > 1:
            self.problem("decision.xml.second-expression", found[1], at, element=parent.name)
        return self.read(found[0], at) if found else None

    def read(self, node: XmlElement, at: str) -> model.Expression:
        return _READERS[node.tag](self, node, node.attributes.get("id") or at)

    def inner(self, parent: XmlElement, name: str, at: str) -> model.Expression | None:
        """The expression inside the child element `name`."""
        child = first(parent, name)
        return self.expression(child, at) if child is not None else None

    def variable(self, node: XmlElement, at: str) -> model.Variable:
        attributes = node.attributes
        return model.Variable(
            attributes.get("id") or at, node.line, clean(attributes.get("name")), type_of(node)
        )

    def literal(self, node: XmlElement, at: str) -> model.Literal:
        language = node.attributes.get("expressionLanguage", self.language)
        if language not in _FEEL_LANGUAGES:
            self.problem("decision.expression.language", node, at, language=language)
        if first(node, "importedValues") is not None:
            self.problem("decision.expression.imported-values", node, at)
        return model.Literal(at, node.line, type_of(node), text_in(node))

    def context(self, node: XmlElement, at: str) -> model.Context:
        entries = []
        for child in children(node, "contextEntry"):
            variable = first(child, "variable")
            place = child.attributes.get("id") or at
            entries.append(
                model.ContextEntry(
                    place,
                    child.line,
                    None if variable is None else self.variable(variable, place),
                    self.expression(child, place),
                )
            )
        return model.Context(at, node.line, type_of(node), tuple(entries))

    def relation(self, node: XmlElement, at: str) -> model.Relation:
        columns = tuple(self.variable(child, at) for child in children(node, "column"))
        rows = []
        for row in children(node, "row"):
            place = row.attributes.get("id") or at
            rows.append(tuple(self.read(child, place) for child in row.children if child.tag in _READERS))
            if len(rows[-1]) != len(columns):
                params = {"found": len(rows[-1]), "expected": len(columns)}
                self.problem("decision.relation.row-length", row, place, **params)
        return model.Relation(at, node.line, type_of(node), columns, tuple(rows))

    def list(self, node: XmlElement, at: str) -> model.BoxedList:
        items = tuple(self.read(child, at) for child in node.children if child.tag in _READERS)
        return model.BoxedList(at, node.line, type_of(node), items)

    def invocation(self, node: XmlElement, at: str) -> model.Invocation:
        bindings = []
        for child in children(node, "binding"):
            parameter = first(child, "parameter")
            if parameter is None:
                self.problem("decision.xml.missing", child, at, element="binding", missing="parameter")
                continue
            variable = self.variable(parameter, at)
            bindings.append(model.Binding(variable.id, child.line, variable, self.expression(child, at)))
        function = self.expression(node, at)
        return model.Invocation(at, node.line, type_of(node), function, tuple(bindings))

    def function(self, node: XmlElement, at: str) -> model.FunctionDefinition:
        written = node.attributes.get("kind", "FEEL")
        kind = next((one for one in model.FunctionKind if one == written), None)
        if kind is not model.FunctionKind.FEEL:
            self.problem("decision.function.kind", node, at, kind=written)
        parameters = tuple(self.variable(child, at) for child in children(node, "formalParameter"))
        body = self.expression(node, at)
        return model.FunctionDefinition(
            at, node.line, type_of(node), kind or model.FunctionKind.JAVA, parameters, body
        )

    def conditional(self, node: XmlElement, at: str) -> model.Conditional:
        parts = (self.inner(node, name, at) for name in ("if", "then", "else"))
        return model.Conditional(at, node.line, type_of(node), *parts)

    def filter(self, node: XmlElement, at: str) -> model.Filter:
        return model.Filter(
            at, node.line, type_of(node), self.inner(node, "in", at), self.inner(node, "match", at)
        )

    def for_(self, node: XmlElement, at: str) -> model.For:
        name = clean(node.attributes.get("iteratorVariable"))
        source, body = self.inner(node, "in", at), self.inner(node, "return", at)
        return model.For(at, node.line, type_of(node), name, source, body)

    def quantified(self, node: XmlElement, at: str) -> model.Quantified:
        name = clean(node.attributes.get("iteratorVariable"))
        source, condition = self.inner(node, "in", at), self.inner(node, "satisfies", at)
        return model.Quantified(at, node.line, type_of(node), node.name == "every", name, source, condition)

    def table(self, node: XmlElement, at: str) -> model.DecisionTable:
        return read_table(self, node, at)


_Read = Callable[[Reader, XmlElement, str], model.Expression]
_READERS: Final[Mapping[str, _Read]] = MappingProxyType(
    {
        dmn("literalExpression"): Reader.literal,
        dmn("context"): Reader.context,
        dmn("relation"): Reader.relation,
        dmn("list"): Reader.list,
        dmn("invocation"): Reader.invocation,
        dmn("functionDefinition"): Reader.function,
        dmn("conditional"): Reader.conditional,
        dmn("filter"): Reader.filter,
        dmn("for"): Reader.for_,
        dmn("some"): Reader.quantified,
        dmn("every"): Reader.quantified,
        dmn("decisionTable"): Reader.table,
    }
)
