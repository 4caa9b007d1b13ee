"""`/healthz`: the process is up. `/readyz`: its databases are reachable and current."""

from __future__ import annotations

from flask import Flask, Response

from engine.problems import ProblemsError
from runtime.db import exact_json
from runtime.db.workspaces import Workspaces


def add_health(flask_app: Flask, workspaces: Workspaces) -> None:
    """Both answer without a session, so that supervisors and load balancers can ask."""

    def healthz() -> Response:
        return _answer(200, "up")

    def readyz() -> Response:
        try:
            workspaces.refuse_unless_current()
        except ProblemsError as error:
            return _answer(503, error.problems[0].code)
        return _answer(200, "ready")

    flask_app.add_url_rule("/healthz", "healthz", healthz)
    flask_app.add_url_rule("/readyz", "readyz", readyz)


def _answer(status: int, state: str) -> Response:
    body = exact_json.dumps({"state": state})
    return Response(body, status, mimetype="application/json", headers={"Cache-Control": "no-store"})
