"""Requirement graphs: what each element needs, in which order, across the models that are imported.

Source: DMN 1.5, clause 6.3 and 7.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.keys import nearest
from engine.problems import Problem
from engine.rules.decisions.model import (
    Decision,
    DecisionService,
    DrgElement,
    KnowledgeModel,
    Model,
)

_SHOWN: Final = 20
Key = tuple[str, str]
"""The namespace of a model and the id of an element in it."""


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement: the element, and under which import's name it is seen ("" = directly)."""

    key: Key
    prefix: str


@dataclass(slots=True)
class Graph:
    """models    by namespace, the one that was asked for first
    problems  of the requirements
    """

    models: Mapping[str, Model]
    problems: list[Problem] = field(default_factory=list)
    _missed: set[tuple[str, str]] = field(default_factory=set)

    def element(self, key: Key) -> DrgElement:
        return self.models[key[0]].elements[key[1]]

    def model_of(self, key: Key) -> Model:
        return self.models[key[0]]

    def keys(self) -> Iterator[Key]:
        return ((namespace, one) for namespace, model in self.models.items() for one in model.elements)

    def needs(self, key: Key) -> list[Need]:
        """What the element names directly; references to nothing are problems."""
        element = self.element(key)
        return [
            need
            for href in references(element)
            for need in (self.find(self.model_of(key), href, element),)
            if need is not None
        ]

    def find(self, model: Model, href: str, element: DrgElement) -> Need | None:
        """The element that `href`, written at `element` of `model`, points to."""
        namespace, _, name = href.rpartition("#")
        if namespace in ("", model.namespace):
            found: Need | None = Need((model.namespace, name), "")
        else:
            found = self._imported(model, namespace, name)
        if found is None or name not in self.models[found.key[0]].elements:
            params = {"line": element.line, "name": element.name, "href": href}
            if (element.id, href) not in self._missed:
                self.problems.append(Problem("decision.graph.unknown", element.id, params))
            self._missed.add((element.id, href))
            return None
        return found

    def _imported(self, model: Model, namespace: str, name: str) -> Need | None:
        for one in model.imports:
            if one.namespace == namespace and namespace in self.models:
                return Need((namespace, name), one.name)
        return None

    def check_imports(self) -> None:
        for model in self.models.values():
            for one in model.imports:
                if one.namespace not in self.models:
                    params = {"line": one.line, "name": one.name, "namespace": one.namespace}
                    self.problems.append(Problem("decision.import.missing", one.id, params))

    def ordered(self) -> list[Key]:
        """Every element after all that it needs; elements on a cycle, and what needs them, are left out."""
        needs = {key: {need.key for need in self.needs(key)} for key in self.keys()}
        waiting = {key: len(some) for key, some in needs.items()}
        users: dict[Key, list[Key]] = {}
        for key, some in needs.items():
            for need in some:
                users.setdefault(need, []).append(key)
        done = [key for key, count in waiting.items() if not count]
        for key in done:
            for user in users.get(key, ()):
                waiting[user] -= 1
                if not waiting[user]:
                    done.append(user)
        left = [key for key, count in waiting.items() if count]
        if left:
            self._cycle(left, needs)
        return done

    def _cycle(self, waiting: list[Key], needs: Mapping[Key, set[Key]]) -> None:
        """Name one circle; following what is not done from anywhere must come back."""
        path = {waiting[0]: None}
        left = {*waiting}
        following = min(needs[waiting[0]] & left)
        while following not in path:
            path[following] = None
            following = min(needs[following] & left)
        circle = [*path]
        circle = circle[circle.index(following) :]
        names = [self.element(key).name for key in circle]
        first = self.element(circle[0])
        shown = " → ".join([*names[:_SHOWN], names[0]])
        params = {"line": first.line, "name": first.name, "circle": shown}
        self.problems.append(
            Problem("decision.graph.cycle", first.id, params, related=tuple(key[1] for key in circle))
        )


def references(element: DrgElement) -> Iterable[str]:
    """All references of the element to others that have to be there before it."""
    if isinstance(element, Decision):
        return (*element.requires, *element.knows)
    if isinstance(element, KnowledgeModel):
        return element.knows
    if isinstance(element, DecisionService):
        return (*element.outputs, *element.encapsulated, *element.input_decisions, *element.input_data)
    return ()


def unknown_name(name: str, known: Iterable[str]) -> Problem:
    """Nothing of that name or id can be evaluated."""
    names = sorted(known)
    params = {"name": name, "meant": nearest(name, names) or ", ".join(names[:10]) or "-"}
    return Problem("decision.graph.no-element", params=params)
