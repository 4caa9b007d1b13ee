"""HTTP of tasks and processes: the inbox, deciding, starting, looking at how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

import sqlalchemy as sa
from flask import Response

from engine.apps.kinds import Kind, Ref
from engine.flows.preview import Preview
from engine.problems import Register
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import read_version
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import NotFound
from runtime.http.guard import SIGNED_IN, may, right
from runtime.http.reply import Reply
from runtime.identity.directory import names_of
from runtime.processes import inbox, schemas, store
from runtime.processes.expected import preview_json, stops_json
from runtime.processes.flows import Flow
from runtime.processes.inbox import Box, Item
from runtime.processes.render import node_render
from runtime.processes.rights import task_access
from runtime.processes.service import Decision, Processes
from runtime.processes.startable import start_refused, startable_flows
from runtime.processes.summary import summaries
from runtime.processes.view import (
    Json,
    Viewer,
    decided_json,
    item_json,
    process_json,
    startable_json,
    summary_json,
)
from runtime.records.json_form import record_json
from runtime.records.read import load_record
from runtime.records.requests import scene_of
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.show import show_record

COUNT_BOUND: Final = 1000
T = TypeVar("T")


class TasksApi:
    """A person's own tasks. Nobody sees another's."""

    def __init__(self, catalog: Catalog, records: Records, processes: Processes, register: Register) -> None:
        self._catalog = catalog
        self._records = records
        self._processes = processes
        self._register = register

    @endpoint(
        "GET",
        "/tasks",
        guard=SIGNED_IN,
        summary="My tasks, the newest first; in the box `started` the processes I began",
        query=schemas.BOX,
        response=schemas.TASKS,
    )
    def list_tasks(self, call: Call) -> object:
        scene, box = scene_of(self._catalog, call), Box(str(call.args["box"]))
        limit = int(str(call.args["limit"]))
        cursor = call.args.get("cursor")
        before = call.read_cursor(str(cursor), of=f"tasks/{box}") if cursor else None
        with call.read() as conn:
            me = call.actor.id
            items = inbox.list_items(
                conn, me, box, limit=limit + 1, before=before if isinstance(before, int) else None
            )
            count = inbox.count_items(conn, me, box, bound=COUNT_BOUND)
            shown = self._items(conn, scene, items[:limit])
        more = call.write_cursor(items[limit - 1].id, of=f"tasks/{box}") if len(items) > limit else None
        return {"items": shown, "next": more, "count": {"value": count, "exact": count < COUNT_BOUND}}

    @endpoint(
        "GET",
        "/tasks/<id:task>",
        guard=SIGNED_IN,
        summary="A task with its record, the form as its node shows it, and its process",
        response=schemas.TASK,
    )
    def show_task(self, call: Call, task: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            item = inbox.find_item(conn, call.actor.id, task)
            if item is None:
                raise NotFound.because("process.task.unknown", task=task)
            flow = self._flow(conn, scene, item)
            stored = store.read_process(found(inbox.find_process(conn, item.process), item.process))
            document = self._document(conn, scene, flow, item)
            viewer = viewer_of(self._register, call)
            process = whole_json(conn, scene, self._processes, flow, stored, viewer)
            return {**self._items(conn, scene, [item])[0], **document, "process": process}

    @endpoint(
        "POST",
        "/tasks/<id:task>/complete",
        guard=SIGNED_IN,
        summary="Finish a task with an outcome, an opinion and the values its node lets me change",
        body=schemas.COMPLETE,
        response=schemas.DECIDED,
    )
    def complete(self, call: Call, task: int) -> object:
        scene, given = scene_of(self._catalog, call), call.fields
        version = given.get("version")
        decision = Decision(
            action=str(given["outcome"]),
            opinion=str(given.get("opinion", "")),
            values=given.get("values") or {},
            rev=version if isinstance(version, int) and version > 0 else None,
            command_id=given.get("command_id"),
        )

        def work(conn: sa.Connection) -> object:
            decided = self._processes.complete(conn, scene, task, decision)
            return decided_json(decided, names_of(conn, {decided.process.initiator}))

        return call.write(work)

    def _flow(self, conn: sa.Connection, scene: Scene, item: Item) -> Flow:
        return self._processes.flows.version(conn, scene.metadata, item.flow, item.version, item.form)

    def _items(self, conn: sa.Connection, scene: Scene, items: Sequence[Item]) -> list[Json]:
        names = names_of(conn, {item.initiator for item in items})
        told = summaries(conn, scene, self._records, items)
        return [
            item_json(
                self._flow(conn, scene, item),
                item,
                names,
                told.get((item.form, item.record), ()),
                manages="settings" in scene.actor.rights,
            )
            for item in items
        ]

    @staticmethod
    def _document(conn: sa.Connection, scene: Scene, flow: Flow, item: Item) -> Json:
        """The record as the node shows it: its person may see it because she was asked.

        Of a deleted record there is its title.
        """
        node = flow.graph.node(item.node)
        access = task_access(scene.access(flow.form), node)
        try:
            stored = load_record(conn, scene, access, item.record)
        except NotFound:
            return {"version": 0, "render": None, "deleted": True}
        view = show_record(scene, access, stored.values, stored.targets)
        return {
            "deleted": False,
            "version": view.rev,
            "render": node_render(flow, node, access),
            "record": record_json(access, view),
        }


class ProcessesApi:
    """Running flows: start one, look at it, end it."""

    def __init__(self, catalog: Catalog, records: Records, processes: Processes, register: Register) -> None:
        self._catalog = catalog
        self._records = records
        self._processes = processes
        self._register = register

    @endpoint(
        "POST",
        "/processes",
        guard=SIGNED_IN,
        summary="Start a flow on a record",
        body=schemas.START,
        response=schemas.PROCESS,
        status=201,
    )
    def start(self, call: Call) -> object:
        scene, given = scene_of(self._catalog, call), call.fields
        flow, record = str(given["flow"]), int(given["record"])

        def work(conn: sa.Connection) -> object:
            command_id = given.get("command_id")
            process = self._processes.start(conn, scene, flow, record, command_id=command_id)
            return Reply(201, self._json(conn, call, process))

        return call.write(work)

    @endpoint(
        "GET",
        "/processes/preview",
        guard=SIGNED_IN,
        summary="Who would be asked if I started the flow on the record now",
        query=schemas.PREVIEW,
        response=schemas.EXPECTED,
    )
    def preview(self, call: Call) -> object:
        scene = scene_of(self._catalog, call)
        flow_key, record = str(call.args.get("flow", "")), int(str(call.args.get("record", 0)))
        with call.read() as conn:
            flow, expected = self._processes.preview(conn, scene, flow_key, record)
            view = self._records.get(conn, scene, flow.form.key, record)
            refused = start_refused(conn, scene, flow, view)
            viewer = viewer_of(self._register, call)
            return preview_json(conn, scene.metadata, flow, expected, refused, viewer)

    @endpoint(
        "GET",
        "/processes/<id:process>",
        guard=SIGNED_IN,
        summary="Where a process stands, who was asked, and its log",
        response=schemas.PROCESS,
    )
    def show(self, call: Call, process: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            self._may_see(conn, scene, process)
            return self._json(conn, call, process)

    @endpoint(
        "POST",
        "/processes/<id:process>/cancel",
        guard=SIGNED_IN,
        summary="Withdraw a process: its initiator before the first decision, administrators always",
        body=schemas.CANCEL,
        response=schemas.PROCESS,
    )
    def cancel(self, call: Call, process: int) -> object:
        scene, reason = scene_of(self._catalog, call), str(call.fields.get("reason", ""))

        def work(conn: sa.Connection) -> object:
            self._processes.cancel(conn, scene, process, reason)
            return self._json(conn, call, process)

        return call.write(work)

    @endpoint(
        "POST",
        "/processes/<id:process>/retry",
        guard=right("settings"),
        summary="Let what stands with an incident try again",
        response=schemas.PROCESS,
    )
    def retry(self, call: Call, process: int) -> object:
        scene = scene_of(self._catalog, call)

        def work(conn: sa.Connection) -> object:
            self._processes.retry(conn, scene, process)
            return self._json(conn, call, process)

        return call.write(work)

    @endpoint(
        "GET",
        "/forms/<key:form>/records/<id:record>/processes",
        guard=may("view"),
        summary="The processes of a record, the newest first, and the flows that can be started on it",
    )
    def of_record(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            view = self._records.get(conn, scene, form, record)
            rows = [store.read_process(row) for row in inbox.processes_of(conn, form, record)]
            names = names_of(conn, {row.initiator for row in rows})
            items = [summary_json(self._flow_of(conn, scene, row), row, names) for row in rows]
            startable = startable_flows(conn, scene, self._processes.flows, view)
        viewer = viewer_of(self._register, call)
        return {"items": items, "next": None, "flows": [startable_json(one, viewer) for one in startable]}

    @endpoint(
        "GET",
        "/flows/<key:flow>/xml",
        guard=SIGNED_IN,
        summary="The BPMN file of a flow; the version in force unless one is named",
        query=schemas.VERSION,
    )
    def xml(self, call: Call, flow: str) -> object:
        wanted = call.args.get("version")
        with call.read() as conn:
            _, text = read_version(conn, Ref(Kind.FLOW, flow), wanted if isinstance(wanted, int) else None)
        return Response(text, 200, mimetype="application/xml")

    def _flow_of(self, conn: sa.Connection, scene: Scene, stored: store.StoredProcess) -> Flow:
        return self._processes.flows.version(conn, scene.metadata, stored.flow, stored.version, stored.form)

    def _json(self, conn: sa.Connection, call: Call, process: int) -> Json:
        stored = store.read_process(found(inbox.find_process(conn, process), process))
        scene = scene_of(self._catalog, call)
        flow = self._flow_of(conn, scene, stored)
        return whole_json(conn, scene, self._processes, flow, stored, viewer_of(self._register, call))

    def _may_see(self, conn: sa.Connection, scene: Scene, process: int) -> None:
        """Who started it, who was asked, administrators, and everybody who sees the record."""
        row = found(inbox.find_process(conn, process), process)
        me = scene.actor
        if row.initiator == me.id or "settings" in me.rights or inbox.has_part(conn, me.id, process):
            return
        try:
            self._records.get(conn, scene, row.form, row.record)
        except NotFound as error:
            raise NotFound.because("process.unknown", process=process) from error


def whole_json(
    conn: sa.Connection,
    scene: Scene,
    processes: Processes,
    flow: Flow,
    stored: store.StoredProcess,
    viewer: Viewer,
) -> Json:
    """A process with its way so far and, as long as it runs, the way it is expected to go on."""
    runs = stored.status == store.RUNNING
    rest = processes.rest(conn, scene, stored) if runs else Preview((), "")
    ahead = stops_json(conn, scene.metadata, flow, rest, viewer)
    return {**process_json(conn, flow, stored, viewer), "ahead": ahead}


def viewer_of(register: Register, call: Call) -> Viewer:
    return Viewer(register, call.language, call.actor.id, "settings" in call.actor.rights)


def found(row: T | None, identity: int) -> T:
    """Raises NotFound."""
    if row is None:
        raise NotFound.because("process.unknown", process=identity)
    return row
