"""What the expressions of a form read, and the order in which they must be evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.forms.expressions import Expression, Purpose
from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.fields.relation import fill_of
from engine.forms.model import Field, Form

Path = tuple[str, ...]
_RECORDS: Final = ("record", "parent", "old")


@dataclass(slots=True)
class Reads:
    """What one expression reads.

    fields      of its own record, by path
    relations   of other records: path of the reference, dotted -> fields of the target
    """

    fields: set[Path] = field(default_factory=set)
    relations: dict[str, set[str]] = field(default_factory=dict)

    def relation(self, path: str, name: str, target: Form | None) -> None:
        self.relations.setdefault(path, set()).update({name} - _always(target))


def _always(target: Form | None) -> frozenset[str]:
    """What a reference has without loading fields; a field may be called `title`, then that is meant."""
    return frozenset({"id"} if target is not None and "title" in target.fields else {"id", "title"})


def reads_of(expression: Expression, form: Form, forms: Mapping[str, Form]) -> Reads:
    """What an expression of `form` reads; what it reads of `old` counts for relations only.

    In `pick.where` bare names are the other form's, so only `record` and `old` count.
    """
    reads = Reads()
    for way in expression.compiled.paths:
        if expression.purpose is not Purpose.PICK or way[0] in _RECORDS:
            _follow(way, expression.path, form, forms, reads)
    return reads


def reads_of_ways(ways: Iterable[Path], form: Form, forms: Mapping[str, Form]) -> dict[str, frozenset[str]]:
    """What expressions beside the form, such as a flow's, read of its references.

    ways   the paths they read, as `Compiled.paths` has them
    Returns the fields of the target by path of the reference.
    """
    reads = Reads()
    for way in ways:
        _follow(way, way[:1], form, forms, reads)
    return {name: frozenset(fields) for name, fields in reads.relations.items()}


def _follow(way: Path, owner: Path, form: Form, forms: Mapping[str, Form], reads: Reads) -> None:
    head, rest = way[0], way[1:]
    row = form.fields[owner[0]] if len(owner) == 2 else None
    if row is not None and head in row.fields:
        reads.fields.add((row.key, head))
        _follow_reference(f"{row.key}.{head}", row.fields[head], rest, forms, reads)
    elif head in _RECORDS:
        inner = Reads()
        _follow_record(rest, form, forms, inner)
        reads.fields |= inner.fields if head != "old" else set()
        for path, names in inner.relations.items():
            reads.relations.setdefault(path, set()).update(names)
    else:
        _follow_record(way, form, forms, reads)


def _follow_record(way: Path, form: Form, forms: Mapping[str, Form], reads: Reads) -> None:
    if not way:
        reads.fields |= {path for path, _ in form.places()}
        return
    one = form.fields.get(way[0])
    if one is None:
        return
    reads.fields.add((one.key,))
    if not one.fields:
        _follow_reference(one.key, one, way[1:], forms, reads)
    elif len(way) > 1 and way[1] in one.fields:
        reads.fields.add((one.key, way[1]))
        _follow_reference(f"{one.key}.{way[1]}", one.fields[way[1]], way[2:], forms, reads)
    else:
        reads.fields |= {(one.key, inner) for inner in one.fields}


def _follow_reference(path: str, one: Field, rest: Path, forms: Mapping[str, Form], reads: Reads) -> None:
    kind = FIELD_TYPES[one.type]
    if not isinstance(kind, ReferenceType):
        return
    reads.relations.setdefault(path, set())
    if rest:
        target = forms.get(kind.target(one))
        reads.relation(path, rest[0], target)
        following = target.fields.get(rest[0]) if target is not None else None
        if following is not None:
            _follow_reference(f"{path}.{rest[0]}", following, rest[1:], forms, reads)


def relation_reads(
    reads: Iterable[Reads], form: Form, forms: Mapping[str, Form]
) -> dict[str, frozenset[str]]:
    """Which fields of which targets evaluation needs: `{"customer": {"level"}, "lines.product": {…}}`.

    `fill` counts: a new record takes over what its relations fill.
    """
    needed: dict[str, set[str]] = {}
    for one in reads:
        for name, fields in one.relations.items():
            needed.setdefault(name, set()).update(fields)
    for path, relation in form.places():
        filled = set(fill_of(relation).values())
        if filled:
            needed.setdefault(".".join(path), set()).update(filled - _always(forms.get(relation.to or "")))
    return {name: frozenset(fields) for name, fields in needed.items()}


@dataclass(frozen=True, slots=True)
class Ordering:
    """nodes   each after what it depends on · cycle: a way that comes back to its start, if there is one"""

    nodes: tuple[Path, ...]
    cycle: tuple[Path, ...] = ()


def put_in_order(needs: Mapping[Path, set[Path]]) -> Ordering:
    """A topological order of the nodes, stable with respect to their given order; the first cycle ends it."""
    done: dict[Path, None] = {}
    for node in needs:
        cycle = _visit(node, needs, done)
        if cycle:
            return Ordering(tuple(done), cycle)
    return Ordering(tuple(done))


def _visit(start: Path, needs: Mapping[Path, set[Path]], done: dict[Path, None]) -> tuple[Path, ...]:
    """Depth first without recursion: a chain may be as long as the form has fields."""
    trail: list[tuple[Path, Iterator[Path]]] = [(start, _sorted(needs[start]))] if start not in done else []
    active = {start}
    while trail:
        node, remaining = trail[-1]
        following = next((one for one in remaining if one in needs and one not in done), None)
        if following is None:
            trail.pop()
            active.discard(node)
            done[node] = None
        elif following in active:
            names = [one for one, _ in trail]
            return (*names[names.index(following) :], following)
        else:
            active.add(following)
            trail.append((following, _sorted(needs[following])))
    return ()


def _sorted(nodes: set[Path]) -> Iterator[Path]:
    return iter(sorted(nodes))


def show_cycle(cycle: Sequence[Path]) -> str:
    """`a → b → a`."""
    return " → ".join(".".join(path) for path in cycle)
