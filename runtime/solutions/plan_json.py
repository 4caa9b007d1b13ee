"""What installing would do or did, as people get it."""

from __future__ import annotations

from engine.apps.solution import Package
from engine.problems import Register
from runtime.publishing.plan_json import planned_json
from runtime.solutions.install import InstallResult, SolutionPlan


def solution_plan_json(plan: SolutionPlan, register: Register, language: str) -> dict[str, object]:
    adopted = [{"kind": str(ref.kind), "key": ref.key} for ref in plan.adopted]
    return {
        "solution": _solution(plan.package),
        **planned_json(plan.plan, register, language),
        "adopted": adopted,
    }


def installed_json(result: InstallResult) -> dict[str, object]:
    sample = result.sample
    return {
        "solution": _solution(result.package),
        "versions": [
            {"kind": str(ref.kind), "key": ref.key, "version": version}
            for ref, version in result.versions.items()
        ],
        "adopted": [{"kind": str(ref.kind), "key": ref.key} for ref in result.adopted],
        "sample": None
        if sample is None
        else {"users": sample.users, "records": dict(sample.records), "processes": sample.processes},
    }


def _solution(package: Package) -> dict[str, object]:
    manifest = package.manifest
    return {
        "key": manifest.key,
        "version": manifest.version,
        "label": manifest.label,
        "description": manifest.description,
        "definitions": len(package.definitions),
    }
