"""Message templates: what a notice or a mail about a record of a form says, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.problems import LANGUAGES, Problem, errors, pointer
from engine.templates import Template, read_template

Texts = Mapping[str, Template]
"""By language."""
_NO_TEXTS: Final[Texts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """form    the record's; its fields are what the texts may name
    values  FEEL over the record, by the name under which the texts show it
    """

    key: str
    label: Label
    form: str
    title: Texts
    body: Texts
    values: Mapping[str, str]
    description: Label | None = None

    def texts(self) -> tuple[tuple[str, Template], ...]:
        """Every text with its place in the document; one that holds for all languages stands there once."""
        places = {}
        for name, texts in (("title", self.title), ("body", self.body)):
            same = len({id(one) for one in texts.values()}) == 1 < len(texts)
            for language, text in texts.items():
                places[pointer(name) if same else pointer(name, language)] = text
        return tuple(places.items())


@dataclass(frozen=True, slots=True)
class MessageTemplateReading:
    """The template, if its document has no error, and everything that is wrong with it."""

    template: MessageTemplate | None
    problems: tuple[Problem, ...]


def read_message_template(document: object) -> MessageTemplateReading:
    """Read `message_templates/<key>.json`; what its texts name is found out by `link`."""
    problems = list(check_shape(document, "message_template"))
    if errors(problems):
        return MessageTemplateReading(None, tuple(problems))
    values = cast(dict[str, Any], document)
    title = _texts(values["title"], "title", problems)
    body = _texts(values.get("body", {}), "body", problems)
    if errors(problems):
        return MessageTemplateReading(None, tuple(problems))
    template = MessageTemplate(
        key=values["key"],
        label=values["label"],
        form=values["form"],
        title=title,
        body=body,
        values=MappingProxyType(dict(values.get("values", {}))),
        description=values.get("description"),
    )
    return MessageTemplateReading(template, tuple(problems))


def _texts(given: str | Mapping[str, str], name: str, problems: list[Problem]) -> Texts:
    if isinstance(given, str):
        text = _text(given, pointer(name), problems)
        return _NO_TEXTS if text is None else MappingProxyType(dict.fromkeys(LANGUAGES, text))
    read = {language: _text(one, pointer(name, language), problems) for language, one in given.items()}
    return MappingProxyType({language: text for language, text in read.items() if text is not None})


def _text(source: str, at: str, problems: list[Problem]) -> Template | None:
    reading = read_template(source)
    problems += [problem.within(at) for problem in reading.problems]
    return reading.template
