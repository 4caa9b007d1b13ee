"""HTTP of decisions being written: one answer with file, table, problems at their cells, and a trial."""

from __future__ import annotations

from collections.abc import Mapping

from engine.apps.kinds import Kind, Ref
from engine.problems import InputError, Problem, Register
from runtime.access.moment import Moment
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.problems import problem_json
from runtime.publishing.decision_preview import DecisionPreview, Found, Sent, preview_decision
from runtime.publishing.decision_schemas import DECISION_PREVIEW, PREVIEW_DECISION
from runtime.publishing.decision_trial import Trial
from runtime.publishing.requests import BUILDER
from runtime.publishing.service import Publishing


class DecisionDraftsApi:
    """The grid edits a table as JSON; the server keeps the DMN file around it."""

    def __init__(self, catalog: Catalog, publishing: Publishing, register: Register) -> None:
        self._catalog = catalog
        self._publishing = publishing
        self._register = register

    @endpoint(
        "POST",
        "/drafts/decision/<key:key>/preview",
        guard=BUILDER,
        summary="What a decision says that is not published: file, table, problems at their cells, a trial",
        body=PREVIEW_DECISION,
        response=DECISION_PREVIEW,
    )
    def preview(self, call: Call, key: str) -> object:
        sent, metadata, ref = _sent(call.fields), self._catalog.for_call(call), Ref(Kind.DECISION, key)
        with call.read() as conn:

            def check(text: str) -> tuple[Problem, ...]:
                return self._publishing.problems_of_draft(conn, call.workspace, ref, text)

            now = Moment.of(call.workspace, call.actor).feel_now
            found = preview_decision(key, sent, metadata.definitions, check, now)
        return self._answer(found, call.language)

    def _answer(self, found: DecisionPreview, language: str) -> object:
        return {
            "text": found.text,
            "decisions": [
                {"id": one.id, "label": one.label, "kind": one.kind, "logic": one.logic, "text": one.text}
                for one in found.decisions
            ],
            "decision": found.decision,
            "grid": found.sheet,
            "needs": dict(found.needs),
            "problems": [self._found(one, language) for one in found.problems],
            "covered": found.covered,
            "trial": None if found.trial is None else self._trial(found.trial, language),
        }

    def _found(self, one: Found, language: str) -> object:
        place = {"row": one.row, "input": one.input, "output": one.output}
        return {**problem_json(one.problem, self._register, language), **place}

    def _trial(self, trial: Trial, language: str) -> object:
        return {
            "value": trial.value,
            "problems": [problem_json(one, self._register, language) for one in trial.problems],
            "matched": list(trial.matched),
            "inputs": list(trial.inputs),
            "passed": [list(rows) for rows in trial.passed],
            "outputs": list(trial.outputs),
        }


def _sent(fields: Mapping[str, object]) -> Sent:
    """Raises InputError for a table without the file that it belongs to."""
    text, grid, trial = fields.get("text"), fields.get("grid"), fields.get("trial")
    if text is None and grid is not None:
        raise InputError([Problem("publishing.decision.grid-without-text")])
    return Sent(
        None if text is None else str(text),
        str(fields.get("label", "")),
        str(fields.get("decision", "")),
        grid,
        {name: str(one) for name, one in trial.items()} if isinstance(trial, dict) else None,
    )
