"""HTTP of connectors: what was called, for those who look after the installation."""

from __future__ import annotations

from typing import Final

from engine.problems import Register
from runtime.connectors.calls import Called, list_calls
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.guard import right
from runtime.http.problems import problem_json

_QUERY: Final = {
    "connector": {"type": "string", "maxLength": 40, "default": ""},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
}
_CALLS: Final = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "connector", "operation", "source", "state", "created_at"],
                "properties": {
                    "id": {"type": "integer"},
                    "connector": {"type": "string"},
                    "operation": {"type": "string"},
                    "source": {"type": "string"},
                    "inputs": {"type": "object"},
                    "state": {"enum": ["queued", "done", "failed"]},
                    "status": {"type": ["integer", "null"]},
                    "result": {},
                    "problem": {"$ref": "#/components/schemas/Problem"},
                    "created_at": {"type": "string", "format": "date-time"},
                    "finished_at": {"type": ["string", "null"], "format": "date-time"},
                },
            },
        }
    },
}


class ConnectorsApi:
    """Calls that failed stand among the failed jobs too, where they are tried again."""

    def __init__(self, register: Register) -> None:
        self._register = register

    @endpoint(
        "GET",
        "/connector-calls",
        guard=right("settings"),
        summary="Calls of connectors, the newest first",
        query=_QUERY,
        response=_CALLS,
    )
    def list_calls(self, call: Call) -> object:
        connector, limit = str(call.args["connector"]), int(str(call.args["limit"]))
        with call.read() as conn:
            found = list_calls(conn, connector=connector, limit=limit)
        return {"items": [self._json(one, call.language) for one in found]}

    def _json(self, one: Called, language: str) -> dict[str, object]:
        own = ("id", "connector", "operation", "source", "inputs", "state", "status", "result")
        found = {name: getattr(one, name) for name in (*own, "created_at", "finished_at")}
        if one.problem is not None:
            found["problem"] = problem_json(one.problem, self._register, language)
        return found
