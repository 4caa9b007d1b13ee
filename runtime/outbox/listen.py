"""Hearing from PostgreSQL that another process has queued a job."""

from __future__ import annotations

import logging
from threading import Event
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

CHANNEL: Final = "dougong_job"
_LOOK_UP_EVERY_S: Final = 1.0
_TRY_AGAIN_AFTER_S: Final = 5.0
_log = logging.getLogger("dougong.outbox")


def listen_for_jobs(url: sa.URL, bell: Event, stopping: Event) -> None:
    """Ring `bell` for every notification until `stopping`; a lost connection is made anew.

    The connection is the thread's own: a notification arrives outside of any transaction.
    """
    listener = sa.create_engine(
        url.set(drivername="postgresql+psycopg"), poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT"
    )
    while not stopping.is_set():
        try:
            with listener.connect() as connection:
                connection.exec_driver_sql(f"LISTEN {CHANNEL}")
                driver = connection.connection.driver_connection
                while not stopping.is_set() and driver is not None:
                    for _notification in driver.notifies(timeout=_LOOK_UP_EVERY_S, stop_after=1):
                        bell.set()
        except (DBAPIError, listener.dialect.loaded_dbapi.Error) as error:
            _log.warning("not listening to PostgreSQL: %s", error)
            stopping.wait(_TRY_AGAIN_AFTER_S)
