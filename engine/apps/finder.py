"""Finds what the references of one definition point at, and says which point nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from engine.apps.kinds import Kind, Ref
from engine.forms.model import Field, Form
from engine.forms.roles import Role
from engine.forms.system import SYSTEM
from engine.forms.views import View
from engine.keys import nearest
from engine.problems import Problem

T = TypeVar("T")
_SHOWN: Final = 20
_FORM_PREFIXES: Final = frozenset({"record", "parent", "old"})
_NOWHERE: Final = Form("", "", "", {})


@dataclass(frozen=True, slots=True)
class Reference:
    """`source` names `target`, or its field, at the place `at` (as in a problem).

    field   key of the field of the target form; `lines.amount` for one of a sub-table; "" = all of it
    """

    source: Ref
    at: str
    target: Ref
    field: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What can be pointed at: the definitions of a workspace by kind and key."""

    forms: Mapping[str, Form]
    views: Mapping[str, View]
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks up references of `source`; what it finds and misses grows in `references` and `problems`."""

    names: Names
    source: Ref
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def form(self, key: str, at: str) -> Form | None:
        return self._definition(Kind.FORM, self.names.forms, key, at)

    def view(self, key: str, at: str) -> View | None:
        return self._definition(Kind.VIEW, self.names.views, key, at)

    def role(self, key: str, at: str) -> Role | None:
        return self._definition(Kind.ROLE, self.names.roles, key, at)

    def field(self, form: Form, name: str, at: str) -> Field | None:
        """The field, system fields included; `lines.amount` is a field of a sub-table."""
        found = self.note(form, name, at)
        if found is None:
            outer = form.fields.get(name.partition(".")[0])
            known = (
                [*form.fields, *SYSTEM] if outer is None else [f"{outer.key}.{key}" for key in outer.fields]
            )
            self._miss("apps.link.unknown-field", at, name, known, form=form.key)
        return found

    def note(self, form: Form, name: str, at: str) -> Field | None:
        """Like `field`, for documents whose own check names what is missing."""
        found = field_named(form, name)
        if found is not None:
            self.references.append(Reference(self.source, at, Ref(Kind.FORM, form.key), name))
        return found

    def note_form(self, key: str, at: str) -> Form | None:
        """Like `form`, for documents whose own check names what is missing."""
        found = self.names.forms.get(key)
        if found is not None:
            self.references.append(Reference(self.source, at, Ref(Kind.FORM, key)))
        return found

    def paths(self, form: Form, row: Field | None, paths: Iterable[tuple[str, ...]], at: str) -> None:
        """Note what an expression reads; unknown names in it are the expression's own problems.

        row   the sub-table whose row the expression stands in
        """
        for path in sorted(paths):
            self._path(form, row, path, at)

    def _path(self, form: Form, row: Field | None, path: tuple[str, ...], at: str) -> None:
        if path and path[0] in _FORM_PREFIXES:
            path, row = path[1:], None
        inside = row if row is not None and path and path[0] in row.fields else None
        for name in path:
            found = (inside or form).fields.get(name) or (SYSTEM.get(name) if inside is None else None)
            if found is None:
                return
            shown = name if inside is None else f"{inside.key}.{name}"
            self.references.append(Reference(self.source, at, Ref(Kind.FORM, form.key), shown))
            inside = found if found.type == "subtable" else None
            form = form if inside is not None else self.names.forms.get(found.to or "", _NOWHERE)

    def _definition(self, kind: Kind, known: Mapping[str, T], key: str, at: str) -> T | None:
        found = known.get(key)
        if found is None:
            self._miss(f"apps.link.unknown-{kind}", at, key, known)
        else:
            self.references.append(Reference(self.source, at, Ref(kind, key)))
        return found

    def _miss(self, code: str, at: str, key: str, known: Collection[str], **params: object) -> None:
        meant = nearest(key, known) or ", ".join(sorted(known)[:_SHOWN]) or "-"
        self.problem(code, at, key=key, meant=meant, **params)

    def problem(self, code: str, at: str, **params: object) -> None:
        self.add([Problem(code, at, params)])

    def add(self, problems: Iterable[Problem]) -> None:
        """Problems found elsewhere in the same definition."""
        self.problems.extend(replace(problem, document=str(self.source)) for problem in problems)


def field_named(form: Form, name: str) -> Field | None:
    """The field of the form, of one of its sub-tables (`lines.amount`), or of the system."""
    outer, _, inner = name.partition(".")
    found = form.fields.get(outer)
    if inner:
        return found.fields.get(inner) if found is not None else None
    return found or SYSTEM.get(outer)
