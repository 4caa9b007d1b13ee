"""Workers in processes of their own, to be killed: each works on what is due at a moment it is given.

    python -m tests.runtime.automation.restarted <data folder> <database url or "">

For each ISO time on the standard input a new process begins; its id is the answer.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path

from runtime.automation import schedules
from runtime.composition.house import House
from runtime.db.workspaces import Workspaces
from runtime.outbox.worker import Worker
from runtime.settings import Settings


def main(folder: str, url: str) -> None:
    settings = Settings(data_dir=Path(folder), database_url=url, min_free_bytes=0)
    for line in sys.stdin:
        begun = os.fork()
        if not begun:
            _work(settings, datetime.fromisoformat(line.strip()))
        sys.stdout.write(f"{begun}\n")
        sys.stdout.flush()
        os.waitpid(begun, 0)


def _work(settings: Settings, moment: datetime) -> None:
    """Never returns."""
    schedules.PAGE = 2  # type: ignore[misc]  # many pages, so that the kill falls between two of them
    house = House.open(settings, Workspaces.open(settings, lambda: moment))
    worker = Worker([house.workspaces.get()], house.services.handlers)
    while True:
        worker.run_due()
        time.sleep(0.005)


if __name__ == "__main__":
    main(*sys.argv[1:])
