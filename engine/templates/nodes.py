"""What a template consists of; there is nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    value: str | int | bool | None


@dataclass(frozen=True, slots=True)
class Path:
    """A name and the dotted keys behind it."""

    names: tuple[str, ...]
    line: int = 1

    def __str__(self) -> str:
        return ".".join(self.names)


@dataclass(frozen=True, slots=True)
class Filtered:
    """`value | name(arguments)`; arguments are constants."""

    value: Expression
    name: str
    arguments: tuple[Constant, ...]
    line: int = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left op right`; op is one of ==, !=, <, <=, >, >=."""

    left: Expression
    op: str
    right: Expression


Expression = Constant | Path | Filtered | Comparison


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Output:
    value: Expression


@dataclass(frozen=True, slots=True)
class If:
    test: Expression
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class For:
    """`otherwise` stands for an empty list."""

    name: str
    items: Path
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


Node = Text | Output | If | For


@dataclass(frozen=True, slots=True)
class Template:
    source: str
    body: tuple[Node, ...]
