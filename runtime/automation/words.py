"""Runs and answers as JSON, in the words of one reader: labels for keys, without what she may not see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.apps.kinds import Kind, Ref
from engine.apps.link_rule import form_shape
from engine.forms.model import Field, Label
from engine.forms.system import SYSTEM
from engine.problems import Problem, Register
from engine.rules.language.known import Known, label_in
from engine.rules.language.labels import FUNCTIONS, FeelScope, Naming
from runtime.automation.asking import Foreseen
from runtime.automation.condition import Part, read_explained
from runtime.automation.log import ActionWords, Run, shown_reads
from runtime.automation.reader import Reader
from runtime.http.problems import problem_json
from runtime.query.names import plan_of
from runtime.records.scene import Scene

Json = dict[str, object]
_ROOTS = ("record", "old")


@dataclass(frozen=True)
class RunWords:
    """What is said to one reader in one language."""

    register: Register
    scene: Scene
    language: str

    def run(self, run: Run, names: Mapping[int, str], reader: Reader, title: str | None) -> Json:
        """One run in a list.

        names  of people, by id
        title  of the record; None where the reader may not view it: then she sees none of its values
        """
        is_open = self._is_open(run, reader, title)
        seen = {path: value for path, value in run.reads.items() if self._sees(run, reader, title, path)}
        shown = reader.open_actions(run.effects) if is_open else ()
        return {
            "id": run.id,
            "rule": run.rule,
            "label": self.label_of(run.rule),
            "version": run.version,
            "event": run.event.value,
            "form": run.form,
            "record": run.record,
            "title": title,
            "at": run.at,
            "actor": {"id": run.actor, "name": names.get(run.actor, "")},
            "depth": run.depth,
            "state": run.state.value,
            "reason": run.reason.value,
            "reads": self._reads(run.form, seen),
            "closed": not is_open or shown != run.effects,
            "problems": self._problems(run.problems) if is_open else [],
            "actions": self.actions(shown),
            "duration_us": run.duration_us,
            "retry_of": run.retry_of,
            "may_retry": run.origin is not None and "builder" in self.scene.actor.rights,
        }

    def whole_run(self, run: Run, names: Mapping[int, str], reader: Reader, title: str | None) -> Json:
        """The same with its condition, part by part."""
        whole = read_explained(run.condition).whole if self._is_open(run, reader, title) else None
        return {**self.run(run, names, reader, title), "condition": self._condition(run.form, whole)}

    @staticmethod
    def _is_open(run: Run, reader: Reader, title: str | None) -> bool:
        """Whether everything that the run read may be shown, and so what was made of it."""
        asks = read_explained(run.condition).asks
        return _knows(run, reader, title) and reader.sees_all(run.reads, asks, run.actor)

    @staticmethod
    def _sees(run: Run, reader: Reader, title: str | None, path: str) -> bool:
        return _knows(run, reader, title) and reader.sees(path, run.actor)

    def foreseen(self, one: Foreseen, form: str) -> Json:
        return {
            "record": one.record,
            "title": one.title,
            "reason": one.reason.value,
            "before": None if one.before is None else one.before.value,
            "condition": self._condition(form, one.condition.whole),
            "reads": self._reads(form, shown_reads(one.reads)),
            "closed": one.closed,
            "actions": self.actions(one.actions),
            "problems": self._problems(one.problems),
        }

    def label_of(self, rule: str) -> Label:
        """What the rule is called now; its key once it is gone."""
        definition = self.scene.metadata.definitions.get(Ref(Kind.RULE, rule))
        return rule if definition is None else self.scene.metadata.name_of(definition)

    def actions(self, done: Iterable[ActionWords]) -> list[Json]:
        return [
            {
                "action": one.action,
                "words": [
                    {
                        "code": word.code,
                        "text": self.register.message(Problem(word.code, params=word.params), self.language),
                    }
                    for word in one.words
                ],
            }
            for one in done
        ]

    def _problems(self, problems: Iterable[Problem]) -> list[Json]:
        return [problem_json(one, self.register, self.language) for one in problems]

    def _condition(self, form: str, part: Part | None) -> Json | None:
        return None if part is None else self._part(form, part)

    def _part(self, form: str, part: Part) -> Json:
        return {
            "text": self._feel(form, part.text),
            "value": self._value(self._field(form, part.text.split(".")), part.value),
            "evaluated": part.evaluated,
            "joint": part.joint,
            "omitted": part.omitted,
            "parts": [self._part(form, one) for one in part.parts],
        }

    def _reads(self, form: str, reads: Mapping[str, object]) -> list[Json]:
        return [
            {
                "path": path,
                "label": self._path(form, path),
                "old": path.startswith("old."),
                "value": self._value(self._field(form, path.split(".")), value),
            }
            for path, value in reads.items()
            if path not in FUNCTIONS or self._field(form, [path]) is not None
        ]

    def _path(self, form: str, path: str) -> str:
        """Labels from the record to the field: 客户 · 等级."""
        way = path.split(".")
        if way[0] in _ROOTS and len(way) > 1:
            way = way[1:]
        labels = [self._label(self._field(form, way[: end + 1]), key) for end, key in enumerate(way)]
        return " · ".join(labels)

    def _label(self, field: Field | None, key: str) -> str:
        return key if field is None else label_in(field.label, self.language) or key

    def _field(self, form: str, way: list[str]) -> Field | None:
        """The field at a path from a form's record."""
        if way[0] in _ROOTS and len(way) > 1:
            way = way[1:]
        published = self.scene.metadata.forms.get(form)
        field: Field | None = None
        for at, key in enumerate(way):
            if at and field is not None and field.fields:
                field = field.fields.get(key)
                continue
            if at:
                plan = None if published is None else plan_of(published, way[at - 1])
                published = self.scene.metadata.forms.get(plan.target or "") if plan is not None else None
            field = None if published is None else published.form.fields.get(key) or SYSTEM.get(key)
        return field

    def _value(self, field: Field | None, value: object) -> object:
        """A plain value for people: options by their labels, records by their titles."""
        if isinstance(value, list):
            return [self._value(field, one) for one in value]
        if isinstance(value, Mapping):
            return (
                value["title"] if value.get("title") else f"#{value['id']}" if "id" in value else dict(value)
            )
        options = {} if field is None else {option.key: option.label for option in field.options}
        return (
            label_in(options[value], self.language) if isinstance(value, str) and value in options else value
        )

    def _feel(self, form: str, text: str) -> str:
        """An expression in the words of the reader."""
        key = ("rule words", form, self.language, text)
        return self.scene.statements.get(key, lambda: self._naming.feel(text, self._scope(form)))

    def _scope(self, form: str) -> FeelScope:
        return FeelScope(self._naming.known.forms.get(form))

    @cached_property
    def _naming(self) -> Naming:
        forms = self.scene.metadata.forms
        known = self.scene.statements.get(
            "rule names", lambda: Known(forms={key: form_shape(one.compiled) for key, one in forms.items()})
        )
        return Naming(known, self.language)


def _knows(run: Run, reader: Reader, title: str | None) -> bool:
    """Whether the reader may view the record; where there is none (yet), every record of the form."""
    return reader.is_unlimited or title is not None or (run.record is None and reader.views_all)
