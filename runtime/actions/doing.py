"""What performers are given and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem
from engine.rules.language.effects import Effect
from runtime.actions.record import RuleRecord
from runtime.records.model import Origin
from runtime.records.scene import Scene
from runtime.records.service import Records

NO_PARAMS: Final[Mapping[str, object]] = MappingProxyType({})


class OverBudget(Exception):
    """Rules would write more, or take longer, than one request may: the rule has to run as a job."""


@dataclass(slots=True)
class Budget:
    """What rules may still do in one unit of work. Raises OverBudget when it is spent.

    records   that may still be written · seconds: from now on
    """

    records: int
    seconds: float
    _began: float = field(default_factory=monotonic)

    def spend(self, records: int) -> None:
        self.records -= records
        self.check()

    def check(self) -> None:
        if self.records < 0 or monotonic() - self._began > self.seconds:
            raise OverBudget

    def is_spent(self) -> bool:
        return self.records <= 0 or monotonic() - self._began > self.seconds


@dataclass(frozen=True, slots=True)
class Doing:
    """One rule at work.

    record      the rule's record, None for a schedule without `for each`
    rule        its key
    occurrence  the event; with rule, version and action it names what leaves the database
    origin      of everything it writes
    """

    conn: sa.Connection
    scene: Scene
    records: Records
    record: RuleRecord | None
    rule: str
    version: int
    occurrence: str
    origin: Origin
    budget: Budget

    @property
    def source(self) -> str:
        return f"rule/{self.rule}"

    def occurrence_of(self, effect: Effect) -> str:
        return f"{self.version}/{self.occurrence}/{effect.action}"

    def own_record(self) -> RuleRecord:
        """Actions on the rule's own record are refused at publish where there is none."""
        assert self.record is not None
        return self.record


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that was done, or would be: a code of the texts with its parameters, plain data."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: NO_PARAMS)


@dataclass(frozen=True, slots=True)
class Done:
    """words: for the run log · problems: what did not stop the action, and should be known all the same"""

    words: tuple[Word, ...] = ()
    problems: tuple[Problem, ...] = ()


Performer = Callable[[Doing, Any], Done]
"""Carries out effects of one class. Raises InputError, NotFound, Conflict, Forbidden when it fails; what it
wrote by then is undone by who called it."""
