"""Making a backup."""

from __future__ import annotations

import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from runtime.backup.manifest import FILES, FORMAT, NAME, Manifest, Part, part_of, read_manifest, verify_parts
from runtime.backup.postgresql_tools import dump_schema
from runtime.backup.sqlite_copy import copy_database
from runtime.db.migrate import current_step
from runtime.db.workspace import Workspace
from runtime.http.errors import Unavailable


def save_backup(workspace: Workspace, target: Path) -> Manifest:
    """Write the archive and read it back; people may go on working meanwhile.

    The database is copied first: a file that a copied row names was there before it.
    Raises Unavailable if the target exists or cannot be written, or if what was written does not verify.
    """
    if target.exists():
        raise Unavailable.because("backup.target-exists", target=str(target))
    unfinished = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(prefix="dougong-backup-", dir=target.parent) as folder:
            manifest = _write(workspace, Path(folder), unfinished)
        with ZipFile(unfinished) as archive:
            verify_parts(archive, read_manifest(archive))
        unfinished.rename(target)
    except OSError as error:
        raise Unavailable.because("backup.not-written", target=str(target), reason=str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write(workspace: Workspace, folder: Path, target: Path) -> Manifest:
    name = _copy_database(workspace, folder)
    parts = [part_of(folder / name, name)]
    target.touch(mode=0o600, exist_ok=False)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.write(folder / name, name)
        for file in sorted(workspace.files_dir.rglob("*")):
            if file.is_file():
                path = FILES + file.relative_to(workspace.files_dir).as_posix()
                parts.append(part_of(file, path))
                archive.write(file, path)
        manifest = _manifest(workspace, tuple(parts))
        archive.writestr(NAME, manifest.json())
    return manifest


def _copy_database(workspace: Workspace, folder: Path) -> str:
    database = workspace.database
    if database.dialect == "sqlite":
        copy_database(Path(str(database.url.database)), folder / "database.sqlite")
        return "database.sqlite"
    dump_schema(database, folder / "database.dump")
    return "database.dump"


def _manifest(workspace: Workspace, parts: tuple[Part, ...]) -> Manifest:
    return Manifest(
        format=FORMAT,
        created_at=workspace.now().isoformat(),
        dialect=workspace.database.dialect,
        platform_version=current_step(workspace.database) or "",
        workspace=workspace.key,
        name=workspace.name,
        zone=workspace.zone.key,
        currency=workspace.currency,
        location=workspace.database.schema or "",
        parts=parts,
    )
