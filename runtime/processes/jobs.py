"""Service tasks of type `job`: work outside the transaction, done by what the composition root hands in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from engine.flows.model import Model, ServiceType
from engine.json_text import parse_json
from engine.problems import InputError, Problem, ProblemsError
from runtime.catalog.catalog import Catalog
from runtime.db import exact_json
from runtime.db.workspace import Workspace
from runtime.http.errors import Unavailable
from runtime.identity.actors import find_actor
from runtime.outbox.run import JobRun
from runtime.processes import store
from runtime.processes.service import Processes
from runtime.records.service import Records

_log = logging.getLogger("dougong.processes")


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """What a service task asks for.

    params   values of its `dg:param`s, plain JSON data with exact numbers
    key      the same for every attempt at one task of one process; lets the other side recognise a repetition
    """

    name: str
    workspace: Workspace
    process: int
    node: str
    params: Mapping[str, Any]
    key: str


Performer = Callable[[ServiceCall], object]
"""Does one service's work and returns plain JSON data, which the flow reads as `vars.<result>`.

It is called at least once and outside any transaction. A problem it raises (InputError, Conflict, …) is final
and becomes the process' incident; anything else, `Unavailable` too, is tried again with growing waits first.
"""


class ServiceJobs:
    """The handler of `SERVICE_JOB`. `performers` are the services this installation knows, by name."""

    def __init__(self, catalog: Catalog, processes: Processes, performers: Mapping[str, Performer]) -> None:
        self._catalog = catalog
        self._processes = processes
        self._performers = MappingProxyType(dict(performers))

    @property
    def names(self) -> frozenset[str]:
        """For `service_problems`."""
        return frozenset(self._performers)

    def run(self, run: JobRun) -> None:
        """Do the work, then let the process go on; both its answer and the job's end are one transaction."""
        payload, workspace = run.payload, run.workspace
        process, job = int(str(payload["process"])), int(str(payload["job"]))
        params = payload["params"] if isinstance(payload["params"], Mapping) else {}
        call = ServiceCall(
            name=str(payload["name"]),
            workspace=workspace,
            process=process,
            node=str(payload["node"]),
            params=params,
            key=f"{workspace.key}:{process}:{job}",
        )
        result, fault = self._perform(call, last=run.job.attempt >= run.job.max_attempt)
        run.finish(lambda conn: self._tell(conn, call, job, result, fault))

    def _perform(self, call: ServiceCall, *, last: bool) -> tuple[object, Problem | None]:
        performer = self._performers.get(call.name)
        if performer is None:
            known = sorted(self._performers)
            return None, Problem("process.service.unknown", call.node, {"name": call.name, "known": known})
        try:
            return _plain(performer(call)), None
        except ProblemsError as error:
            if isinstance(error, Unavailable) and not last:
                raise
            return None, error.problems[0]
        except Exception as error:  # a foreign service may fail in any way; the incident says how
            if not last:
                raise
            _log.exception("process %s: service %s failed for good", call.process, call.name)
            reason = str(error) or type(error).__name__
            return None, Problem("process.service.failed", call.node, {"name": call.name, "reason": reason})

    def _tell(
        self, conn: sa.Connection, call: ServiceCall, job: int, result: object, fault: Problem | None
    ) -> None:
        """On behalf of who started the process, whatever became of her since."""
        initiator = store.load_process(conn, call.process).initiator
        metadata = self._catalog.load(conn, call.workspace)
        scene = Records.scene(call.workspace, metadata, find_actor(conn, initiator))
        self._processes.job_ended(conn, scene, call.process, job, result, fault)


def service_problems(model: Model, known: Collection[str]) -> tuple[Problem, ...]:
    """The service tasks of a flow that name a service this installation does not have; for publishing."""
    services = (
        (node, node.service)
        for process in model.executable
        for node in process.nodes.values()
        if node.service is not None and node.service.type is ServiceType.JOB
    )
    return tuple(
        Problem(
            "process.service.unknown",
            node.id,
            {"name": service.name, "known": sorted(known), "line": node.line},
            document=model.name,
        )
        for node, service in services
        if service.name not in known
    )


def _plain(result: object) -> object:
    """The same as JSON data, so that whatever a performer returns can be kept; raises TypeError."""
    value, problems = parse_json(exact_json.canonical(result))
    if problems:
        raise InputError(problems)
    return value
