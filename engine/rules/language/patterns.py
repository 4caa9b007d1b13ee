"""How a statement is written: one pattern reads it and prints it, in every language.

A pattern is a sequence of elements. Words are the language's; slots are the fields of the tree's node, and
say what stands in them, so that check, labels, references and the JSON form need no second description.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from typing import Final

from engine.rules.feel.strings import quoted
from engine.rules.language.cursor import Cursor
from engine.rules.language.model import Assignment, Feel, Name, Quoted
from engine.rules.language.words import Words

Slots = dict[str, object]
Given = Mapping[str, object]
NO_STOPS: Final[frozenset[str]] = frozenset()


class Names(StrEnum):
    """What a key is the key of. FIELD is one of the form in another slot, else of the rule's form."""

    FORM = "form"
    FIELD = "field"
    DECISION = "decision"
    TEMPLATE = "message_template"
    CONNECTOR = "connector"
    CALENDAR = "calendar"
    CHANNEL = "channel"
    TARGET = "target"  # a form, or a relation of the rule's form


class Scoped(StrEnum):
    """own     the situation of the rule
    form    first the fields of a record of another form, then the rule's situation
    people  the rule's situation, and the functions that name people: group, role, manager, head, department
    """

    OWN = "own"
    FORM = "form"
    PEOPLE = "people"


class Element:
    """A part of a pattern."""

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        """Fill slots from what stands here; raises Fault. `stops` are words that end FEEL here."""
        raise NotImplementedError

    def write(self, given: Given, words: Words) -> str:
        """The text; "" for nothing."""
        raise NotImplementedError

    def begins(self, words: Words) -> frozenset[str]:
        """The words it can begin with."""
        return NO_STOPS

    def is_optional(self, words: Words) -> bool:
        """Whether the next element may stand in its place."""
        return False

    def inner(self) -> Iterator[Element]:
        """Itself and what it consists of."""
        yield self


@dataclass(frozen=True)
class Word(Element):
    """A fixed word."""

    word: str

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        if not cursor.take(self.word):
            raise cursor.expected([self.word])

    def write(self, given: Given, words: Words) -> str:
        return words.show(self.word)

    def begins(self, words: Words) -> frozenset[str]:
        return frozenset({self.word} if words.show(self.word) else ())

    def is_optional(self, words: Words) -> bool:
        return not words.show(self.word)


@dataclass(frozen=True)
class Key(Element):
    """A key. form: the slot with the form whose field it is. many: several, with commas."""

    slot: str
    names: Names
    form: str = ""
    many: bool = False
    optional: bool = False

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        if self.optional and (cursor.done or cursor.sees(stops) is not None):
            return
        found = [cursor.name()]
        while self.many and cursor.comma():
            found.append(cursor.name())
        slots[self.slot] = tuple(found) if self.many else found[0]

    def write(self, given: Given, words: Words) -> str:
        value = given.get(self.slot)
        if isinstance(value, tuple):
            return ", ".join(name_text(one) for one in value)
        return name_text(value) if isinstance(value, Name) else ""

    def is_optional(self, words: Words) -> bool:
        return self.optional


@dataclass(frozen=True)
class Expr(Element):
    """FEEL. form: the slot with the form whose names come first, for `Scoped.FORM`."""

    slot: str
    scoped: Scoped = Scoped.OWN
    form: str = ""
    many: bool = False

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        if not self.many:
            slots[self.slot] = cursor.feel(stops)
            return
        found = [cursor.feel(stops, until="item")]
        while cursor.comma():
            found.append(cursor.feel(stops, until="item"))
        slots[self.slot] = tuple(found)

    def write(self, given: Given, words: Words) -> str:
        value = given.get(self.slot)
        if isinstance(value, tuple):
            return ", ".join(feel_text(one, words) for one in value)
        return feel_text(value, words) if isinstance(value, Feel) else ""


@dataclass(frozen=True)
class Values(Element):
    """`a = x, b = y`, or in brackets `{ a: x, b: y }`. form: the slot with the form whose fields they are."""

    slot: str
    brackets: bool = True
    form: str = ""
    scoped: Scoped = Scoped.OWN

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        slots[self.slot] = self._bracketed(cursor) if self.brackets else self._listed(cursor, stops)

    def _listed(self, cursor: Cursor, stops: frozenset[str]) -> tuple[Assignment, ...]:
        found: list[Assignment] = []
        while True:
            name = cursor.name()
            if not cursor.sign("="):
                raise cursor.expected((), "=")
            found.append(Assignment(name, cursor.feel(stops, until="entry")))
            if not cursor.comma():
                return tuple(found)

    def _bracketed(self, cursor: Cursor) -> tuple[Assignment, ...]:
        if not (cursor.sign("{") or cursor.sign("｛")):
            raise cursor.expected((), "{ … }")
        found: list[Assignment] = []
        while not (cursor.sign("}") or cursor.sign("｝")):
            name = cursor.name()
            if not (cursor.sign(":") or cursor.sign("：")):
                raise cursor.expected((), ":")
            found.append(Assignment(name, cursor.feel(NO_STOPS, until="item")))
            if not cursor.comma() and not cursor.text.startswith(("}", "｝"), cursor.at):
                raise cursor.expected((), ", }")
        return tuple(found)

    def write(self, given: Given, words: Words) -> str:
        value = given.get(self.slot)
        assert isinstance(value, tuple)
        sign = ": " if self.brackets else " = "
        listed = ", ".join(f"{name_text(one.field)}{sign}{feel_text(one.value, words)}" for one in value)
        if not self.brackets:
            return listed
        return f"{{ {listed} }}" if listed else "{}"


@dataclass(frozen=True)
class Text(Element):
    """A text for people."""

    slot: str
    optional: bool = False

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        if not (self.optional and cursor.done):
            slots[self.slot] = cursor.quoted()

    def write(self, given: Given, words: Words) -> str:
        value = given.get(self.slot)
        return quoted(value.text) if isinstance(value, Quoted) else ""

    def is_optional(self, words: Words) -> bool:
        return self.optional


@dataclass(frozen=True)
class Plain(Element):
    """A text that is no text for people, such as a zone's name."""

    slot: str

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        slots[self.slot] = cursor.quoted().text

    def write(self, given: Given, words: Words) -> str:
        return quoted(str(given[self.slot]))


@dataclass(frozen=True)
class Integer(Element):
    slot: str

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        slots[self.slot] = cursor.number()

    def write(self, given: Given, words: Words) -> str:
        return str(given[self.slot])


@dataclass(frozen=True)
class Clock(Element):
    """A time of day, `09:00`."""

    slot: str

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        slots[self.slot] = cursor.clock()

    def write(self, given: Given, words: Words) -> str:
        value = given[self.slot]
        assert isinstance(value, time)
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class OneOf(Element):
    """One of several values, each written as a word; `many` takes several, in their given order."""

    slot: str
    choices: Mapping[str, object]
    many: bool = False

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        found = {self._one(cursor)}
        while self.many and cursor.comma():
            found.add(self._one(cursor))
        chosen = [value for word, value in self.choices.items() if word in found]
        slots[self.slot] = tuple(chosen) if self.many else chosen[0]

    def _one(self, cursor: Cursor) -> str:
        word = cursor.sees(self.choices)
        if word is None:
            raise cursor.expected(list(self.choices))
        cursor.take(word)
        return word

    def write(self, given: Given, words: Words) -> str:
        value = given[self.slot]
        wanted = value if isinstance(value, tuple) else (value,)
        return ", ".join(words.show(word) for word, one in self.choices.items() if one in wanted)

    def begins(self, words: Words) -> frozenset[str]:
        return frozenset(self.choices)


@dataclass(frozen=True)
class Flag(Element):
    """A word that may stand there: the slot is true."""

    slot: str
    word: str

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        slots[self.slot] = cursor.take(self.word)

    def write(self, given: Given, words: Words) -> str:
        return words.show(self.word) if given.get(self.slot) else ""

    def begins(self, words: Words) -> frozenset[str]:
        return frozenset({self.word})

    def is_optional(self, words: Words) -> bool:
        return True


@dataclass(frozen=True)
class Sequential(Element):
    """Elements one after the other. optional: all of them or none; present if `slot` has a value."""

    parts: tuple[Element, ...]
    slot: str = ""
    optional: bool = False

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        if self.optional and cursor.sees(self.begins(cursor.words)) is None:
            return
        for index, part in enumerate(self.parts):
            part.read(cursor, slots, self._stops(index, stops, cursor.words))

    def _stops(self, index: int, outer: frozenset[str], words: Words) -> frozenset[str]:
        """The words with which something behind the part can begin."""
        found = NO_STOPS
        for part in self.parts[index + 1 :]:
            found |= part.begins(words)
            if not part.is_optional(words):
                return found
        return found | outer

    def write(self, given: Given, words: Words) -> str:
        if self.optional and given.get(self.slot) in (None, (), False):
            return ""
        return " ".join(filter(None, (part.write(given, words) for part in self.parts)))

    def begins(self, words: Words) -> frozenset[str]:
        found = NO_STOPS
        for part in self.parts:
            found |= part.begins(words)
            if not part.is_optional(words):
                break
        return found

    def is_optional(self, words: Words) -> bool:
        return self.optional

    def inner(self) -> Iterator[Element]:
        yield self
        for part in self.parts:
            yield from part.inner()


@dataclass(frozen=True)
class Modifiers(Element):
    """Optional elements in any order, with commas between them if the author likes."""

    parts: tuple[Element, ...]

    def read(self, cursor: Cursor, slots: Slots, stops: frozenset[str]) -> None:
        stops |= self.begins(cursor.words)
        waiting = list(self.parts)
        while waiting:
            cursor.comma()
            part = next((one for one in waiting if cursor.sees(one.begins(cursor.words))), None)
            if part is None:
                return
            waiting.remove(part)
            part.read(cursor, slots, stops)

    def write(self, given: Given, words: Words) -> str:
        return ", ".join(filter(None, (part.write(given, words) for part in self.parts)))

    def begins(self, words: Words) -> frozenset[str]:
        return frozenset().union(*(part.begins(words) for part in self.parts))

    def is_optional(self, words: Words) -> bool:
        return True

    def inner(self) -> Iterator[Element]:
        yield self
        for part in self.parts:
            yield from part.inner()


def seq(*parts: Element) -> Sequential:
    return Sequential(parts)


def opt(slot: str, *parts: Element) -> Sequential:
    """All of them, if the slot has a value."""
    return Sequential(parts, slot, optional=True)


def name_text(name: Name) -> str:
    """A key as it is written; labels that are no plain word stand in backticks."""
    plain = name.key.replace("_", "a").replace(".", "a")
    return name.key if plain.isalnum() and not plain[0].isdigit() else f"`{name.key}`"


def feel_text(expression: Feel, words: Words) -> str:
    """FEEL as it is written: its further lines are indented."""
    return expression.text.replace("\n", "\n" + " " * words.indent)


def slots_of(node: object) -> Slots:
    """The fields of a tree's node by name."""
    return {one.name: getattr(node, one.name) for one in fields(node)}  # type: ignore[arg-type]  # a dataclass
