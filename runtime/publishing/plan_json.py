"""A plan as people get it, with its sentences in their language."""

from __future__ import annotations

from engine.problems import Problem, Register
from runtime.http.problems import problem_json
from runtime.publishing.model import Plan, PlanItem, Published


def planned_json(plan: Plan, register: Register, language: str) -> dict[str, object]:
    """`{plan, problems}`, before anything is done."""
    return {
        "plan": {
            "items": [_item(item, register, language) for item in plan.items],
            "columns_added": plan.columns_added,
            "blocked": plan.blocked,
        },
        "problems": [problem_json(problem, register, language) for problem in plan.problems],
    }


def published_json(published: Published, register: Register, language: str) -> dict[str, object]:
    """The same, with the versions that are in force now."""
    versions = [
        {"kind": str(ref.kind), "key": ref.key, "version": version}
        for ref, version in published.versions.items()
    ]
    return {**planned_json(published.plan, register, language), "versions": versions}


def _item(item: PlanItem, register: Register, language: str) -> dict[str, object]:
    said = Problem(item.code, params=item.params)
    sentences = [register.message(said, language), register.hint(said, language)]
    if item.problem is not None:
        sentences.insert(1, register.message(item.problem, language))
    return {
        "kind": str(item.kind),
        "definition": {"kind": str(item.ref.kind), "key": item.ref.key},
        "form": item.form,
        "field": item.field,
        "label": item.label,
        "type": item.type,
        "detail": " ".join(sentence for sentence in sentences if sentence),
        "rows_at_risk": item.rows_at_risk,
        "danger": str(item.danger),
        "physical": item.physical,
    }
