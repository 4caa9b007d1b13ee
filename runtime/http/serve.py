"""From a request to an answer: the same steps for every endpoint of every room.

workspace by host → language → origin → session (one statement) → CSRF token → guard → kept answer → query and
body → the endpoint → its answer, or its problems.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from typing import Final

from flask import Flask, Request, Response, g
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter

from engine.problems import Problem, ProblemsError, Register
from runtime.db.workspaces import Workspaces
from runtime.http import csrf
from runtime.http.body import read_json, read_raw
from runtime.http.call import Call, Replay
from runtime.http.endpoint import Endpoint, Mounted, endpoints_of
from runtime.http.errors import Malformed
from runtime.http.gate import Gate
from runtime.http.guard import Guard
from runtime.http.headers import add_security_headers
from runtime.http.kept_answers import Claim, fingerprint_of
from runtime.http.language import language_of
from runtime.http.problems import Failure, failure_of, refused_by_database, routing_failure
from runtime.http.reply import Reply
from runtime.http.routes import Route
from runtime.http.session_cookie import session_token
from runtime.settings import Settings

API: Final = "/api/v1"
_log = logging.getLogger("dougong.http")

ErrorPage = Callable[[int, tuple[Problem, ...], str], Response]
"""What people see outside the API: status, problems, language."""


class _KeyInPath(BaseConverter):
    regex = "[a-z][a-z0-9_]{0,39}"


class _IdInPath(BaseConverter):
    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)


class Api:
    """Serves endpoints of rooms on a Flask application."""

    def __init__(
        self, flask_app: Flask, settings: Settings, workspaces: Workspaces, gate: Gate, register: Register
    ) -> None:
        self._app = flask_app
        self._settings = settings
        self._workspaces = workspaces
        self._gate = gate
        self._register = register
        self.error_page: ErrorPage | None = None
        self.mounted: list[Mounted] = []
        flask_app.url_map.converters.update(key=_KeyInPath, id=_IdInPath)
        flask_app.register_error_handler(HTTPException, self._routing_failed)
        flask_app.register_error_handler(Exception, self._failed)
        flask_app.before_request(_name_request)
        flask_app.after_request(self._finish)
        flask_app.url_rule_class = Route

    def mount(self, rooms: Iterable[object]) -> None:
        """Serve the endpoints of these Api objects below `/api/v1`."""
        for mounted in (found for room in rooms for found in endpoints_of(room)):
            route = mounted.endpoint
            self._app.add_url_rule(
                API + route.path,
                mounted.name,
                self._view(mounted),
                methods=[route.method],
                strict_slashes=False,
            )
            self.mounted.append(mounted)

    def _view(self, mounted: Mounted) -> Callable[..., Response]:
        def view(**parameters: object) -> Response:
            try:
                call = self.call_for(_this_request(), mounted.endpoint.guard)
                self._read_input(call, mounted.endpoint)
                answer = mounted.answer(call, **parameters)
            except Replay as replay:
                return replay.kept.response()
            return answer if isinstance(answer, Response) else Reply.of(answer).response()

        return view

    def call_for(self, of: Request, guard: Guard) -> Call:
        """The call with its caller; raises when she may not. Public pages use it too."""
        csrf.refuse_foreign_origin(of, self._settings.public_url)
        call = Call(of, self._workspaces.for_host(host_name(of)), language_of(of, self._settings.language))
        token, key = session_token(of, self._settings), _idempotency_key(of)
        entry = self._gate.enter(call.workspace, token, key)
        call.caller, call.stamps = entry.actor, entry.stamps
        self._gate.permit(call, guard)
        if guard.signed_in:
            csrf.refuse_without_token(of, call.workspace, token, of.headers.get(csrf.HEADER, ""))
            if key:
                fingerprint = fingerprint_of(of, read_raw(of, self._limit(of)))
                call.claim = Claim(call.actor.id, key, fingerprint)
                if entry.kept:
                    raise call.replay(entry.kept)
        return call

    def _read_input(self, call: Call, route: Endpoint) -> None:
        call.args = route.query.read(call.request.args)
        if route.multipart:
            call.request.max_content_length = self._settings.max_upload_bytes
        elif route.validator:
            call.body = read_json(call.request, self._settings.max_body_bytes, route.validator)

    def _limit(self, of: Request) -> int:
        is_upload = of.mimetype == "multipart/form-data"
        return self._settings.max_upload_bytes if is_upload else self._settings.max_body_bytes

    def _routing_failed(self, error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return error.get_response()  # type: ignore[return-value]  # a redirect to the canonical address
        return self._failure(routing_failure(error))

    def _failed(self, error: Exception) -> Response:
        if isinstance(error, ProblemsError):
            return self._failure(failure_of(error))
        refused = refused_by_database(error)
        if refused:
            return self._failure(failure_of(refused))
        _log.exception("request %s failed", g.request_id)
        return self._failure(Failure(500, (Problem("http.fault", params={"request": g.request_id}),)))

    def _failure(self, failure: Failure) -> Response:
        of = _this_request()
        language = language_of(of, self._settings.language)
        if of.path.startswith("/api/") or self.error_page is None:
            return failure.response(self._register, language)
        return self.error_page(failure.status, failure.problems, language)

    def _finish(self, response: Response) -> Response:
        add_security_headers(response, _this_request(), self._settings)
        response.headers.add("X-Request-Id", g.request_id)
        return response


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _this_request() -> Request:
    """The request itself: through Flask's proxy every attribute costs a look into the context."""
    return request_ctx.request


def host_name(of: Request) -> str:
    """The host without its port; IPv6 addresses keep their brackets."""
    return of.host.rsplit(":", 1)[0] if not of.host.endswith("]") else of.host


def _idempotency_key(of: Request) -> str:
    """Raises Malformed if the key is longer than 200 characters or not printable ASCII."""
    key = of.headers.get("Idempotency-Key", "") if of.method == "POST" else ""
    if len(key) > 200 or not key.isascii() or not key.isprintable():
        raise Malformed.because("http.idempotency-key.malformed", "/Idempotency-Key")
    return key
