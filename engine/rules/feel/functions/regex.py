"""Regular expressions of users: XPath's flavour as far as RE2 has it, in linear time (SEMANTICS §5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import re2

from engine.rules.feel.functions.regex_classes import (
    OUTSIDE,
    ClassError,
    as_class,
    block_of,
    class_text,
    complement,
    signs_of,
)
from engine.rules.feel.machine import Fault

FLAGS: Final = frozenset("smix")
MAX_PATTERN: Final = 1_000
_MEMORY: Final = 8 << 20
_REFERENCE: Final = re.compile(r"\\([\\$])|\$([0-9])|([^\\$]+)")


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> re2._Regexp:
    """The pattern ready to run; raises Fault when RE2 refuses it or a flag is unknown."""
    if len(pattern) > MAX_PATTERN or not set(flags) <= FLAGS:
        raise Fault("feel.function.pattern", pattern=pattern[:60], reason=flags or "length")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    inline = "".join(flag for flag in "smi" if flag in flags)
    try:
        text = _translated(pattern, flags)
        return re2.compile((f"(?{inline})" if inline else "") + text, options)
    except (re2.error, ClassError) as refused:
        raise Fault("feel.function.pattern", pattern=pattern[:60], reason=str(refused)) from None


def _translated(pattern: str, flags: str) -> str:
    """XPath's escapes and classes in RE2's words; with `x` blanks outside of classes have no meaning."""
    signs = signs_of(_without_blanks(pattern) if "x" in flags else pattern)
    out: list[str] = []
    at = 0
    while at < len(signs):
        sign = signs[at]
        if sign == "[":
            text, at = class_text(signs, at)
            out.append(text)
            continue
        out.append(_outside(sign, flags))
        at += 1
    return "".join(out)


def _outside(sign: str, flags: str) -> str:
    if sign == ".":
        return "." if "s" in flags else "[^\\n\\r]"
    block = block_of(sign)
    if block:
        return as_class(complement(block) if sign[1] == "P" else block)
    return OUTSIDE.get(sign, sign)


def _without_blanks(pattern: str) -> str:
    """White space goes before anything is read, also behind a backslash, but not inside classes."""
    out: list[str] = []
    depth, escaped = 0, False
    for sign in pattern:
        if sign.isspace() and not depth:
            continue
        if not escaped:
            depth = max(depth + (sign == "[") - (sign == "]"), 0)
        escaped = sign == "\\" and not escaped
        out.append(sign)
    return "".join(out)


def replacement(text: str) -> Callable[[re2._Match], str]:
    """`$1` is a group, `\\$` and `\\\\` the signs themselves; raises Fault for any other `$` or `\\`."""
    parts: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        found = _REFERENCE.match(text, at)
        if not found:
            raise Fault("feel.function.value", parameter="replacement", value=text[:60])
        escaped, group, plain = found.groups()
        parts.append(("", int(group)) if group else (escaped or plain, -1))
        at = found.end()
    return lambda match: "".join(plain or _group(match, number) for plain, number in parts)


def _group(match: re2._Match, number: int) -> str:
    if number > match.re.groups:
        return ""
    return str(match.group(number) or "")
