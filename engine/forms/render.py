"""The form as the browser draws it for one person: fields, rules and layout, without what she may not see.

Rules are the JSON IR of FEEL. A rule over a field that she may not read, and one outside what the browser
claims, has no IR: the browser asks the server for its value by the expression's id (SEMANTICS §4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.forms.compile import CompiledForm, Path
from engine.forms.dependencies import reads_of
from engine.forms.expressions import Expression, Purpose
from engine.forms.fields import FIELD_TYPES
from engine.forms.fields.relation import RelationType, fill_of, pick_of
from engine.forms.model import Field, FieldNode, GroupNode, LayoutNode, TabsNode, TextNode
from engine.forms.roles import EVERYTHING, FieldAccess, Level
from engine.forms.system import SYSTEM

Json = dict[str, object]
_GRID = 12


def render_tree(compiled: CompiledForm, access: FieldAccess = EVERYTHING) -> Json:
    """Key, label, title, icon, fields, system fields, layout and checks of `GET /forms/{form}`.

    access   what the person may do with each field; hidden fields are not in the result
    """
    form = compiled.form
    drawing = _Drawing(compiled, access)
    return {
        "key": form.key,
        "label": form.label,
        "title": form.title,
        "icon": form.icon,
        "fields": drawing.fields(),
        "system": drawing.system(),
        "layout": drawing.layout(),
        "checks": drawing.checks(),
    }


class _Drawing:
    def __init__(self, compiled: CompiledForm, access: FieldAccess) -> None:
        self._compiled = compiled
        self._access = access

    def fields(self) -> Json:
        return {
            key: self._field((key,), field)
            for key, field in self._compiled.form.fields.items()
            if self._access.level(key) is not Level.HIDDEN
        }

    def system(self) -> Json:
        return {
            key: self._field((key,), field)
            for key, field in SYSTEM.items()
            if key != "deleted_at" and self._access.level(key) is not Level.HIDDEN
        }

    def _field(self, path: Path, field: Field) -> Json:
        computed = field.is_computed or field.type == "auto_number"
        drawn: Json = {
            "key": field.key,
            "type": field.type,
            "label": field.label,
            "access": self._access.level(*path).value,
            "computed": computed,
            "visible": self._condition(path, field, Purpose.VISIBLE),
            "required": self._condition(path, field, Purpose.REQUIRED),
            "readonly": self._condition(path, field, Purpose.READONLY),
            "props": dict(self._props(field)),
        }
        return drawn | dict(self._given(path, field))

    def _given(self, path: Path, field: Field) -> Iterator[tuple[str, object]]:
        """What only some fields have."""
        if field.hint is not None:
            yield "hint", field.hint
        if field.default is not None and field.default_expression is None:
            yield "default", field.default
        for name, purpose in (("formula", Purpose.FORMULA), ("default_expression", Purpose.DEFAULT)):
            expression = self._compiled.expression(path, purpose)
            if expression is not None:
                yield name, self._rule(expression)
        if field.options:
            yield "options", [_option(one.key, one.label, one.color) for one in field.options]
        if field.type == RelationType.name:
            yield from self._relation(field)
        if field.fields:
            inner = {key: one for key, one in field.fields.items() if self._is_shown(field.key, key)}
            yield "fields", {key: self._field((field.key, key), one) for key, one in inner.items()}

    def _is_shown(self, key: str, inner: str) -> bool:
        return self._access.level(key, inner) is not Level.HIDDEN

    @staticmethod
    def _relation(field: Field) -> Iterator[tuple[str, object]]:
        yield "to", field.to
        columns, where = pick_of(field)
        yield "pick", {"columns": list(columns), "where": where}
        yield "fill", dict(fill_of(field))

    @staticmethod
    def _props(field: Field) -> Iterator[tuple[str, object]]:
        yield from FIELD_TYPES[field.type].widget(field).props.items()
        for name, given in (("override", field.override), ("keep", field.keep), ("unique", field.unique)):
            if given:
                yield name, True

    def _condition(self, path: Path, field: Field, purpose: Purpose) -> object:
        expression = self._compiled.expression(path, purpose)
        return getattr(field, purpose.value) if expression is None else self._rule(expression)

    def _rule(self, expression: Expression) -> Json:
        """`{id, ir, deps}`; in a sub-table `deps` names fields of the row by their own key."""
        reads = reads_of(expression, self._compiled.form, self._compiled.forms).fields
        readable = all(self._access.readable(*path) for path in reads)
        row = expression.path[0] if len(expression.path) == 2 else None
        deps = sorted({path[1] if len(path) == 2 and path[0] == row else ".".join(path) for path in reads})
        return {"id": expression.id, "ir": expression.compiled.ir() if readable else None, "deps": deps}

    def layout(self) -> list[object]:
        form = self._compiled.form
        nodes = form.layout or (GroupNode(tuple(FieldNode(key) for key in form.fields)),)
        return self._nodes(nodes, ("layout",), columns=1)

    def _nodes(self, nodes: tuple[LayoutNode, ...], path: tuple[str, ...], columns: int) -> list[object]:
        drawn = (self._node(node, (*path, str(index)), columns) for index, node in enumerate(nodes))
        return [one for one in drawn if one is not None]

    def _node(self, node: LayoutNode, path: tuple[str, ...], columns: int) -> Json | None:
        if isinstance(node, FieldNode):
            return self._placed(node, columns)
        if isinstance(node, TextNode):
            return {"kind": "text", "text": node.text}
        if isinstance(node, TabsNode):
            return self._tabs(node, path)
        items = self._nodes(node.items, (*path, "items"), node.columns)
        return self._group(node, path, items) if items else None

    def _placed(self, node: FieldNode, columns: int) -> Json | None:
        known = node.field in self._compiled.form.fields or node.field in SYSTEM
        if not known or self._access.level(node.field) is Level.HIDDEN:
            return None
        return {"kind": "field", "field": node.field, "span": node.span or _GRID // columns}

    def _tabs(self, node: TabsNode, path: tuple[str, ...]) -> Json | None:
        tabs = [
            {"label": tab.label, "items": self._nodes(tab.items, (*path, "tabs", str(index), "items"), 1)}
            for index, tab in enumerate(node.tabs)
        ]
        shown = [tab for tab in tabs if tab["items"]]
        return {"kind": "tabs", "tabs": shown} if shown else None

    def _group(self, node: GroupNode, path: tuple[str, ...], items: list[object]) -> Json:
        expression = self._compiled.places.get(".".join((*path, "visible")))
        return {
            "kind": "group",
            "label": node.label,
            "columns": node.columns,
            "collapsed": node.collapsed,
            "visible": node.visible if expression is None else self._rule(expression),
            "items": items,
        }

    def checks(self) -> list[object]:
        found = []
        for index, one in enumerate(self._compiled.form.checks):
            expression = self._compiled.places.get(f"checks.{index}.reject")
            if expression is not None:
                about: Mapping[str, object] = {"at": one.at, "message": one.message, "severity": one.severity}
                found.append({"id": expression.id, **about, "expression": self._rule(expression)})
        return list(found)


def _option(key: str, label: object, color: str | None) -> Json:
    return {"key": key, "label": label} if color is None else {"key": key, "label": label, "color": color}
