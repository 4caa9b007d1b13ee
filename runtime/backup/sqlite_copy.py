"""A consistent copy of a SQLite database while people work: the backup API, never a copy of the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from engine.problems import Problem
from runtime.http.errors import Unavailable


def copy_database(source: Path, target: Path) -> None:
    """Copy and check. Raises Unavailable if the copy is not whole."""
    reader = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    with closing(reader) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    check_database(target)


def check_database(file: Path) -> None:
    """Raises Unavailable with what SQLite finds wrong in the file."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            findings = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        except sqlite3.DatabaseError as error:
            findings = [str(error)]
    if findings != ["ok"]:
        raise Unavailable([Problem("db.damaged", params={"findings": findings})])
