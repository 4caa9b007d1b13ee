"""Who acts. Identity finds her for a request; every use case takes her as an explicit argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system.

    zone             her IANA time zone; empty = the workspace's
    roles            keys of the roles she holds herself, by a group or by a department
    departments      ids of the departments she belongs to, main and further ones
    department_tree  those and everything below them
    manager_id       her direct manager, else the head of her main department or of the next level up
    rights           what her roles open besides forms: `builder`, `users`, `settings`
    """

    id: int
    name: str
    login: str
    language: str = "zh-CN"
    zone: str = ""
    roles: frozenset[str] = frozenset()
    departments: tuple[int, ...] = ()
    department_tree: tuple[int, ...] = ()
    main_department: int | None = None
    manager_id: int | None = None
    rights: frozenset[str] = frozenset()


SYSTEM: Final = Actor(id=0, name="Dougong", login="system")
"""Acts where nobody does: schedules, migrations, the command line. Id 0 is no row of `user_account`."""
