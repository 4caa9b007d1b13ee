"""What an author may want to know of an expression that is not wrong: where it may be empty, its cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.forms.model import label_text
from engine.forms.system import SYSTEM
from engine.problems import Span
from engine.rules.feel import NUMBER, STRING, Compiled, ContextType, FeelType, compile_expression
from engine.rules.feel.queries import asks_records
from engine.rules.feel.types import Scope
from runtime.catalog.metadata import PublishedForm
from runtime.query.names import plan_of
from runtime.records.conditions import readable_records
from runtime.records.scene import Scene

HIGH_COST: Final = 20_000
"""Steps from which an expression is worth a word: a fifth of what one evaluation may take."""
_FALLBACKS: Final = {NUMBER.name: "0", STRING.name: '""'}


@dataclass(frozen=True, slots=True)
class EmptyHint:
    """An operand that may be empty, which makes the result empty.

    name      labels from the record to the field
    fallback  FEEL for a value to go on with, "" where there is no obvious one
    """

    span: Span
    name: str
    fallback: str


@dataclass(frozen=True, slots=True)
class CostHint:
    """The loop or filter that takes most of the estimated steps; whole text without one."""

    span: Span
    steps: int


@dataclass(frozen=True, slots=True)
class FeelHints:
    """empty  in the order of the text · cost: None unless it is high"""

    empty: tuple[EmptyHint, ...]
    cost: CostHint | None


def feel_hints(scene: Scene, form: PublishedForm, text: str) -> FeelHints:
    """Nothing about text that cannot be read: its problems come first."""
    own = form.compiled.scope
    scope = Scope(own.names, records=readable_records(scene)) if asks_records(text) else own
    compiled = compile_expression(text, scope)
    return FeelHints(tuple(_empty(scene, form, compiled, scope)), _cost(compiled))


def _empty(scene: Scene, form: PublishedForm, compiled: Compiled, scope: Scope) -> Iterator[EmptyHint]:
    filled = [(key,) for key, field in form.form.fields.items() if field.required is True]
    filled += [(key,) for key in SYSTEM]
    seen: set[str] = set()
    for one in compiled.hazards(filled):
        path = str(one.params["name"])
        if one.span is None or path in seen:
            continue
        seen.add(path)
        way = path.split(".")
        kind = _type_at(scope.names, way)
        fallback = "" if kind is None else _FALLBACKS.get(kind.name, "")
        yield EmptyHint(one.span, " · ".join(_labels(scene, form, way)), fallback)


def _cost(compiled: Compiled) -> CostHint | None:
    cost = compiled.cost()
    if cost.steps < HIGH_COST:
        return None
    return CostHint(cost.span or Span(0, len(compiled.text)), cost.steps)


def _type_at(names: Mapping[str, FeelType], way: Iterable[str]) -> FeelType | None:
    kind: FeelType | None = None
    for key in way:
        kind = names.get(key)
        names = kind.fields if isinstance(kind, ContextType) else {}
    return kind


def _labels(scene: Scene, form: PublishedForm | None, way: Iterable[str]) -> Iterator[str]:
    for key in way:
        field = None if form is None else form.form.fields.get(key) or SYSTEM.get(key)
        yield key if field is None else label_text(field.label, scene.language)
        plan = None if form is None else plan_of(form, key)
        form = scene.metadata.forms.get(plan.target or "") if plan is not None else None
