"""Keys: what may be one, and how one is made from a label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.keys import (
    FEEL_KEYWORDS,
    MAX_KEY_LENGTH,
    RESERVED_KEYS,
    SYSTEM_FIELDS,
    is_free_key,
    is_key,
    key_from_label,
    nearest,
)

LONGEST = "a" * MAX_KEY_LENGTH


@pytest.mark.parametrize("text", ["a", "amount", "amount_2", "a1_b2", "ke_hu", LONGEST])
def test_a_key_is_lower_case_words_joined_by_one_underscore(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize(
    "text",
    ["", "A", "1a", "_a", "a_", "a__b", "a-b", "a b", "a.b", "客户", "é", "a\n", LONGEST + "a"],
)
def test_anything_else_is_no_key(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize("word", sorted(RESERVED_KEYS))
def test_a_reserved_word_has_the_form_of_a_key_and_names_no_field(word: str) -> None:
    assert is_key(word)
    assert not is_free_key(word)


def test_words_of_the_language_and_system_fields_are_reserved_but_a_field_may_be_called_stage() -> None:
    assert FEEL_KEYWORDS <= RESERVED_KEYS
    assert set(SYSTEM_FIELDS) <= RESERVED_KEYS
    assert {"record", "old", "user", "settings", "parent", "now", "today"} <= RESERVED_KEYS
    assert is_free_key("stage")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Customer", "customer"),
        ("Customer Level", "customer_level"),
        ("  Net price (CNY) ", "net_price_cny"),
        ("e-mail", "e_mail"),
        ("客户", "ke_hu"),
        ("客户等级", "ke_hu_deng_ji"),
        ("重庆", "chong_qing"),
        ("金额(元)", "jin_e_yuan"),
        ("VIP 客户", "vip_ke_hu"),
        ("2026年销售额", "nian_xiao_shou_e"),
        ("第2联系人", "di_2_lian_xi_ren"),
        ("stage", "stage"),
    ],
)
def test_a_key_reads_like_its_label(label: str, key: str) -> None:
    assert key_from_label(label, ()) == key


@pytest.mark.parametrize("label", ["", "   ", "123", "__", "😀", "！？"])
def test_a_label_that_cannot_be_spelled_gives_the_fallback(label: str) -> None:
    assert key_from_label(label, ()) == "field"
    assert key_from_label(label, ("form",), fallback="form") == "form_2"


@pytest.mark.parametrize(("label", "key"), [("Owner", "owner_field"), ("ID", "id_field"), ("if", "if_field")])
def test_a_reserved_word_is_told_apart(label: str, key: str) -> None:
    assert key_from_label(label, ()) == key


def test_a_clash_is_numbered() -> None:
    assert key_from_label("客户", ("ke_hu",)) == "ke_hu_2"
    assert key_from_label("客户", ("ke_hu", "ke_hu_2")) == "ke_hu_3"
    assert key_from_label("Owner", ("owner_field",)) == "owner_field_2"


def test_a_long_label_is_cut_and_still_numbered_within_the_limit() -> None:
    long = key_from_label("客户" * 30, ())

    assert long == "ke_hu_ke_hu_ke_hu_ke_hu_ke_hu_ke_hu_ke_h"
    assert key_from_label("a" * 99, (LONGEST,)) == "a" * (MAX_KEY_LENGTH - 2) + "_2"
    assert key_from_label("a" * (MAX_KEY_LENGTH - 3) + " bcd", (LONGEST[:-3] + "_bc",)) == LONGEST[:-3] + "_2"


@given(st.text(max_size=60), st.sets(st.sampled_from(["field", "field_2", "a", "id_field"])))
def test_whatever_the_label_the_key_is_free(label: str, taken: set[str]) -> None:
    key = key_from_label(label, taken)

    assert is_free_key(key)
    assert key not in taken


def test_the_nearest_known_name_is_what_was_probably_meant() -> None:
    known = ("total_amount", "customer", "close_date")

    assert nearest("amount", known) == "total_amount"
    assert nearest("custmer", known) == "customer"
    assert nearest("xyz", known) is None
    assert nearest("customer", ()) is None
