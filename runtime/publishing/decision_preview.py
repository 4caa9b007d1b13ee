"""What a decision that is being written says: file, table, everything wrong with it, and how a trial goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref
from engine.apps.link_decision import LinkedDecision, compile_definitions, inputs_of
from engine.problems import Problem, errors
from engine.rules.decisions import (
    Model,
    inspect_table,
    new_decision_xml,
    read_decisions,
    sheet_from_json,
    sheet_to_json,
    write_decisions,
)
from engine.rules.decisions.grid import table_of
from engine.rules.decisions.model import Decision, DecisionTable, DrgElement, KnowledgeModel
from engine.rules.decisions.outline import logic_of, text_of_logic
from engine.rules.language.known import nothing
from engine.values import DateTime
from runtime.publishing.decision_trial import Trial, try_decision

Check = Callable[[str], tuple[Problem, ...]]
"""Everything wrong with a text among what is in force."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the editor has: a DMN file, and over it the sheet of one of its decisions.

    label     of a decision to begin with; then there is no text
    decision  id or name of the one to show; "" for the first that has a table
    trial     FEEL text of each input, by name; None for no trial
    """

    text: str | None = None
    label: str = ""
    decision: str = ""
    sheet: object = None
    trial: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One decision or knowledge model of the file.

    logic  kind of its expression, e.g. `DecisionTable`, `Literal`; "" for none
    text   FEEL text of what is no table
    """

    id: str
    label: str
    kind: str
    logic: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, and the cell of the shown table it is about: numbers count from 1, 0 is none.

    input, output  column; with row 0 its heading
    """

    problem: Problem
    row: int = 0
    input: int = 0
    output: int = 0


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """What the editor shows.

    text      the whole file; None if there is no way to write what was sent
    sheet     of the decision that is shown; None if that has no table
    needs     FEEL types of the input data it needs, through other decisions too
    covered   share of the combinations of values that have a row, 0 to 1
    """

    text: str | None
    problems: tuple[Found, ...]
    decisions: tuple[Listed, ...] = ()
    decision: str = ""
    sheet: Mapping[str, object] | None = None
    needs: Mapping[str, str] = field(default_factory=nothing)
    covered: float | None = None
    trial: Trial | None = None


def preview_decision(
    key: str, sent: Sent, definitions: Mapping[Ref, Definition], check: Check, now: DateTime
) -> DecisionPreview:
    """Read what was sent and say everything about it; nothing is kept. A trial takes place at `now`."""
    text = new_decision_xml(key, sent.label).decode("utf-8") if sent.text is None else sent.text
    reading = read_decisions(text.encode("utf-8"))
    if reading.model is None:
        return DecisionPreview(text, tuple(map(Found, reading.problems)))
    shown = _shown(reading.model, sent.decision or key)
    model = reading.model
    if sent.sheet is not None:
        changed = sheet_from_json(model, shown, sent.sheet)
        if changed.model is None or (changed.model is model and changed.problems):
            return DecisionPreview(None, tuple(map(Found, changed.problems)))
        model, text = changed.model, write_decisions(changed.model).decode("utf-8")
    found = tuple(_placed(check(text), table_of(model, shown)))
    preview = DecisionPreview(text, found, tuple(_listed(model)), shown, sheet_to_json(model, shown))
    return _compiled(preview, key, sent.trial, definitions, now)


def _shown(model: Model, wanted: str) -> str:
    """The id of the decision that is asked for, else of the first with a table, else of the first."""
    named = [one.id for one in model.elements.values() if wanted in (one.id, one.name) and _can_decide(one)]
    tables = [one.id for one in model.elements.values() if table_of(model, one.id) is not None]
    others = [one.id for one in model.elements.values() if _can_decide(one)]
    return next(iter([*named, *tables, *others]), "")


def _can_decide(element: DrgElement) -> bool:
    return isinstance(element, Decision | KnowledgeModel)


def _listed(model: Model) -> Iterator[Listed]:
    for element in model.elements.values():
        if _can_decide(element):
            logic = logic_of(element)
            is_table = table_of(model, element.id) is not None
            kind = "decision" if isinstance(element, Decision) else "knowledge"
            name = "DecisionTable" if is_table else type(logic).__name__ if logic is not None else ""
            text = "" if is_table else text_of_logic(logic)
            yield Listed(element.id, element.label or element.name, kind, name, text)


def _placed(problems: tuple[Problem, ...], table: DecisionTable | None) -> Iterator[Found]:
    places = _Places(table) if table is not None else None
    for problem in problems:
        yield places.found(problem) if places is not None else Found(problem)


class _Places:
    """Where the elements of a table stand in it, by id."""

    def __init__(self, table: DecisionTable) -> None:
        self.inputs = {one.id: at for at, one in enumerate(table.inputs, 1)}
        self.inputs |= {one.expression.id: at for at, one in enumerate(table.inputs, 1)}
        self.outputs = {one.id: at for at, one in enumerate(table.outputs, 1)}
        self.rows = {one.id: at for at, one in enumerate(table.rules, 1)}
        self.cells = {
            cell.id: (row, at, 0)
            for row, rule in enumerate(table.rules, 1)
            for at, cell in enumerate(rule.inputs, 1)
        } | {
            cell.id: (row, 0, at)
            for row, rule in enumerate(table.rules, 1)
            for at, cell in enumerate(rule.outputs, 1)
        }
        for at, one in enumerate(table.outputs, 1):
            if one.default is not None:
                self.outputs.setdefault(one.default.id, at)
        self.table = table.id

    def found(self, problem: Problem) -> Found:
        """By the element's id; where elements have none, all are at the table, and params tell them apart."""
        at, params = problem.at, problem.params
        row, column, output = (_number(params.get(name)) for name in ("row", "column", "output"))
        if at in self.cells:
            row, column, output = self.cells[at]
        elif at in self.rows:
            row = self.rows[at]
        elif at in self.inputs or at in self.outputs:
            column, output = self.inputs.get(at, 0), self.outputs.get(at, 0)
        elif at != self.table:
            return Found(problem)
        return Found(problem, row, column, output)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _compiled(
    preview: DecisionPreview,
    key: str,
    given: Mapping[str, str] | None,
    definitions: Mapping[Ref, Definition],
    now: DateTime,
) -> DecisionPreview:
    """With what only a compiled decision knows; one that cannot be read by itself stays as it is."""
    ref = Ref(Kind.DECISION, key)
    own = read_definition(ref.kind, key, preview.text or "").definition
    linked = None if own is None else compile_definitions([*_others(definitions, ref), own]).get(key)
    node = None if linked is None else linked.compiled.find(preview.decision)
    if linked is None or node is None:
        return preview
    table = _table(linked, preview.decision)
    if node.function is None:
        kinds = {name: kind.name for name, kind in inputs_of(linked.compiled, node).items()}
    else:
        types = zip(node.function.parameters, node.function.types, strict=True)
        kinds = {name: kind.name for name, kind in types}
    blocked = errors(linked.compiled.problems)
    trial = None if given is None or blocked else try_decision(linked.compiled, node, given, now)
    covered = None if table is None else inspect_table(linked.compiled.tables[table]).covered
    return replace(preview, needs=kinds, covered=covered, trial=trial)


def _others(definitions: Mapping[Ref, Definition], ref: Ref) -> Iterator[Definition]:
    return (one for key, one in definitions.items() if key != ref)


def _table(linked: LinkedDecision, decision: str) -> str | None:
    table = table_of(linked.compiled.model, decision)
    return table.id if table is not None and table.id in linked.compiled.tables else None
