"""The collected BPMN files of others: each gets an outcome, none breaks us, and writing loses nothing."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from engine.flows import Outcome, read_bpmn, write_bpmn

ROOT = Path(__file__).parents[3]
CORPORA = Path(os.environ.get("DOUGONG_SHARED", ROOT.parent / "shared")) / "conformance/bpmn"
SETS = ("miwg", "spiffworkflow", "camunda7")

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not CORPORA.is_dir(), reason=f"NOT RUN: no BPMN files at {CORPORA} (set DOUGONG_SHARED)"
    ),
]


def content(xml: bytes) -> list[tuple[object, ...]]:
    """Everything but comments and processing instructions, as lxml itself reads it."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
    return [
        (node.tag, dict(node.attrib), node.text or "", node.tail or "", dict(node.nsmap))
        for node in etree.fromstring(xml, parser).iter()
    ]


@pytest.mark.parametrize("name", SETS)
def test_every_file_gets_an_outcome_and_is_written_without_loss(name, capsys):
    files = [path for path in sorted((CORPORA / name).rglob("*")) if path.suffix in {".bpmn", ".xml"}]
    outcomes: Counter[str] = Counter()
    for path in files:
        xml = path.read_bytes()
        reading = read_bpmn(xml, path.name)
        outcomes[reading.outcome] += 1
        if reading.model is not None:
            assert content(write_bpmn(reading.model)) == content(xml), path
        if reading.outcome is Outcome.REFUSED:
            assert reading.categories, path
        assert all(problem.params.get("line") for problem in reading.problems), path

    with capsys.disabled():
        print(f"\nBPMN files of {name}: {len(files)}, {dict(sorted(outcomes.items()))}")  # noqa: T201
    assert files
    assert outcomes[Outcome.MALFORMED] == {"camunda7": 2}.get(name, 0)
