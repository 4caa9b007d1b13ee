"""Restoring a backup into an installation that does not have the workspace yet."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import sqlalchemy as sa

from engine.problems import InputError, Problem
from runtime.backup.manifest import FILES, Manifest, read_manifest, verify_parts
from runtime.backup.postgresql_tools import restore_schema
from runtime.backup.sqlite_copy import check_database
from runtime.db.migrate import WORKSPACE_STEPS, known_steps
from runtime.db.workspaces import Workspaces
from runtime.http.errors import Conflict, Unavailable
from runtime.settings import Settings


def verify_backup(archive: Path) -> Manifest:
    """Read the whole archive and compare it with its manifest. Raises InputError with every difference."""
    try:
        with ZipFile(archive) as opened:
            manifest = read_manifest(opened)
            verify_parts(opened, manifest)
    except (BadZipFile, OSError) as error:
        raise InputError([Problem("backup.unreadable", str(archive), {"reason": str(error)})]) from error
    return manifest


def restore_backup(settings: Settings, archive: Path) -> Manifest:
    """Verify the archive, put database and files in place, and migrate them to this program's version.

    Raises InputError if the archive is damaged, Conflict if the workspace exists already or the kind of
    database differs, Unavailable if the backup is newer than the program.
    """
    manifest = verify_backup(archive)
    _refuse_unless_fitting(settings, manifest)
    with tempfile.TemporaryDirectory(prefix="dougong-restore-") as folder, ZipFile(archive) as opened:
        for part in manifest.parts:
            opened.extract(part.path, folder)
        _put_database(settings, manifest, Path(folder))
        _put_files(settings, manifest, Path(folder) / FILES)
    workspaces = Workspaces.open(settings)
    try:
        named = {"name": manifest.name, "zone": manifest.zone, "currency": manifest.currency}
        workspaces.create(manifest.workspace, **named)
    finally:
        workspaces.close()
    return manifest


def _refuse_unless_fitting(settings: Settings, manifest: Manifest) -> None:
    ours = "sqlite" if settings.is_embedded else "postgresql"
    if manifest.dialect != ours:
        raise Conflict.because("backup.other-database", found=manifest.dialect, ours=ours)
    known = known_steps(WORKSPACE_STEPS)
    if manifest.platform_version not in known:
        raise Unavailable.because("db.newer-than-program", found=manifest.platform_version, known=known[-1])
    workspaces = Workspaces.open(settings)
    try:
        taken = manifest.workspace in {workspace.key for workspace in workspaces}
    finally:
        workspaces.close()
    if taken or _folder(settings, manifest).exists():
        raise Conflict.because("backup.target-not-empty", workspace=manifest.workspace)


def _folder(settings: Settings, manifest: Manifest) -> Path:
    return settings.data_dir / "workspaces" / manifest.workspace


def _put_database(settings: Settings, manifest: Manifest, folder: Path) -> None:
    source = folder / manifest.parts[0].path
    if settings.is_embedded:
        check_database(source)
        target = _folder(settings, manifest)
        target.mkdir(parents=True)
        shutil.move(source, target / "workspace.db")
        return
    database = Workspaces.database_at(settings, manifest.location)
    try:
        with database.read() as connection:
            if sa.inspect(connection).has_schema(manifest.location):
                raise Conflict.because("backup.target-not-empty", workspace=manifest.workspace)
        restore_schema(database, source)
    finally:
        database.close()


def _put_files(settings: Settings, manifest: Manifest, source: Path) -> None:
    target = _folder(settings, manifest) / "files"
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.move(source, target)
