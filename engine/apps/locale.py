"""Texts of definitions in further languages: `kind/key/place` -> text (SEMANTICS §8).

A definition whose file holds its texts in one language only has the others here: `rule/late_order/label`,
`rule/late_order/actions/0/message`. In a package they are files, `locale/<language>.json`; in a workspace all
of one owner are one definition, so that they are drafted, published and rolled back like every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.problems import Problem, errors

WRITTEN: Final = "en"
"""The language of the texts in the files of rules."""
Texts = Mapping[str, Mapping[str, str]]
"""Language -> place -> text."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Locale:
    """Texts of one owner: a solution, or the workspace itself.

    written   place -> what the definition said there when it was translated; a package takes it from its own
              definitions
    """

    key: str
    label: Label
    texts: Texts
    written: Mapping[str, str] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of one place by language, and what they translate; None where nobody noted it."""

    texts: Mapping[str, str]
    written: str | None

    def fits(self, written: str) -> bool:
        """Whether the definition still says it: somebody who changed her rule reads her own words."""
        return self.written is None or self.written == written


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
    written = MappingProxyType(dict(values.get("written", {})))
    locale = Locale(values["key"], values.get("label", values["key"]), MappingProxyType(texts), written)
    return LocaleReading(locale, problems)


def translations(locales: Iterable[Locale]) -> Mapping[str, Translation]:
    """Place -> its texts, of all owners; two of them never say the same place (`link`)."""
    found: dict[str, dict[str, str]] = {}
    written: dict[str, str] = {}
    for locale in locales:
        written.update(locale.written)
        for language, texts in locale.texts.items():
            for place, text in texts.items():
                found.setdefault(place, {})[language] = text
    return MappingProxyType({place: Translation(texts, written.get(place)) for place, texts in found.items()})


def label_at(known: Mapping[str, Translation], place: str, written: str) -> Label:
    """The text of a place in all its languages; `written` stands in the definition itself."""
    found = known.get(place)
    return {WRITTEN: written, **found.texts} if found is not None and found.fits(written) else written
