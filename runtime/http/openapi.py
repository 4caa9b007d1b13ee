"""OpenAPI 3.1 of everything that is mounted; rooms add the schemas of their definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from runtime.http.call import Call
from runtime.http.endpoint import Endpoint, Mounted, endpoint
from runtime.http.guard import SIGNED_IN
from runtime.http.schema import Schema

Schemas = Callable[[Call], Mapping[str, Schema]]
"""Component schemas a room contributes for this caller (a form's records, …), by name."""

_PARAMETERS: Final[Mapping[str, Schema]] = {
    "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"},
    "id": {"type": "integer", "minimum": 0},
    "text": {"type": "string"},
}
_PROBLEM: Final[Schema] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "problems"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "message", "hint", "at", "severity", "params"],
                "properties": {
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "hint": {"type": "string"},
                    "at": {"type": "string", "description": "JSON Pointer, element id, or empty"},
                    "severity": {"enum": ["error", "warning"]},
                    "params": {"type": "object"},
                    "document": {"type": "string"},
                    "span": {
                        "type": "object",
                        "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}},
                    },
                    "related": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
_PROBLEM_ANSWER: Final = {
    "description": "What is wrong, with places and hints",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class OpenApiApi:
    """Serves the contract; `mounted` is asked at each call, so it names what was mounted later too."""

    def __init__(self, version: str, mounted: Sequence[Mounted], schemas: Iterable[Schemas]) -> None:
        self._version = version
        self._mounted = mounted
        self._schemas = tuple(schemas)

    @endpoint("GET", "/openapi.json", guard=SIGNED_IN, summary="This contract", response={"type": "object"})
    def show(self, call: Call) -> object:
        components: dict[str, Schema] = {"Problem": _PROBLEM}
        for contribute in self._schemas:
            components.update(contribute(call))
        return {
            "openapi": "3.1.0",
            "info": {"title": f"Dougong · {call.workspace.name}", "version": self._version},
            "servers": [{"url": "/api/v1"}],
            "security": [{"session": []}],
            "paths": _paths(self._mounted),
            "components": {
                "schemas": components,
                "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "dougong_session"}},
            },
        }


def _paths(mounted: Iterable[Mounted]) -> dict[str, dict[str, object]]:
    paths: dict[str, dict[str, object]] = {}
    for found in mounted:
        route = found.endpoint
        paths.setdefault(route.template, {})[route.method.lower()] = _operation(found.name, route)
    return paths


def _operation(name: str, route: Endpoint) -> dict[str, object]:
    answer: dict[str, object] = {"description": route.summary}
    if route.response is not None:
        answer["content"] = {"application/json": {"schema": route.response}}
    operation: dict[str, object] = {
        "operationId": name,
        "summary": route.summary,
        "parameters": _parameters(route),
        "responses": {str(route.status): answer, "4XX": _PROBLEM_ANSWER, "5XX": _PROBLEM_ANSWER},
    }
    if not route.guard.signed_in:
        operation["security"] = []
    if route.guard.right:
        operation["x-dougong-right"] = route.guard.right
    if route.guard.action:
        operation["x-dougong-action"] = route.guard.action
    if route.multipart:
        operation["requestBody"] = {"content": {"multipart/form-data": {"schema": route.body or {}}}}
    elif route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": route.body}},
        }
    return operation


def _parameters(route: Endpoint) -> list[dict[str, object]]:
    in_path: list[dict[str, object]] = [
        {"name": name, "in": "path", "required": True, "schema": _PARAMETERS[kind]}
        for name, kind in route.parameters
    ]
    in_query: list[dict[str, object]] = [
        {"name": name, "in": "query", "schema": schema} for name, schema in route.query.properties.items()
    ]
    return [*in_path, *in_query]
