"""What other rooms may ask of records. One object per process, built by the composition root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

import sqlalchemy as sa

from runtime.access.explain import Explanation, explain_record
from runtime.audit.log import record_audit
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.records.aggregation import aggregate_records
from runtime.records.bulk import create_many
from runtime.records.create import create_record
from runtime.records.evaluation import Answer, Question, evaluate
from runtime.records.finding import find_records
from runtime.records.history import read_history
from runtime.records.holds import Hold, hold_record, release_record
from runtime.records.listing import list_records
from runtime.records.model import (
    PERSON,
    AggregateQuery,
    Group,
    HistoryEntry,
    ListQuery,
    NewRow,
    Origin,
    Page,
    RecordChange,
    RecordView,
    RowResult,
)
from runtime.records.reactions import Cut, Expect, Reaction, Reactions
from runtime.records.read import Stored, get_record, load_record
from runtime.records.remove import delete_record, restore_record
from runtime.records.saving import Saving
from runtime.records.scene import Scene
from runtime.records.status import set_flow_status
from runtime.records.update import Patch, change_record, update_record
from runtime.records.work import Blocker, Work


class Records:
    """The one way a record changes, and the ways to read it.

    Every method works on the caller's connection: in a unit of work for changes, in autocommit for
    reading. `scene`
    says where, with which metadata and for whom; make one per request with `scene`.
    Values that come in are JSON values, as in the API; those that go out are stored values.
    """

    def __init__(
        self,
        reactions: Sequence[Reaction] = (),
        blockers: Sequence[Blocker] = (),
        *,
        saving: Saving | None = None,
        cut: Cut | None = None,
        expect: Expect | None = None,
    ) -> None:
        """
        saving   what may still set fields of a record, or refuse it, before it is checked
        cut      told beside the audit log of a change at which a chain of automations was cut
        expect   told of many changes before they are answered one by one
        """
        self._reactions = Reactions(reactions, _note_cut if cut is None else _both(_note_cut, cut), expect)
        self._blockers = tuple(blockers)
        self._saving = saving

    @staticmethod
    def scene(workspace: Workspace, metadata: Metadata, actor: Actor) -> Scene:
        return Scene(workspace, metadata, actor)

    def unit(self, conn: sa.Connection) -> AbstractContextManager[None]:
        """Reactions to changes made inside wait until the block ends (SEMANTICS §3, Queue)."""
        return self._reactions.unit(conn)

    def create(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: str,
        data: Mapping[str, object],
        *,
        origin: Origin = PERSON,
    ) -> RecordView:
        """Create one record. Raises InputError with all problems, Forbidden, NotFound, Conflict (unique)."""
        return create_record(self._work(conn, scene), form, data, origin)

    def update(
        self, conn: sa.Connection, scene: Scene, form: str, patch: Patch, *, origin: Origin = PERSON
    ) -> RecordView:
        """Change one record. With an older `rev` history decides: Conflict if the same field changed
        meanwhile.

        Raises InputError, Forbidden, NotFound, Conflict, Stale (strict and another revision).
        """
        return update_record(self._work(conn, scene), form, patch, origin)

    def change(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: str,
        patch: Patch,
        *,
        stored: Stored,
        origin: Origin,
    ) -> Stored:
        """The same for a record that is loaded and locked already: what a flow does in the course of a step.

        Returns the record as it is stored then. Raises like `update`; which records is the flow's choice.
        """
        return change_record(self._work(conn, scene), form, patch, stored, origin)

    def undoable(self, conn: sa.Connection) -> AbstractContextManager[None]:
        """A savepoint for changes made inside: what is raised in it undoes them, and what they led to."""
        return self._reactions.undoable(conn)

    def hold(self, conn: sa.Connection, form: str, record: int, hold: Hold) -> None:
        """Let nobody but the process change the record's fields from now on."""
        hold_record(conn, form, record, hold)

    def release(self, conn: sa.Connection, form: str, record: int, process: int) -> None:
        """End what the process holds."""
        release_record(conn, form, record, process)

    def delete(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: str,
        record: int,
        *,
        rev: int | None = None,
        origin: Origin = PERSON,
    ) -> None:
        """Put a record into the recycle bin, as the relations that point to it say (`on_delete`).

        Raises Forbidden, NotFound, Conflict with everything that holds it.
        """
        delete_record(self._work(conn, scene), form, record, origin, rev=rev)

    def restore(
        self, conn: sa.Connection, scene: Scene, form: str, record: int, *, origin: Origin = PERSON
    ) -> RecordView:
        """Take a record out of the recycle bin, with what was deleted together with it."""
        return restore_record(self._work(conn, scene), form, record, origin)

    def create_many(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: str,
        rows: Iterable[NewRow],
        *,
        origin: Origin,
        dry_run: bool = False,
    ) -> Iterator[RowResult]:
        """Create records set-wise; lazily, a thousand rows at a time, one result per row in their order.

        A row with problems is left out, the others are written. A dry run writes nothing and says the same.
        """
        return create_many(self._work(conn, scene), form, rows, origin, dry_run=dry_run)

    def set_flow_status(
        self, conn: sa.Connection, scene: Scene, form: str, record: int, status: str | None
    ) -> None:
        """Show the state of the newest approval; a derived write: no revision, no conflict, no history."""
        set_flow_status(self._work(conn, scene), form, record, status)

    def get(self, conn: sa.Connection, scene: Scene, form: str, record: int) -> RecordView:
        """One record as the actor may see it, with the actions she may do. Raises NotFound."""
        return get_record(conn, scene, form, record)

    def list(self, conn: sa.Connection, scene: Scene, form: str, query: ListQuery) -> Page:
        """A page of a list. Raises InputError for conditions and names that cannot be used."""
        return list_records(conn, scene, form, query)

    def aggregate(
        self, conn: sa.Connection, scene: Scene, form: str, query: AggregateQuery
    ) -> tuple[Group, ...]:
        """Grouped numbers over the records the actor may see."""
        return aggregate_records(conn, scene, form, query)

    def history(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: str,
        record: int,
        *,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[HistoryEntry, ...]:
        """The changes of a record the actor may see, newest first, below entry `before`."""
        access = scene.access_for(form)
        access.require("view")
        load_record(conn, scene, access, record, seen=access.records("view"))
        return read_history(conn, access, record, before=before, limit=limit)

    def explain(self, conn: sa.Connection, scene: Scene, form: str, record: int, action: str) -> Explanation:
        """Whether the actor may do `action` with the record, and why. Raises NotFound if she may not know
        it."""
        access = scene.access_for(form)
        access.require("view")
        load_record(conn, scene, access, record, seen=access.records("view"))
        return explain_record(conn, access, record, action)

    def evaluate(self, conn: sa.Connection, scene: Scene, question: Question) -> Answer:
        """The value of an expression for a form that is being filled in. Raises NotFound, InputError."""
        return evaluate(conn, scene, question)

    def find(
        self,
        conn: sa.Connection,
        scene: Scene,
        form: str,
        fields: Sequence[str],
        values: Iterable[tuple[object, ...]],
    ) -> Mapping[tuple[object, ...], tuple[int, ...]]:
        """Ids of living records the actor may see, by the stored values of `fields`; for imports,
        set-wise."""
        return find_records(conn, scene, form, fields, values)

    def _work(self, conn: sa.Connection, scene: Scene) -> Work:
        return Work(conn, scene, self._reactions, self._blockers, self._saving)


def _both(first: Cut, second: Cut) -> Cut:
    def cut(conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        first(conn, scene, change)
        second(conn, scene, change)

    return cut


def _note_cut(conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
    """A chain of automations was cut: visible in the audit log."""
    detail = {"depth": change.depth, "cause": change.origin.shown_cause}
    target = f"{change.form}/{change.record}"
    record_audit(conn, scene.actor, "record.chain-cut", target, at=change.at, detail=detail)
