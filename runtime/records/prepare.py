"""Settling and checking a record before it is written (SEMANTICS §3), whoever changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from engine.forms.defaults import apply_defaults, apply_row_defaults
from engine.forms.evaluate import check, settle
from engine.forms.facts import Facts
from engine.problems import InputError, Problem, errors
from runtime.catalog.metadata import PublishedForm
from runtime.records.asking import answering
from runtime.records.model import Target
from runtime.records.saving import Saving, Unsaved
from runtime.records.scene import Scene
from runtime.records.targets import Targets, check_references, load_targets, references_in

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record that may be written.

    cleared   fields that lost their value because they are hidden
    warnings  what the author of the form wants the person to see
    """

    values: Values
    cleared: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """Prepares records of one form with one set of loaded targets.

    unlimited   automation refers to records that the actor cannot see
    saving      what may set fields before the checks, or refuse the record
    """

    conn: sa.Connection
    scene: Scene
    form: PublishedForm
    targets: Targets = field(default_factory=Targets)
    unlimited: bool = False
    saving: Saving | None = None

    def facts(self) -> Facts:
        return self.scene.facts(self.targets.related, answering(self.conn, self.scene))

    def load(self, values: Values, *, more: tuple[Target, ...] = ()) -> None:
        load_targets(self.conn, self.scene, self.form, self.targets, values, more=more)

    def new(self, given: Values, system: Values) -> Prepared:
        """A new record: defaults, settle, checks, references. Raises InputError with all problems.

        system   the system fields as far as they are known, for expressions that read `owner`
        """
        return self.finished(self.begun(given, system))

    def begun(self, given: Values, system: Values) -> Begun:
        """A new record before `saving` looks at it."""
        values = {**apply_defaults(self.form.compiled, {**given, **system}, self.facts()), **system}
        self.load(values)
        return self._begun(self._settle(values, None), None)

    def finished(self, begun: Begun) -> Prepared:
        """The rest of `new`. Raises InputError with all problems."""
        return self._ready(self._before(begun), None, lambda _key, _value: True)

    def changed(self, merged: Values, old: Values) -> Prepared:
        """A stored record after a change: rows' defaults, settle, checks, changed references."""
        values = (
            {**old, **apply_row_defaults(self.form.compiled, merged, old, self.facts())}
            if _has_new_rows(merged)
            else merged
        )
        self.load(values)
        known = {(one.path, one.target) for one in references_in(self.form, old)}
        settling = self._before(self._begun(self._settle(values, old), old))
        return self._ready(settling, old, lambda path, target: (path, target) not in known)

    def _begun(self, settling: Settling, old: Values | None) -> Begun:
        steps = [settling]

        def settle_again(values: Values) -> Values:
            self.load(values)
            steps.append(self._settle(values, old))
            return steps[-1].values

        return Begun(Unsaved(self.form, settling.values, old, self.targets, settle_again), steps)

    def _before(self, begun: Begun) -> Settling:
        """What `saving` makes of the record."""
        record, steps = begun.record, begun.steps
        if self.saving is None or not self.saving.watches(self.scene.metadata, self.form.key):
            return steps[0]
        refused = self.saving.before(self.conn, self.scene, record)
        cleared = tuple(dict.fromkeys(key for step in steps for key in step.cleared))
        return Settling(record.values, cleared, (*steps[-1].problems, *refused))

    def _settle(self, values: Values, old: Values | None) -> Settling:
        settled = settle(self.form.compiled, values, old, self.facts())
        return Settling({**values, **settled.values}, settled.cleared, settled.problems)

    def _ready(
        self, settling: Settling, old: Values | None, is_new: Callable[[str, Target], bool]
    ) -> Prepared:
        problems = [*settling.problems, *check(self.form.compiled, settling.values, old, self.facts())]
        references = (
            one for one in references_in(self.form, settling.values) if is_new(one.path, one.target)
        )
        problems += check_references(self.targets, references, unlimited=self.unlimited)
        if errors(problems):
            raise InputError(problems)
        return Prepared(settling.values, settling.cleared, tuple(problems))


@dataclass(frozen=True, slots=True)
class Settling:
    """A settled record, not checked yet."""

    values: Values
    cleared: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A record that `saving` may still change. `steps`: how it came to rest, the last one as it is now."""

    record: Unsaved
    steps: list[Settling]


def _has_new_rows(values: Values) -> bool:
    return any(row.id is None for rows in values.values() if isinstance(rows, tuple) for row in rows)
