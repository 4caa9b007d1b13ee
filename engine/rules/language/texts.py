"""The texts for people in a rule, by the place that `locale/` gives them in other languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.rules.language.model import Button, Quoted, Rule, RuleText
from engine.rules.language.patterns import slots_of


def texts_of(rule: RuleText) -> Mapping[str, Quoted]:
    """`label`, `triggers/0/label` of a button, `actions/0/message`; actions are numbered as in effects."""
    return dict(_texts(rule))


def _texts(rule: RuleText) -> Iterator[tuple[str, Quoted]]:
    if isinstance(rule, Rule):
        yield "label", rule.label
    for number, trigger in enumerate(rule.triggers):
        if isinstance(trigger, Button) and trigger.label is not None:
            yield f"triggers/{number}/label", trigger.label
    actions = (*rule.do, *rule.otherwise) if isinstance(rule, Rule) else rule.do
    for number, action in enumerate(actions, 0 if isinstance(rule, Rule) else 1):
        for slot, value in slots_of(action).items():
            if isinstance(value, Quoted):
                yield f"actions/{number}/{slot}", value
