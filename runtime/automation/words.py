"""Runs and answers as JSON, with their words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.problems import Problem, Register
from runtime.automation.asking import Foreseen
from runtime.automation.log import ActionWords, Run, shown_reads
from runtime.http.problems import problem_json
from runtime.records.json_form import trace_json

Json = dict[str, object]


class RunWords:
    def __init__(self, register: Register) -> None:
        self._register = register

    def run(self, run: Run, language: str, names: Mapping[int, str], readable: frozenset[str] | None) -> Json:
        """readable   fields whose values the reader may see; None = all"""
        return {
            "id": run.id,
            "rule": run.rule,
            "version": run.version,
            "event": run.event.value,
            "form": run.form,
            "record": run.record,
            "at": run.at,
            "actor": {"id": run.actor, "name": names.get(run.actor, "")},
            "depth": run.depth,
            "state": run.state.value,
            "reason": run.reason.value,
            "reads": _open(run.reads, readable),
            "problems": [problem_json(one, self._register, language) for one in run.problems],
            "actions": self.actions(run.effects, language) if readable is None else [],
            "duration_us": run.duration_us,
            "retry_of": run.retry_of,
            "may_retry": run.origin is not None,
        }

    def foreseen(self, one: Foreseen, language: str) -> Json:
        found = one.verdict
        return {
            "record": one.record,
            "reason": found.reason.value,
            "trace": None if found.trace is None else trace_json(found.trace),
            "reads": shown_reads(one.reads),
            "actions": self.actions(one.actions, language),
            "problems": [problem_json(problem, self._register, language) for problem in one.problems],
        }

    def actions(self, done: Iterable[ActionWords], language: str) -> list[Json]:
        return [
            {
                "action": one.action,
                "words": [
                    {
                        "code": word.code,
                        "text": self._register.message(Problem(word.code, params=word.params), language),
                    }
                    for word in one.words
                ],
            }
            for one in done
        ]


def _open(reads: Mapping[str, object], readable: frozenset[str] | None) -> Json:
    if readable is None:
        return dict(reads)
    return {path: value for path, value in reads.items() if _field_of(path) in readable}


def _field_of(path: str) -> str:
    first, _, rest = path.partition(".")
    return rest.partition(".")[0] if first in ("record", "old") else first
