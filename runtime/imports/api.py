"""HTTP of imports: upload a file, follow the job, fetch the rows that failed; mappings to choose from."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from flask import Response

from engine.apps.kinds import Kind, Ref
from engine.apps.mapping import ImportMode
from engine.keys import nearest
from engine.problems import InputError, Problem, Register
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import CATALOG_STAMP
from runtime.catalog.metadata import Metadata
from runtime.db import exact_json
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import NotFound
from runtime.http.guard import SIGNED_IN, may
from runtime.http.reply import Reply
from runtime.imports.batches import find_batch, list_failed
from runtime.imports.checks import check_mapping
from runtime.imports.job import Upload, keep_file, parse_mapping, queue_import
from runtime.imports.results import error_lines
from runtime.outbox.api import JobsApi
from runtime.records.scene import Scene

_FORM_DATA: Final[dict[str, object]] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "mapping": {"type": "string"},
        "mapping_document": {"type": "string"},
        "mode": {"enum": ["live", "history"]},
        "dry_run": {"enum": ["0", "1"]},
    },
}
_QUEUED: Final[dict[str, object]] = {
    "type": "object",
    "required": ["job", "batch_id"],
    "properties": {"job": {"type": "integer"}, "batch_id": {"type": "string"}},
}
_MAPPINGS: Final[dict[str, object]] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "key": {"type": "string"},
                    "label": {"type": ["string", "object"]},
                    "form": {"type": "string"},
                },
            },
        }
    },
}


class ImportsApi:
    """Needs the action `import` on the form; mode `history` needs `import_history` too."""

    def __init__(self, catalog: Catalog, register: Register) -> None:
        self._catalog = catalog
        self._register = register

    @endpoint(
        "POST",
        "/forms/<key:form>/imports",
        guard=may("import"),
        summary="Import a file into a form, as a job",
        body=_FORM_DATA,
        response=_QUEUED,
        status=202,
        multipart=True,
    )
    def start(self, call: Call, form: str) -> object:
        metadata = self._metadata(call)
        scene = Scene(call.workspace, metadata, call.actor)
        scene.access_for(form).require("import")
        text = self._mapping_text(call, metadata, form)
        file = call.request.files.get("file")
        if file is None:
            raise InputError([Problem("imports.upload.missing", "/file")])
        dry_run = call.request.form.get("dry_run", "0") == "1"
        stored = keep_file(call.workspace, file.stream)
        upload = Upload(stored, file.filename or "", text, dry_run, call.language)

        def work(conn: sa.Connection) -> Reply:
            job, batch = queue_import(conn, call.workspace, call.actor, upload)
            return Reply(202, {"job": job, "batch_id": batch})

        return call.write(work)

    @endpoint(
        "GET",
        "/mappings",
        guard=SIGNED_IN,
        summary="Import mappings, of one form or of all the caller may import into",
        query={"form": {"type": "string"}},
        response=_MAPPINGS,
    )
    def list_mappings(self, call: Call) -> object:
        metadata, wanted = self._metadata(call), call.args.get("form")
        scene = Scene(call.workspace, metadata, call.actor)
        items = [
            {"key": one.key, "label": one.label, "form": one.form}
            for one in metadata.mappings.values()
            if wanted in (None, one.form)
            and one.form in metadata.forms
            and scene.access(metadata.forms[one.form]).allows("import")
        ]
        return {"items": items}

    @endpoint("GET", "/jobs/<id:job>/errors.csv", guard=SIGNED_IN, summary="The rows an import did not take")
    def errors(self, call: Call, job: int) -> Response:
        with call.read() as conn:
            progress = JobsApi.visible(conn, call, job)
            batch_id = progress.result.get("batch_id") if isinstance(progress.result, dict) else None
            if not isinstance(batch_id, str):
                raise NotFound.because("imports.batch.unknown", batch="-")
            batch = find_batch(conn, batch_id)
            lines = list(
                error_lines(batch.headings, list_failed(conn, batch_id), self._register, call.language)
            )
        headers = {"Content-Disposition": f'attachment; filename="{batch.form}-errors.csv"'}
        return Response("".join(lines), 200, headers, mimetype="text/csv")

    def _mapping_text(self, call: Call, metadata: Metadata, form: str) -> str:
        """The text of the chosen mapping, checked against the form. Raises InputError or DefinitionError."""
        given, mode = call.request.form, call.request.form.get("mode")
        if mode is not None and mode not in set(ImportMode):
            raise InputError([Problem("imports.upload.mode", "/mode", {"mode": mode[:20]})])
        text = given.get("mapping_document") or _published(metadata, form, given.get("mapping", ""))
        mapping = parse_mapping(text, mode)
        if mapping.form != form:
            raise InputError([_unknown(metadata, form, mapping.key)])
        check_mapping(metadata, mapping)
        document = exact_json.loads(text)
        if mode is None or not isinstance(document, dict):
            return text
        return exact_json.dumps({**document, "mode": mode}).decode("utf-8")

    def _metadata(self, call: Call) -> Metadata:
        return self._catalog.current(call.workspace, call.stamps.get(CATALOG_STAMP, 0))


def _published(metadata: Metadata, form: str, key: str) -> str:
    if not key:
        raise InputError([Problem("imports.mapping.missing", "/mapping")])
    if key not in metadata.mappings:
        raise InputError([_unknown(metadata, form, key)])
    return metadata.published[Ref(Kind.MAPPING, key)].text


def _unknown(metadata: Metadata, form: str, key: str) -> Problem:
    known = [one.key for one in metadata.mappings.values() if one.form == form]
    meant = nearest(key, known) or ", ".join(known) or "-"
    return Problem("imports.mapping.unknown", "/mapping", {"key": key[:40], "form": form, "meant": meant})
