"""Metadata: one immutable value per stamp, compiled once per text; drafts and versions."""

from __future__ import annotations

import json

import pytest

from engine.apps.kinds import Kind, Ref
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import (
    NewVersion,
    activate,
    add_version,
    archive,
    definitions_changed,
    list_versions,
    read_version,
)
from runtime.catalog.drafts import Draft, discard_draft, list_drafts, read_draft, save_draft
from runtime.db.statements import count_statements
from runtime.db.workspace import Workspace
from runtime.http.errors import Conflict, NotFound
from tests.support.forms import House

NOTE = {
    "$schema": "form/1",
    "key": "note",
    "label": "Note",
    "title": "{text}",
    "fields": {"text": {"type": "text", "label": "Text"}},
}
TASK = {
    "$schema": "form/1",
    "key": "task",
    "label": "Task",
    "title": "{text}",
    "fields": {
        "text": {"type": "text", "label": "Text"},
        "note": {"type": "relation", "label": "Note", "to": "note"},
    },
}
ROLE = Ref(Kind.ROLE, "rep")


@pytest.fixture
def house(workspace: Workspace) -> House:
    house = House(workspace)
    house.install(NOTE, TASK)
    return house


def test_metadata_is_read_once_per_stamp(house: House) -> None:
    first = house.metadata

    with count_statements(house.workspace.database) as counter:
        again = house.catalog.current(house.workspace, first.stamp)

    assert again is first
    assert counter.count == 0


def test_what_did_not_change_is_the_same_object_after_a_publish(house: House) -> None:
    before = house.metadata
    changed = {**TASK, "label": "Tasks"}
    house.workspace.database.write(lambda conn: _publish(house, conn, changed))

    after = house.metadata

    assert after is not before
    assert after.forms["note"] is before.forms["note"]
    assert after.forms["task"] is not before.forms["task"]
    assert before.forms["task"].form.label == "Task"


def _publish(house: House, conn, document) -> None:
    new = NewVersion(Ref(Kind.FORM, str(document["key"])), json.dumps(document))
    add_version(conn, new, at=house.workspace.now(), by=None)
    definitions_changed(conn)


def test_a_writer_sees_her_own_uncommitted_definitions_and_nobody_else_does(house: House) -> None:
    def work(conn) -> str:
        _publish(house, conn, {**TASK, "label": "Mine"})
        label = house.catalog.load(conn, house.workspace).forms["task"].form.label
        raise ZeroDivisionError(label)

    with pytest.raises(ZeroDivisionError, match="Mine"):
        house.workspace.database.write(work)

    assert house.metadata.forms["task"].form.label == "Task"
    assert Catalog().current(house.workspace, house.metadata.stamp).forms["task"].form.label == "Task"


def test_versions_are_numbered_and_an_earlier_one_can_be_in_force_again(house: House) -> None:
    at, write = house.workspace.now(), house.workspace.database.write
    for note in ("first", "second"):
        write(lambda conn, note=note: add_version(conn, NewVersion(ROLE, f'"{note}"', note), at=at, by=None))

    write(lambda conn: activate(conn, ROLE, 1))
    with house.workspace.database.read() as conn:
        current, versions = read_version(conn, ROLE), list_versions(conn, ROLE)
    write(lambda conn: archive(conn, ROLE))

    assert current == (1, '"first"')
    assert [(one.version, one.note, one.current) for one in versions] == [
        (2, "second", False),
        (1, "first", True),
    ]
    with house.workspace.database.read() as conn, pytest.raises(NotFound):
        read_version(conn, ROLE)


def test_two_editors_never_overwrite_each_other_s_draft(house: House) -> None:
    at, write = house.workspace.now(), house.workspace.database.write
    first = write(lambda conn: save_draft(conn, Draft(ROLE, 0, "a", None, at, None)))

    second = write(lambda conn: save_draft(conn, Draft(ROLE, first.rev, "b", None, at, None)))
    for rev in (0, first.rev):
        with pytest.raises(Conflict):
            write(lambda conn, rev=rev: save_draft(conn, Draft(ROLE, rev, "c", None, at, None)))

    with house.workspace.database.read() as conn:
        assert read_draft(conn, ROLE) == second
        assert list_drafts(conn) == (second,)
    assert write(lambda conn: discard_draft(conn, ROLE))
    assert not write(lambda conn: discard_draft(conn, ROLE))
