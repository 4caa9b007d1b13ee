"""One server per data folder: two would each believe to be the only writer and worker."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.db.workspaces import make_folder
from runtime.http.errors import Unavailable


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system releases it when the process ends, however it ends.

    A process forked meanwhile holds it too. Raises Unavailable if another process has it.
    """
    make_folder(folder)
    try:
        file = (folder / "server.lock").open("w")
    except OSError as error:
        raise Unavailable.because("db.folder-unusable", folder=str(folder), reason=error.strerror) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Unavailable.because("db.folder-in-use", folder=str(folder)) from error
        yield
