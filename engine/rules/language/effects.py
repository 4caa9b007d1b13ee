"""What a rule asks for, with every value worked out; the runtime carries it out one by one.

An effect is evaluated right before it is carried out, on the record as the effects before it left it:
`assign owner` first, then `notify owner` reaches the new one. Values are FEEL values (see `engine.values`):
references are contexts with an `id`, or bare ids; the field types of the form turn them into stored values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.problems import Problem
from engine.rules.feel import Compiled


@dataclass(frozen=True, slots=True)
class Effect:
    """Base of all effects.

    action   number of the action in the rule: first those of `do`, then those of `otherwise`, from 0.
             (rule version, event, action) identify what leaves the database.
    """

    action: int


@dataclass(frozen=True, slots=True)
class SetFields(Effect):
    """Give fields of the rule's record these values, in one change."""

    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A line of a score: its number, its points, and whether they count."""

    line: int
    points: int
    counts: bool


@dataclass(frozen=True, slots=True)
class SetScore(Effect):
    """Give the score field its new value; `parts` is the explanation."""

    field: str
    value: int
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A text for people.

    text     in English; `{field}` stands for the record's field as the reader sees it
    place    where `locale/` has the other languages: `rule/<key>/actions/<number>/message`
    """

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Reject(Effect):
    """Refuse the save; `field` is where the message is shown, "" = the record."""

    field: str
    message: Message


class SubjectKind(StrEnum):
    """user          the user with this id
    manager       the direct manager of the user with this id
    head          the heads of the department with this id
    department    everybody in the department with this id
    group, role   everybody in the group, or with the role, of this key
    """

    USER = "user"
    MANAGER = "manager"
    HEAD = "head"
    DEPARTMENT = "department"
    GROUP = "group"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Subject:
    """People, before they are looked up; `ref` is an id or a key, as the kind says."""

    kind: SubjectKind
    ref: int | str


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of a form that satisfy a condition.

    where   None = all; bare names are fields of the form's records first, then `names`
    names   what the condition sees of the rule's own situation: `record`, `old`, `user`, `settings`, and the
            record's fields that the other form has not
    """

    form: str
    where: Compiled | None
    names: Mapping[str, object]


class Strategy(StrEnum):
    """round robin    the one after whoever got the last (a locked cursor per rule and action)
    weighted       like it, each as often as her weight in the group says
    least open     whoever holds the fewest open records; of several the one whose turn it is
    """

    ROUND_ROBIN = "round robin"
    WEIGHTED = "weighted"
    LEAST_OPEN = "least open"


@dataclass(frozen=True, slots=True)
class Assign(Effect):
    """Put one of several people into a member field.

    sticky          id of the user who gets it if she may be chosen, before the strategy is asked
    skipping_absent whoever is absent now is passed over
    at_most         whoever holds that many open records is passed over; None = no limit. A capacity in the
                    group counts too.
    open            the records that count as open for a candidate: those of the selection whose `holder` is
                    she; the record itself does not count
    Nobody left is a failure of the action.
    """

    field: str
    strategy: Strategy
    among: tuple[Subject, ...]
    sticky: int | None
    skipping_absent: bool
    at_most: int | None
    open: Selection
    holder: str


@dataclass(frozen=True, slots=True)
class Create(Effect):
    """Create a record of a form; rules and checks of that form apply.

    unless   nothing is created if a record of this selection exists
    """

    form: str
    values: Mapping[str, object]
    unless: Selection | None = None


RowValues = Callable[[Mapping[str, object]], "Evaluated"]
"""FEEL context of one record of another form -> `SetFields` with its new values."""


@dataclass(frozen=True, slots=True)
class Update(Effect):
    """Change other records: one after the other, in the order of their ids.

    targets  which of them: a selection, or the ids that a relation of the record holds
    values   gives the new values of one target; what it reads of the target is `reads`
    """

    form: str
    targets: Selection | tuple[int, ...]
    reads: frozenset[tuple[str, ...]]
    values: RowValues


@dataclass(frozen=True, slots=True)
class Upsert(Effect):
    """Update the one record whose fields `by` have the values given for them, or create it.

    Several such records are a failure of the action. `by` names entries of `values`.
    """

    form: str
    by: tuple[str, ...]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Notify(Effect):
    """Tell people, in the application and by further channels.

    template   key of a message template, or None and a `message`
    """

    recipients: tuple[Subject, ...]
    channels: tuple[str, ...]
    template: str | None
    message: Message | None


@dataclass(frozen=True, slots=True)
class Call(Effect):
    """Call an operation of a connector with its inputs, as a job after the transaction."""

    connector: str
    operation: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One action evaluated.

    effect    None if it failed, or if there is nothing to do
    problems  everything met on the way; an error means that the action failed
    reads     the values it looked at, by dotted path
    """

    effect: Effect | None
    problems: tuple[Problem, ...] = ()
    reads: Mapping[str, object] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return any(problem.is_error for problem in self.problems)
