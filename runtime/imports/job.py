"""An import as a background job: queued with its file, run in batches, told in the person's language."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import sqlalchemy as sa

from engine.apps.mapping import ImportMapping, read_mapping
from engine.json_text import parse_json
from engine.problems import DefinitionError, InputError, Problem, Register, errors
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.imports.actors import importing_actor
from runtime.imports.model import ImportOrder
from runtime.imports.result_json import result_json
from runtime.imports.run import Importer
from runtime.outbox.jobs import enqueue
from runtime.outbox.run import JobRun

KIND: Final = "import"
_FOLDER: Final = "imports"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it, and what to do with it.

    stored    what `keep_file` returned
    file_name as she knows it
    mapping   text of the mapping, so that a later version of it changes nothing
    language  of the result
    """

    stored: str
    file_name: str
    mapping: str
    dry_run: bool
    language: str


def queue_import(conn: sa.Connection, workspace: Workspace, actor: Actor, upload: Upload) -> tuple[int, str]:
    """Leave the import to the worker; the ids of job and batch."""
    batch_id = secrets.token_hex(8)
    payload = {
        "batch_id": batch_id,
        "file": upload.stored,
        "file_name": upload.file_name,
        "mapping": upload.mapping,
        "dry_run": upload.dry_run,
        "language": upload.language,
    }
    job = enqueue(conn, KIND, payload, now=workspace.now(), owner_id=actor.id)
    return job, batch_id


def keep_file(workspace: Workspace, source: IO[bytes]) -> str:
    """Store an uploaded file under a random name; the name. What may be sent is limited at the door."""
    folder = workspace.files_dir / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.csv"
    with (folder / name).open("wb") as target:
        shutil.copyfileobj(source, target)
    return name


def stored_path(workspace: Workspace, name: str) -> Path:
    return workspace.files_dir / _FOLDER / Path(name).name


def parse_mapping(text: str, mode: str | None = None) -> ImportMapping:
    """The mapping in a text; `mode` overrides what it says. Raises DefinitionError with all its problems."""
    document, problems = parse_json(text)
    if errors(problems):
        raise DefinitionError(problems)
    if mode is not None and isinstance(document, dict):
        document = {**document, "mode": mode}
    reading = read_mapping(document)
    if reading.mapping is None:
        raise DefinitionError(reading.problems)
    return reading.mapping


class ImportJob:
    """The handler of `KIND`."""

    def __init__(self, importer: Importer, register: Register) -> None:
        self._importer = importer
        self._register = register

    def run(self, run: JobRun) -> None:
        """Import, or go on where an interrupted run stopped. The file is deleted when all is done."""
        payload = run.payload
        path = stored_path(run.workspace, str(payload["file"]))
        if not path.is_file():
            raise InputError([Problem("imports.file.gone")])
        order = ImportOrder(
            batch_id=str(payload["batch_id"]),
            mapping=parse_mapping(str(payload["mapping"])),
            file=path,
            file_name=str(payload["file_name"]),
            dry_run=payload["dry_run"] is True,
        )
        owner = run.job.owner_id or 0
        result = self._importer.run(
            run.workspace, lambda conn, metadata: importing_actor(conn, metadata, owner), order, run
        )
        language, job = str(payload["language"]), run.job.id
        run.finish(lambda _conn: result_json(result, self._register, language, job))
        path.unlink(missing_ok=True)
