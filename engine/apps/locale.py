"""Texts of definitions in further languages: `kind/key/place` -> text (SEMANTICS §8).

A definition whose file holds its texts in one language only has the others here: `rule/late_order/label`,
`rule/late_order/actions/0/message`. In a package they are files, `locale/<language>.json`; in a workspace all
of one owner are one definition, so that they are drafted, published and rolled back like every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.problems import Problem, errors

WRITTEN: Final = "en"
"""The language of the texts in the files of rules."""
Texts = Mapping[str, Mapping[str, str]]
"""Language -> place -> text."""


@dataclass(frozen=True, slots=True)
class Locale:
    """Texts of one owner: a solution, or the workspace itself."""

    key: str
    label: Label
    texts: Texts


@dataclass(frozen=True, slots=True)
class LocaleReading:
    """The texts, if their document has no error, and everything that is wrong with it."""

    locale: Locale | None
    problems: tuple[Problem, ...]


def read_locale(document: object) -> LocaleReading:
    """Read the document; whether its places exist is found out by `link`."""
    problems = check_shape(document, "locale")
    if errors(problems):
        return LocaleReading(None, problems)
    values = cast(dict[str, Any], document)
    texts = {language: MappingProxyType(dict(found)) for language, found in values["texts"].items()}
    locale = Locale(values["key"], values.get("label", values["key"]), MappingProxyType(texts))
    return LocaleReading(locale, problems)


def labels_by_place(locales: Iterable[Locale]) -> Mapping[str, Mapping[str, str]]:
    """Place -> language -> text, of all owners; two of them never say the same place (`link`)."""
    found: dict[str, dict[str, str]] = {}
    for language, place, text in _all(locales):
        found.setdefault(place, {})[language] = text
    return MappingProxyType(found)


def label_at(texts: Mapping[str, Mapping[str, str]], place: str, written: str) -> Label:
    """The text of a place in all its languages; `written` stands in the definition itself."""
    others = texts.get(place)
    return written if not others else {WRITTEN: written, **others}


def _all(locales: Iterable[Locale]) -> Iterator[tuple[str, str, str]]:
    for locale in locales:
        for language, texts in locale.texts.items():
            for place, text in texts.items():
                yield language, place, text
