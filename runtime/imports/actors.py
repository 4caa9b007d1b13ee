"""The person on whose behalf background work runs, as she is at this moment."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from runtime.catalog.metadata import Metadata
from runtime.http.actor import SYSTEM, Actor
from runtime.http.errors import Forbidden
from runtime.identity.actors import find_actor
from runtime.identity.asking import working


def importing_actor(conn: sa.Connection, metadata: Metadata, user: int) -> Actor:
    """With the roles, departments and rights she has now. Raises NotFound, or Forbidden if deactivated."""
    actor = find_actor(conn, user)
    if actor == SYSTEM:
        return actor
    if not working(conn, {user}):
        raise Forbidden.because("imports.actor.deactivated")
    return replace(actor, rights=metadata.rights_of(actor.roles))
