"""HTTP of solutions: which are installed, plan and install one from a zip. Needs the right `builder`."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from engine.apps.solution import Package
from engine.forms.roles import Role
from engine.problems import InputError, Problem, Register
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import Forbidden
from runtime.http.guard import right
from runtime.http.reply import Reply
from runtime.solutions.archive import MAX_ARCHIVE_BYTES, read_zip
from runtime.solutions.install import Solutions, read_solution
from runtime.solutions.installed import list_installed
from runtime.solutions.plan_json import installed_json, solution_plan_json

_ZIP: Final[dict[str, object]] = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}
_QUERY: Final[dict[str, dict[str, object]]] = {
    "plan": {"type": "boolean", "default": False},
    "sample": {"type": "boolean", "default": False},
}
_ANSWER: Final[dict[str, object]] = {
    "type": "object",
    "required": ["solution"],
    "properties": {
        "solution": {"type": "object"},
        "plan": {"type": "object"},
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}},
        "versions": {"type": "array"},
        "adopted": {"type": "array"},
        "sample": {"type": ["object", "null"]},
    },
}
_INSTALLED: Final[dict[str, object]] = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"type": "object"}}},
}


class SolutionsApi:
    """A solution brings roles, so installing one needs every right that its roles open."""

    def __init__(self, solutions: Solutions, register: Register) -> None:
        self._solutions = solutions
        self._register = register

    @endpoint("GET", "/solutions", guard=right("builder"), summary="Installed solutions", response=_INSTALLED)
    def list_solutions(self, call: Call) -> object:
        with call.read() as conn:
            found = list_installed(conn)
        items = [
            {"key": one.key, "version": one.version, "label": one.label, "installed_at": one.installed_at}
            for one in found
        ]
        return {"items": items}

    @endpoint(
        "POST",
        "/solutions",
        guard=right("builder"),
        summary="Plan (?plan=1) or install a solution; ?sample=1 with its sample data",
        query=_QUERY,
        body=_ZIP,
        response=_ANSWER,
        status=201,
        multipart=True,
    )
    def install(self, call: Call) -> object:
        package = _package(call)
        if call.args["plan"]:
            with call.read() as conn:
                plan = self._solutions.plan(conn, call.workspace, package)
            return solution_plan_json(plan, self._register, call.language)
        _require_rights(call, package)
        with_sample = call.args["sample"] is True

        def work(conn: sa.Connection) -> Reply:
            result = self._solutions.install(
                conn, call.workspace, call.actor, package, with_sample=with_sample
            )
            return Reply(201, installed_json(result))

        return call.write(work)


def _package(call: Call) -> Package:
    file = call.request.files.get("file")
    if file is None:
        raise InputError([Problem("solutions.upload.missing", "/file")])
    return read_solution(read_zip(file.stream.read(MAX_ARCHIVE_BYTES + 1)))


def _require_rights(call: Call, package: Package) -> None:
    """Nobody lifts herself by a role that a package brings. Raises Forbidden."""
    roles = [one.model for one in package.definitions.values() if isinstance(one.model, Role)]
    missing = {name for role in roles for name in role.rights} - call.actor.rights
    if missing:
        raise Forbidden.because("solutions.install.beyond-own-rights", rights=sorted(missing))
