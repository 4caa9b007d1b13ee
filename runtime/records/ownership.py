"""Whom a new record belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.forms.model import Field
from engine.forms.system import SYSTEM
from engine.problems import Problem, pointer
from runtime.records.intake import Intake
from runtime.records.model import Target
from runtime.records.scene import Scene
from runtime.records.targets import Reference, Targets, check_references


def owner_targets(scene: Scene, moved: Mapping[str, int | None]) -> tuple[Target, ...]:
    """Owner and department that a new record may get; the actor herself is known already."""
    owner, department = moved.get("owner"), moved.get("department", scene.actor.main_department)
    wanted = [("user", owner)] if owner not in (None, scene.actor.id) else []
    wanted += [("department", department)] if department is not None else []
    return tuple((kind, identity) for kind, identity in wanted if identity is not None)


def ownership(scene: Scene, moved: Mapping[str, int | None], targets: Targets) -> dict[str, object]:
    """The system fields `owner` and `department` of a new record: by default the actor and her main
    department; with another owner that person's main department."""
    actor = scene.actor
    if ("user", actor.id) not in targets.values:
        targets.enter(("user", actor.id), {"id": actor.id, "name": actor.name}, actor.name)
    owner = moved.get("owner", actor.id)
    if "department" in moved:
        return {"owner": owner, "department": moved["department"]}
    if owner == actor.id:
        return {"owner": owner, "department": actor.main_department}
    found = targets.values.get(("user", owner or 0), {})
    return {"owner": owner, "department": found.get("main_department_id")}


def check_moved(targets: Targets, intake: Intake) -> list[Problem]:
    """Owner and department have to exist."""
    return check_references(targets, _references(intake.moved))


def _references(moved: Mapping[str, int | None]) -> Iterator[Reference]:
    kinds: dict[str, tuple[str, Field]] = {
        "owner": ("user", SYSTEM["owner"]),
        "department": ("department", SYSTEM["department"]),
    }
    for key, identity in moved.items():
        kind, field = kinds[key]
        if identity is not None:
            yield Reference(key, pointer(key), field, (kind, identity))
