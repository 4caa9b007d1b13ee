"""Who asks, as expressions see her."""

from __future__ import annotations

from engine.rules.feel import Scope, compile_expression
from engine.rules.feel.types import CONTEXT
from engine.values import DateTime, Reference
from runtime.access.moment import user_context
from runtime.http.actor import SYSTEM, Actor

MEI = Actor(3, "Mei", "mei", departments=(2,), main_department=2, manager_id=8)


def holds(text: str, actor: Actor, **references: Reference) -> object:
    names = {"user": user_context(actor), **references}
    compiled = compile_expression(text, Scope(dict.fromkeys(names, CONTEXT)))
    return compiled.evaluate(names, now=DateTime.from_instant(0, "UTC")).value


def test_the_user_equals_every_reference_to_her() -> None:
    assert holds("owner = user", MEI, owner=Reference(id=3, title="Mei Lin")) is True
    assert holds("owner = user", MEI, owner=Reference(id=8, title="Mei")) is False


def test_her_department_and_manager_are_references_too() -> None:
    assert holds("department = user.department", MEI, department=Reference(id=2, title="Sales")) is True
    assert holds("owner = user.manager", MEI, owner=Reference(id=8, title="Li")) is True


def test_who_has_no_department_or_manager_equals_nobody() -> None:
    assert user_context(SYSTEM)["department"] is None
    assert holds("owner = user.manager", SYSTEM, owner=Reference(id=8, title="Li")) is False
