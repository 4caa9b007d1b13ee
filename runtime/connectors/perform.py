"""Making one call: expressions to a request, the answer to a result."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from engine.apps.connector import AuthKind, Connector, Operation
from engine.json_text import parse_json
from engine.keys import nearest
from engine.problems import InputError, Problem, errors, pointer
from engine.rules.feel import Compiled
from engine.values import (
    DateTime,
    date_from_text,
    date_time_from_text,
    from_python,
    number_text,
)
from runtime.connectors.calls import plain_data
from runtime.db import exact_json
from runtime.http.errors import NotFound, Unavailable
from runtime.outbound.client import Outbound
from runtime.outbound.model import Answer, Request

_PARAMETER: Final = re.compile(r"\{([^{}]*)\}")
_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that mean: ask again later."""
_SHOWN: Final = 300
SETTING: Final = "DOUGONG_SECRETS"


@dataclass(frozen=True, slots=True)
class Performed:
    """status   of the answer · result: plain data, as the operation's `result` makes it"""

    status: int
    result: object


class Performer:
    """Makes calls. `secrets` are the installation's, by name."""

    def __init__(self, outbound: Outbound, secrets: Mapping[str, str]) -> None:
        self._outbound = outbound
        self._secrets = secrets

    def perform(
        self,
        connector: Connector,
        operation: str,
        inputs: Mapping[str, object],
        *,
        key: str,
        at: datetime,
        zone: ZoneInfo,
    ) -> Performed:
        """Not inside a transaction. `key`: the same for every attempt.

        Raises NotFound for an unknown operation, InputError for what can never succeed, Unavailable for what
        may succeed later.
        """
        chosen = connector.operations.get(operation)
        if chosen is None:
            known = list(connector.operations)
            meant = nearest(operation, known) or ", ".join(known)
            raise NotFound.because(
                "connectors.operation-unknown", connector=connector.key, operation=operation, meant=meant
            )
        now = from_python(at, zone)
        assert isinstance(now, DateTime)
        asking = _Asking(chosen, _read_inputs(chosen, inputs), now)
        answer = self._outbound.send(self._request(connector, asking, key))
        return _read_answer(connector, asking, answer)

    def _request(self, connector: Connector, asking: _Asking, key: str) -> Request:
        operation, auth = asking.operation, connector.auth
        secret = "" if auth.kind is AuthKind.NONE else self._secret(auth.secret)
        query, headers = asking.texts(operation.query, "query"), asking.texts(operation.headers, "headers")
        match auth.kind:
            case AuthKind.BASIC:
                pair = base64.b64encode(f"{auth.user}:{secret}".encode()).decode()
                headers["Authorization"] = f"Basic {pair}"
            case AuthKind.BEARER:
                headers["Authorization"] = f"Bearer {secret}"
            case AuthKind.HEADER:
                headers[auth.name] = secret
            case AuthKind.QUERY:
                query[auth.name] = secret
            case AuthKind.NONE:
                pass
        body = b""
        if operation.body is not None:
            body = exact_json.dumps(plain_data(asking.value(operation.body, "/body")))
            headers.setdefault("Content-Type", "application/json")
        tail = f"?{urlencode(query)}" if query else ""
        return Request(operation.method, f"{connector.base_url}{asking.path()}{tail}", headers, body, key)

    def _secret(self, name: str) -> str:
        if name not in self._secrets:
            raise InputError(
                (Problem("connectors.secret-missing", params={"name": name, "setting": SETTING}),)
            )
        return self._secrets[name]


@dataclass(frozen=True, slots=True)
class _Asking:
    """One operation with the values handed in, at one moment."""

    operation: Operation
    inputs: Mapping[str, object]
    now: DateTime

    def value(self, one: Compiled, at: str, context: Mapping[str, object] | None = None) -> object:
        """Raises InputError with what FEEL found wrong."""
        result = one.evaluate(self.inputs if context is None else context, now=self.now)
        if result.failed:
            raise InputError(problem.within(at) for problem in errors(result.problems))
        return result.value

    def texts(self, some: Mapping[str, Compiled], name: str) -> dict[str, str]:
        """Null leaves an entry out."""
        values = {part: self.value(one, pointer(name, part)) for part, one in some.items()}
        return {part: _text(value) for part, value in values.items() if value is not None}

    def path(self) -> str:
        """Raises InputError for a parameter without a value: another path would be meant."""
        values = self.texts(self.operation.parameters, "parameters")
        for name in _PARAMETER.findall(self.operation.path):
            if values.get(name, "") in {"", ".", ".."}:
                raise InputError((Problem("connectors.parameter-empty", "/path", {"name": name}),))
        return _PARAMETER.sub(lambda found: quote(values[found[1]], safe=""), self.operation.path)


def _text(value: object) -> str:
    plain = plain_data(value)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, (dict, list)) or plain is None:
        return exact_json.dumps(plain).decode()
    return number_text(plain)  # type: ignore[arg-type]  # what is left are numbers


def _read_inputs(operation: Operation, given: Mapping[str, object]) -> Mapping[str, object]:
    """FEEL values by declared name; raises InputError for what is not declared or of another kind."""
    problems = [
        Problem("connectors.input-unknown", pointer(name), {"name": name, "known": list(operation.inputs)})
        for name in given
        if name not in operation.inputs
    ]
    values: dict[str, object] = {}
    for name, kind in operation.inputs.items():
        value = given.get(name)
        values[name] = _read_input(kind, value)
        if value is not None and values[name] is None:
            problems.append(Problem("connectors.input-kind", pointer(name), {"name": name, "kind": kind}))
    if problems:
        raise InputError(problems)
    return MappingProxyType(values)


def _read_input(kind: str, value: object) -> object:
    """None for what is not of the kind."""
    if kind in _TEMPORAL:
        return _TEMPORAL[kind](value) if isinstance(value, str) else None
    wanted = _KINDS[kind]
    fits = isinstance(value, wanted) and isinstance(value, bool) is (wanted is bool)
    return value if fits or kind == "context" else None


_TEMPORAL: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {"date": date_from_text, "datetime": date_time_from_text}
)
_KINDS: Final[Mapping[str, type | tuple[type, ...]]] = MappingProxyType(
    {"text": str, "number": (int, Decimal), "boolean": bool, "list": list, "context": object}
)


def _read_answer(connector: Connector, asking: _Asking, answer: Answer) -> Performed:
    operation = asking.operation
    body = _body(answer)
    context = {"status": answer.status, "body": body, "headers": dict(answer.headers)}
    params = {"connector": connector.key, "operation": operation.key, "status": answer.status}
    shown = {**params, "answer": answer.body[:_SHOWN].decode("utf-8", "replace")}
    if answer.status not in operation.expect:
        if answer.status in _LATER:
            raise Unavailable((Problem("connectors.answer-later", params=params),))
        raise InputError((Problem("connectors.answer-unexpected", params=shown),))
    if operation.accept is not None and asking.value(operation.accept, "/accept", context) is not True:
        raise InputError((Problem("connectors.answer-no", params=shown),))
    result = body if operation.result is None else asking.value(operation.result, "/result", context)
    return Performed(answer.status, plain_data(result))


def _body(answer: Answer) -> object:
    """JSON as data with exact numbers, anything else as text, nothing as null."""
    if not answer.body:
        return None
    if "json" in answer.headers.get("content-type", ""):
        value, problems = parse_json(answer.body)
        if not errors(problems):
            return value
    return answer.body.decode("utf-8", "replace")
