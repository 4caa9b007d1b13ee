"""The words of the language: the canonical English ones, and how each is written in Chinese.

Files hold the English words; the Chinese text is a view of the same tree. An empty Chinese or English text
is a word that the other language needs and this one does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

CLAUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rule": "规则",
        "score": "计分",
        "when": "当",
        "every": "每",
        "for each": "逐条",
        "where": "条件",
        "do": "执行",
        "otherwise": "否则",
        "on failure": "失败时",
        "test": "测试",
        "given": "给定",
        "expect": "期望",
    }
)
"""The words that begin a clause, always at the start of a line."""

_INNER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "on": "对象",
        "priority": "优先级",
        "from": "自",
        "to": "为",
        "saving": "保存前",
        "created": "新增",
        "saved": "保存",
        "changed": "变更",
        "deleted": "删除",
        "button": "按钮",
        "before": "早于",
        "after": "晚于",
        "day": "天",
        "days": "天",
        "working day": "工作日",
        "working days": "个工作日",
        "hours": "小时",
        "working hours": "工作小时",
        "minutes": "分钟",
        "at": "于",
        "month on day": "月 第",
        "month day": "日",
        "month on last day": "月 最后一天",
        "monday": "周一",
        "tuesday": "周二",
        "wednesday": "周三",
        "thursday": "周四",
        "friday": "周五",
        "saturday": "周六",
        "sunday": "周日",
        "cron": "定时表达式",
        "in zone": "时区",
        "by calendar": "按日历",
        "incident": "记为异常",
        "refuse": "拒绝保存",
        "nothing": "无",
        "set": "设为",
        "reject": "拒绝",
        "with message": "提示",
        "assign": "分配",
        "round robin": "轮流",
        "weighted": "按权重",
        "least open": "最少在办",
        "among": "于",
        "sticky to": "优先给",
        "skipping absent": "跳过 请假",
        "at most": "每人最多",
        "open": "条",
        "counting": "计入",
        "create": "新建",
        "with": "附",
        "unless exists": "除非已有",
        "update": "更新",
        "upsert": "新建或更新",
        "matching": "按",
        "decide": "判定",
        "by table": "按决策表",
        "notify": "通知",
        "by": "通过",
        "with template": "模板",
        "call connector": "调用连接器",
    }
)
_UNWRITTEN: Final = frozenset({"month day"})
"""Words that English does without."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language, by their canonical name."""

    language: str
    texts: Mapping[str, str]
    indent: int

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        return {word: _pattern(text) for word, text in self.texts.items() if text}

    def match(self, word: str, text: str, at: int) -> int | None:
        """Where the word ends if it stands at `at`; an empty word stands everywhere."""
        if not self.texts[word]:
            return at
        found = self._patterns[word].match(text, at)
        return found.end() if found else None

    def longest(self, candidates: Collection[str], text: str, at: int) -> str | None:
        """The longest of the words that stands at `at`."""
        ends = {word: self.match(word, text, at) for word in candidates if self.texts[word]}
        found = {word: end for word, end in ends.items() if end is not None}
        return max(found, key=lambda word: found[word]) if found else None

    def show(self, word: str) -> str:
        return self.texts[word]


def _pattern(text: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"{words}(?!\w)")


ENGLISH: Final = Words(
    "en", MappingProxyType({word: "" if word in _UNWRITTEN else word for word in (*CLAUSES, *_INNER)}), 6
)
CHINESE: Final = Words("zh-CN", MappingProxyType({**CLAUSES, **_INNER}), 5)
WORDS: Final[Mapping[str, Words]] = MappingProxyType({"en": ENGLISH, "zh-CN": CHINESE})
