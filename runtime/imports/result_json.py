"""The result of an import as people get it."""

from __future__ import annotations

from engine.problems import Register
from runtime.http.problems import problem_json
from runtime.imports.model import ImportResult


def result_json(result: ImportResult, register: Register, language: str, job: int) -> dict[str, object]:
    """Counts, the first problems with the number of their row, and where all of them are."""
    counts = result.counts
    problems = [
        {"row": one.row.number, **problem_json(problem, register, language)}
        for one in result.failed
        for problem in one.problems
    ]
    return {
        "batch_id": result.batch_id,
        "dry_run": result.dry_run,
        "total": counts.total,
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "failed": counts.failed,
        "errors_url": f"/api/v1/jobs/{job}/errors.csv" if counts.failed else None,
        "problems": problems[:20],
    }
