"""Declaring endpoints: a room's `Api` class marks its methods, the composition root mounts an instance of it.

    class RecordsApi:
        def __init__(self, records: Records) -> None: ...

        @endpoint("GET", "/forms/<key:form>/records", guard=may("view"), summary="List records", query=LIST)
        def list_records(self, call: Call, form: str) -> object:
            return {"items": [...], "next": None}

Path parameters are `<key:name>` (a machine name) and `<id:name>` (a row's id); anything else there is a 404.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from runtime.http.guard import Guard
from runtime.http.query import Query
from runtime.http.schema import Schema, Validator

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
F = TypeVar("F", bound=Callable[..., object])
_MARK: Final = "__endpoint__"
_PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One route below `/api/v1`.

    body      schema of the JSON body; None = the endpoint takes none
    multipart whether it takes `multipart/form-data` instead of JSON
    status    of its usual answer, for the contract
    """

    method: Method
    path: str
    guard: Guard
    summary: str
    query: Query
    body: Schema | None = None
    validator: Validator | None = field(default=None, compare=False)
    response: Schema | None = None
    status: int = 200
    multipart: bool = False

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """(name, kind) of each path parameter, kind being `key`, `id` or `text`."""
        return tuple((name, kind or "text") for kind, name in _PARAMETER.findall(self.path))

    @property
    def template(self) -> str:
        """The path as OpenAPI writes it."""
        return _PARAMETER.sub(r"{\2}", self.path)


@dataclass(frozen=True, slots=True)
class Mounted:
    """An endpoint with the bound method that answers it."""

    endpoint: Endpoint
    answer: Callable[..., object]

    @property
    def name(self) -> str:
        return f"{type(getattr(self.answer, '__self__', self)).__name__}.{self.answer.__name__}"


def endpoint(
    method: Method,
    path: str,
    *,
    guard: Guard,
    summary: str,
    body: Schema | None = None,
    query: Mapping[str, Schema] | None = None,
    response: Schema | None = None,
    status: int = 200,
    multipart: bool = False,
) -> Callable[[F], F]:
    """Mark a method of a room's Api class; nothing is registered until the composition root mounts it."""
    validator = None if body is None else Validator(body, "http.body")
    route = Endpoint(
        method, path, guard, summary, Query(query or {}), body, validator, response, status, multipart
    )

    def mark(function: F) -> F:
        setattr(function, _MARK, route)
        return function

    return mark


def endpoints_of(room: object) -> tuple[Mounted, ...]:
    """The marked methods of an Api object, in the order they are written."""
    names = [name for kind in reversed(type(room).__mro__) for name in vars(kind)]
    found = [(getattr(getattr(type(room), name), _MARK, None), name) for name in dict.fromkeys(names)]
    return tuple(Mounted(route, getattr(room, name)) for route, name in found if isinstance(route, Endpoint))
