"""The job behind `call`: makes it, and keeps what came of it."""

from __future__ import annotations

from engine.problems import ProblemsError
from runtime.catalog.catalog import Catalog
from runtime.connectors.calls import end_call, find_call
from runtime.connectors.perform import Performed, Performer
from runtime.db.workspace import Workspace
from runtime.http.errors import NotFound, Unavailable
from runtime.outbox.run import JobRun


class CallJob:
    """Runs jobs of the kind `connectors.call`."""

    def __init__(self, catalog: Catalog, performer: Performer) -> None:
        self._catalog = catalog
        self._performer = performer

    def run(self, run: JobRun) -> None:
        """What may work later is tried again by the outbox; what cannot is kept with the call and the job."""
        identity, workspace = int(str(run.payload["call"])), run.workspace
        try:
            performed = self._make(workspace, identity, str(run.job.key))
        except ProblemsError as error:
            if not isinstance(error, Unavailable) or run.job.attempt >= run.job.max_attempt:
                problem, now = error.problems[0], workspace.now()
                run.write(lambda conn: end_call(conn, identity, now=now, problem=problem))
            raise
        now = workspace.now()
        run.finish(
            lambda conn: end_call(conn, identity, now=now, status=performed.status, result=performed.result)
        )

    def _make(self, workspace: Workspace, identity: int, key: str) -> Performed:
        with workspace.database.read() as conn:
            asked = find_call(conn, identity)
            if asked is None:
                raise NotFound.because("connectors.call-unknown", call=identity)
            connectors = self._catalog.load(conn, workspace).connectors
        connector = connectors.get(asked.connector)
        if connector is None:
            raise NotFound.because("connectors.unknown", connector=asked.connector)
        return self._performer.perform(
            connector, asked.operation, asked.inputs, key=key, at=workspace.now(), zone=workspace.zone
        )
