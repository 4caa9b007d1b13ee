from __future__ import annotations

import importlib
import pkgutil

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import runtime
from runtime.db import control_tables
from runtime.db.migrate import CONTROL_STEPS, WORKSPACE_STEPS, known_steps, migrate, pending_steps
from runtime.db.workspaces import Workspaces
from runtime.http.errors import Unavailable


def room_tables() -> list[sa.MetaData]:
    """The MetaData of every room's `tables.py`."""
    names = [
        m.name for m in pkgutil.walk_packages(runtime.__path__, "runtime.") if m.name.endswith(".tables")
    ]
    modules = [importlib.import_module(name) for name in names]
    return [value for module in modules for value in vars(module).values() if isinstance(value, sa.MetaData)]


def differences(database, metadata: list[sa.MetaData]) -> list[object]:
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _is_ours, "compare_type": True}
        )
        found = compare_metadata(context, metadata)
    return [one for one in found if "comment" not in (one[0][0] if isinstance(one, list) else one[0])]


def _is_ours(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "table" and name == "platform_version")


def test_the_steps_build_what_the_rooms_declare(database) -> None:
    merged = sa.MetaData()
    for metadata in room_tables():
        for table in metadata.tables.values():
            if table.key not in merged.tables:
                table.to_metadata(merged)

    assert differences(database, [merged]) == []


def test_the_control_steps_build_the_control_tables(workspaces) -> None:
    assert differences(workspaces._control, [control_tables.metadata]) == []


def test_the_steps_are_one_line_and_their_names_count_up() -> None:
    for steps in (WORKSPACE_STEPS, CONTROL_STEPS):
        files = sorted(file.stem for file in (steps / "versions").glob("0*.py"))
        assert [file[:4] for file in files] == list(known_steps(steps))
        assert [int(step) for step in known_steps(steps)] == list(range(1, len(files) + 1))


@pytest.mark.thorough
def test_a_migration_that_broke_off_resumes_where_it_stopped(database, monkeypatch) -> None:
    with database.read() as connection:
        tables = [name for name in sa.inspect(connection).get_table_names() if name != "stamp"]
    steps = known_steps(WORKSPACE_STEPS)
    assert tables
    database.write(lambda c: c.execute(sa.text("update platform_version set version_num = '0001'")))
    drop_all(database, keep={"stamp", "kept_answer", "platform_version"})
    real, done = importlib.import_module("runtime.db.migrate")._apply, []

    def breaks_off(connection, folder, step) -> None:
        real(connection, folder, step)
        done.append(step)
        if step == steps[2]:
            raise KeyboardInterrupt

    monkeypatch.setattr("runtime.db.migrate._apply", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        migrate(database)
    assert pending_steps(database) == steps[2:]

    monkeypatch.setattr("runtime.db.migrate._apply", real)
    assert migrate(database) == steps[2:]
    assert pending_steps(database) == ()


def drop_all(database, keep: set[str]) -> None:
    """Only what step 0001 made stays."""

    def work(connection) -> None:
        cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
        if cascade:
            connection.execute(sa.text("DROP FUNCTION announce_job, refuse_audit_change CASCADE"))
        else:
            connection.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        for name in sa.inspect(connection).get_table_names():
            if name not in keep:
                connection.execute(sa.text(f'DROP TABLE "{name}"{cascade}'))

    database.write(work)


def test_an_older_program_refuses_a_newer_database(database, settings) -> None:
    database.write(lambda c: c.execute(sa.text("update platform_version set version_num = '9999'")))
    workspaces = Workspaces.open(settings)

    for refused in (workspaces.migrate_all, workspaces.refuse_unless_current):
        with pytest.raises(Unavailable) as caught:
            refused()
        assert caught.value.problems[0].code == "db.newer-than-program"
    workspaces.close()


def test_ready_means_migrated_and_reachable(browser, database) -> None:
    assert browser.get("//readyz").json == {"state": "ready"}
    newest = known_steps(WORKSPACE_STEPS)[-2]

    database.write(lambda c: c.execute(sa.text(f"update platform_version set version_num = '{newest}'")))

    answer = browser.get("//readyz")
    assert (answer.status_code, answer.json) == (503, {"state": "db.migration-pending"})
    assert browser.get("//healthz").status_code == 200


def test_the_audit_log_cannot_be_changed(database, workspace) -> None:
    insert = sa.text(
        "insert into audit_entry (at, action, object, detail) values (:at, 'a', 'b', '{}')"
    ).bindparams(sa.bindparam("at", workspace.now().replace(tzinfo=None)))
    database.write(lambda c: c.execute(insert))

    for change in ("update audit_entry set action = 'x'", "delete from audit_entry"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            database.write(lambda c, change=change: c.execute(sa.text(change)))
