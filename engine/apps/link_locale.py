"""Links texts in further languages: their places exist, once, and say the same fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.apps.finder import Finder, Reference
from engine.apps.kinds import Kind, Ref
from engine.apps.locale import Locale
from engine.keys import nearest
from engine.problems import Problem, Severity, pointer
from engine.rules.language.compile import CompiledRule
from engine.rules.language.texts import texts_of

_FIELD: Final = re.compile(r"\{(\w+)\}")


def link_locale(
    finder: Finder, locale: Locale, rules: Mapping[str, CompiledRule], taken: dict[tuple[str, str], str]
) -> None:
    """taken   owner by language and place; grows"""
    written = {
        f"{Kind.RULE}/{key}/{place}": text.text
        for key, rule in rules.items()
        for place, text in texts_of(rule.rule).items()
    }
    for language, texts in locale.texts.items():
        for place, text in texts.items():
            at = pointer("texts", language, place)
            _look(finder, at, place, text, written)
            _look_for_change(finder, at, place, locale, written)
            owner = taken.setdefault((language, place), locale.key)
            if owner != locale.key:
                finder.problem("apps.locale.twice", at, place=place, other=owner)


def _look(finder: Finder, at: str, place: str, text: str, written: Mapping[str, str]) -> None:
    if place not in written:
        meant = nearest(place, written) or ""
        code = "apps.locale.unknown-did-you-mean" if meant else "apps.locale.unknown"
        _warn(finder, code, at, place=place, meant=meant)
        return
    finder.references.append(Reference(finder.source, at, Ref(Kind.RULE, place.split("/")[1])))
    said, meant_fields = set(_FIELD.findall(text)), set(_FIELD.findall(written[place]))
    if said != meant_fields:
        names = ", ".join(sorted(said ^ meant_fields))
        _warn(finder, "apps.locale.fields", at, place=place, names=names)


def _look_for_change(finder: Finder, at: str, place: str, locale: Locale, written: Mapping[str, str]) -> None:
    """A text whose original says something else by now is not shown any more."""
    original = locale.written.get(place)
    if original is not None and place in written and written[place] != original:
        _warn(finder, "apps.locale.outdated", at, place=place, original=original, written=written[place])


def _warn(finder: Finder, code: str, at: str, **params: object) -> None:
    """A text too many is no reason not to publish: its rule may come back."""
    finder.add([Problem(code, at, params, Severity.WARNING)])
