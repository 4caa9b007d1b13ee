"""Who is asked at a user task: the policies in their order, as a pure function of what the resolvers found.

Order: resolve → drop who cannot act → self policy → repeated and earlier approvals → empty policy.
(Delegation by absence belongs between the second and the third.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.flows.commands import Choice, Fate
from engine.flows.events import Person
from engine.flows.rule import ApprovalRule, OnEmpty, OnSelf, Resolver, ResolverKind

Answers = Mapping[Resolver, Sequence[Person]]

_REPLACEMENT: Final[Mapping[OnSelf, Resolver]] = MappingProxyType(
    {
        OnSelf.MANAGER: Resolver(ResolverKind.MANAGER),
        OnSelf.DEPT_HEAD: Resolver(ResolverKind.DEPT_HEAD),
    }
)
_ADMIN: Final = Resolver(ResolverKind.ADMIN)
ASKED_FATES: Final = frozenset({Fate.ASKED, Fate.ADDED, Fate.EARLIER})
"""What became of those who have a vote."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The people of one activation.

    choices  everybody found, with what became of them and why; those asked are in the order of asking
    missing  a policy needs resolvers that have not been asked yet; then the choices are not final
    """

    choices: tuple[Choice, ...]
    missing: bool = False

    @property
    def people(self) -> tuple[Choice, ...]:
        """Who has a vote; `Fate.EARLIER` has already cast it."""
        return tuple(choice for choice in self.choices if choice.fate in ASKED_FATES)


def first_resolvers(rule: ApprovalRule) -> tuple[Resolver, ...]:
    """What is asked when a node is entered."""
    return tuple(dict.fromkeys(rule.who))


def all_resolvers(rule: ApprovalRule) -> tuple[Resolver, ...]:
    """What is asked when a policy has to find somebody else."""
    more = [_REPLACEMENT[rule.on_self]] if rule.on_self in _REPLACEMENT else []
    return tuple(dict.fromkeys([*rule.who, *more, *_substitutes(rule)]))


def select_people(rule: ApprovalRule, initiator: int, earlier: frozenset[int], answers: Answers) -> Selection:
    """Apply the policies.

    earlier  the people whose approval counts again under the rule's `dedupe`
    """
    return _Selector(rule, initiator, earlier, answers).select()


def _substitutes(rule: ApprovalRule) -> tuple[Resolver, ...]:
    return (_ADMIN,) if rule.on_empty is OnEmpty.ADMIN else rule.empty_users


class _Selector:
    """One selection; grows `choices` in the order in which people are found."""

    def __init__(self, rule: ApprovalRule, initiator: int, earlier: frozenset[int], answers: Answers) -> None:
        self.rule = rule
        self.initiator = initiator
        self.earlier = earlier
        self.answers = answers
        self.choices: list[Choice] = []

    def select(self) -> Selection:
        found = [self._find(resolver) for resolver in self.rule.who]
        missing = not all(found)
        if not missing and not any(choice.fate in ASKED_FATES for choice in self.choices):
            missing = not self._find_substitutes()
        return Selection(tuple(self.choices), missing)

    def _find(self, resolver: Resolver) -> bool:
        """Judge everybody the resolver found; False if the self policy needs somebody not asked for yet."""
        complete = True
        for person in self.answers.get(resolver, ()):
            fate = self._fate(person)
            self.choices.append(Choice(person.id, resolver, fate))
            if fate is Fate.SELF and self.rule.on_self in _REPLACEMENT:
                complete &= self._replace(_REPLACEMENT[self.rule.on_self])
        return complete

    def _replace(self, replacement: Resolver) -> bool:
        """Ask others in the initiator's place; the initiator does not come back this way."""
        for person in self.answers.get(replacement, ()):
            fate = self._fate(person)
            added = Fate.ADDED if fate is Fate.ASKED else fate
            self.choices.append(Choice(person.id, replacement, added))
        return replacement in self.answers

    def _find_substitutes(self) -> bool:
        """Nobody is left: the people of the empty policy are asked, whoever they are."""
        for resolver in _substitutes(self.rule):
            for person in self.answers.get(resolver, ()):
                fate = Fate.REPEATED if self._is_asked(person) else Fate.ADDED
                self.choices.append(Choice(person.id, resolver, fate if person.enabled else Fate.DISABLED))
        return all(resolver in self.answers for resolver in _substitutes(self.rule))

    def _fate(self, person: Person) -> Fate:
        if not person.enabled:
            return Fate.DISABLED
        if person.id == self.initiator and self.rule.on_self is not OnSelf.ALLOW:
            return Fate.SELF
        if self._is_asked(person):
            return Fate.REPEATED
        return Fate.EARLIER if person.id in self.earlier else Fate.ASKED

    def _is_asked(self, person: Person) -> bool:
        return any(choice.person == person.id and choice.fate in ASKED_FATES for choice in self.choices)
