"""What a rule that is being written says: text, views, tree, everything wrong with it, how its tests go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import sqlalchemy as sa

from engine.apps.link_decision import compile_definitions, decision_shapes
from engine.apps.link_rule import known_of
from engine.problems import LANGUAGES, Problem, errors
from engine.rules.language.compile import compile_rule
from engine.rules.language.examples import ExampleResult, run_examples
from engine.rules.language.json_form import rule_from_json
from engine.rules.language.known import Known, nothing
from engine.rules.language.model import RuleText
from engine.rules.language.read import RuleReading, read_rule
from engine.rules.language.show import rule_text
from engine.rules.language.view import read_view, rule_view
from runtime.catalog.metadata import Metadata
from runtime.identity.groups import list_groups
from runtime.publishing.rule_places import RulePlaces

Check = Callable[[str], tuple[Problem, ...]]
"""Everything wrong with a canonical text among what is in force, with spans in it."""


_UNFINISHED: Final = frozenset({"language.clause.missing-actions", "language.clause.missing-trigger"})
_TEST: Final = "language.test."
"""What publishing says of tests that fail; the preview says it beside each test."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the editor has: a text in the words of a language, with keys or labels; or a tree as JSON.

    Places are answered in `text` if there is one, else in the view of `language`.
    """

    language: str
    text: str | None = None
    ast: object = None


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What the editor shows.

    problems   those of tests that fail stand in `tests`
    rule    with spans in the text that is shown; None if that could not be read, then all is empty
    text    canonical: keys and English words
    views   by language: its words, with labels for keys
    """

    problems: tuple[Problem, ...]
    rule: RuleText | None = None
    text: str | None = None
    views: Mapping[str, str] = field(default_factory=nothing)
    tests: tuple[ExampleResult, ...] = ()


def nameable(conn: sa.Connection, metadata: Metadata) -> Known:
    """What rules can name, the groups of people included."""
    definitions = tuple(metadata.definitions.values())
    forms = {key: form.compiled for key, form in metadata.forms.items()}
    known = known_of(definitions, forms, decision_shapes(compile_definitions(definitions)))
    return replace(known, groups={group.key: group.name for group in list_groups(conn)})


def preview_rule(
    key: str, sent: Sent, known: Known, texts: Mapping[str, Mapping[str, str]], check: Check
) -> RulePreview:
    """Read what was sent and say everything about it; nothing is kept.

    texts   what is written in the rule -> its text in the other languages, by language

    A rule that only lacks its first event or action is shown all the same: people write one after the other.
    """
    first = _read(sent, known, texts)
    if first.rule is None or not _is_legible(first):
        return RulePreview(first.problems)
    text = rule_text(first.rule)
    again = read_rule(text)
    if again.rule is None or not _is_legible(again):
        return RulePreview(tuple(replace(problem, span=None) for problem in again.problems))
    if again.rule != first.rule:
        return RulePreview((Problem("publishing.rule.unwritable"),))
    views = {language: rule_view(again.rule, known, language, texts.get(language)) for language in LANGUAGES}
    shown = views[sent.language] if sent.text is None else sent.text
    reading = (
        first if sent.text is not None else read_view(shown, known, sent.language, texts.get(sent.language))
    )
    preview = RulePreview(reading.problems, reading.rule, text, views)
    if not reading.ok:
        return preview
    places = RulePlaces(text, again.rule, shown, sent.language)
    found = tuple(problem for problem in check(text) if not problem.code.startswith(_TEST))
    tests = () if errors(found) else run_examples(compile_rule(key, again.rule, known)).results
    return replace(
        preview,
        problems=tuple(map(places.moved, found)),
        tests=tuple(replace(one, problems=tuple(map(places.moved, one.problems))) for one in tests),
    )


def _is_legible(reading: RuleReading) -> bool:
    """Whether the tree holds everything that was written."""
    return all(problem.code in _UNFINISHED for problem in errors(reading.problems))


def _read(sent: Sent, known: Known, texts: Mapping[str, Mapping[str, str]]) -> RuleReading:
    if sent.text is not None:
        return read_view(sent.text, known, sent.language, texts.get(sent.language))
    rule, problems = rule_from_json(sent.ast)
    return RuleReading(rule, problems)
