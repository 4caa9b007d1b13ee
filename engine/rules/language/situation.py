"""What is known when a rule is looked at, and the evaluation of its parts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from engine.problems import Problem, ProblemsError, Severity
from engine.rules.feel import Compiled, Result, Trace
from engine.rules.language.effects import (
    Effect,
    Evaluated,
    Message,
    Selection,
    Subject,
    SubjectKind,
)
from engine.rules.language.known import DecisionShape, nothing
from engine.rules.language.model import Action, Quoted
from engine.rules.language.scopes import PEOPLE_FUNCTIONS, changed_function, functions_called
from engine.values import DateTime

Values = tuple[tuple[str, Compiled], ...]
Answering = Callable[[Compiled, Mapping[str, object]], Mapping[str, object]]
"""(expression, the names it sees) -> answer by name of the query; raises ProblemsError if it cannot."""


def nothing_found(_compiled: Compiled, _names: Mapping[str, object]) -> Mapping[str, object]:
    """Where there are no other records: every answer is null."""
    return nothing()


@dataclass(frozen=True, slots=True)
class Facts:
    """The situation of a rule, in FEEL values.

    record   the record as it is now, `id` and the other system fields included; None for a schedule without
             `for each`
    old      the record before the event; None if there was none
    changed  the fields that the event gave another value
    user     who acts, as in forms · settings: by solution
    answers  what the queries of an expression (`Compiled.queries`) find, asked when it is evaluated
    """

    record: Mapping[str, object] | None
    now: DateTime
    user: Mapping[str, object]
    old: Mapping[str, object] | None = None
    changed: frozenset[str] = frozenset()
    settings: Mapping[str, object] = field(default_factory=nothing)
    answers: Answering = nothing_found


@dataclass(frozen=True, eq=False)
class Prepared:
    """An action with its expressions compiled.

    feel         the expressions of each slot · values: its assignments
    target_form  the form that an update changes
    rule         key of the rule
    """

    index: int
    node: Action
    feel: Mapping[str, tuple[Compiled, ...]]
    values: Mapping[str, Values]
    target_form: str = ""
    decision: DecisionShape | None = None
    rule: str = ""

    def one(self, slot: str) -> Compiled | None:
        """The expression of a slot that has at most one."""
        found = self.feel.get(slot, ())
        return found[0] if found else None

    def compiled(self) -> Iterable[Compiled]:
        for expressions in self.feel.values():
            yield from expressions
        for assigned in self.values.values():
            yield from (one for _, one in assigned)


class Situation:
    """Evaluates parts of one rule in one situation; what is met on the way grows in it.

    form   key of the rule's form
    """

    def __init__(self, facts: Facts, form: str, row: Mapping[str, object] | None = None) -> None:
        self.form = form
        self.now = facts.now
        self.problems: list[Problem] = []
        self.reads: dict[str, object] = {}
        self._facts = facts
        self._row = row
        self._names = names_of(facts, row)

    @property
    def failed(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def of_row(self, row: Mapping[str, object]) -> Situation:
        """The same situation seen from a record of another form, whose fields come first."""
        return Situation(self._facts, self.form, row)

    def evaluated(self, effect: Effect | None) -> Evaluated:
        return Evaluated(None if self.failed else effect, tuple(self.problems), self.reads)

    def value(self, compiled: Compiled) -> object:
        """What an expression gives; its problems and what it read are noted."""
        return self.noted(compiled.evaluate(self._scope(compiled), now=self.now), compiled)

    def explain(self, compiled: Compiled) -> Trace:
        """The same with every sub-expression."""
        trace = compiled.explain(self._scope(compiled), now=self.now)
        self.noted(Result(trace.value, trace.problems), compiled)
        return trace

    def noted(self, result: Result, compiled: Compiled | None = None) -> object:
        """The value of a result; a null that has an error is a failure."""
        failed = result.failed
        self.problems += [one if failed or not one.is_error else _weaker(one) for one in result.problems]
        for way in sorted(compiled.paths) if compiled is not None else ():
            self.reads[".".join(way)] = _follow(self._names, way)
        return result.value

    def look(self, names: Iterable[str]) -> dict[str, object]:
        """The values of names, as expressions see them."""
        return {name: self._names.get(name) for name in names}

    def values(self, assigned: Values) -> dict[str, object]:
        return {name: self.value(compiled) for name, compiled in assigned}

    def selection(self, form: str, where: Compiled | None) -> Selection:
        return Selection(form, where, self._names)

    def related(self, field: str) -> tuple[int, ...]:
        """The ids of the records that a relation of the record holds."""
        found = self._names.get(field)
        self.reads[field] = found
        ids = (_id_of(one) for one in (found if isinstance(found, list) else [found]))
        return tuple(one for one in ids if one is not None)

    def subjects(self, expressions: tuple[Compiled, ...]) -> tuple[Subject, ...]:
        """The people that expressions name, each once, in order; null names nobody."""
        found: dict[Subject, None] = {}
        for compiled in expressions:
            value = self.value(compiled)
            for one in value if isinstance(value, list) else [value]:
                subject = _subject_of(one)
                if subject is not None:
                    found[subject] = None
                elif one is not None:
                    self.problems.append(Problem("language.people.none", params={"text": compiled.text}))
        return tuple(found)

    def user_id(self, compiled: Compiled | None) -> int | None:
        if compiled is None:
            return None
        return _id_of(self.value(compiled))

    def whole_number(self, compiled: Compiled | None) -> int | None:
        """None if there is no expression; what is no whole number from 0 is a failure."""
        if compiled is None:
            return None
        value = self.value(compiled)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.problems.append(Problem("language.value.whole-number", params={"text": compiled.text}))
        return None

    def _scope(self, compiled: Compiled) -> Mapping[str, object]:
        called = functions_called(compiled.text)
        if not called and not compiled.queries:
            return self._names
        own = {"changed": changed_function(self._facts.changed)}
        return {
            **self._names,
            **(self._answers(compiled) if compiled.queries else {}),
            **{name: (own.get(name) or PEOPLE_FUNCTIONS[name]) for name in called},
        }

    def _answers(self, compiled: Compiled) -> Mapping[str, object]:
        try:
            return self._facts.answers(compiled, self._names)
        except ProblemsError as error:
            self.problems += error.problems
            return {}


def names_of(facts: Facts, row: Mapping[str, object] | None = None) -> dict[str, object]:
    """What expressions see, without functions and answers: `row` first, then the record."""
    record = facts.record or {}
    around = {"record": facts.record, "old": facts.old, "user": facts.user, "settings": facts.settings}
    return {**record, **around, **(row or {})}


def _follow(names: Mapping[str, object], way: tuple[str, ...]) -> object:
    value: object = names
    for name in way:
        if isinstance(value, list):
            value = [one.get(name) if isinstance(one, Mapping) else None for one in value]
        else:
            value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _id_of(value: object) -> int | None:
    found = value.get("id") if isinstance(value, Mapping) else value
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _subject_of(value: object) -> Subject | None:
    if isinstance(value, Mapping) and "subject" in value:
        ref = value.get("ref")
        known = isinstance(ref, int | str) and not isinstance(ref, bool)
        return Subject(SubjectKind(value["subject"]), ref) if known else None  # type: ignore[arg-type]  # checked
    found = _id_of(value)
    return Subject(SubjectKind.USER, found) if found is not None else None


def _weaker(problem: Problem) -> Problem:
    """An error inside a value that could be worked out nevertheless."""
    return replace(problem, severity=Severity.WARNING)


def message_of(quoted: Quoted, action: Prepared) -> Message:
    return Message(quoted.text, f"rule/{action.rule}/actions/{action.index}/message")
