"""The worker: threads that run due jobs of all workspaces, in `serve` or in a process of its own.

It is woken by the bell of a commit in this process, by PostgreSQL's NOTIFY from another one, and at the
latest every five seconds; a lost wake-up delays work and loses none.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Final

from sqlalchemy.engine import Connection

from engine.problems import ProblemsError
from runtime.db.workspace import Workspace
from runtime.outbox import jobs
from runtime.outbox.listen import listen_for_jobs
from runtime.outbox.run import Handler, run_job

SWEEP_S: Final = 5.0
_RENEW_EVERY_S: Final = 10.0
_CLEAN_EVERY: Final = timedelta(hours=1)
_log = logging.getLogger("dougong.outbox")

Cleaning = Callable[[Connection, datetime], None]
"""Removes what a room no longer needs: ended sessions, old answers, finished jobs."""


class Worker:
    """Runs jobs of the given kinds. `handlers` is the allow-list: a job of another kind is never executed."""

    def __init__(
        self,
        workspaces: Iterable[Workspace],
        handlers: Mapping[str, Handler],
        *,
        threads: int = 2,
        cleanings: Iterable[Cleaning] = (),
    ) -> None:
        self._workspaces = tuple(workspaces)
        self._handlers = handlers
        self._cleanings = tuple(cleanings)
        self._stopping = Event()
        self._bell = Event()
        self._running: dict[int, tuple[Workspace, jobs.Job]] = {}
        self._lock = Lock()
        self._cleaned_at: datetime | None = None
        loops = [self._work] * threads + [self._keep_leases]
        self._threads = [Thread(target=loop, daemon=True, name=f"dougong-{loop.__name__}") for loop in loops]
        for workspace in self._workspaces:
            workspace.database.bell = self._bell
        for url in {w.database.url for w in self._workspaces if w.database.dialect == "postgresql"}:
            arguments = (url, self._bell, self._stopping)
            self._threads.append(Thread(target=listen_for_jobs, args=arguments, daemon=True))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Let running jobs end their step, at most `timeout_s`; returns whether all threads have ended.

        A job that could not end keeps its lease until it runs out, and then runs again.
        """
        deadline = time.monotonic() + timeout_s
        self._stopping.set()
        self._bell.set()
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def run_due(self) -> int:
        """Run everything that is due, in the calling thread, until nothing is; returns how many jobs ran."""
        ran = 0
        while now_ran := sum(self._run_one(workspace) for workspace in self._workspaces):
            ran += now_ran
        return ran

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                self._clean_when_due()
                ran = sum(self._run_one(workspace) for workspace in self._workspaces)
                wait_s = 0.0 if ran else self._seconds_to_next()
            except ProblemsError as error:
                _log.warning("the worker waits: %s", error)
                wait_s = SWEEP_S
            if wait_s > 0 and not self._stopping.is_set():
                self._bell.wait(wait_s)

    def _run_one(self, workspace: Workspace) -> bool:
        now, database = workspace.now(), workspace.database
        with self._lock:
            elsewhere = [job.id for place, job in self._running.values() if place is workspace]
            with database.read() as connection:
                due_at = jobs.next_due_at(connection, elsewhere)
            if due_at is None or due_at > now:
                return False
            job = database.write(lambda connection: jobs.claim(connection, now, elsewhere))
            if job is None:
                return False
            self._running[id(job)] = (workspace, job)
        try:
            run_job(workspace, job, self._handlers, self._stopping)
        finally:
            with self._lock:
                del self._running[id(job)]
        return True

    def _seconds_to_next(self) -> float:
        waits = [SWEEP_S]
        for workspace in self._workspaces:
            with workspace.database.read() as connection:
                due_at = jobs.next_due_at(connection)
            if due_at is not None:
                waits.append((due_at - workspace.now()).total_seconds())
        return max(0.05, min(waits))

    def _keep_leases(self) -> None:
        while not self._stopping.wait(_RENEW_EVERY_S):
            with self._lock:
                running = list(self._running.values())
            for workspace, job in running:
                self._renew(workspace, job)

    @staticmethod
    def _renew(workspace: Workspace, job: jobs.Job) -> None:
        now = workspace.now()
        try:
            workspace.database.write(lambda connection: jobs.renew(connection, job, now))
        except (jobs.LostLease, ProblemsError) as error:
            _log.info("job %s: lease not renewed: %r", job.id, error)

    def _clean_when_due(self) -> None:
        for workspace in self._workspaces[:1]:
            now = workspace.now()
            if self._cleaned_at is None or now - self._cleaned_at >= _CLEAN_EVERY:
                self._cleaned_at = now
                self.clean()

    def clean(self) -> None:
        """Let every room remove what it no longer needs."""
        for workspace in self._workspaces:
            now = workspace.now()
            for cleaning in self._cleanings:
                workspace.database.write(lambda connection, clean=cleaning, now=now: clean(connection, now))  # type: ignore[misc]
