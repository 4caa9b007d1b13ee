"""HTTP of records: list, read, create, change, delete, restore, history, numbers, and why."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Register
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.guard import may
from runtime.http.reply import Reply
from runtime.records import schemas
from runtime.records.json_form import (
    Json,
    explanation_json,
    group_json,
    history_json,
    page_json,
    record_json,
)
from runtime.records.model import ListQuery, RecordView
from runtime.records.naming import named_entries
from runtime.records.requests import (
    aggregate_query,
    cursor_place,
    list_query,
    problems_json,
    scene_of,
)
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.sorting import position_of
from runtime.records.update import Patch

_RECORDS: Final = "/forms/<key:form>/records"
_RECORD: Final = "/forms/<key:form>/records/<id:record>"


class RecordsApi:
    """The same for every form; what a body may hold is the form's own schema."""

    def __init__(self, catalog: Catalog, records: Records, register: Register) -> None:
        self._catalog = catalog
        self._records = records
        self._register = register

    @endpoint(
        "GET",
        _RECORDS,
        guard=may("view"),
        summary="List records",
        query=schemas.LIST_QUERY,
        response=schemas.RECORDS,
    )
    def list_records(self, call: Call, form: str) -> object:
        return self._list(call, form, list_query(call))

    @endpoint(
        "GET",
        "/forms/<key:form>/deleted",
        guard=may("delete"),
        summary="The recycle bin",
        query=schemas.LIST_QUERY,
        response=schemas.RECORDS,
    )
    def list_deleted(self, call: Call, form: str) -> object:
        return self._list(call, form, list_query(call, deleted=True))

    def _list(self, call: Call, form: str, query: ListQuery) -> object:
        scene = scene_of(self._catalog, call)
        place = cursor_place(form, query, call)
        after = (
            position_of(call.read_cursor(str(call.args["cursor"]), of=place))
            if "cursor" in call.args
            else None
        )
        with call.read() as conn:
            page = self._records.list(conn, scene, form, query.at(after))
        cursor = None if page.next is None else call.write_cursor(list(page.next), of=place)
        return page_json(scene.access_for(form), page, cursor)

    @endpoint(
        "POST",
        _RECORDS,
        guard=may("create"),
        summary="Create a record",
        body=schemas.CREATE,
        response=schemas.RECORD,
        status=201,
    )
    def create(self, call: Call, form: str) -> object:
        scene = scene_of(self._catalog, call)

        def work(conn: sa.Connection) -> Reply:
            view = self._records.create(conn, scene, form, call.fields["values"])
            return Reply(201, self._json(scene, call, view), rev=view.rev)

        return call.write(work)

    @endpoint("GET", _RECORD, guard=may("view"), summary="Read a record", response=schemas.RECORD)
    def show(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            view = self._records.get(conn, scene, form, record)
        return Reply(200, self._json(scene, call, view), rev=view.rev)

    @endpoint(
        "PATCH",
        _RECORD,
        guard=may("edit"),
        summary="Change a record; `rev` merges with what others changed meanwhile, `If-Match` does not",
        body=schemas.PATCH,
        response=schemas.RECORD,
    )
    def update(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        fields: Any = call.fields
        strict = call.if_match
        rev = fields.get("rev") if strict is None else strict
        patch = Patch(record, fields["values"], rev, strict=strict is not None)

        def work(conn: sa.Connection) -> Reply:
            view = self._records.update(conn, scene, form, patch)
            return Reply(200, self._json(scene, call, view), rev=view.rev)

        return call.write(work)

    @endpoint("DELETE", _RECORD, guard=may("delete"), summary="Put a record into the recycle bin", status=204)
    def delete(self, call: Call, form: str, record: int) -> object:
        scene, rev = scene_of(self._catalog, call), call.if_match

        def work(conn: sa.Connection) -> Reply:
            self._records.delete(conn, scene, form, record, rev=rev)
            return Reply(204)

        return call.write(work)

    @endpoint(
        "POST",
        f"{_RECORD}/restore",
        guard=may("delete"),
        summary="Take a record out of the recycle bin",
        response=schemas.RECORD,
    )
    def restore(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)

        def work(conn: sa.Connection) -> Reply:
            view = self._records.restore(conn, scene, form, record)
            return Reply(200, self._json(scene, call, view), rev=view.rev)

        return call.write(work)

    @endpoint(
        "GET",
        f"{_RECORD}/history",
        guard=may("view"),
        summary="What changed, the newest first",
        query=schemas.HISTORY_QUERY,
    )
    def history(self, call: Call, form: str, record: int) -> object:
        scene, limit, place = scene_of(self._catalog, call), call.args["limit"], f"history|{form}|{record}"
        assert isinstance(limit, int)
        before = call.read_cursor(str(call.args["cursor"]), of=place) if "cursor" in call.args else None
        with call.read() as conn:
            found = self._records.history(
                conn, scene, form, record, before=before if isinstance(before, int) else None, limit=limit + 1
            )
            access = scene.access_for(form)
            shown = named_entries(conn, scene, access.form.form, found[:limit])
        items = [history_json(access, entry) for entry in shown]
        more = call.write_cursor(found[limit - 1].id, of=place) if len(found) > limit else None
        return {"items": items, "next": more}

    @endpoint(
        "GET",
        f"{_RECORD}/explain",
        guard=may("view"),
        summary="Whether she may do something with the record, and why",
        query=schemas.EXPLAIN_QUERY,
    )
    def explain(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            found = self._records.explain(conn, scene, form, record, str(call.args["action"]))
        return explanation_json(found)

    @endpoint(
        "POST",
        "/forms/<key:form>/aggregate",
        guard=may("view"),
        summary="Grouped numbers",
        body=schemas.AGGREGATE,
    )
    def aggregate(self, call: Call, form: str) -> object:
        scene, query = scene_of(self._catalog, call), aggregate_query(call.fields)
        with call.read() as conn:
            groups = self._records.aggregate(conn, scene, form, query)
        access = scene.access_for(form)
        return {"groups": [group_json(access, one) for one in groups]}

    def _json(self, scene: Scene, call: Call, view: RecordView) -> Json:
        shown = record_json(scene.access(scene.metadata.form(view.form)), view)
        if view.warnings:
            shown["warnings"] = problems_json(view.warnings, self._register, call)
        return shown
