"""The names that expressions of a form can see, with their types (SEMANTICS §1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from engine.forms.fields import FIELD_TYPES
from engine.forms.model import Field, Form
from engine.forms.system import SYSTEM
from engine.rules.feel.types import (
    CONTEXT,
    NUMBER,
    STRING,
    ContextType,
    FeelType,
    ListType,
    Scope,
)

HOPS: Final = 3
"""How many relations an expression may follow (SEMANTICS §4)."""

BARE: Final = ContextType(fields={"id": NUMBER, "title": STRING})
USER: Final = ContextType(
    fields={
        "id": NUMBER,
        "title": STRING,
        "name": STRING,
        "login": STRING,
        "language": STRING,
        "roles": ListType(item=STRING),
        "department": BARE,
        "departments": ListType(item=NUMBER),
        "department_tree": ListType(item=NUMBER),
        "manager": BARE,
    }
)
"""`user`: who acts. `departments` are the ids of all her departments, `department_tree` also those below."""


class FormTypes:
    """The FEEL types of records, as far as `hops` relations lead."""

    def __init__(self, forms: Mapping[str, Form], hops: int = HOPS) -> None:
        self._forms = forms
        self._hops = hops
        self._nearer = FormTypes(forms, hops - 1) if hops > 0 else None
        self._known: dict[str, FeelType] = {}

    def target(self, form: str) -> FeelType:
        """The context of one record; without its fields where the hops end or the form is unknown."""
        if self._nearer is None or form not in self._forms:
            return BARE
        if form not in self._known:
            fields = self._nearer.fields({**self._forms[form].fields, **SYSTEM}, rows=False)
            self._known[form] = ContextType(fields={**BARE.fields, **fields})
        return self._known[form]

    def fields(self, fields: Mapping[str, Field], *, rows: bool = True) -> dict[str, FeelType]:
        """The type of each field; rows of sub-tables are seen from their own record only."""
        return {
            key: FIELD_TYPES[field.type].feel_type(field, self)
            for key, field in fields.items()
            if rows or field.type != "subtable"
        }


class FormScopes:
    """The scopes of one form's expressions.

    forms   every form that may be referred to, the form itself included
    """

    def __init__(self, form: Form, forms: Mapping[str, Form]) -> None:
        self._types = FormTypes(forms)
        self._form = form
        self._forms = forms
        self._record = self._types.fields({**SYSTEM, **form.fields})
        record = ContextType(fields=self._record)
        self._around: dict[str, FeelType] = {"record": record, "old": record}
        self._around |= {"user": USER, "settings": CONTEXT}
        self.record = Scope({**self._record, **self._around})

    @cached_property
    def records(self) -> Mapping[str, ContextType]:
        """The forms that `records("key")` may ask; only texts that ask need them."""
        return {
            key: ContextType(fields=self._types.fields({**SYSTEM, **form.fields}))
            for key, form in self._forms.items()
        }

    def of(self, path: tuple[str, ...]) -> Scope:
        """For an expression of the field at `path`; in a sub-table the row's fields come first."""
        if len(path) < 2:
            return self.record
        return Scope({**self._record, **self._around, "parent": self._around["record"], **self._row(path[0])})

    def picked(self, path: tuple[str, ...], target: str) -> Scope:
        """For `pick.where`: the other form's fields come first, `record` is ours."""
        theirs = self._types.target(target)
        names = theirs.fields if isinstance(theirs, ContextType) else {}
        return Scope({**self.of(path).names, **names})

    def type_of(self, field: Field) -> FeelType:
        """The type of a field's value."""
        return FIELD_TYPES[field.type].feel_type(field, self._types)

    def _row(self, key: str) -> dict[str, FeelType]:
        return self._types.fields(self._form.fields[key].fields)


def record_scope(form: Form, forms: Mapping[str, Form]) -> Scope:
    """What record filters, view conditions and list filters of a form can see."""
    return FormScopes(form, {**forms, form.key: form}).record
