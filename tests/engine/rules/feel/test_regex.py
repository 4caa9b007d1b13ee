"""Regular expressions of XPath, whose classes say more than RE2's."""

from __future__ import annotations

import pytest

from engine.rules.feel.functions.regex import compiled
from engine.rules.feel.machine import Fault


@pytest.mark.parametrize(
    ("pattern", "flags", "fits", "fails"),
    [
        ("[A-Z-[OI]]+", "", "HALL", "HOLE"),
        ("[A-Z-[OI]]+", "i", "hall", "hole"),
        ("[a-z-[aeiou-[a]]]+", "", "bad", "bed"),
        ("[^a-c-[x]]+", "", "zy", "zx"),
        ("\\p{IsGreek}+", "", "αβ", "ab"),
        ("\\P{IsBasicLatin}", "", "é", "e"),
        ("[\\p{IsCJKUnifiedIdeographs}-[户]]+", "", "客", "客户"),
        ("[\\P{IsBasicLatin}x]+", "", "éx", "e"),
        ("[\\p{Lu}-[\\p{IsBasicLatin}]]", "", "É", "E"),
        ("[\\S-[b]]+", "", "aa", "ab"),
        ("\\w+", "", "客户x1+", "a-b"),
        ("[\\w_-]+", "", "客户-x", "a.b"),
        ("\\i\\c*", "", "_a-1.b", "1a"),
        ("[\\i-[_]]", "", "a", "_"),
        ("[\\d]+", "", "1٣", "a"),
        ("[-a]", "", "-", "b"),
        ("[a-]", "", "-", "b"),
        ("a b[ ]c", "x", "ab c", "abc"),
        (".", "", "a", "\n"),
        (".", "s", "\n", ""),
    ],
)
def test_patterns_mean_what_xpath_says(pattern: str, flags: str, fits: str, fails: str) -> None:
    whole = compiled(f"^(?:{pattern})$", flags)

    assert whole.search(fits) is not None
    assert whole.search(fails) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "[]",
        "[^]",
        "[a-z-[x]",
        "[z-a]",
        "[a-\\d]",
        "[[:alpha:]]",
        "\\p{IsNowhere}",
        "(a)\\1",
        "[a\\1]",
        "\\bx",
    ],
)
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(Fault) as refused:
        compiled(pattern, "")

    assert refused.value.code == "feel.function.pattern"
