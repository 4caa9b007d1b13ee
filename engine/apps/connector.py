"""Connectors: services of others that this installation calls, and the calls each allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.keys import nearest
from engine.problems import Problem, errors, pointer
from engine.rules.feel import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    NUMBER,
    STRING,
    Compiled,
    ContextType,
    FeelType,
    ListType,
    Scope,
    compile_expression,
)

_ADDRESS: Final = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::[1-9][0-9]{0,4})?(?:/[A-Za-z0-9._~/-]*)?", re.ASCII
)
_PARAMETER: Final = re.compile(r"\{([^{}]*)\}")
_INPUTS: Final[Mapping[str, FeelType]] = MappingProxyType(
    {
        "text": STRING,
        "number": NUMBER,
        "boolean": BOOLEAN,
        "date": DATE,
        "datetime": DATE_TIME,
        "list": ListType(item=ANY),
        "context": ANY,
    }
)
ANSWER: Final = Scope({"status": NUMBER, "body": ANY, "headers": ContextType(open=True)})
"""What `accept` and `result` see: status, body (JSON as data, else text), headers (small letters)."""
_SUCCESS: Final = (200, 201, 202, 204)
_NONE: Final[Mapping[str, Compiled]] = MappingProxyType({})


class AuthKind(StrEnum):
    """How the other side knows us. HEADER and QUERY carry the bare secret under `name`."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"
    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Auth:
    """secret   name of a secret of the installation, never the secret itself"""

    kind: AuthKind = AuthKind.NONE
    secret: str = ""
    user: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call.

    path        with `{parameter}`s, whose values are percent-encoded
    parameters, query, headers, body   FEEL over the inputs; null leaves a query or header out
    expect      statuses that mean success
    accept      FEEL over `ANSWER` that must be true as well: many services say 200 and mean no
    result      FEEL over `ANSWER`; without it the body
    """

    key: str
    label: Label
    method: str
    path: str
    inputs: Mapping[str, str]
    parameters: Mapping[str, Compiled] = field(default_factory=lambda: _NONE)
    query: Mapping[str, Compiled] = field(default_factory=lambda: _NONE)
    headers: Mapping[str, Compiled] = field(default_factory=lambda: _NONE)
    body: Compiled | None = None
    expect: tuple[int, ...] = _SUCCESS
    accept: Compiled | None = None
    result: Compiled | None = None


@dataclass(frozen=True, slots=True)
class Connector:
    key: str
    label: Label
    base_url: str
    auth: Auth
    operations: Mapping[str, Operation]
    description: Label | None = None


@dataclass(frozen=True, slots=True)
class ConnectorReading:
    """The connector, if its document has no error, and everything that is wrong with it."""

    connector: Connector | None
    problems: tuple[Problem, ...]


def read_connector(document: object) -> ConnectorReading:
    """Read `connectors/<key>.json`. Whether its secret exists is known to the installation only."""
    problems = list(check_shape(document, "connector"))
    if errors(problems):
        return ConnectorReading(None, tuple(problems))
    values = cast(dict[str, Any], document)
    auth = Auth(**{**values.get("auth", {}), "kind": AuthKind(values.get("auth", {}).get("kind", "none"))})
    problems += [*_check_address(values["base_url"]), *_check_auth(auth)]
    operations = {key: _operation(key, one, problems) for key, one in values["operations"].items()}
    connector = Connector(
        key=values["key"],
        label=values["label"],
        base_url=values["base_url"].rstrip("/"),
        auth=auth,
        operations=MappingProxyType(operations),
        description=values.get("description"),
    )
    return ConnectorReading(None if errors(problems) else connector, tuple(problems))


def _check_address(address: str) -> Iterator[Problem]:
    if not _ADDRESS.fullmatch(address):
        yield Problem("apps.connector.bad-address", "/base_url", {"address": address})


def _check_auth(auth: Auth) -> Iterator[Problem]:
    needs = {AuthKind.BASIC: ("user",), AuthKind.HEADER: ("name",), AuthKind.QUERY: ("name",)}
    wanted = () if auth.kind is AuthKind.NONE else ("secret", *needs.get(auth.kind, ()))
    for name in wanted:
        if not getattr(auth, name):
            yield Problem("apps.connector.auth-incomplete", "/auth", {"kind": auth.kind, "name": name})


def _operation(key: str, given: Mapping[str, Any], problems: list[Problem]) -> Operation:
    at, inputs = pointer("operations", key), given.get("inputs", {})
    asked = Scope({name: _INPUTS[kind] for name, kind in inputs.items()})

    def one(name: str, scope: Scope) -> Compiled | None:
        return _compile(given[name], scope, at + pointer(name), problems) if name in given else None

    def each(name: str) -> Mapping[str, Compiled]:
        texts = given.get(name, {}).items()
        return {part: _compile(text, asked, at + pointer(name, part), problems) for part, text in texts}

    parameters = each("parameters")
    for name in dict.fromkeys(_PARAMETER.findall(given["path"])):
        if name in inputs and name not in parameters:
            parameters = {**parameters, name: _compile(name, asked, at + "/path", problems)}
        elif name not in parameters:
            meant = nearest(name, [*parameters, *inputs]) or ", ".join([*parameters, *inputs]) or "-"
            problems.append(
                Problem("apps.connector.unknown-parameter", at + "/path", {"name": name, "meant": meant})
            )
    body = one("body", asked)
    if body is not None and given["method"] == "GET":
        problems.append(Problem("apps.connector.body-with-get", at + "/body"))
    return Operation(
        key=key,
        label=given.get("label", key),
        method=given["method"],
        path=given["path"],
        inputs=MappingProxyType(dict(inputs)),
        parameters=MappingProxyType(dict(parameters)),
        query=MappingProxyType(dict(each("query"))),
        headers=MappingProxyType(dict(each("headers"))),
        body=body,
        expect=tuple(given.get("expect", _SUCCESS)),
        accept=one("accept", ANSWER),
        result=one("result", ANSWER),
    )


def _compile(text: str, scope: Scope, at: str, problems: list[Problem]) -> Compiled:
    compiled = compile_expression(text, scope)
    problems += [problem.within(at) for problem in compiled.problems]
    return compiled
