"""People that rules name, in words: a person's name, whose superior she is, a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import sqlalchemy as sa

from engine.forms.model import Label
from engine.problems import LANGUAGES
from engine.rules.language.effects import Subject, SubjectKind
from engine.rules.language.known import label_in
from runtime.identity.directory import names_of, names_of_departments
from runtime.identity.groups import names_of_groups
from runtime.records.scene import Scene

_WORDS: Final[Mapping[SubjectKind, Mapping[str, str]]] = {
    SubjectKind.USER: {"zh-CN": "{name}", "en": "{name}"},
    SubjectKind.MANAGER: {"zh-CN": "{name}的上级", "en": "manager of {name}"},
    SubjectKind.HEAD: {"zh-CN": "{name}的负责人", "en": "heads of {name}"},
    SubjectKind.DEPARTMENT: {"zh-CN": "{name}全员", "en": "everybody in {name}"},
    SubjectKind.GROUP: {"zh-CN": "{name}", "en": "{name}"},
    SubjectKind.ROLE: {"zh-CN": "角色“{name}”", "en": "role {name}"},
}
_USERS: Final = (SubjectKind.USER, SubjectKind.MANAGER)
_DEPARTMENTS: Final = (SubjectKind.HEAD, SubjectKind.DEPARTMENT)


def people_words(conn: sa.Connection, scene: Scene, subjects: Iterable[Subject]) -> list[Label]:
    """Each in the words of every language, in the order given; one statement per kind of subject at most."""
    asked = list(subjects)
    users: Mapping[int, Label] = dict(names_of(conn, _ids(asked, _USERS)))
    departments: Mapping[int, Label] = dict(names_of_departments(conn, _ids(asked, _DEPARTMENTS)))
    groups = names_of_groups(conn, {str(one.ref) for one in asked if one.kind is SubjectKind.GROUP})

    def name(one: Subject) -> Label:
        if one.kind in _USERS:
            return users.get(int(one.ref), f"#{one.ref}")
        if one.kind in _DEPARTMENTS:
            return departments.get(int(one.ref), f"#{one.ref}")
        if one.kind is SubjectKind.GROUP:
            return groups.get(str(one.ref), str(one.ref))
        role = scene.metadata.roles.get(str(one.ref))
        return str(one.ref) if role is None else role.label

    return [
        {lang: words[lang].replace("{name}", label_in(label, lang)) for lang in LANGUAGES}
        for one in asked
        for words, label in ((_WORDS[one.kind], name(one)),)
    ]


def _ids(subjects: Iterable[Subject], kinds: tuple[SubjectKind, ...]) -> set[int]:
    return {int(one.ref) for one in subjects if one.kind in kinds}
