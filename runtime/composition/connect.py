"""The service `connector` of flows: a service task that calls an operation of a connector."""

from __future__ import annotations

from typing import Final

from engine.problems import InputError, Problem
from runtime.catalog.catalog import Catalog
from runtime.connectors.perform import Performer
from runtime.http.errors import NotFound
from runtime.processes.jobs import ServiceCall

SERVICE: Final = "connector"
_TEXTS: Final = ("connector", "operation")


class ConnectorService:
    """Parameters of the task: `connector`, `operation`, and the operation's inputs by name.

    The task's job is the job of the call: it is tried again, or becomes the process' incident, as one.
    """

    def __init__(self, catalog: Catalog, performer: Performer) -> None:
        self._catalog = catalog
        self._performer = performer

    def perform(self, call: ServiceCall) -> object:
        """What the operation's `result` gives. Raises what `Performer.perform` raises."""
        named = {name: call.params.get(name) for name in _TEXTS}
        missing = [name for name, value in named.items() if not isinstance(value, str)]
        if missing:
            raise InputError(
                Problem("connectors.parameter-missing", call.node, {"name": name}) for name in missing
            )
        workspace, key = call.workspace, str(named["connector"])
        with workspace.database.read() as conn:
            connector = self._catalog.load(conn, workspace).connectors.get(key)
        if connector is None:
            raise NotFound.because("connectors.unknown", connector=key)
        inputs = {name: value for name, value in call.params.items() if name not in _TEXTS}
        at, zone = workspace.now(), workspace.zone
        made = self._performer.perform(
            connector, str(named["operation"]), inputs, key=call.key, at=at, zone=zone
        )
        return made.result
