"""Writing a notice for one reader: her language, and only what she may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import sqlalchemy as sa

from engine.apps.link_message import labels_of
from engine.apps.message_template import MessageTemplate, Texts
from engine.forms.model import label_text
from engine.forms.system import SYSTEM
from engine.problems import LANGUAGES, Problem, Register
from engine.rules.feel import compile_expression
from engine.templates import Look, Template, check_template, render
from runtime.access.moment import Moment
from runtime.calendars.in_force import zone_for
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import NotFound
from runtime.notifications.model import About, FromTemplate, Notice, Phrase, Sentence, Words

MAX_TITLE: Final = 300
CLOSED: Final = "…"
"""Stands for a value that the reader may not see."""
_FIELD: Final = re.compile(r"\{(\w+)\}")
Paths = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """A record as one reader may see it.

    values  FEEL values of the fields she may read, masked ones left out
    shown   the same as texts in her language
    gone    it lies in the recycle bin
    """

    title: str
    values: Mapping[str, object]
    shown: Mapping[str, str]
    gone: bool


class RecordReader(Protocol):
    """Lets this room read records, which lie above it."""

    def read_record(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        metadata: Metadata,
        actor: Actor,
        about: About,
        paths: Paths,
    ) -> SeenRecord | None:
        """None if it does not exist or is not for her.

        paths   what will be asked of it, behind references too
        """


@dataclass(frozen=True, slots=True)
class Written:
    """seen   whether the reader may open the record"""

    title: str
    body: str
    seen: bool


class Writer:
    """Writes notices of one workspace, as `conn` sees it."""

    def __init__(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        metadata: Metadata,
        reader: RecordReader,
        register: Register,
    ) -> None:
        self._conn = conn
        self._workspace = workspace
        self._metadata = metadata
        self._reader = reader
        self._register = register

    def write(self, notice: Notice, reader: Actor) -> Written:
        """Raises NotFound for a template that is not in force, LimitError where its text grows too long."""
        match notice.content:
            case Words() as words:
                title, body = (label_text(text, reader.language) for text in (words.title, words.body))
                return _written(title, body, seen=True)
            case Phrase() as phrase:
                problem = Problem(phrase.code, params=phrase.params)
                title = self._register.message(problem, reader.language)
                return _written(title, self._register.hint(problem, reader.language), seen=True)
            case Sentence() as sentence:
                return self._say(label_text(sentence.text, reader.language), notice.about, reader)
            case FromTemplate() as chosen:
                return self._fill(chosen, notice.about, reader)

    def _say(self, text: str, about: About | None, reader: Actor) -> Written:
        seen = None if about is None else self._read(about, reader, frozenset())
        form = None if about is None else self._metadata.forms.get(about.form)
        fields = {} if form is None else {**SYSTEM, **form.form.fields}
        shown = {} if seen is None else seen.shown

        def value(found: re.Match[str]) -> str:
            return shown.get(found[1], CLOSED) if found[1] in fields else found[0]

        return _written(_FIELD.sub(value, text), "", seen=seen is not None and not seen.gone)

    def _fill(self, chosen: FromTemplate, about: About | None, reader: Actor) -> Written:
        template = self._metadata.message_templates.get(chosen.key)
        if template is None:
            raise NotFound.because("notifications.template-unknown", template=chosen.key)
        seen = None if about is None else self._seen(template, about, reader)
        moment = Moment.of(self._workspace, reader)
        known = {**({} if seen is None else seen.values), "user": moment.user}
        known["record"] = known if seen is None else seen.values
        values = {**known, **self._computed(template, known, moment), **chosen.values}
        look = Look(reader.language, zone_for(self._workspace, reader))
        form = self._metadata.forms.get(template.form)
        labels = {} if form is None else labels_of(form.compiled)
        title, body = (
            "" if text is None else render(text, values, look, labels)
            for text in (_in_language(template.title, reader), _in_language(template.body, reader))
        )
        return _written(title, body, seen=about is None or (seen is not None and not seen.gone))

    def _seen(self, template: MessageTemplate, about: About, reader: Actor) -> SeenRecord | None:
        return self._read(about, reader, self._paths(template))

    def _read(self, about: About, reader: Actor, paths: Paths) -> SeenRecord | None:
        return self._reader.read_record(self._conn, self._workspace, self._metadata, reader, about, paths)

    def _paths(self, template: MessageTemplate) -> Paths:
        form = self._metadata.form(template.form)
        scope = form.compiled.scope
        computed = (compile_expression(text, scope).paths for text in template.values.values())
        shown = (check_template(text, scope).paths for _, text in template.texts())
        return frozenset[tuple[str, ...]]().union(*computed, *shown)

    def _computed(
        self, template: MessageTemplate, known: Mapping[str, object], moment: Moment
    ) -> Mapping[str, object]:
        """The named values, over what the reader may read; what is hidden from her is null."""
        if not template.values:
            return {}
        scope = self._metadata.form(template.form).compiled.scope
        context = {**dict.fromkeys(scope.names), **known}
        return {
            name: compile_expression(text, scope).evaluate(context, now=moment.feel_now).value
            for name, text in template.values.items()
        }


def _in_language(texts: Texts, reader: Actor) -> Template | None:
    return texts.get(reader.language) or next((texts[one] for one in LANGUAGES if one in texts), None)


def _written(title: str, body: str, *, seen: bool) -> Written:
    """The title is one line."""
    line = " ".join(title.split())
    return Written(line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1] + "…", body.strip(), seen)
