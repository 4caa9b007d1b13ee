"""The register of installed solutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.apps.kinds import Ref
from engine.apps.manifest import Manifest
from engine.forms.model import Label
from runtime.solutions.tables import solution


@dataclass(frozen=True, slots=True)
class InstalledSolution:
    """A solution in this workspace, as it was installed."""

    key: str
    version: str
    label: Label
    installed_at: datetime


def list_installed(conn: sa.Connection) -> tuple[InstalledSolution, ...]:
    columns = (solution.c.key, solution.c.version, solution.c.label, solution.c.installed_at)
    rows = conn.execute(sa.select(*columns).order_by(solution.c.key))
    return tuple(InstalledSolution(row.key, row.version, row.label, row.installed_at) for row in rows)


def note_installed(
    conn: sa.Connection, manifest: Manifest, versions: Mapping[Ref, int], at: datetime, by: int | None
) -> None:
    label = manifest.label if isinstance(manifest.label, str) else dict(manifest.label)
    values = {
        "key": manifest.key,
        "version": manifest.version,
        "label": label,
        "definitions": {str(ref): version for ref, version in versions.items()},
        "installed_at": at,
        "installed_by": by,
    }
    conn.execute(solution.insert().values(values))
