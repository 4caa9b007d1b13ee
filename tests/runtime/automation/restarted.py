"""A worker of its own process, to be killed: works on what is due, ever again, on the clock it is given.

    python -m tests.runtime.automation.restarted <data folder> <database url or ""> <ISO time>

It says `ready` when it begins; the parent kills it whenever it likes.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

from runtime.automation import schedules
from runtime.composition.house import House
from runtime.db.workspaces import Workspaces
from runtime.outbox.worker import Worker
from runtime.settings import Settings


def main(folder: str, url: str, now: str) -> None:
    schedules.PAGE = 2  # type: ignore[misc]  # many pages, so that the kill falls between two of them
    settings = Settings(data_dir=Path(folder), database_url=url, min_free_bytes=0)
    moment = datetime.fromisoformat(now)
    house = House.open(settings, Workspaces.open(settings, lambda: moment))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker = Worker([house.workspaces.get()], house.services.handlers)
    while True:
        worker.run_due()
        time.sleep(0.005)


if __name__ == "__main__":
    main(*sys.argv[1:])
