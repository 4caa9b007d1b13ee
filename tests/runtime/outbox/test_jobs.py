from __future__ import annotations

import threading
from collections import Counter
from threading import Event

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.problems import InputError, Problem
from runtime.db.database import Database
from runtime.db.stamps import bump, read_stamps
from runtime.db.workspace import Workspace
from runtime.outbox import jobs
from runtime.outbox.jobs import LostLease, enqueue
from runtime.outbox.run import JobRun, Stopping
from runtime.outbox.worker import Worker


def queue(workspace: Workspace, kind: str = "count", **options: object) -> int:
    now = workspace.now()
    return workspace.database.write(lambda c: enqueue(c, kind, {"by": 2}, now=now, **options))


def count(run: JobRun) -> None:
    run.finish(lambda connection: bump(connection, "counted"))


def counted(database: Database) -> int:
    with database.read() as connection:
        return read_stamps(connection).get("counted", 0)


def progress(workspace: Workspace, job_id: int) -> jobs.Progress:
    with workspace.database.read() as connection:
        return jobs.find_progress(connection, job_id)


def test_a_job_runs_once_and_its_row_goes(workspace: Workspace) -> None:
    queue(workspace)
    worker = Worker([workspace], {"count": count})

    assert worker.run_due() == 1
    assert worker.run_due() == 0
    assert counted(workspace.database) == 1
    with workspace.database.read() as connection:
        assert jobs.next_due_at(connection) is None


def test_a_job_of_a_rolled_back_change_never_existed(workspace: Workspace) -> None:
    def half(connection: Connection) -> None:
        enqueue(connection, "count", {}, now=workspace.now())
        raise LookupError

    with pytest.raises(LookupError):
        workspace.database.write(half)

    assert Worker([workspace], {"count": count}).run_due() == 0


def test_a_job_somebody_follows_keeps_its_result(workspace: Workspace) -> None:
    job_id = queue(workspace, owner_id=7)

    Worker([workspace], {"count": count}).run_due()

    seen = progress(workspace, job_id)
    assert (seen.state, seen.result) == ("done", 1)


def test_the_same_key_is_queued_once(workspace: Workspace) -> None:
    first, second = queue(workspace, key="mail:1"), queue(workspace, key="mail:1")

    assert first == second
    assert Worker([workspace], {"count": count}).run_due() == 1


def test_a_job_waits_for_its_time_and_for_more_urgent_ones(workspace: Workspace, clock) -> None:
    order: list[int] = []
    later = queue(workspace, run_at=clock.now.replace(hour=2))
    low, high = queue(workspace), queue(workspace, priority=5)
    worker = Worker([workspace], {"count": lambda run: order.append(run.job.id)})

    worker.run_due()
    assert order == [high, low]

    clock.advance(hours=1)
    worker.run_due()
    assert order == [high, low, later]


def test_a_worker_that_lost_its_lease_cannot_commit_its_effect(workspace: Workspace, clock) -> None:
    queue(workspace)

    def slow(run: JobRun) -> None:
        clock.advance(seconds=31)
        assert Worker([workspace], {"count": count}).run_due() == 1
        with pytest.raises(LostLease):
            run.finish(lambda connection: bump(connection, "counted"))
        raise LostLease

    Worker([workspace], {"count": slow}).run_due()

    assert counted(workspace.database) == 1


def test_a_job_of_a_dead_worker_is_taken_over_when_its_lease_ends(workspace: Workspace, clock) -> None:
    queue(workspace)
    leased = workspace.database.write(lambda c: jobs.claim(c, clock.now))
    worker = Worker([workspace], {"count": count})

    assert leased is not None
    assert worker.run_due() == 0
    clock.advance(seconds=31)
    assert worker.run_due() == 1
    assert counted(workspace.database) == 1


@pytest.mark.thorough
def test_many_workers_do_each_job_once(workspace: Workspace) -> None:
    for _ in range(40):
        queue(workspace)
    workers = [Worker([workspace], {"count": count}) for _ in range(4)]
    threads = [threading.Thread(target=worker.run_due) for worker in workers]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted(workspace.database) == 40


def test_a_failing_job_is_tried_again_later_and_given_up_after_eight_times(workspace, clock) -> None:
    job_id = queue(workspace)
    waits = Counter[int]()

    def broken(run: JobRun) -> None:
        waits[run.job.attempt] += 1
        raise ZeroDivisionError("on purpose")

    worker = Worker([workspace], {"count": broken})
    worker.run_due()
    assert progress(workspace, job_id).run_at > clock.now
    for _ in range(10):
        clock.advance(hours=1)
        worker.run_due()

    seen = progress(workspace, job_id)
    assert waits == dict.fromkeys(range(1, 9), 1)
    assert seen.state == "failed"
    assert seen.problems[0].code == "outbox.gave-up"
    assert "on purpose" in (seen.last_error or "")


def test_a_problem_of_the_job_itself_is_final_and_can_be_retried_by_hand(workspace, clock) -> None:
    job_id = queue(workspace, owner_id=7)

    def refuse(_run: JobRun) -> None:
        raise InputError([Problem("json.depth", "/rows/3", {"limit": 64})])

    Worker([workspace], {"count": refuse}).run_due()
    seen = progress(workspace, job_id)
    assert (seen.state, seen.problems[0].code, seen.problems[0].at) == ("failed", "json.depth", "/rows/3")

    workspace.database.write(lambda c: jobs.retry_failed(c, job_id, clock.now))
    assert Worker([workspace], {"count": count}).run_due() == 1
    assert progress(workspace, job_id).state == "done"


def test_a_kind_nobody_handles_is_never_executed(workspace: Workspace) -> None:
    job_id = queue(workspace, "os.system")

    Worker([workspace], {"count": count}).run_due()

    assert progress(workspace, job_id).problems[0].code == "outbox.kind-unknown"


def test_stopping_puts_a_long_job_back_uncounted(workspace: Workspace) -> None:
    job_id = queue(workspace)
    seen = Event()

    def long(run: JobRun) -> None:
        seen.set()
        while True:
            run.report(1, 10)

    worker = Worker([workspace], {"count": long})
    worker.start()
    assert seen.wait(10)
    assert worker.stop()

    left = progress(workspace, job_id)
    assert (left.state, left.attempt, left.done) == ("queued", 0, 1)


def test_a_step_after_the_stop_is_not_begun(workspace: Workspace, clock) -> None:
    queue(workspace)
    leased = workspace.database.write(lambda c: jobs.claim(c, clock.now))
    stopping = Event()
    stopping.set()
    assert leased is not None

    with pytest.raises(Stopping):
        JobRun(workspace, leased, stopping).write(lambda c: bump(c, "counted"))

    assert counted(workspace.database) == 0


def test_a_commit_wakes_the_worker_of_this_process(workspace: Workspace) -> None:
    ran = Event()
    worker = Worker([workspace], {"count": lambda _run: ran.set()})
    worker.start()

    queue(workspace)

    assert ran.wait(2)
    assert worker.stop()


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_commit_elsewhere_wakes_a_worker_on_postgresql(workspace: Workspace) -> None:
    ran, listening = Event(), Event()
    worker = Worker([workspace], {"count": lambda _run: ran.set(), "hello": lambda _run: listening.set()})
    worker.start()
    other = Database.open(workspace.database.url, schema=workspace.database.schema)
    now = workspace.now()
    count_listeners = sa.text("select count(*) from pg_stat_activity where query like 'LISTEN%'")
    for _ in range(200):
        with other.read() as connection:
            if connection.scalar(count_listeners):
                break

    other.write(lambda c: enqueue(c, "count", {}, now=now))

    assert ran.wait(3)
    assert worker.stop()
    other.close()
