from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from runtime.db.database import Database, after_commit
from runtime.db.insert import insert_into
from runtime.db.stamps import bump, read_stamps
from runtime.db.statements import count_statements
from runtime.db.tables import stamp
from runtime.http.errors import Unavailable


def test_work_is_committed_as_a_whole_or_not_at_all(database: Database) -> None:
    def half(connection: Connection) -> None:
        bump(connection, "catalog")
        raise LookupError

    with pytest.raises(LookupError):
        database.write(half)
    database.write(lambda connection: bump(connection, "roles"))

    with database.read() as connection:
        assert read_stamps(connection) == {"roles": 1}


def test_ddl_is_rolled_back_with_the_rest(database: Database) -> None:
    def half(connection: Connection) -> None:
        connection.execute(sa.text("CREATE TABLE half (id INTEGER)"))
        raise LookupError

    with pytest.raises(LookupError):
        database.write(half)

    with database.read() as connection:
        assert not sa.inspect(connection).has_table("half")


def test_no_second_connection_is_taken_inside_a_unit_of_work(database: Database) -> None:
    def reads(_connection: Connection) -> None:
        with database.read():
            pass

    with pytest.raises(RuntimeError, match="hand it on"):
        database.write(reads)
    with pytest.raises(RuntimeError, match="hand it on"):
        database.write(lambda _connection: database.write(lambda _second: None))
    with database.read(), pytest.raises(RuntimeError, match="hand it on"):
        database.write(lambda _connection: None)


def test_callbacks_run_after_the_commit_and_only_then(database: Database) -> None:
    seen: list[int] = []

    def stamp_now() -> None:
        with database.read() as connection:
            seen.append(read_stamps(connection)["catalog"])

    def work(connection: Connection, *, fail: bool) -> None:
        bump(connection, "catalog")
        after_commit(connection, stamp_now)
        if fail:
            raise LookupError

    with pytest.raises(LookupError):
        database.write(lambda connection: work(connection, fail=True))
    assert seen == []

    database.write(lambda connection: work(connection, fail=False))
    assert seen == [1]


def test_writers_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    def count_up() -> None:
        for _ in range(25):
            database.write(lambda connection: bump(connection, "catalog"))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as connection:
        assert read_stamps(connection)["catalog"] == 100


def test_readers_see_the_last_commit_while_somebody_writes(database: Database) -> None:
    database.write(lambda connection: bump(connection, "catalog"))
    writing, may_end = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        bump(connection, "catalog")
        writing.set()
        may_end.wait(10)

    thread = threading.Thread(target=database.write, args=(slow,))
    thread.start()
    writing.wait(10)
    with database.read() as connection:
        during = read_stamps(connection)["catalog"]
    may_end.set()
    thread.join()

    assert during == 1


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_read_connection_of_sqlite_cannot_write(database: Database) -> None:
    with database.read() as connection, pytest.raises(OperationalError, match="readonly"):
        bump(connection, "catalog")


def test_counting_sees_statements_but_not_their_frame(database: Database) -> None:
    def work(connection: Connection) -> None:
        bump(connection, "catalog")
        with connection.begin_nested():
            read_stamps(connection)

    with count_statements(database) as counter:
        database.write(work)
        with database.read() as connection:
            read_stamps(connection)

    assert counter.count == 3, counter.statements


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_deadlock_runs_the_whole_work_again(database: Database) -> None:
    database.write(lambda connection: [bump(connection, name) for name in ("a", "b")])
    meet = threading.Barrier(2)
    runs: list[str] = []

    def cross(first: str, second: str) -> None:
        def work(connection: Connection) -> None:
            bump(connection, first)
            runs.append(first)
            if len(runs) <= 2:
                meet.wait(10)
            bump(connection, second)

        database.write(work)

    threads = [threading.Thread(target=cross, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(runs) == 3
    with database.read() as connection:
        assert read_stamps(connection) == {"a": 3, "b": 3}


def test_an_unreachable_server_is_unavailable() -> None:
    database = Database.open("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(Unavailable) as caught, database.read():
        pass

    assert caught.value.problems[0].code == "db.unreachable"


def test_a_file_that_is_no_database_is_called_damaged(tmp_path) -> None:
    file = tmp_path / "workspace.db"
    file.write_bytes(b"no database at all, but long enough to have a header of some kind" * 20)
    database = Database.open(f"sqlite:///{file}")

    with pytest.raises(Unavailable) as caught:
        database.write(lambda connection: bump(connection, "catalog"))

    assert caught.value.problems[0].code == "db.damaged"
    database.close()


def test_writing_stops_while_the_disk_has_little_room(tmp_path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'workspace.db'}", min_free_bytes=10**18)

    with pytest.raises(Unavailable) as caught:
        database.write(lambda _connection: None)

    assert caught.value.problems[0].code == "db.disk-nearly-full"


def test_an_insert_tells_its_row_count_on_both_databases(database: Database) -> None:
    def first_wins(connection: Connection) -> int:
        statement = insert_into(connection, stamp).values(name="once", value=1)
        return connection.execute(statement.on_conflict_do_nothing()).rowcount

    assert [database.write(first_wins) for _ in range(2)] == [1, 0]
