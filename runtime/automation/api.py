"""HTTP of rules at work: the run log, retry, why not, dry run, buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from engine.forms.model import label_text
from engine.problems import Register
from runtime.automation import schemas
from runtime.automation.asking import dry_run, why_not
from runtime.automation.buttons import offered_buttons, press_button
from runtime.automation.later import retry_run
from runtime.automation.log import Run, RunQuery, find_run, list_runs
from runtime.automation.reactions import Limits
from runtime.automation.reader import Reader
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

_BUTTONS: Final = "/forms/<key:form>/records/<id:record>/buttons"


class RulesApi:
    def __init__(self, catalog: Catalog, runner: Runner, limits: Limits, register: Register) -> None:
        self._catalog = catalog
        self._runner = runner
        self._limits = limits
        self._register = register

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
            _refuse_stranger(conn, scene, query.form, query.record)
            found = list_runs(conn, query)
            shown = found[: query.limit - 1]
            items = self._runs(conn, scene, call.language, shown)
        more = call.write_cursor(shown[-1].id, of=place) if len(found) == query.limit else None
        return {"items": items, "next": more}

    @endpoint(
        "GET", "/rule-runs/<id:run>", guard=SIGNED_IN, summary="One run of a rule", response=schemas.WHOLE_RUN
    )
    def get_run(self, call: Call, run: int) -> object:
        """With its condition, part by part."""
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            found = find_run(conn, run)
            _refuse_stranger(conn, scene, found.form, found.record)
            reader, names = Reader(scene, found.form), names_of(conn, {found.actor})
            titles = reader.titles(conn, _records([found], found.form))
        words = RunWords(self._register, scene, call.language)
        return words.whole_run(found, names, reader, titles.get(found.record or 0))

    def _runs(
        self, conn: sa.Connection, scene: Scene, language: str, runs: Sequence[Run]
    ) -> list[Mapping[str, object]]:
        """One statement for the people and one for the records of each form."""
        words, names = RunWords(self._register, scene, language), names_of(conn, {run.actor for run in runs})
        readers = {form: Reader(scene, form) for form in dict.fromkeys(run.form for run in runs)}
        titles = {
            (form, record): title
            for form, reader in readers.items()
            for record, title in reader.titles(conn, _records(runs, form)).items()
        }
        return [
            words.run(run, names, readers[run.form], titles.get((run.form, run.record or 0))) for run in runs
        ]

    @endpoint(
        "GET",
        "/forms/<key:form>/rules",
        guard=may("view"),
        summary="The rules in force about a form's records, for who may edit some of them",
        response=schemas.RULES,
    )
    def list_rules(self, call: Call, form: str) -> object:
        """In the order in which they run."""
        scene = scene_of(self._catalog, call)
        if "builder" not in scene.actor.rights:
            scene.access_for(form).require("edit")
        words = RunWords(self._register, scene, call.language)
        rules = scene.metadata.rules_by_form.get(form, ())
        return {
            "items": [
                {
                    "key": rule.key,
                    "label": words.label_of(rule.key),
                    "trigger": type(rule.wakes[0].trigger).__name__ if rule.wakes else None,
                }
                for rule in rules
            ]
        }

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
        return RunWords(self._register, scene, call.language).foreseen(found, asked["form"])

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
            form, found = dry_run(conn, scene, rule, asked.get("text"), asked.get("limit", 100))
        words = RunWords(self._register, scene, call.language)
        totals = Counter(one.reason.value for one in found)
        before = Counter(one.before.value for one in found if one.before is not None)
        return {
            "form": form,
            "items": [words.foreseen(one, form) for one in found],
            "totals": dict(totals),
            "before": dict(before) if before else None,
        }

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
        return {"items": [{"rule": one.rule, "label": label_text(one.label, call.language)} for one in found]}

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
            return self._pressed(identity, run, scene, call.language)

        return call.write(work)

    def _pressed(self, identity: int, run: Run, scene: Scene, language: str) -> object:
        problems = [problem_json(one, self._register, language) for one in run.problems]
        shown = Reader(scene, run.form).open_actions(run.effects)
        actions = RunWords(self._register, scene, language).actions(shown)
        return {"run": identity, "state": run.state.value, "problems": problems, "actions": actions}


def _query(call: Call) -> RunQuery:
    """One more than is shown tells whether there is another page."""
    args = call.args
    record, before, days = args.get("record"), None, args.get("days")
    if "cursor" in args:
        before = int(str(call.read_cursor(str(args["cursor"]), of=_place(call))))
    return RunQuery(
        rule=str(args["rule"]),
        form=str(args["form"]),
        record=None if record is None else int(str(record)),
        state=str(args["state"]),
        before=before,
        since=None if days is None else call.workspace.now() - timedelta(days=int(str(days))),
        limit=int(str(args["limit"])) + 1,
    )


def _place(call: Call) -> str:
    parts: Sequence[object] = [
        call.args.get(name, "") for name in ("rule", "form", "record", "state", "days")
    ]
    return "rule-runs/" + "/".join(map(str, parts))


def _records(runs: Iterable[Run], form: str) -> set[int]:
    return {run.record for run in runs if run.form == form and run.record is not None}


def _refuse_stranger(conn: sa.Connection, scene: Scene, form: str, record: int | None) -> None:
    """Builders read the whole log; others only of one record, which they may edit.

    How much of a run is shown is a question of its own, see `Reader`. Raises Forbidden, NotFound.
    """
    if "builder" in scene.actor.rights:
        return
    if not form or record is None:
        raise Forbidden.because("automation.log-closed")
    access = scene.access_for(form)
    access.require("edit")
    stored = load_record(conn, scene, access, record, seen=access.records("view"))
    if "edit" not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action="edit")
