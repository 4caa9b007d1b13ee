"""The form as one person sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.forms.compile import CompiledForm
from engine.forms.render import render_tree
from engine.forms.roles import FieldAccess, Level


def drawn(compiled: Mapping[str, CompiledForm], form: str, **levels: Level) -> Any:
    access = FieldAccess({key.replace("__", "."): level for key, level in levels.items()})
    return json.loads(json.dumps(render_tree(compiled[form], access), default=float))


def test_fields_have_their_rules_as_ir_with_dependencies(compiled: Mapping[str, CompiledForm]) -> None:
    fields = drawn(compiled, "opportunity")["fields"]

    assert fields["name"]["required"] is True
    assert fields["close_date"]["required"]["id"] == "close_date.required"
    assert fields["close_date"]["required"]["deps"] == ["stage"]
    assert fields["close_date"]["required"]["ir"] is not None
    assert fields["weighted"]["formula"]["deps"] == ["amount", "probability"]
    assert (fields["weighted"]["computed"], fields["probability"]["computed"]) == (True, False)


def test_rows_name_their_own_fields_by_key(compiled: Mapping[str, CompiledForm]) -> None:
    rows = drawn(compiled, "quote")["fields"]["lines"]["fields"]

    assert rows["amount"]["formula"]["deps"] == ["discount", "price", "qty"]
    assert rows["share"]["formula"]["deps"] == ["amount", "total"]
    assert rows["why"]["required"]["id"] == "lines.why.required"


def test_options_relations_defaults_and_props_are_drawn(compiled: Mapping[str, CompiledForm]) -> None:
    customer, quote = drawn(compiled, "customer")["fields"], drawn(compiled, "quote")["fields"]

    label = {"zh-CN": "重点", "en": "Key account"}
    assert customer["level"]["options"][0] == {"key": "a", "label": label, "color": "green"}
    assert customer["founded"]["props"] == {"min": 1000, "max": 2999, "grouping": False, "scale": 0}
    assert customer["email"]["props"] == {"pattern": "[^@ ]+@[^@ ]+", "max": 255}
    assert quote["opportunity"]["fill"] == {"customer": "customer", "name": "name"}
    assert quote["free_discount"]["default"] == 0.3
    assert quote["valid_until"]["default_expression"]["id"] == "valid_until.default"
    assert quote["extras"]["props"] == {"min_rows": 1, "max_rows": 200}


def test_hidden_fields_are_nowhere(compiled: Mapping[str, CompiledForm]) -> None:
    tree = drawn(compiled, "opportunity", amount=Level.HIDDEN, boss_note=Level.HIDDEN, old_note=Level.HIDDEN)

    assert "amount" not in tree["fields"]
    assert [node["field"] for node in tree["layout"][1]["items"]] == ["weighted"]
    assert len(tree["layout"]) == 3
    assert '"field": "amount"' not in json.dumps(tree["layout"])


def test_rules_over_unreadable_fields_are_left_to_the_server(compiled: Mapping[str, CompiledForm]) -> None:
    tree = drawn(compiled, "opportunity", stage=Level.MASK)

    assert tree["fields"]["stage"]["access"] == "mask"
    assert tree["fields"]["lost_reason"]["visible"]["ir"] is None
    assert tree["layout"][2]["visible"]["ir"] is None
    assert tree["checks"][0]["expression"]["ir"] is None
    assert tree["fields"]["lost_note"]["visible"]["ir"] is not None


def test_fields_of_rows_can_be_hidden(compiled: Mapping[str, CompiledForm]) -> None:
    tree = drawn(compiled, "quote", lines__discount=Level.HIDDEN)

    assert "discount" not in tree["fields"]["lines"]["fields"]
    assert tree["fields"]["lines"]["fields"]["amount"]["formula"]["ir"] is None


def test_spans_fill_a_grid_of_twelve(compiled: Mapping[str, CompiledForm]) -> None:
    layout = drawn(compiled, "opportunity")["layout"]

    assert [node["span"] for node in layout[0]["items"][:3]] == [6, 12, 6]
    assert [node["span"] for node in layout[1]["items"]] == [4, 4]
    assert [node["kind"] for node in layout] == ["group", "group", "group", "tabs"]
    assert layout[2]["items"][2]["kind"] == "text"
    assert layout[2]["items"][2]["text"]["en"] == "Write down the real reason"


def test_without_a_layout_all_fields_stand_in_two_columns(compiled: Mapping[str, CompiledForm]) -> None:
    (group,) = drawn(compiled, "quote")["layout"]

    assert group["columns"] == 2
    assert [node["field"] for node in group["items"]] == list(compiled["quote"].form.fields)


def test_checks_and_system_fields_are_drawn(compiled: Mapping[str, CompiledForm]) -> None:
    tree = drawn(compiled, "opportunity")

    assert [(one["id"], one["at"], one["severity"]) for one in tree["checks"]] == [
        ("checks.0.reject", "amount", "error"),
        ("checks.1.reject", "stage", "warning"),
        ("checks.2.reject", "lost_note", "error"),
    ]
    assert tree["system"]["owner"]["label"] == {"zh-CN": "负责人", "en": "Owner"}
    assert "deleted_at" not in tree["system"]
