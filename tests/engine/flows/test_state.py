"""The live state: small, canonical, the same after writing and reading."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.flows import ProcessState, dump_state, load_state, new_state
from engine.flows.state import STATE_FORMAT
from engine.problems import DefinitionError
from tests.engine.flows.play import Player, approval, chain, document, flow, flow_graph

scalars = (
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("$decimal"), inner),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), values))
def test_results_of_jobs_survive_writing_and_reading(given_vars):
    state = ProcessState(vars=given_vars)

    again = load_state(dump_state(state))
    assert again == state
    assert dump_state(again) == dump_state(state)


def test_the_text_is_canonical():
    text = dump_state(ProcessState(vars={"b": 1, "a": Decimal("1.50"), "中": "文"}))

    assert json.loads(text)["format"] == STATE_FORMAT
    assert '"vars":{"a":{"$decimal":"1.50"},"b":1,"中":"文"}' in text
    assert dump_state(load_state(text)) == text


def test_a_state_of_a_newer_program_is_refused():
    text = dump_state(new_state()).replace(f'"format":{STATE_FORMAT}', '"format":99')

    with pytest.raises(DefinitionError) as caught:
        load_state(text)
    assert caught.value.problems[0].code == "flow.state.format"


def test_twenty_live_tokens_fit_in_four_kilobytes():
    branches = "".join(approval(f"branch_{n}") + chain("p", f"branch_{n}", "j") for n in range(20))
    body = (
        '<startEvent id="s"/><endEvent id="e"/><parallelGateway id="p"/><parallelGateway id="j"/>' + branches
    )
    player = Player(flow_graph(document(body + chain("s", "p") + chain("j", "e"))), {"boss": (2,)}).start()

    assert len(player.state.tokens) == 20
    assert len(dump_state(player.state).encode()) <= 4_000


def test_a_state_does_not_grow_with_history():
    body = (
        '<startEvent id="s"/><endEvent id="e"/><exclusiveGateway id="g" default="back"/>'
        + approval("a", 'mode="all"') + approval("b") + chain("s", "a", "b", "g")
        + flow("f", "g", "e", "amount &gt; 10") + flow("back", "g", "a")
    )  # fmt: skip
    player = Player(flow_graph(document(body)), {"boss": (2, 3)}, {"amount": 1}).start()
    sizes = []
    for _ in range(200):
        player.do(2, "approve")
        player.do(3, "approve")
        player.do(2, "approve")
        sizes.append(len(dump_state(player.state)))

    digits = 50
    assert sizes[-1] <= sizes[1] + digits
