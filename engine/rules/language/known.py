"""What a rule can name: forms with their fields, decisions, connectors, templates, calendars, people.

The rooms above fill it from definitions that are already read; the language knows nothing else about them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeVar

from engine.problems import LANGUAGES
from engine.rules.feel import Result
from engine.rules.feel.types import ANY, CONTEXT, ContextType, FeelType
from engine.values import DateTime

Label = str | Mapping[str, str]
T = TypeVar("T")


def nothing() -> Mapping[str, T]:
    return MappingProxyType({})


def label_in(label: Label, language: str) -> str:
    """The label in the language, else in the first one that has it."""
    if isinstance(label, str):
        return label
    known = (label[one] for one in (language, *LANGUAGES) if label.get(one))
    return next(known, "")


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field.

    feel      type of its value in expressions
    target    form of the record that it refers to, `user` and `department` included
    options   labels by key
    fields    of a sub-table
    writable  whether a rule may set it: not computed, no auto-number; of the system only owner, department
    """

    key: str
    label: Label
    type: str
    feel: FeelType
    target: str | None = None
    options: Mapping[str, Label] = field(default_factory=nothing)
    fields: Mapping[str, FieldShape] = field(default_factory=nothing)
    writable: bool = True


@dataclass(frozen=True, slots=True)
class FormShape:
    """A form; `fields` has the system's too."""

    key: str
    label: Label
    fields: Mapping[str, FieldShape]

    @property
    def types(self) -> dict[str, FeelType]:
        return {key: one.feel for key, one in self.fields.items()}


@dataclass(frozen=True, slots=True)
class DecisionShape:
    """A decision; `evaluate` takes its inputs by name."""

    label: Label
    inputs: Mapping[str, FeelType]
    output: FeelType
    evaluate: Callable[[Mapping[str, object], DateTime], Result]


@dataclass(frozen=True, slots=True)
class ConnectorShape:
    """One operation of a connector, known as `connector.operation`.

    parameters   by name, whether each is required
    """

    label: Label
    parameters: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class TemplateShape:
    """form   whose records the message is about"""

    label: Label
    form: str


IN_APP: Final = "in_app"
CHANNELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        IN_APP: {"zh-CN": "站内", "en": "in_app"},
        "email": {"zh-CN": "邮件", "en": "email"},
        "wecom": {"zh-CN": "企业微信", "en": "wecom"},
        "dingtalk": {"zh-CN": "钉钉", "en": "dingtalk"},
        "feishu": {"zh-CN": "飞书", "en": "feishu"},
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything by key.

    groups    None if they are not known here, then any key will do
    user      type of `user` in expressions · settings: of `settings`
    """

    forms: Mapping[str, FormShape] = field(default_factory=nothing)
    decisions: Mapping[str, DecisionShape] = field(default_factory=nothing)
    connectors: Mapping[str, ConnectorShape] = field(default_factory=nothing)
    templates: Mapping[str, TemplateShape] = field(default_factory=nothing)
    calendars: Mapping[str, Label] = field(default_factory=nothing)
    roles: Mapping[str, Label] | None = None
    groups: Mapping[str, Label] | None = None
    channels: Mapping[str, Label] = field(default_factory=lambda: CHANNELS)
    user: ContextType = CONTEXT
    settings: FeelType = ANY
