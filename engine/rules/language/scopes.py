"""Which names the expressions of a rule see (SEMANTICS §1), and the functions only rules have.

`changed("amount")` says whether the event gave the field another value. `group("east")`, `role("sales")`,
`manager(owner)`, `heads(department)` and `members(department)` name people. A field of the same key stays
visible: before a bracket the name is the function, elsewhere the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.rules.feel import Compiled, compile_expression
from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.types import ANY, BOOLEAN, NUMBER, STRING, ContextType, FeelType, FunctionType, Scope
from engine.rules.language.effects import SubjectKind
from engine.rules.language.known import FormShape, Known

SUBJECT: Final = ContextType(fields={"subject": STRING, "ref": ANY})
PEOPLE: Final[Mapping[str, SubjectKind]] = MappingProxyType(
    {
        "group": SubjectKind.GROUP,
        "role": SubjectKind.ROLE,
        "manager": SubjectKind.MANAGER,
        "heads": SubjectKind.HEAD,
        "members": SubjectKind.DEPARTMENT,
    }
)
_BY_KEY: Final = frozenset({SubjectKind.GROUP, SubjectKind.ROLE})
_CALL: Final = re.compile(r"(?<![\w.])(\w+)\s*\(")
CHANGED: Final = "changed"


def _subject(kind: SubjectKind) -> BuiltIn:
    def made(ref: object) -> object:
        known = ref.get("id") if isinstance(ref, Mapping) else ref
        return {"subject": kind.value, "ref": known}

    wanted = (STRING,) if kind in _BY_KEY else (ContextType(open=True), NUMBER)
    name = next(word for word, one in PEOPLE.items() if one is kind)
    return BuiltIn(name, (Overload((p("of", *wanted),), SUBJECT, made),))


PEOPLE_FUNCTIONS: Final[Mapping[str, BuiltIn]] = MappingProxyType(
    {name: _subject(kind) for name, kind in PEOPLE.items()}
)
_TYPES: Final[Mapping[str, FeelType]] = MappingProxyType(
    {name: FunctionType(result=SUBJECT, parameters=(ANY,)) for name in PEOPLE}
    | {CHANGED: FunctionType(result=BOOLEAN, parameters=(STRING,))}
)


def changed_function(changed: frozenset[str]) -> BuiltIn:
    """`changed(field)` for one event."""

    def has_changed(field: str) -> bool:
        return field in changed

    return BuiltIn(CHANGED, (Overload((p("field", STRING),), BOOLEAN, has_changed),))


class RuleScopes:
    """The scopes of one rule.

    form   whose records the rule is about, None if there is no record
    """

    def __init__(self, form: FormShape | None, known: Known) -> None:
        self.records = {key: ContextType(fields=one.types) for key, one in known.forms.items()}
        around: dict[str, FeelType] = {"user": known.user, "settings": known.settings}
        if form is not None:
            record = ContextType(fields=form.types)
            around |= {**form.types, "record": record, "old": record}
        self._own = around

    def own(self) -> Mapping[str, FeelType]:
        return self._own

    def of(self, form: FormShape) -> Mapping[str, FeelType]:
        """A record of another form comes first."""
        return {**self._own, **form.types}


def compile_in(
    text: str, names: Mapping[str, FeelType], records: Mapping[str, ContextType], *, people: bool = False
) -> Compiled:
    """Compile an expression of a rule.

    records  the forms that `records("key")[…]` may ask
    people   the functions that name people may be called
    """
    called = set(_CALL.findall(text)) & ({*PEOPLE, CHANGED} if people else {CHANGED})
    scope = Scope({**names, **{name: _TYPES[name] for name in called}}, records=records)
    return compile_expression(text, scope)


def functions_called(text: str) -> set[str]:
    """The functions of rules that the text calls, by how it is written."""
    return set(_CALL.findall(text)) & {*PEOPLE, CHANGED}
