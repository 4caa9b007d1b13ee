"""Puts definitions in force without the publishing room, and people to work with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.forms.compile import compile_form
from engine.forms.read import read_form
from runtime.catalog.catalog import Catalog
from runtime.catalog.ddl import create_index, create_table
from runtime.catalog.definitions import NewVersion, add_version, definitions_changed
from runtime.catalog.metadata import Metadata
from runtime.db.stamps import read_stamps
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM, Actor
from runtime.identity.actors import find_actor
from runtime.identity.asking import user_by_login
from runtime.identity.departments import create_department
from runtime.identity.people import NewUser, create_user
from runtime.identity.roles import give_roles
from runtime.records.model import RecordView
from runtime.records.reactions import Reaction
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.update import Patch

ADMIN = frozenset({"builder", "users", "settings"})


@dataclass
class House:
    """A workspace with forms, roles and people in force."""

    workspace: Workspace
    catalog: Catalog = field(default_factory=Catalog)
    records: Records = field(default_factory=Records)

    @property
    def metadata(self) -> Metadata:
        with self.workspace.database.read() as conn:
            stamp = read_stamps(conn)["catalog"]
        return self.catalog.current(self.workspace, stamp)

    def install(self, *forms: Mapping[str, object], **others: Mapping[str, object]) -> None:
        """Put forms in force, with their tables; `others` are `kind__key=document`."""
        self.workspace.database.write(lambda conn: self._install(conn, forms, others))

    def _install(
        self,
        conn: sa.Connection,
        forms: tuple[Mapping[str, object], ...],
        others: Mapping[str, Mapping[str, object]],
    ) -> None:
        known = {key: one.form for key, one in self.catalog.load(conn, self.workspace).forms.items()}
        read = {}
        for document in forms:
            reading = read_form(document, str(document["key"]))
            assert reading.ok, reading.problems
            read[str(document["key"])] = reading.form
        for key, form in read.items():
            compiled = compile_form(form, {**known, **read})
            assert compiled.ok, compiled.problems
            create_table(conn, key, "", compiled.table_plan)
            for subtable, plan in compiled.table_plan.subtables.items():
                create_table(conn, key, subtable, plan)
            for unique in compiled.uniques:
                create_index(conn, key, "", unique.fields, unique=True)
        documents = {Ref(Kind.FORM, str(one["key"])): one for one in forms}
        documents |= {
            Ref(Kind(name.split("__")[0]), name.split("__")[1]): one for name, one in others.items()
        }
        for ref, document in documents.items():
            text = json.dumps(document, ensure_ascii=False)
            add_version(conn, NewVersion(ref, text), at=self.workspace.now(), by=None)
        definitions_changed(conn)

    def department(self, name: str, parent: int | None = None) -> int:
        now = self.workspace.now()
        return self.workspace.database.write(
            lambda conn: create_department(conn, SYSTEM, name, parent=parent, now=now)
        )

    def person(
        self, login: str, *roles: str, department: int | None = None, tree: tuple[int, ...] = ()
    ) -> Actor:
        """A stored person, as the gate would bring her; `tree` = departments below hers."""
        now = self.workspace.now()

        def work(conn: sa.Connection) -> int:
            user = create_user(conn, SYSTEM, NewUser(login, login.title(), main_department=department), now)
            give_roles(conn, SYSTEM, ("user", user), roles, now)
            return user

        user = self.workspace.database.write(work)
        mine = (department,) if department is not None else ()
        rights = ADMIN if "admin" in roles else frozenset()
        return Actor(
            user,
            login.title(),
            login,
            "en",
            "",
            frozenset(roles),
            mine,
            mine + tree,
            department,
            None,
            rights,
        )

    def actor(self, login: str) -> Actor:
        """A person who was stored before, reading English."""
        with self.workspace.database.read() as conn:
            user = user_by_login(conn, login)
            assert user is not None
            actor = find_actor(conn, user)
        return replace(actor, language="en", rights=ADMIN if "admin" in actor.roles else frozenset())

    def scene(self, actor: Actor) -> Scene:
        return self.records.scene(self.workspace, self.metadata, actor)

    def reacting(self, *reactions: Reaction) -> House:
        return replace(self, records=Records(reactions))

    def create(self, actor: Actor, form: str, **values: object) -> RecordView:
        scene = self.scene(actor)
        return self.workspace.database.write(lambda conn: self.records.create(conn, scene, form, values))

    def update(
        self, actor: Actor, form: str, record: int, rev: int | None = None, **values: object
    ) -> RecordView:
        scene = self.scene(actor)
        patch = Patch(record, values, rev)
        return self.workspace.database.write(lambda conn: self.records.update(conn, scene, form, patch))

    def get(self, actor: Actor, form: str, record: int) -> RecordView:
        scene = self.scene(actor)
        with self.workspace.database.read() as conn:
            return self.records.get(conn, scene, form, record)
