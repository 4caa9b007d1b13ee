"""HTTP of shares: giving one record to a person, a department or a role."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from engine.problems import InputError, Problem
from runtime.access.shares import (
    GivenShare,
    Level,
    Share,
    Subject,
    SubjectKind,
    give_shares,
    list_shares,
    take_share,
)
from runtime.audit.log import record_audit
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import Forbidden, NotFound
from runtime.http.guard import may
from runtime.http.reply import Reply
from runtime.identity.directory import names_of, names_of_departments
from runtime.records import schemas
from runtime.records.json_form import Json
from runtime.records.read import load_record
from runtime.records.requests import scene_of
from runtime.records.scene import Scene

_SHARES = "/forms/<key:form>/records/<id:record>/shares"


class SharesApi:
    """Who may edit a record may give it to others; a share opens the record, no closed field of it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @endpoint("GET", _SHARES, guard=may("view"), summary="With whom a record is shared")
    def show(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        with call.read() as conn:
            _require(conn, scene, form, record, "view")
            found = list_shares(conn, form, record)
            names = _names(conn, scene, found)
        return {"items": [_json(one, names) for one in found]}

    @endpoint("POST", _SHARES, guard=may("edit"), summary="Share a record", body=schemas.SHARE, status=204)
    def give(self, call: Call, form: str, record: int) -> object:
        scene, fields = scene_of(self._catalog, call), call.fields
        share = _share(form, record, fields)

        def work(conn: sa.Connection) -> Reply:
            _require(conn, scene, form, record, "edit")
            _check_subject(conn, scene, share.subject)
            give_shares(conn, [share], at=call.now, by=call.actor.id)
            detail = {"subject": f"{share.subject.kind}/{share.subject.id}", "level": share.level}
            record_audit(conn, call.actor, "record.share", f"{form}/{record}", at=call.now, detail=detail)
            return Reply(204)

        return call.write(work)

    @endpoint(
        "DELETE",
        _SHARES,
        guard=may("edit"),
        summary="Take a share back",
        query=schemas.UNSHARE_QUERY,
        status=204,
    )
    def take(self, call: Call, form: str, record: int) -> object:
        scene = scene_of(self._catalog, call)
        subject = Subject(SubjectKind(str(call.args.get("kind", "user"))), str(call.args.get("id", "")))

        def work(conn: sa.Connection) -> Reply:
            _require(conn, scene, form, record, "edit")
            if not take_share(conn, form, record, subject):
                raise NotFound.because("access.share-subject-unknown", kind=subject.kind, id=subject.id)
            detail = {"subject": f"{subject.kind}/{subject.id}"}
            record_audit(conn, call.actor, "record.unshare", f"{form}/{record}", at=call.now, detail=detail)
            return Reply(204)

        return call.write(work)


def _require(conn: sa.Connection, scene: Scene, form: str, record: int, action: str) -> None:
    access = scene.access_for(form)
    access.require("view")
    stored = load_record(conn, scene, access, record, seen=access.records("view"))
    if action != "view" and action not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action=action)


def _share(form: str, record: int, fields: Any) -> Share:
    subject = fields["subject"]
    until = fields.get("until")
    return Share(
        form,
        record,
        Subject(SubjectKind(subject["kind"]), str(subject["id"])),
        Level(fields["level"]),
        fields.get("reason", ""),
        until=None if until is None else _instant(until),
    )


def _instant(text: str) -> datetime:
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    raise InputError((Problem("form.value.datetime", "/until", {"field": "until", "label": "until"}),))


def _check_subject(conn: sa.Connection, scene: Scene, subject: Subject) -> None:
    """Raises InputError for a person, department or role that does not exist."""
    if subject.kind is SubjectKind.ROLE:
        known = subject.id in scene.metadata.roles
    else:
        known = (
            subject.id.isdecimal()
            and len(subject.id) < 19
            and bool(_names_of(conn, subject.kind, [int(subject.id)]))
        )
    if not known:
        params = {"kind": subject.kind, "id": subject.id}
        raise InputError((Problem("access.share-subject-unknown", "/subject", params),))


def _names_of(conn: sa.Connection, kind: SubjectKind, ids: list[int]) -> dict[int, str]:
    if kind is SubjectKind.DEPARTMENT:
        return dict(names_of_departments(conn, ids))
    return {identity: name for identity, name in names_of(conn, ids).items() if identity in ids}


def _names(conn: sa.Connection, scene: Scene, shares: tuple[GivenShare, ...]) -> dict[Subject, object]:
    names: dict[Subject, object] = {}
    for kind in (SubjectKind.USER, SubjectKind.DEPARTMENT):
        ids = [int(one.share.subject.id) for one in shares if one.share.subject.kind is kind]
        names |= {Subject(kind, str(identity)): name for identity, name in _names_of(conn, kind, ids).items()}
    roles = scene.metadata.roles
    return names | {Subject(SubjectKind.ROLE, key): role.label for key, role in roles.items()}


def _json(given: GivenShare, names: dict[Subject, object]) -> Json:
    share = given.share
    return {
        "subject": {"kind": share.subject.kind, "id": share.subject.id, "title": names.get(share.subject)},
        "level": share.level,
        "reason": share.reason,
        "source": share.source,
        "until": share.until,
        "created_at": given.created_at,
    }
