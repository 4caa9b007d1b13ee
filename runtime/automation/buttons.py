"""Rules that a person sets off on a record she sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from engine.forms.model import Label
from engine.problems import errors
from engine.rules.language.compile import CompiledRule
from engine.rules.language.model import Button, Rule
from engine.rules.language.run import EventKind, Reason, verdict
from runtime.actions.doing import Budget, OverBudget
from runtime.automation.events import Event, moment_text
from runtime.automation.log import Run, write_run
from runtime.automation.reactions import Limits, defer
from runtime.automation.running import Occasion, Runner, occasion_of
from runtime.http.errors import Conflict, NotFound
from runtime.records.read import load_record
from runtime.records.scene import Scene


@dataclass(frozen=True, slots=True)
class OfferedButton:
    """label   in every language that has it"""

    rule: str
    label: Label


def offered_buttons(conn: sa.Connection, scene: Scene, form: str, record: int) -> tuple[OfferedButton, ...]:
    """The buttons whose condition holds for the record now. Raises NotFound, Forbidden."""
    rules = [rule for rule in scene.metadata.rules_by_form.get(form, ()) if _button_of(rule) is not None]
    occasion = _occasion(conn, scene, form, record)
    fires = (rule for rule in rules if _is_offered(occasion, rule))
    return tuple(OfferedButton(rule.key, _label(scene, rule)) for rule in fires)


def press_button(
    conn: sa.Connection, scene: Scene, runner: Runner, limits: Limits, place: tuple[str, int, str]
) -> tuple[int, Run]:
    """Run the button's rule now; its failure is a run to look at, unless the rule says to refuse.

    Returns the id of the run, and the run.

    place   form, record, rule
    Raises NotFound for a record she does not see or an unknown button, Conflict for one that is not offered.
    """
    form, record, key = place
    occasion = _occasion(conn, scene, form, record)
    rule = scene.metadata.rules.get(key)
    if rule is None or rule.form != form or _button_of(rule) is None:
        raise NotFound.because("automation.button.unknown", button=key)
    if not _is_offered(occasion, rule):
        raise Conflict.because("automation.button.not-offered", button=_label(scene, rule))
    with runner.records.unit(conn):
        try:
            run = runner.run(occasion, rule, Budget(limits.records, limits.seconds))
        except OverBudget:
            run = defer(occasion, [rule])
    return write_run(conn, run), run


def _occasion(conn: sa.Connection, scene: Scene, form: str, record: int) -> Occasion:
    access = scene.access_for(form)
    access.require("view")
    stored = load_record(conn, scene, access, record, seen=access.records("view"))
    occurrence = f"{record}/{scene.actor.id}/{moment_text(scene.moment.now)}"
    event = Event(EventKind.BUTTON, form, record, occurrence, scene.actor.id)
    return occasion_of(conn, scene, event, stored.values)


def _button_of(rule: CompiledRule) -> tuple[int, Button] | None:
    """The first of them with its number among the triggers."""
    return next(_buttons(rule), None)


def _buttons(rule: CompiledRule) -> Iterator[tuple[int, Button]]:
    for number, wake in enumerate(rule.wakes):
        if isinstance(wake.trigger, Button):
            yield number, wake.trigger


def _is_offered(occasion: Occasion, rule: CompiledRule) -> bool:
    found = verdict(rule, occasion.facts(rule), EventKind.BUTTON)
    return found.reason in (Reason.FIRES, Reason.OTHERWISE) and not errors(found.problems)


def _label(scene: Scene, rule: CompiledRule) -> Label:
    """What stands on its button, by default its own label."""
    found = _button_of(rule)
    if found is not None and found[1].label is not None:
        place, text = f"triggers/{found[0]}/label", found[1].label.text
    elif isinstance(rule.rule, Rule):
        place, text = "label", rule.rule.label.text
    else:
        return rule.key
    return scene.metadata.label_at(f"rule/{rule.key}/{place}", text)
