"""Amounts in Chinese capitals, as cheques and contracts have them (大写金额)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from engine.values import round_half_even

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "兆")
LARGEST: Final = Decimal(10) ** 16
"""Above it there is no agreed word."""


def capitals(amount: Decimal) -> str:
    """`1234.5` → 壹仟贰佰叁拾肆元伍角整; "" from 10^16 on. Rounded half-even to fen.

    Source: 《支付结算办法》附件一, 正确填写票据和结算凭证的基本规定.
    """
    if amount.copy_abs() >= LARGEST:
        return ""
    fen = int(round_half_even(amount.copy_abs(), 2) * 100)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_whole(yuan)}元" if yuan else ""
    text += f"{DIGITS[jiao]}角" if jiao else ("零" if yuan and rest else "")
    text += f"{DIGITS[rest]}分" if rest else "整"
    if not fen:
        return "零元整"
    return f"负{text}" if amount < 0 else text


def _whole(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for index in reversed(range(len(groups))):
        group = groups[index]
        if text and group and (group < 1000 or groups[index + 1] % 10 == 0):
            text += "零"
        text += _group(group) + (_GROUPS[index] if group else "")
    return text


def _group(number: int) -> str:
    """Up to four digits; zeros between others are said once."""
    text, zero = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + _PLACES[place]
        zero = digit == 0
    return text
