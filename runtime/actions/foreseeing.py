"""What an effect would do, in words, without doing it: for dry runs and "why not"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.model import Label
from engine.rules.language import effects
from engine.rules.language.effects import Effect
from runtime.actions.doing import Word
from runtime.actions.people import people_words
from runtime.actions.words import field_params, label_of, set_words
from runtime.catalog.metadata import PublishedForm
from runtime.records.scene import Scene

Form = PublishedForm | None
Words = tuple[Word, ...]


_STRATEGIES: Final[Mapping[effects.Strategy, Label]] = MappingProxyType(
    {
        effects.Strategy.ROUND_ROBIN: {"zh-CN": "轮流", "en": "in turn"},
        effects.Strategy.WEIGHTED: {"zh-CN": "按权重轮流", "en": "in turn, by weight"},
        effects.Strategy.LEAST_OPEN: {"zh-CN": "给手上最少的人", "en": "whoever has the fewest"},
    }
)


def foreseen(conn: sa.Connection, scene: Scene, form: Form, effect: Effect) -> Words:
    """form   of the rule's record, None without one"""
    if isinstance(effect, effects.Assign):
        return _assign(conn, scene, form, effect)
    if isinstance(effect, effects.Notify):
        return (Word("actions.would.notify", {"people": people_words(conn, scene, effect.recipients)}),)
    return _FORESEEN[type(effect)](scene, form, effect)


def _assign(conn: sa.Connection, scene: Scene, form: Form, effect: effects.Assign) -> Words:
    people = people_words(conn, scene, effect.among)
    params = {"people": people, "strategy": _STRATEGIES[effect.strategy]}
    return (Word("actions.would.assign", {**field_params(form, effect.field), **params}),)


def _set_fields(_scene: Scene, form: Form, effect: effects.SetFields) -> Words:
    return set_words(form, effect.values)


def _set_score(_scene: Scene, form: Form, effect: effects.SetScore) -> Words:
    return set_words(form, {effect.field: effect.value})


def _reject(scene: Scene, form: Form, effect: effects.Reject) -> Words:
    at = label_of(form, effect.field) if effect.field else ""
    message = scene.metadata.label_at(effect.message.place, effect.message.text)
    return (Word("actions.would.reject", {"field": at, "message": message}),)


def _create(scene: Scene, _form: Form, effect: effects.Create) -> Words:
    there = scene.metadata.forms.get(effect.form)
    return (Word("actions.would.create", {"form": _label(there, effect)}), *set_words(there, effect.values))


def _upsert(scene: Scene, _form: Form, effect: effects.Upsert) -> Words:
    there = scene.metadata.forms.get(effect.form)
    return (Word("actions.would.upsert", {"form": _label(there, effect)}), *set_words(there, effect.values))


def _update(scene: Scene, _form: Form, effect: effects.Update) -> Words:
    there = scene.metadata.forms.get(effect.form)
    return (Word("actions.would.update", {"form": _label(there, effect)}),)


def _call(_scene: Scene, _form: Form, effect: effects.Call) -> Words:
    return (Word("actions.would.call", {"connector": effect.connector, "operation": effect.operation}),)


def _label(form: Form, effect: effects.Create | effects.Upsert | effects.Update) -> Label:
    return effect.form if form is None else form.form.label


_FORESEEN: Final[Mapping[type[Effect], Callable[[Scene, Form, Any], Words]]] = MappingProxyType(
    {
        effects.SetFields: _set_fields,
        effects.SetScore: _set_score,
        effects.Reject: _reject,
        effects.Create: _create,
        effects.Upsert: _upsert,
        effects.Update: _update,
        effects.Call: _call,
    }
)
