"""Small DMN files made of rows, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from engine.problems import Problem
from engine.rules.decisions import CompiledDecisions, compile_decisions, read_decisions
from engine.values import Date, DateTime, Time

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
COLUMNS = (("amount", "number"), ("level", "string"))


def model_of(body: str, namespace: str = "urn:test", more: str = "") -> bytes:
    return (
        f'<definitions xmlns="{MODEL}" name="test" id="file" namespace="{namespace}" {more}>'
        f"{body}</definitions>"
    ).encode()


def sheet(
    rows: Iterable[Iterable[str]],
    hit: str = "UNIQUE",
    columns: Iterable[tuple[str, str]] = COLUMNS,
    outputs: Iterable[str] = ("<output id='out' name='result'/>",),
    **attributes: str,
) -> bytes:
    """One decision `d`; the last cells of each row are outputs. Ids: column c0, row r0, cell r0c0."""
    given, results = [*columns], [*outputs]
    data = "".join(
        f'<inputData id="in_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in given
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#in_{name}"/></informationRequirement>'
        for name, _ in given
    )
    inputs = "".join(
        f'<input id="c{i}" label="{name}"><inputExpression typeRef="{kind}"><text>{name}</text>'
        "</inputExpression></input>"
        for i, (name, kind) in enumerate(given)
    )
    more = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    rules = "".join(_rule(i, [*row], len(given)) for i, row in enumerate(rows))
    return model_of(
        f'{data}<decision id="d" name="d"><variable name="d"/>{needs}'
        f'<decisionTable id="t" hitPolicy="{hit}" {more}>{inputs}{"".join(results)}{rules}</decisionTable>'
        "</decision>"
    )


def _rule(index: int, row: list[str], width: int) -> str:
    cells = [
        f'<{name} id="r{index}c{column}"><text>{escape(text)}</text></{name}>'
        for column, text in enumerate(row)
        for name in ("inputEntry" if column < width else "outputEntry",)
    ]
    return f'<rule id="r{index}">{"".join(cells)}</rule>'


def literal(name: str, text: str, needs: str = "", kind: str = "") -> str:
    reference = f' typeRef="{kind}"' if kind else ""
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{reference}/>{needs}'
        f"<literalExpression><text>{escape(text)}</text></literalExpression></decision>"
    )


def needing(*names: str) -> str:
    return "".join(
        f'<informationRequirement><requiredDecision href="#{name}"/></informationRequirement>'
        for name in names
    )


def knowing(*names: str) -> str:
    return "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{name}"/></knowledgeRequirement>' for name in names
    )


def compiled(xml: bytes, *imported: bytes) -> CompiledDecisions:
    models = [read_decisions(one).model for one in (xml, *imported)]
    assert models[0] is not None
    return compile_decisions(models[0], [one for one in models[1:] if one is not None])


def value(xml: bytes, name: str, inputs: Mapping[str, object] | None = None) -> object:
    return compiled(xml).evaluate(name, inputs or {}, NOW).value


def codes(problems: Iterable[Problem]) -> set[str]:
    return {problem.code for problem in problems}
