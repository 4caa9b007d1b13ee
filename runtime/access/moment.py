"""Who asks, and when: what every filter of a request is bound with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from engine.values import DateTime, Reference, from_python
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor


@dataclass(frozen=True)
class Moment:
    """now   aware UTC, one per request · zone: the workspace's · dialect: of its database"""

    actor: Actor
    now: datetime
    zone: ZoneInfo
    dialect: str

    @classmethod
    def of(cls, workspace: Workspace, actor: Actor) -> Moment:
        return cls(actor, workspace.now(), workspace.zone, workspace.database.dialect)

    @cached_property
    def feel_now(self) -> DateTime:
        moment = from_python(self.now, self.zone)
        assert isinstance(moment, DateTime)
        return moment

    @cached_property
    def user(self) -> Mapping[str, object]:
        """`user` as expressions see it (`engine.forms.scope.USER`)."""
        return user_context(self.actor)


def user_context(actor: Actor) -> Reference:
    """The FEEL context of a person; titles of her department and manager are not loaded for it."""
    return Reference(
        id=actor.id,
        title=actor.name,
        name=actor.name,
        login=actor.login,
        language=actor.language,
        roles=sorted(actor.roles),
        department=_bare(actor.main_department),
        departments=list(actor.departments),
        department_tree=list(actor.department_tree),
        manager=_bare(actor.manager_id),
    )


def _bare(identity: int | None) -> Reference | None:
    return None if identity is None else Reference(id=identity, title=None)
