"""A stored record as expressions see it."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from engine.forms.evaluate import read_timed
from engine.forms.situation import Situation
from runtime.records.read import load_record
from runtime.records.scene import Scene
from runtime.records.targets import load_targets


def record_context(conn: sa.Connection, scene: Scene, form_key: str, record: int) -> Mapping[str, object]:
    """See `Records.context`."""
    form = scene.metadata.form(form_key)
    stored = load_record(conn, scene, scene.access(form), record)
    load_targets(conn, scene, form, stored.targets, stored.values)
    facts = scene.facts(stored.targets.related)
    values = read_timed(form.compiled, stored.values, facts)
    return Situation(form.compiled, values, values, facts).record
