"""Running one job: the handler's view of it, and what becomes of it afterwards."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from threading import Event
from typing import Final, TypeVar

from sqlalchemy.engine import Connection

from engine.problems import Problem, ProblemsError
from runtime.db.workspace import Workspace
from runtime.http.errors import Unavailable
from runtime.outbox import jobs
from runtime.outbox.jobs import Job, LostLease

T = TypeVar("T")
_log = logging.getLogger("dougong.outbox")
_ERROR_LENGTH: Final = 4000


class Stopping(Exception):
    """The process is about to end: the job goes back to the queue and nothing of this step is kept."""


class JobRun:
    """A leased job in the hands of its handler.

    Every step the handler commits goes through `write` or `finish`, which check the lease in the same
    transaction. Between steps the handler may end at any moment and must be able to begin again.
    """

    def __init__(self, workspace: Workspace, job: Job, stopping: Event) -> None:
        self.workspace = workspace
        self.job = job
        self.is_finished = False
        self._stopping = stopping

    @property
    def payload(self) -> Mapping[str, object]:
        return self.job.payload

    def write(self, work: Callable[[Connection], T]) -> T:
        """One intermediate step, in one transaction, with the lease renewed.

        Raises LostLease (the step is rolled back) or Stopping; a handler lets both pass.
        """
        if self._stopping.is_set():
            raise Stopping
        now = self.workspace.now()

        def step(connection: Connection) -> T:
            result = work(connection)
            jobs.renew(connection, self.job, now)
            return result

        return self.workspace.database.write(step)

    def report(self, done: int, total: int | None = None) -> None:
        """Tell how far it is; shown to the person who follows the job."""
        self.write(lambda connection: jobs.report_progress(connection, self.job, done, total))

    def finish(self, work: Callable[[Connection], object]) -> None:
        """The last step: effect and acknowledgement in one transaction; what `work` returns is the result."""
        now = self.workspace.now()

        def last(connection: Connection) -> None:
            jobs.finish(connection, self.job, work(connection), now)

        self.workspace.database.write(last)
        self.is_finished = True


Handler = Callable[[JobRun], None]
"""Does a job of one kind. Calls `run.finish` with its last step; returning without it means no result.

A raised DefinitionError, InputError or other problem of the job itself is final; anything else is retried.
"""


def run_job(workspace: Workspace, job: Job, handlers: Mapping[str, Handler], stopping: Event) -> None:
    """Hand the job to its handler and record the outcome; raises nothing that the handler raised."""
    run = JobRun(workspace, job, stopping)
    handler = handlers.get(job.kind)
    if handler is None or job.attempt > job.max_attempt:
        code = "outbox.kind-unknown" if handler is None else "outbox.gave-up"
        _settle(run, [Problem(code, params={"kind": job.kind, "attempts": job.attempt - 1})], "")
        return
    try:
        handler(run)
        if not run.is_finished:
            run.finish(lambda _connection: None)
    except LostLease:
        _log.warning("job %s (%s): another worker has taken it", job.id, job.kind)
    except Stopping:
        _put_back(run, "")
    except Unavailable as error:
        _put_back(run, str(error))
    except ProblemsError as error:
        _settle(run, error.problems, str(error))
    except Exception:  # the worker outlives any job; the reason is kept with the job
        _log.exception("job %s (%s) failed at attempt %s", job.id, job.kind, job.attempt)
        _retry_or_give_up(run, traceback.format_exc()[-_ERROR_LENGTH:])


def _retry_or_give_up(run: JobRun, error: str) -> None:
    if run.job.attempt >= run.job.max_attempt:
        params = {"kind": run.job.kind, "attempts": run.job.attempt}
        _settle(run, [Problem("outbox.gave-up", params=params)], error)
    else:
        _put_back(run, error)


def _put_back(run: JobRun, error: str) -> None:
    now = run.workspace.now()
    _record(run, lambda connection: jobs.put_back(connection, run.job, now, error=error))


def _settle(run: JobRun, problems: list[Problem] | tuple[Problem, ...], error: str) -> None:
    now = run.workspace.now()
    _record(run, lambda connection: jobs.fail(connection, run.job, problems, error, now))


def _record(run: JobRun, work: Callable[[Connection], None]) -> None:
    """If even this cannot be written, the lease runs out and another attempt follows."""
    try:
        run.workspace.database.write(work)
    except (LostLease, Unavailable) as error:
        _log.warning("job %s (%s): outcome not recorded: %r", run.job.id, run.job.kind, error)
