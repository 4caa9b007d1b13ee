"""What rules do, in words: codes of the texts with plain parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.forms.fields import FIELD_TYPES
from engine.forms.model import Label, label_text
from engine.forms.system import SYSTEM
from engine.problems import LANGUAGES
from engine.rules.language.effects import Message
from runtime.actions.doing import Word
from runtime.catalog.metadata import PublishedForm
from runtime.connectors.calls import plain_data
from runtime.records.scene import Scene

_PLACE: Final = re.compile(r"\{(\w+)\}")
_SHOWN: Final = 200
_SIGNS: Final[Mapping[object, Label]] = {
    None: {"zh-CN": "空", "en": "empty"},
    True: {"zh-CN": "是", "en": "yes"},
    False: {"zh-CN": "否", "en": "no"},
}


def set_words(form: PublishedForm | None, values: Mapping[str, object]) -> tuple[Word, ...]:
    """One for each field that gets a value."""
    return tuple(
        Word("actions.did.set", {**field_params(form, key), "value": shown(form, key, value)})
        for key, value in values.items()
    )


def field_params(form: PublishedForm | None, key: str) -> dict[str, object]:
    """What words about a field's value begin with: its label, and where it stands for who asks whether it
    may be read."""
    return {"field": label_of(form, key), "at": "" if form is None else f"{form.key}.{key}"}


def label_of(form: PublishedForm | None, key: str) -> Label:
    field = SYSTEM.get(key) if form is None else form.form.fields.get(key) or SYSTEM.get(key)
    return key if field is None else field.label


def shown(form: PublishedForm | None, key: str, value: object) -> object:
    """A FEEL value for people: the option's label, the title of what is referred to, the text of a date."""
    field = None if form is None else form.form.fields.get(key)
    if isinstance(value, Mapping) and "id" in value:
        return value.get("title") or f"#{value['id']}"
    options = {} if field is None else {option.key: option.label for option in field.options}
    if isinstance(value, str) and value in options:
        return options[value]
    if isinstance(value, list | tuple):
        return [shown(form, key, item) for item in value]
    if value is None or isinstance(value, bool):
        return _SIGNS[value]
    plain = plain_data(value)
    return plain if isinstance(plain, int) else str(plain)[:_SHOWN]


def message_params(
    message: Message, form: PublishedForm | None, values: Mapping[str, object], scene: Scene
) -> dict[str, object]:
    """The parameter `message` of a problem: a rule's message by language, filled from stored values."""
    text = scene.metadata.label_at(message.place, message.text)
    return {
        "message": {
            language: _filled(label_text(text, language), form, values, scene, language)
            for language in LANGUAGES
        }
    }


def _filled(
    text: str, form: PublishedForm | None, values: Mapping[str, object], scene: Scene, language: str
) -> str:
    known = {} if form is None else {**SYSTEM, **form.form.fields}

    def value(found: re.Match[str]) -> str:
        field = known.get(found[1])
        if field is None:
            return found[0]
        stored = values.get(field.key)
        return FIELD_TYPES[field.type].display(field, stored, language, scene.moment.zone)

    return _PLACE.sub(value, text)
