"""Derived writes from flows: the status of the newest approval on the record."""

from __future__ import annotations

from runtime.records.memory import wrote
from runtime.records.model import Action, Origin, OriginKind, RecordChange
from runtime.records.read import load_record
from runtime.records.work import Work


def set_flow_status(work: Work, form_key: str, record: int, status: str | None) -> None:
    """See `Records.set_flow_status`."""
    form = work.scene.metadata.form(form_key)
    table = form.table
    wrote(work.conn, form_key)
    changed = work.conn.execute(
        table.update()
        .where(table.c.id == record, table.c.flow_status.is_distinct_from(status))
        .values(flow_status=status)
    )
    if changed.rowcount == 0 or not work.reactions.wanted(work.scene.metadata, form_key):
        return
    stored = load_record(work.conn, work.scene, work.scene.access(form), record)
    fields = frozenset({"flow_status"})
    origin, at = Origin(OriginKind.FLOW), work.scene.moment.now
    work.tell(RecordChange(form_key, record, Action.UPDATE, stored.values, stored.values, fields, origin, at))
