"""A form with everything that can be worked out before the first record: checked against the other forms.

A `CompiledForm` is immutable and shared between threads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from engine.forms.dependencies import Ordering, Reads, put_in_order, reads_of, relation_reads, show_cycle
from engine.forms.expressions import Expression, Purpose, compile_expressions, field_pointer
from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.fields.relation import RelationType, fill_of, pick_of
from engine.forms.json_schema import create_schema, output_schema, patch_schema
from engine.forms.model import Field, Form, Label
from engine.forms.scope import FormScopes
from engine.forms.system import SYSTEM
from engine.forms.table_plan import TablePlan
from engine.forms.title import title_fields
from engine.forms.unknown import unknown
from engine.forms.validate import Validators, read_value
from engine.problems import Problem, errors, pointer
from engine.rules.feel import Compiled, Scope
from engine.rules.feel.types import conforms

Path = tuple[str, ...]
_SAVED: frozenset[Purpose] = frozenset(set(Purpose) - {Purpose.PICK, Purpose.LAYOUT})
"""Purposes that are evaluated while a record is saved, when its own auto-numbers are still null."""


@dataclass(frozen=True, slots=True)
class Unique:
    """Fields that no two living records of the form may have alike; null is never alike.

    check   index in the form's checks, None for a field's own `unique`
    """

    fields: tuple[str, ...]
    at: str
    message: Label | None = None
    check: int | None = None


@dataclass(frozen=True)
class CompiledForm:
    """What the runtime, the browser and the publisher work with.

    forms           the forms that relations can reach, the form itself included
    table_plan      columns of everything that is stored
    expressions     by id: `amount.formula`, `lines.amount.formula`, `checks.0.reject`, …
    places          the same with what each is for and where it stands
    order           the fields that `settle` works on, each after what it depends on
    default_order   the fields with a default that is an expression, likewise
    relation_reads  reference path -> fields of its target that evaluation needs
    time_dependent  dotted paths of formulas that read the clock: they have no column
    problems        of the form with respect to the others; `read_form` has those of the document
    """

    form: Form
    forms: Mapping[str, Form]
    table_plan: TablePlan
    expressions: Mapping[str, Compiled]
    places: Mapping[str, Expression]
    order: tuple[Path, ...]
    default_order: tuple[Path, ...]
    relation_reads: Mapping[str, frozenset[str]]
    time_dependent: frozenset[str]
    uniques: tuple[Unique, ...]
    scope: Scope
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not errors(self.problems)

    @cached_property
    def create_schema(self) -> Mapping[str, object]:
        return create_schema(self.form)

    @cached_property
    def patch_schema(self) -> Mapping[str, object]:
        return patch_schema(self.form)

    @cached_property
    def output_schema(self) -> Mapping[str, object]:
        return output_schema(self.form)

    @cached_property
    def validators(self) -> Validators:
        return Validators(self.form)

    @cached_property
    def reads_old(self) -> bool:
        """Whether any expression looks at the stored state."""
        ways = (way for one in self.expressions.values() for way in one.paths)
        return any(way[0] == "old" for way in ways)

    @cached_property
    def visible_to_feel(self) -> frozenset[Path]:
        """The fields and system fields that some expression may look at; the others need no FEEL value."""
        ways = [way for one in self.expressions.values() for way in one.paths]
        names = {name for way in ways for name in way}
        ends = {way[-1] for way in ways}
        whole = bool(ends & {"record", "parent", "old"})
        own = {path for path, _ in self.form.places() if whole or path[-1] in names or path[0] in ends}
        return frozenset(own | {(key,) for key in SYSTEM if whole or key in names})

    @cached_property
    def every_field(self) -> frozenset[Path]:
        """What free text may look at: all fields and system fields."""
        return frozenset({path for path, _ in self.form.places()} | {(key,) for key in SYSTEM})

    @cached_property
    def constants(self) -> Mapping[Path, object]:
        """The stored values of the defaults that are constants."""
        return {
            path: read_value(one, one.default).value
            for path, one in self.form.places()
            if one.default is not None and one.default_expression is None
        }

    def expression(self, path: Path, purpose: Purpose) -> Expression | None:
        """The expression of a field."""
        return self.places.get(".".join((*path, purpose)))


def compile_form(form: Form, others: Mapping[str, Form]) -> CompiledForm:
    """Check a form against the forms it refers to, and work out what follows from it.

    others   forms by key; the form itself need not be among them
    Nothing is raised: `problems` has everything, and what has errors must not be published.
    """
    forms = MappingProxyType({**others, form.key: form})
    scopes = FormScopes(form, forms)
    found = compile_expressions(form, scopes)
    reads = {one.id: reads_of(one, form, forms) for one in found.by_id.values()}
    order = put_in_order(_needs(form, found.by_id, reads, {Purpose.VISIBLE, Purpose.FORMULA}))
    defaults = put_in_order(_needs(form, found.by_id, reads, {Purpose.DEFAULT}))
    timed = time_dependent(form, found.by_id, reads)
    problems = (
        *found.problems,
        *_check_relations(form, forms, scopes),
        *_check_order(order, found.by_id),
        *_check_order(defaults, found.by_id),
        *_check_reads(form, found.by_id, reads),
        *_check_targets(form, forms, found.by_id, reads),
        *_check_timed(form, timed),
    )
    return CompiledForm(
        form=form,
        forms=forms,
        table_plan=_table_plan(form, timed),
        expressions=MappingProxyType({one.id: one.compiled for one in found.by_id.values()}),
        places=MappingProxyType(dict(found.by_id)),
        order=order.nodes,
        default_order=defaults.nodes,
        relation_reads=MappingProxyType(relation_reads(reads.values(), form, forms)),
        time_dependent=timed,
        uniques=tuple(_uniques(form)),
        scope=scopes.record,
        problems=tuple(problem.within(document=f"form/{form.key}") for problem in problems),
    )


def _needs(
    form: Form, expressions: Mapping[str, Expression], reads: Mapping[str, Reads], purposes: set[Purpose]
) -> dict[Path, set[Path]]:
    """For each field with an expression of these purposes: the fields it depends on."""
    needs: dict[Path, set[Path]] = {}
    for one in expressions.values():
        if one.purpose in purposes:
            needs.setdefault(one.path, set()).update(reads[one.id].fields)
    for path, read in needs.items():
        if len(path) == 2:  # rows of a cleared sub-table are gone before their fields are looked at
            read.add(path[:1])
    return needs


def time_dependent(
    form: Form, expressions: Mapping[str, Expression], reads: Mapping[str, Reads]
) -> frozenset[str]:
    """The formulas that read the clock, by themselves or through another formula."""
    formulas = {one.path: one for one in expressions.values() if one.purpose is Purpose.FORMULA}
    timed = {path for path, one in formulas.items() if one.compiled.reads_clock}
    while True:
        more = {path for path, one in formulas.items() if reads[one.id].fields & timed} - timed
        if not more:
            return frozenset(".".join(path) for path in timed)
        timed |= more


def _table_plan(form: Form, timed: frozenset[str]) -> TablePlan:
    subtables = {
        key: _plan(key, one.fields, timed, f"{key}.")
        for key, one in form.fields.items()
        if one.type == "subtable"
    }
    own = _plan(form.key, form.fields, timed, "")
    return TablePlan(form.key, own.columns, MappingProxyType(subtables))


def _plan(key: str, fields: Mapping[str, Field], timed: frozenset[str], prefix: str) -> TablePlan:
    columns = {
        name: column
        for name, one in fields.items()
        if prefix + name not in timed and (column := FIELD_TYPES[one.type].column(one)) is not None
    }
    return TablePlan(key, MappingProxyType(columns))


def _uniques(form: Form) -> Iterator[Unique]:
    for key, one in form.fields.items():
        if one.unique:
            yield Unique((key,), key)
    for index, check in enumerate(form.checks):
        if check.unique:
            yield Unique(check.unique, check.at or check.unique[0], check.message, index)


def _check_order(order: Ordering, expressions: Mapping[str, Expression]) -> Iterator[Problem]:
    if not order.cycle:
        return
    at = next(one.at for one in expressions.values() if one.path == order.cycle[0])
    related = tuple(field_pointer(path) for path in order.cycle[:-1])
    yield Problem("form.expression.cycle", at, {"cycle": show_cycle(order.cycle)}, related=related)


def _check_reads(
    form: Form, expressions: Mapping[str, Expression], reads: Mapping[str, Reads]
) -> Iterator[Problem]:
    """What is not there yet at the time of evaluation."""
    numbers = {path for path, one in form.places() if one.type == "auto_number"}
    computed = {path for path, one in form.places() if one.formula is not None}
    for one in expressions.values():
        for path in sorted(reads[one.id].fields & numbers if one.purpose in _SAVED else ()):
            yield Problem("form.expression.auto-number", one.at, {"name": ".".join(path)})
        for path in sorted(reads[one.id].fields & computed if one.purpose is Purpose.DEFAULT else ()):
            yield Problem("form.default.reads-computed", one.at, {"name": ".".join(path)})


def _check_targets(
    form: Form,
    forms: Mapping[str, Form],
    expressions: Mapping[str, Expression],
    reads: Mapping[str, Reads],
) -> Iterator[Problem]:
    """A formula of another form that reads the clock is not stored, so it cannot be loaded."""
    known: dict[str, frozenset[str]] = {}
    for one in expressions.values():
        for path, names in reads[one.id].relations.items() if one.purpose is not Purpose.PICK else ():
            target = _target(form, forms, path)
            if target is None or target.key == form.key:
                continue
            if target.key not in known:
                known[target.key] = _timed_in(target, forms)
            for name in sorted(names & known[target.key]):
                yield Problem("form.expression.target-timed", one.at, {"form": target.key, "name": name})


def _timed_in(form: Form, forms: Mapping[str, Form]) -> frozenset[str]:
    found = compile_expressions(form, FormScopes(form, forms)).by_id
    return time_dependent(form, found, {one.id: reads_of(one, form, forms) for one in found.values()})


def _target(form: Form, forms: Mapping[str, Form], path: str) -> Form | None:
    """The form at the end of a reference path such as `customer.parent` or `lines.product`."""
    fields: Mapping[str, Field] = form.fields
    current: Form | None = None
    for name in path.split("."):
        one = fields.get(name)
        if one is None:
            return None
        current = forms.get(one.to or "") if one.type == RelationType.name else None
        fields = one.fields or (current.fields if current is not None else {})
    return current


def _check_relations(form: Form, forms: Mapping[str, Form], scopes: FormScopes) -> Iterator[Problem]:
    for path, one in form.places():
        if one.type != RelationType.name or one.to is None:
            continue
        at, target = field_pointer(path), forms.get(one.to)
        if target is None:
            yield unknown("form.relation.target-unknown", at + "/to", one.to, forms, field=one.key)
            continue
        siblings = form.fields if len(path) == 1 else form.fields[path[0]].fields
        known = {**SYSTEM, **target.fields}
        columns = [(pointer("pick", "columns", i), name) for i, name in enumerate(pick_of(one)[0])]
        for place, name in columns + [(pointer("fill", own), theirs) for own, theirs in fill_of(one).items()]:
            if name not in known:
                yield unknown("form.relation.field-unknown", at + place, name, known, form=target.key)
        for own, theirs in fill_of(one).items():
            if own in siblings and theirs in known and not _can_take(siblings[own], known[theirs], scopes):
                about = {"field": own, "type": siblings[own].type, "name": theirs}
                params = {**about, "found": known[theirs].type}
                yield Problem("form.relation.fill-type", at + pointer("fill", own), params)


def _can_take(taker: Field, source: Field, scopes: FormScopes) -> bool:
    """Whether a field can hold what another one holds; a reference only to the same form."""
    kinds = FIELD_TYPES[taker.type], FIELD_TYPES[source.type]
    if isinstance(kinds[0], ReferenceType) and isinstance(kinds[1], ReferenceType):
        return kinds[0].target(taker) == kinds[1].target(source)
    return conforms(scopes.type_of(source), scopes.type_of(taker))


def _check_timed(form: Form, timed: frozenset[str]) -> Iterator[Problem]:
    """What a value without a column cannot have."""
    for path, one in form.places():
        if ".".join(path) in timed:
            properties = {"unique": one.unique, "search": one.search, "override": one.override}
            for name in (name for name, given in properties.items() if given):
                yield Problem("form.formula.timed", f"{field_pointer(path)}/{name}", {"property": name})
    for name in title_fields(form.title):
        if name in timed:
            yield Problem("form.formula.timed", "/title", {"property": "title"})
    for index, check in enumerate(form.checks):
        for number, name in enumerate(check.unique):
            if name in timed:
                at = pointer("checks", index, "unique", number)
                yield Problem("form.formula.timed", at, {"property": "unique"})
