from __future__ import annotations

import sqlalchemy as sa

from runtime.db.database import Database
from runtime.db.statistics import refresh_statistics
from tests.support.clock import Clock


def test_the_planner_learns_how_selective_an_index_is(database: Database, clock: Clock) -> None:
    database.write(lambda connection: refresh_statistics(connection, clock()))

    with database.read() as connection:
        if database.dialect == "sqlite":
            assert connection.execute(sa.text("SELECT count(*) FROM sqlite_stat1")).scalar_one() > 0
        else:
            assert not sa.inspect(connection).has_table("sqlite_stat1")
