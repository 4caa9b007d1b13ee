"""Creating one record."""

from __future__ import annotations

from collections.abc import Mapping

from engine.problems import InputError, errors
from runtime.records.history import same
from runtime.records.intake import take_in
from runtime.records.model import Action, Origin, RecordChange, RecordView
from runtime.records.ownership import check_moved, owner_targets, ownership
from runtime.records.prepare import Preparation
from runtime.records.scene import Scene
from runtime.records.show import show_record
from runtime.records.targets import Targets
from runtime.records.work import Work
from runtime.records.writing import NewRecord, Stamps, write_new


def create_record(work: Work, form_key: str, data: Mapping[str, object], origin: Origin) -> RecordView:
    """See `Records.create`."""
    scene = work.scene
    access = scene.access_for(form_key, origin)
    if not origin.is_automatic:
        access.require("create")
    intake = take_in(access, data, origin, created=True)
    if errors(intake.problems):
        raise InputError(intake.problems)
    targets = Targets()
    preparation = Preparation(work.conn, scene, access.form, targets, origin.is_automatic, work.saving)
    preparation.load(intake.values, more=owner_targets(scene, intake.moved))
    unknown = check_moved(targets, intake)
    if unknown:
        raise InputError(unknown)
    prepared = preparation.new(intake.values, ownership(scene, intake.moved, targets))
    new = NewRecord(prepared.values, Stamps.of(scene))
    values = write_new(work, access.form, [new], targets, origin)[0]
    work.tell(created(form_key, values, origin, scene))
    return show_record(scene, access, values, targets, warnings=prepared.warnings)


def created(form_key: str, values: Mapping[str, object], origin: Origin, scene: Scene) -> RecordChange:
    """What reactions are told of a new record."""
    record = values["id"]
    assert isinstance(record, int)
    changed = frozenset(key for key, value in values.items() if not same(value, None) and value != ())
    return RecordChange(form_key, record, Action.CREATE, {}, values, changed, origin, scene.moment.now)
