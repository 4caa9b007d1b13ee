"""HTTP of jobs: following one's own, and looking after those that were given up."""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import Connection

from engine.problems import Register
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import NotFound
from runtime.http.guard import SIGNED_IN, right
from runtime.http.problems import problem_json
from runtime.outbox import jobs

_JOB: Final[dict[str, object]] = {
    "type": "object",
    "required": ["id", "kind", "state", "progress", "result"],
    "properties": {
        "id": {"type": "integer"},
        "kind": {"type": "string"},
        "state": {"enum": ["queued", "running", "done", "failed"]},
        "progress": {
            "type": "object",
            "properties": {"done": {"type": "integer"}, "total": {"type": ["integer", "null"]}},
        },
        "result": {},
        "problem": {"$ref": "#/components/schemas/Problem"},
    },
}
_FAILED: Final = {"type": "object", "properties": {"items": {"type": "array", "items": _JOB}}}
_LIMIT: Final = {"limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}}


class JobsApi:
    """A job is seen by the person it belongs to, and by whoever has the right `settings`."""

    def __init__(self, register: Register) -> None:
        self._register = register

    @endpoint("GET", "/jobs/<id:job>", guard=SIGNED_IN, summary="Progress and result of a job", response=_JOB)
    def show(self, call: Call, job: int) -> object:
        with call.read() as connection:
            return self._json(self.visible(connection, call, job), call.language)

    @endpoint(
        "GET",
        "/jobs",
        guard=right("settings"),
        summary="Jobs that were given up",
        query=_LIMIT,
        response=_FAILED,
    )
    def list_failed(self, call: Call) -> object:
        with call.read() as connection:
            found = jobs.list_failed(connection, int(str(call.args["limit"])))
        return {"items": [self._json(item, call.language, for_admin=True) for item in found]}

    @endpoint(
        "POST", "/jobs/<id:job>/retry", guard=right("settings"), summary="Run a job that was given up again"
    )
    def retry(self, call: Call, job: int) -> object:
        now = call.now

        def work(connection: Connection) -> object:
            jobs.retry_failed(connection, job, now)
            return self._json(jobs.find_progress(connection, job), call.language)

        return call.write(work)

    @staticmethod
    def visible(connection: Connection, call: Call, job: int) -> jobs.Progress:
        """Raises NotFound for somebody else's job, as for one that does not exist."""
        found = jobs.find_progress(connection, job)
        if found.owner_id != call.actor.id and "settings" not in call.actor.rights:
            raise NotFound.because("outbox.job.unknown", job=job)
        return found

    def _json(self, job: jobs.Progress, language: str, *, for_admin: bool = False) -> dict[str, object]:
        found: dict[str, object] = {
            "id": job.id,
            "kind": job.kind,
            "state": job.state,
            "progress": {"done": job.done, "total": job.total},
            "result": job.result,
        }
        if job.problems:
            problems = [problem_json(problem, self._register, language) for problem in job.problems]
            found["problem"] = {**problems[0], "problems": problems}
        if for_admin:
            found |= {"last_error": job.last_error, "attempt": job.attempt, "run_at": job.run_at}
        return found
