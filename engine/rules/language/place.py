"""Where a problem of a rule stands, for people: its line."""

from __future__ import annotations

from dataclasses import replace

from engine.problems import Problem, Span


def placed(problem: Problem, text: str) -> Problem:
    """The problem with its line as its place: `line 3`; the span stays."""
    span = problem.span or Span(0, 0)
    return replace(problem, at=f"line {text.count(chr(10), 0, span.start) + 1}")
