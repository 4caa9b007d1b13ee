"""Identity: the gate, and what it is told by the rooms above it."""

from __future__ import annotations

from runtime.db.stamps import Stamps
from runtime.db.workspace import Workspace
from runtime.identity.roles import ADMIN, ALL_RIGHTS


def rights_of(_workspace: Workspace, _stamps: Stamps, roles: frozenset[str]) -> frozenset[str]:
    """Rights besides forms that these roles open: all for `admin`."""
    return ALL_RIGHTS if ADMIN in roles else frozenset()
