"""HTTP of rules at work: the run log, retry, why not, dry run, buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from engine.problems import Register
from runtime.automation import schemas
from runtime.automation.asking import dry_run, why_not
from runtime.automation.buttons import offered_buttons, press_button
from runtime.automation.later import retry_run
from runtime.automation.log import Run, RunQuery, find_run, list_runs
from runtime.automation.reactions import Limits
from runtime.automation.running import Runner
from runtime.automation.words import RunWords
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import Forbidden
from runtime.http.guard import SIGNED_IN, may, right
from runtime.http.problems import problem_json
from runtime.identity.directory import names_of
from runtime.records.read import load_record
from runtime.records.requests import scene_of
from runtime.records.scene import Scene

Readable = frozenset[str] | None
"""Fields whose values the reader of a run may see; None = all."""
_BUTTONS = "/forms/<key:form>/records/<id:record>/buttons"


class RulesApi:
    def __init__(self, catalog: Catalog, runner: Runner, limits: Limits, register: Register) -> None:
        self._catalog = catalog
        self._runner = runner
        self._limits = limits
        self._register = register
        self._words = RunWords(register)

    @endpoint(
        "GET",
        "/rule-runs",
        guard=SIGNED_IN,
        summary="What rules did, the newest first; of one record also for who may edit it",
        query=schemas.RUN_QUERY,
        response=schemas.RUNS,
    )
    def list_runs(self, call: Call) -> object:
        scene, query, place = scene_of(self._catalog, call), _query(call), _place(call)
        with call.read() as conn:
            readable = _readable(conn, scene, query.form, query.record)
            found = list_runs(conn, query)
            names = names_of(conn, {run.actor for run in found})
        shown = found[: query.limit - 1]
        more = call.write_cursor(shown[-1].id, of=place) if len(found) == query.limit else None
        return {
            "items": [self._words.run(run, call.language, names, readable) for run in shown],
            "next": more,
        }

    @endpoint(
        "GET", "/rule-runs/<id:run>", guard=SIGNED_IN, summary="One run of a rule", response=schemas.RUN
    )
    def get_run(self, call: Call, run: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            found = find_run(conn, run)
            readable = _readable(conn, scene, found.form, found.record)
            names = names_of(conn, {found.actor})
        return self._words.run(found, call.language, names, readable)

    @endpoint(
        "POST",
        "/rule-runs/<id:run>/retry",
        guard=right("builder"),
        summary="Repeat a run that failed, on the record as it is now",
        response=schemas.RETRIED,
    )
    def retry(self, call: Call, run: int) -> object:
        scene = scene_of(self._catalog, call)
        return call.write(lambda conn: {"run": retry_run(conn, scene, self._runner, run)})

    @endpoint(
        "POST",
        "/rules/<key:rule>/why-not",
        guard=SIGNED_IN,
        summary="What a rule makes of a record now, and why; without effect",
        body=schemas.WHY_NOT,
        response=schemas.FORESEEN,
    )
    def why_not(self, call: Call, rule: str) -> object:
        scene, asked = scene_of(self._catalog, call), call.fields
        with call.read() as conn:
            found = why_not(conn, scene, rule, asked["form"], asked["record"])
        return self._words.foreseen(found, call.language)

    @endpoint(
        "POST",
        "/rules/<key:rule>/dry-run",
        guard=right("builder"),
        summary="What a rule, or a draft of it, would make of the last records; without effect",
        body=schemas.DRY_RUN,
        response=schemas.DRY_RUN_ANSWER,
    )
    def dry_run(self, call: Call, rule: str) -> object:
        scene, asked = scene_of(self._catalog, call), call.fields
        with call.read() as conn:
            found = dry_run(conn, scene, rule, asked.get("text"), asked.get("limit", 100))
        totals = Counter(one.verdict.reason.value for one in found)
        items = [self._words.foreseen(one, call.language) for one in found]
        return {"items": items, "totals": dict(totals)}

    @endpoint(
        "GET",
        _BUTTONS,
        guard=may("view"),
        summary="The buttons that rules offer on a record now",
        response=schemas.BUTTONS,
    )
    def list_buttons(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            found = offered_buttons(conn, scene, form, record)
        return {"items": [{"rule": one.rule, "label": one.label} for one in found]}

    @endpoint(
        "POST",
        f"{_BUTTONS}/<key:rule>",
        guard=may("view"),
        summary="Press a button",
        response=schemas.PRESSED,
    )
    def press(self, call: Call, form: str, record: int, rule: str) -> object:
        scene = scene_of(self._catalog, call)

        def work(conn: sa.Connection) -> object:
            identity, run = press_button(conn, scene, self._runner, self._limits, (form, record, rule))
            return self._pressed(identity, run, call.language)

        return call.write(work)

    def _pressed(self, identity: int, run: Run, language: str) -> object:
        problems = [problem_json(one, self._register, language) for one in run.problems]
        actions = self._words.actions(run.effects, language)
        return {"run": identity, "state": run.state.value, "problems": problems, "actions": actions}


def _query(call: Call) -> RunQuery:
    """One more than is shown tells whether there is another page."""
    args = call.args
    record, before = args.get("record"), None
    if "cursor" in args:
        before = int(str(call.read_cursor(str(args["cursor"]), of=_place(call))))
    return RunQuery(
        rule=str(args["rule"]),
        form=str(args["form"]),
        record=None if record is None else int(str(record)),
        state=str(args["state"]),
        before=before,
        limit=int(str(args["limit"])) + 1,
    )


def _place(call: Call) -> str:
    parts: Sequence[object] = [call.args.get(name, "") for name in ("rule", "form", "record", "state")]
    return "rule-runs/" + "/".join(map(str, parts))


def _readable(conn: sa.Connection, scene: Scene, form: str, record: int | None) -> Readable:
    """Builders see everything. Others only of one record which they may edit, and only their fields.

    Raises Forbidden, NotFound.
    """
    if "builder" in scene.actor.rights:
        return None
    if not form or record is None:
        raise Forbidden.because("automation.log-closed")
    access = scene.access_for(form)
    access.require("edit")
    stored = load_record(conn, scene, access, record, seen=access.records("view"))
    if "edit" not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action="edit")
    return frozenset(access.readable - access.masked)
