"""The only place that turns errors into `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from flask import Response
from werkzeug.exceptions import HTTPException

from engine.problems import DefinitionError, InputError, LimitError, Problem, ProblemsError, Register
from runtime.db import exact_json
from runtime.http import errors

_STATUS: Final[Mapping[type[ProblemsError], int]] = {
    errors.Malformed: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Stale: 412,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    DefinitionError: 422,
    InputError: 422,
    LimitError: 422,
}
_STATUS_OF_CODE: Final = {"http.body.too-large": 413, "http.body.not-json": 415}


def status_of(error: ProblemsError) -> int:
    code = error.problems[0].code if error.problems else ""
    return _STATUS_OF_CODE.get(code) or next(
        status for kind, status in _STATUS.items() if isinstance(error, kind)
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that failed: the status, everything that is wrong, and headers the status needs."""

    status: int
    problems: tuple[Problem, ...]
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, register: Register, language: str) -> Response:
        """The answer of the API, in the caller's language."""
        first = self.problems[0] if self.problems else Problem("http.malformed")
        title = register.text(f"http.status.{self.status}", language)
        body = {
            "type": f"urn:dougong:problem:{first.code}",
            "title": title.message if title else str(self.status),
            "status": self.status,
            "detail": register.message(first, language),
            "code": first.code,
            "problems": [problem_json(problem, register, language) for problem in self.problems],
        }
        content = exact_json.dumps(body)
        return Response(content, self.status, dict(self.headers), mimetype="application/problem+json")


def failure_of(error: ProblemsError) -> Failure:
    headers = {}
    if isinstance(error, errors.TooMany):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = "5"
    return Failure(status_of(error), error.problems, headers)


def routing_failure(error: HTTPException) -> Failure:
    """404, 405 and the like, which the framework finds before an endpoint is called."""
    status = error.code or 500
    known = {404: "http.not-found", 405: "http.method-not-allowed", 413: "http.body.too-large"}
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    params = {"limit_kb": "-"} if status == 413 else {}
    return Failure(status, (Problem(known.get(status, "http.malformed"), params=params),), headers)


def refused_by_database(error: Exception) -> InputError | None:
    """Values that passed every check and that the database cannot hold; None for other faults."""
    cause = error.orig if isinstance(error, sa.exc.StatementError) else error
    if isinstance(error, sa.exc.DataError) or isinstance(cause, (OverflowError, UnicodeError)):
        return InputError([Problem("http.value-refused")])
    return None


def problem_json(problem: Problem, register: Register, language: str) -> dict[str, object]:
    """One problem as people and programs get it everywhere: answers, jobs, drafts."""
    found: dict[str, object] = {
        "code": problem.code,
        "message": register.message(problem, language),
        "hint": register.hint(problem, language),
        "at": problem.at,
        "severity": problem.severity.value,
        "params": {name: _plain(value) for name, value in problem.params.items()},
    }
    if problem.document:
        found["document"] = problem.document
    if problem.span:
        found["span"] = {"start": problem.span.start, "end": problem.span.end}
    if problem.related:
        found["related"] = list(problem.related)
    return found


def _plain(value: object) -> object:
    """Parameters are for messages: what is no plain JSON is shown as text."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
