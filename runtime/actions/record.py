"""The record of a rule: as it was at the event, then as the rule's actions leave it."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from engine.forms.facts import RecordWorld
from engine.forms.fields import FIELD_TYPES
from engine.keys import WRITABLE_SYSTEM_FIELDS
from engine.problems import InputError, Problem, pointer
from runtime.catalog.metadata import PublishedForm
from runtime.records.model import Origin
from runtime.records.read import Stored, load_record
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.sight import Reads, record_context
from runtime.records.targets import Targets
from runtime.records.update import Patch

Values = Mapping[str, object]


class RuleRecord:
    """Reads as automation does: all rows, all fields.

    values   stored values at the event; None = load them when they are first asked for
    context  the same in FEEL values, if they are known already
    is_gone  it was deleted: it stays as it was
    """

    def __init__(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: PublishedForm,
        record: int,
        reads: Reads,
        values: Values | None = None,
        context: Values | None = None,
        *,
        is_gone: bool = False,
    ) -> None:
        self.form = form
        self.id = record
        self._conn = conn
        self._scene = scene
        self._reads = reads
        self._values = values
        self._targets = Targets()
        self._stored: Stored | None = None
        self._context = context
        self._is_gone = is_gone

    @property
    def values(self) -> Values:
        """Stored values. Raises NotFound if the record is gone and was never seen."""
        return self._values if self._values is not None else self.lock()

    def lock(self) -> Values:
        """The record as it is now, locked until the transaction ends. Raises NotFound."""
        if self._is_gone and self._values is not None:
            return self._values
        if self._stored is None:
            access = self._scene.access(self.form)
            self._stored = load_record(self._conn, self._scene, access, self.id, lock=True)
            self._targets = self._stored.targets
            self._see(self._stored.values)
        return self._stored.values

    def context(self) -> Values:
        """The record in FEEL values."""
        if self._context is None:
            self._context = self.context_of(self.values)
        return self._context

    def context_of(self, values: Values) -> Values:
        return record_context(self._conn, self._scene, self.form, values, self._targets, self._reads)

    def write(self, records: Records, data: Values, origin: Origin) -> None:
        """Change it; JSON values, as in a patch. Raises what `Records.change` raises."""
        self.lock()
        stored = self._stored
        if stored is None:
            raise InputError([Problem("actions.record-gone")])
        patch = Patch(self.id, data)
        changed = records.change(self._conn, self._scene, self.form.key, patch, stored=stored, origin=origin)
        self._stored = changed
        self._see(changed.values)

    def forget(self) -> None:
        """Something else may have changed it: read it again when it is needed."""
        if not self._is_gone:
            self._stored = None
            self._context = None

    def _see(self, values: Values) -> None:
        self._values = values
        self._context = None


def data_of(scene: Scene, form: PublishedForm, values: Values) -> dict[str, object]:
    """FEEL values as JSON values of the form's fields. Raises InputError for those a field cannot hold."""
    world = RecordWorld(form.compiled.forms, scene.facts({}))
    problems: list[Problem] = []
    data: dict[str, object] = {}
    for key, value in values.items():
        field = form.form.fields.get(key)
        if key in WRITABLE_SYSTEM_FIELDS and field is None:
            data[key] = value.get("id") if isinstance(value, Mapping) else value
        elif field is None:
            problems.append(Problem("actions.field-gone", pointer(key), {"name": key}))
        else:
            kind = FIELD_TYPES[field.type]
            parsed = kind.from_feel(field, value, world)
            problems += [problem.within(pointer(key)) for problem in parsed.problems]
            data[key] = kind.to_json(field, parsed.value)
    if problems:
        raise InputError(problems)
    return data
