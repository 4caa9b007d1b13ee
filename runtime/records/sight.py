"""A record as automation sees it: all fields, with what its references lead to (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from engine.forms.dependencies import reads_of_ways
from engine.forms.evaluate import read_timed
from engine.forms.facts import RecordWorld
from engine.forms.fields import FIELD_TYPES
from engine.forms.model import Field
from engine.forms.system import SYSTEM
from runtime.catalog.metadata import PublishedForm
from runtime.records.model import Target
from runtime.records.scene import Scene
from runtime.records.targets import Targets, load_wanted, references_in, target_at

Reads = Mapping[str, frozenset[str]]
"""Path of a reference, dotted -> fields of its target."""


def reads_of_expressions(form: PublishedForm, ways: Iterable[tuple[str, ...]]) -> Reads:
    """What expressions with these paths read behind the references of the form's records."""
    return reads_of_ways(ways, form.compiled.form, form.compiled.forms)


def record_context(
    conn: sa.Connection,
    scene: Scene,
    form: PublishedForm,
    values: Mapping[str, object],
    targets: Targets,
    reads: Reads,
) -> dict[str, object]:
    """Every field as a FEEL value, system fields and time-dependent formulas too.

    values   stored values · targets: what is known already of what the references point to; it grows
    No statement if nothing behind references is read.
    """
    load_behind(conn, scene, form, [values], targets, reads)
    facts = scene.facts(targets.related)
    timed = read_timed(form.compiled, values, facts)
    world = RecordWorld(form.compiled.forms, facts)
    known = {**SYSTEM, **form.form.fields}
    return {key: _feel(one, timed.get(key), world) for key, one in known.items()}


def load_behind(
    conn: sa.Connection,
    scene: Scene,
    form: PublishedForm,
    records: Iterable[Mapping[str, object]],
    targets: Targets,
    reads: Reads,
) -> None:
    """Load what is read behind the references of these records, level by level."""
    wanted = targets_read(scene, form, reads)
    level = [
        (one.path, one.target)
        for values in records
        for one in references_in(form, values)
        if one.path in reads
    ]
    while level:
        for _, target in level:
            if not wanted.get(target[0], frozenset()) <= targets.values.get(target, {}).keys():
                targets.values.pop(target, None)
        load_wanted(conn, scene, targets, [target for _, target in level], wanted)
        level = [step for here, target in level for step in _next(scene, reads, here, target, targets)]


def _next(
    scene: Scene, reads: Reads, here: str, target: Target, targets: Targets
) -> Iterator[tuple[str, Target]]:
    form = scene.metadata.forms.get(target[0])
    for path in reads:
        prefix, _, name = path.rpartition(".")
        if form is None or prefix != here or name not in form.plans:
            continue
        identity = targets.values.get(target, {}).get(name)
        if isinstance(identity, int):
            yield path, (form.plans[name].target or "", identity)


def targets_read(scene: Scene, form: PublishedForm, reads: Reads) -> Reads:
    """The same by the form of the target, instead of by the path that leads there."""
    collected: dict[str, frozenset[str]] = {}
    for path, fields in reads.items():
        target = target_at(scene, form, path)
        if target is not None:
            collected[target] = collected.get(target, frozenset()) | fields
    return collected


def _feel(field: Field, value: object, world: RecordWorld) -> object:
    kind = FIELD_TYPES[field.type]
    return kind.to_feel(field, kind.empty() if value is None else value, world)
