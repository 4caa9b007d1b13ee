"""Regular expressions of users: XPath's flavour as far as RE2 has it, in linear time (SEMANTICS §5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import re2

from engine.rules.feel.machine import Fault

FLAGS: Final = frozenset("smix")
MAX_PATTERN: Final = 1_000
_MEMORY: Final = 8 << 20
_CLASSES: Final = {
    "\\i": "[\\p{L}_:]",
    "\\I": "[^\\p{L}_:]",
    "\\c": "[\\p{L}\\p{M}\\p{N}._:-]",
    "\\C": "[^\\p{L}\\p{M}\\p{N}._:-]",
    "\\d": "\\p{Nd}",
    "\\D": "\\P{Nd}",
}
_BACK_REFERENCE: Final = re.compile(r"\\[0-9]")
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
    text = _translated(pattern, flags)
    try:
        return re2.compile((f"(?{inline})" if inline else "") + text, options)
    except re2.error as refused:
        raise Fault("feel.function.pattern", pattern=pattern[:60], reason=str(refused)) from None


def _translated(pattern: str, flags: str) -> str:
    """XPath's escapes in RE2's words; with `x` blanks outside of classes have no meaning."""
    out: list[str] = []
    in_class = False
    for sign in _signs(pattern, spaced="x" in flags):
        if (in_class and sign == "[") or _BACK_REFERENCE.fullmatch(sign):
            raise Fault("feel.function.pattern", pattern=pattern[:60], reason=sign)
        in_class = sign == "[" or (in_class and sign != "]")
        if in_class:
            out.append(sign)
        elif sign == "." and "s" not in flags:
            out.append("[^\\n\\r]")
        else:
            out.append(_CLASSES.get(sign, sign))
    return "".join(out)


def _signs(pattern: str, *, spaced: bool) -> Iterator[str]:
    """Single characters and escapes; with `spaced` white space outside of classes is dropped first."""
    in_class, escape = False, False
    for sign in pattern:
        if spaced and not in_class and sign.isspace():
            continue
        if escape:
            yield "\\" + sign
            escape = False
        elif sign == "\\":
            escape = True
        else:
            in_class = sign == "[" or (in_class and sign != "]")
            yield sign
    if escape:
        yield "\\"


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
