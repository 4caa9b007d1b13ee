"""Loading what references point to: existence, title, the fields that evaluation reads, and visibility."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.facts import Related
from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.model import Field
from engine.problems import Problem, pointer
from runtime.catalog.metadata import PublishedForm, ReferenceField
from runtime.db.prepared import Prepared
from runtime.query.filter import EVERYTHING, BoundFilter
from runtime.records.model import Target
from runtime.records.scene import Scene
from runtime.records.selection import PEOPLE, target_fields, target_title

TOGETHER: Final = 12
"""So many targets are read by one statement with a join each; more of them by one statement per form."""


@dataclass(slots=True)
class Targets:
    """What was loaded so far, by target; a target that does not exist is in `missing`.

    hidden   exist, but the actor may not see them
    related  the same as `values` and `titles`, as expressions want it
    """

    values: dict[Target, Mapping[str, object]] = field(default_factory=dict)
    titles: dict[Target, str] = field(default_factory=dict)
    related: dict[str, dict[int, Related]] = field(default_factory=dict)
    hidden: set[Target] = field(default_factory=set)
    missing: set[Target] = field(default_factory=set)

    def enter(self, target: Target, values: Mapping[str, object], title: str) -> None:
        """Note what was loaded of a target."""
        self.values[target] = values
        self.titles[target] = title
        self.related.setdefault(target[0], {})[target[1]] = Related(title, values)

    def lacks(self, wanted: Iterable[Target]) -> list[Target]:
        """Those of `wanted` that were not asked for yet, each once."""
        known = self.values.keys() | self.missing
        return [target for target in dict.fromkeys(wanted) if target not in known]

    def accepts(self, target: Target) -> bool:
        """Whether a new reference to it is allowed; one answer for what is missing and what is hidden."""
        return target in self.values and target not in self.hidden


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference value of a record: where it stands (path of its field, JSON Pointer), what it points
    to."""

    path: str
    at: str
    field: Field
    target: Target


def references_in(form: PublishedForm, values: Mapping[str, object]) -> Iterator[Reference]:
    """Every reference value of a record and of its rows."""
    for one in form.references:
        if one.subtable is not None:
            yield from _in_rows(one, values.get(one.subtable))
            continue
        identity = values.get(one.field.key)
        if isinstance(identity, int):
            yield Reference(one.path, pointer(one.field.key), one.field, (one.target, identity))


def _in_rows(one: ReferenceField, rows: object) -> Iterator[Reference]:
    key = one.field.key
    for index, row in enumerate(rows if isinstance(rows, tuple | list) else ()):
        identity = row.values.get(key)
        if isinstance(identity, int):
            at = pointer(one.subtable or "", index, "values", key)
            yield Reference(one.path, at, one.field, (one.target, identity))


def load_targets(
    conn: sa.Connection,
    scene: Scene,
    form: PublishedForm,
    targets: Targets,
    values: Mapping[str, object],
    *,
    more: Iterable[Target] = (),
) -> None:
    """Load what the record's references point to, and what expressions read behind them, up to three hops.

    more   targets to load beside, such as the owner
    """
    found = list(references_in(form, values))
    load_wanted(conn, scene, targets, [*(one.target for one in found), *more], _reads_by_target(scene, form))
    follow(conn, scene, form, targets, found)


def load_many(
    conn: sa.Connection, scene: Scene, form: PublishedForm, targets: Targets, wanted: Iterable[Target]
) -> None:
    """Load what many records point to, with what expressions read directly behind it."""
    load_wanted(conn, scene, targets, wanted, _reads_by_target(scene, form))


def follow(
    conn: sa.Connection, scene: Scene, form: PublishedForm, targets: Targets, found: Iterable[Reference]
) -> None:
    """Load what the loaded targets point to, where expressions read that far."""
    level = [(one.path, one.target) for one in found]
    reads = form.compiled.relation_reads
    while any(path.startswith(f"{here}.") for here, _ in level for path in reads):
        level = [step for here, target in level for step in _next(scene, reads, here, target, targets)]
        load_wanted(conn, scene, targets, [target for _, target in level], _reads_by_target(scene, form))


def _next(
    scene: Scene, reads: Mapping[str, frozenset[str]], here: str, target: Target, targets: Targets
) -> Iterator[tuple[str, Target]]:
    form = scene.metadata.forms.get(target[0])
    for path in reads:
        prefix, _, name = path.rpartition(".")
        if form is None or prefix != here or name not in form.plans:
            continue
        identity = targets.values.get(target, {}).get(name)
        if isinstance(identity, int):
            yield path, (form.plans[name].target or "", identity)


def _reads_by_target(scene: Scene, form: PublishedForm) -> Mapping[str, frozenset[str]]:
    """Which fields of which form evaluation reads, however it gets there."""
    return scene.statements.get((form, "reads"), lambda: _collect_reads(scene, form))


def _collect_reads(scene: Scene, form: PublishedForm) -> dict[str, frozenset[str]]:
    collected: dict[str, frozenset[str]] = {}
    for path, fields in form.compiled.relation_reads.items():
        target = target_at(scene, form, path)
        if target is not None:
            collected[target] = collected.get(target, frozenset()) | fields
    return collected


def target_at(scene: Scene, form: PublishedForm, path: str) -> str | None:
    """The form key (or `user`, `department`) at the end of a reference path such as `lines.product.maker`."""
    fields: Mapping[str, Field] = form.form.fields
    target: str | None = None
    for name in path.split("."):
        one = fields.get(name)
        if one is None:
            return None
        kind = FIELD_TYPES[one.type]
        target = kind.target(one) if isinstance(kind, ReferenceType) else None
        following = scene.metadata.forms.get(target or "")
        fields = one.fields or (following.form.fields if following is not None else {})
    return target


def load_wanted(
    conn: sa.Connection,
    scene: Scene,
    targets: Targets,
    wanted: Iterable[Target],
    reads: Mapping[str, frozenset[str]],
) -> None:
    """Load the targets that are not known yet: few by one statement, many by one per form."""
    lacking = targets.lacks(wanted)
    known = [target for target in lacking if target[0] in PEOPLE or target[0] in scene.metadata.forms]
    targets.missing.update(set(lacking) - set(known))
    if not known:
        return
    if len(known) <= TOGETHER:
        _load_together(conn, scene, targets, sorted(known), reads)
        return
    for kind in sorted({target[0] for target in known}):
        _load_form(conn, scene, targets, kind, [one[1] for one in known if one[0] == kind], reads)


def _load_together(
    conn: sa.Connection,
    scene: Scene,
    targets: Targets,
    wanted: list[Target],
    reads: Mapping[str, frozenset[str]],
) -> None:
    kinds = tuple(kind for kind, _ in wanted)
    seen = {kind: _visible(scene, kind) for kind in dict.fromkeys(kinds)}
    fields = {kind: _fields(scene, kind, reads) for kind in seen}
    key = ("targets", kinds, tuple(fields.items()), tuple((k, one.mark) for k, one in seen.items()))
    statement = scene.statements.get(key, lambda: Prepared(_together(scene, kinds, fields, seen)))
    params: dict[str, object] = {f"t{place}": identity for place, (_, identity) in enumerate(wanted)}
    for one in seen.values():
        params |= one.params
    row = statement.rows(conn, params)[0]
    place = 0
    for target in wanted:
        width = len(fields[target[0]]) + 1
        _enter(scene, targets, target, fields[target[0]], tuple(row[place : place + width]))
        place += width


def _together(
    scene: Scene, kinds: tuple[str, ...], fields: Mapping[str, tuple[str, ...]], seen: Mapping[str, _Seen]
) -> sa.Select[Any]:
    """One row: every target with its columns, by a join each on nothing but its id."""
    source: sa.FromClause = sa.select(sa.literal(1).label("one")).subquery("here")
    columns: list[sa.ColumnElement[Any]] = []
    for place, kind in enumerate(kinds):
        there = _table(scene, kind).alias(f"target_{place}")
        here = there.c.id == sa.bindparam(f"t{place}", type_=sa.BigInteger())
        source = source.outerjoin(there, sa.and_(here, _living(there)))
        columns += [there.c[name] for name in fields[kind]]
        columns.append(seen[kind].clause(scene, kind, there).label(f"seen_{place}"))
    return sa.select(*columns).select_from(source)


def _load_form(
    conn: sa.Connection,
    scene: Scene,
    targets: Targets,
    kind: str,
    ids: list[int],
    reads: Mapping[str, frozenset[str]],
) -> None:
    seen, fields, table = _visible(scene, kind), _fields(scene, kind, reads), _table(scene, kind)
    chosen = sa.bindparam("ids", type_=sa.BigInteger(), expanding=True)
    statement = sa.select(*(table.c[name] for name in fields), seen.clause(scene, kind, table)).where(
        table.c.id.in_(chosen), _living(table)
    )
    found: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = conn.execute(statement, {"ids": ids[start : start + _CHUNK], **seen.params})
        found |= {row[0]: tuple(row) for row in rows}
    for identity in ids:
        row = found.get(identity, (None,) * (len(fields) + 1))
        _enter(scene, targets, (kind, identity), fields, row)


_CHUNK: Final = 5000


def _enter(
    scene: Scene, targets: Targets, target: Target, fields: tuple[str, ...], row: tuple[Any, ...]
) -> None:
    if row[0] is None:
        targets.missing.add(target)
        return
    values = dict(zip(fields, row, strict=False))
    targets.enter(target, values, target_title(target, values, scene.metadata.forms, scene.language))
    if not row[-1]:
        targets.hidden.add(target)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which records of one form the actor may refer to."""

    allowed: bool
    bound: BoundFilter
    mark: object

    @property
    def params(self) -> Mapping[str, object]:
        return self.bound.params

    def clause(self, scene: Scene, kind: str, source: sa.FromClause) -> sa.ColumnElement[bool]:
        if not self.allowed:
            return sa.literal(False)
        if self.bound is EVERYTHING:
            return sa.literal(True)
        form = scene.metadata.forms[kind]
        return scene.access(form).records("view", source).clause


def _visible(scene: Scene, kind: str) -> _Seen:
    if kind in PEOPLE:
        return _Seen(True, EVERYTHING, "all")
    access = scene.access(scene.metadata.forms[kind])
    if not access.allows("view"):
        return _Seen(False, EVERYTHING, "none")
    bound = access.records("view")
    return _Seen(True, bound, (access.rights, bound.pattern))


def _fields(scene: Scene, kind: str, reads: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    if kind == "user":
        return ("id", "name", "main_department_id")
    if kind == "department":
        return ("id", "name")
    return target_fields(scene.metadata.forms[kind], reads.get(kind, ()))


def _table(scene: Scene, kind: str) -> sa.Table:
    return PEOPLE[kind] if kind in PEOPLE else scene.metadata.forms[kind].table


def _living(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return table.c.deleted_at.is_(None) if "deleted_at" in table.c else sa.true()


def check_references(
    targets: Targets, references: Iterable[Reference], *, unlimited: bool = False
) -> list[Problem]:
    """New references to what does not exist, or not for the actor: the same answer for both.

    unlimited   automation may refer to everything that exists
    """
    return [
        Problem(
            "records.reference.unknown",
            one.at,
            {"field": one.field.key, "label": one.field.label, "id": one.target[1]},
        )
        for one in references
        if not (targets.accepts(one.target) or (unlimited and one.target in targets.values))
    ]
