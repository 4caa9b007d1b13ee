"""The worker process of a scaled-out installation: `dougong worker`."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event

from runtime.composition.house import House
from runtime.http.errors import Conflict
from runtime.settings import Settings

STOP_TIMEOUT_S = 10.0


def run_worker(settings: Settings, threads: int, ready: Callable[[House], None]) -> None:
    """Run jobs until SIGTERM or SIGINT; then let running steps end, at most ten seconds.

    Raises Conflict with the embedded database, whose jobs run inside `dougong serve`.
    """
    if settings.is_embedded:
        raise Conflict.because("cli.worker-needs-postgresql")
    house = House.open(settings)
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopped.set())
    worker = house.worker(threads)
    worker.start()
    ready(house)
    stopped.wait()
    worker.stop(STOP_TIMEOUT_S)
    house.workspaces.close()
