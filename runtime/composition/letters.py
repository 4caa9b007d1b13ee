"""What notifications are told about records, which lie above them."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from engine.forms.evaluate import read_timed
from engine.forms.facts import RecordWorld
from engine.forms.fields import FIELD_TYPES
from engine.forms.system import SYSTEM
from engine.values import Reference
from runtime.access.policy import Access
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import NotFound
from runtime.notifications.model import About
from runtime.notifications.words import Paths, SeenRecord
from runtime.query.names import plan_of
from runtime.records.read import Stored, load_record
from runtime.records.scene import Scene
from runtime.records.selection import own_title

_BARE = frozenset({"id", "title"})


class LetterRecords:
    """Reads records as one reader may see them: her record filter, her fields, nothing masked."""

    def read_record(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        metadata: Metadata,
        actor: Actor,
        about: About,
        paths: Paths,
    ) -> SeenRecord | None:
        """See `runtime.notifications.words.RecordReader`."""
        scene = Scene(workspace, metadata, actor)
        form = metadata.forms.get(about.form)
        if form is None:
            return None
        found = _load(conn, scene, form, about.record)
        gone = found is None
        found = found or _load(conn, scene, form, about.record, deleted=True)
        if found is None:
            return None
        stored, values = found
        for key in _followed(form, paths):
            values[key] = _behind(conn, scene, form, key, values.get(key))
        title = own_title(form, stored.values, stored.targets.titles, actor.language)
        rows = form.tables.subtables
        shown = {key: _shown(scene, form, stored, key) for key in values if key not in rows}
        return SeenRecord(title, values, shown, gone)


def _shown(scene: Scene, form: PublishedForm, stored: Stored, key: str) -> str:
    """A field as its reader sees it, in her language."""
    field, value = form.form.fields.get(key) or SYSTEM[key], stored.values.get(key)
    plan = plan_of(form, key)
    title = stored.targets.titles.get((plan.target or "", value)) if plan and isinstance(value, int) else None
    kind = FIELD_TYPES[field.type]
    return title or kind.display(field, value, scene.actor.language, scene.moment.zone)


def _load(
    conn: sa.Connection, scene: Scene, form: PublishedForm, record: int, *, deleted: bool = False
) -> tuple[Stored, dict[str, object]] | None:
    access = scene.access(form)
    if not access.allows("view"):
        return None
    try:
        stored = load_record(conn, scene, access, record, seen=access.records("view"), deleted=deleted)
    except NotFound:
        return None
    return stored, _open_values(scene, access, stored)


def _open_values(scene: Scene, access: Access, stored: Stored) -> dict[str, object]:
    """The fields she may read, as expressions see them; what lies behind references is looked at apart."""
    form, facts = access.form, scene.facts(stored.targets.related)
    world = RecordWorld(form.compiled.forms, facts, hops=0)
    values = read_timed(form.compiled, stored.values, facts)
    known = {**SYSTEM, **form.form.fields}
    found = {}
    for key in known.keys() & (access.readable - access.masked):
        kind, value = FIELD_TYPES[known[key].type], values.get(key)
        shown = kind.to_feel(known[key], kind.empty() if value is None else value, world)
        found[key] = _open_rows(access, key, shown)
    return found


def _open_rows(access: Access, key: str, shown: object) -> object:
    """Rows without what is hidden or masked inside them."""
    field = access.form.form.fields.get(key)
    if field is None or not field.fields or not isinstance(shown, list):
        return shown
    closed = {name for name in field.fields if not access.sees(key, name) or access.masks(key, name)}
    return [{name: value for name, value in row.items() if name not in closed} for row in shown]


def _followed(form: PublishedForm, paths: Paths) -> list[str]:
    """The references of the record behind which something is read."""
    behind = {path[0] for path in paths if len(path) > 1 and path[1] not in _BARE}
    behind |= {path[1] for path in paths if path[0] == "record" and len(path) > 2 and path[2] not in _BARE}
    return [one.field.key for one in form.references if one.subtable is None and one.field.key in behind]


def _behind(conn: sa.Connection, scene: Scene, form: PublishedForm, key: str, reference: object) -> object:
    """The reference with the fields of its target that she may read; people and departments stay."""
    target = scene.metadata.forms.get(form.plans[key].target or "")
    if target is None or not isinstance(reference, Mapping):
        return reference
    found = _load(conn, scene, target, int(str(reference["id"])))
    return reference if found is None else Reference({**found[1], **reference})
