"""HTTP of drafts: open, keep, discard, and look at a form before it is published."""

from __future__ import annotations

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.forms.compile import compile_form
from engine.forms.read import read_form
from engine.forms.render import render_tree
from engine.problems import InputError, Problem, Register
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.problems import problem_json
from runtime.http.reply import Reply
from runtime.identity.directory import names_of
from runtime.publishing import schemas
from runtime.publishing.drafts import EditedDraft, drop_draft, keep_draft, open_draft
from runtime.publishing.requests import BUILDER, content_of, person, ref_of, text_of
from runtime.publishing.service import Publishing

_DRAFT = "/drafts/<key:kind>/<key:key>"


class DraftsApi:
    """One shared draft per definition; every answer says what is wrong with it."""

    def __init__(self, catalog: Catalog, publishing: Publishing, register: Register) -> None:
        self._catalog = catalog
        self._publishing = publishing
        self._register = register

    @endpoint("GET", _DRAFT, guard=BUILDER, summary="Open a draft", response=schemas.DRAFT)
    def show(self, call: Call, kind: str, key: str) -> object:
        ref = ref_of(kind, key)
        metadata = self._catalog.for_call(call)
        with call.read() as conn:
            draft = open_draft(conn, metadata, ref)
            problems = self._problems(conn, call, ref, draft.text)
            names = names_of(conn, [draft.updated_by] if draft.updated_by is not None else [])
        return {
            "kind": kind,
            "key": key,
            "rev": draft.rev,
            **content_of(ref, draft.text),
            "base_version": draft.base_version,
            "published_version": draft.published_version,
            "updated_at": draft.updated_at,
            "updated_by": person(draft.updated_by, names),
            "problems": problems,
        }

    @endpoint(
        "PUT",
        _DRAFT,
        guard=BUILDER,
        summary="Keep a draft over the revision it was opened with",
        body=schemas.KEEP_DRAFT,
        response=schemas.KEPT_DRAFT,
    )
    def keep(self, call: Call, kind: str, key: str) -> object:
        ref, fields = ref_of(kind, key), call.fields
        wanted = EditedDraft(ref, int(fields["rev"]), text_of(ref, fields), None, None)
        metadata, take_over = self._catalog.for_call(call), fields.get("take_over") is True

        def work(conn: sa.Connection) -> object:
            saved = keep_draft(conn, call.workspace, call.actor, metadata, wanted, take_over=take_over)
            return {"rev": saved.rev, "problems": self._problems(conn, call, ref, saved.text)}

        return call.write(work)

    @endpoint("DELETE", _DRAFT, guard=BUILDER, summary="Discard a draft", status=204)
    def discard(self, call: Call, kind: str, key: str) -> object:
        ref = ref_of(kind, key)

        def work(conn: sa.Connection) -> Reply:
            drop_draft(conn, ref)
            return Reply(204)

        return call.write(work)

    @endpoint(
        "POST",
        _DRAFT + "/preview",
        guard=BUILDER,
        summary="How a form that is not published would be drawn",
        body=schemas.PREVIEW,
    )
    def preview(self, call: Call, kind: str, key: str) -> object:
        if ref_of(kind, key).kind is not Kind.FORM:
            raise InputError([Problem("publishing.preview.only-forms")])
        forms = {one: form.form for one, form in self._catalog.for_call(call).forms.items()}
        reading = read_form(call.fields["document"], key)
        if reading.form is None:
            return {"problems": self._json(reading.problems, call)}
        compiled = compile_form(reading.form, forms)
        problems = self._json((*reading.problems, *compiled.problems), call)
        return {**render_tree(compiled), "problems": problems}

    def _problems(self, conn: sa.Connection, call: Call, ref: Ref, text: str) -> list[object]:
        found = self._publishing.problems_of_draft(conn, call.workspace, ref, text)
        return self._json(found, call)

    def _json(self, problems: tuple[Problem, ...], call: Call) -> list[object]:
        return [problem_json(problem, self._register, call.language) for problem in problems]
