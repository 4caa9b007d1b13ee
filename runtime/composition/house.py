"""One installation with all its services: what `app.py`, `worker.py` and `cli.py` have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from engine.problems import ENGINE_LOCALE, Register
from runtime.automation.log import forget_old_runs
from runtime.composition.people import RoleBook
from runtime.composition.services import Services
from runtime.connectors.calls import forget_old_calls
from runtime.db.statistics import refresh_statistics
from runtime.db.workspaces import Workspaces
from runtime.http.kept_answers import forget_old_answers
from runtime.identity.brake import forget_old_brakes
from runtime.identity.sessions import forget_ended_sessions
from runtime.notifications.inbox import forget_old_notifications
from runtime.outbox.jobs import forget_finished_jobs
from runtime.outbox.worker import Cleaning, Worker
from runtime.settings import Settings

LOCALE: Final = Path(__file__).parents[1] / "locale"
CLEANINGS: Final[tuple[Cleaning, ...]] = (
    forget_ended_sessions,
    forget_old_brakes,
    forget_old_answers,
    forget_finished_jobs,
    forget_old_notifications,
    forget_old_calls,
    forget_old_runs,
    refresh_statistics,
)


@dataclass(frozen=True, slots=True)
class House:
    """Built once per process."""

    settings: Settings
    version: str
    workspaces: Workspaces
    register: Register
    services: Services
    roles: RoleBook

    @classmethod
    def open(cls, settings: Settings, workspaces: Workspaces | None = None) -> Self:
        """Open the workspaces (unless given), apply missing migrations, build the services.

        Raises Unavailable if a database cannot serve.
        """
        if workspaces is None:
            workspaces = Workspaces.open(settings)
            workspaces.migrate_all()
        register, program = read_register(), version("dougong")
        services = Services.build(register, program, settings)
        return cls(settings, program, workspaces, register, services, RoleBook(services.catalog))

    def worker(self, threads: int = 2) -> Worker:
        return Worker(self.workspaces, self.services.handlers, threads=threads, cleanings=CLEANINGS)


@cache
def read_register() -> Register:
    """The texts of all problems and messages of both floors."""
    return Register.read(ENGINE_LOCALE, LOCALE)
