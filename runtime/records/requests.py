"""What the endpoints of this room have in common: scene, query strings, problems in answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.problems import Problem, Register
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.problems import problem_json
from runtime.records.model import AggregateQuery, Function, ListQuery, Measure
from runtime.records.scene import Scene


def scene_of(catalog: Catalog, call: Call) -> Scene:
    """The scene of a request; titles are in the language of its answer. Not inside a transaction."""
    actor = call.actor
    if actor.language != call.language:
        actor = replace(actor, language=call.language)
    return Scene(call.workspace, catalog.for_call(call), actor)


def problems_json(problems: Sequence[Problem], register: Register, call: Call) -> list[object]:
    return [problem_json(problem, register, call.language) for problem in problems]


def list_query(call: Call, *, deleted: bool = False) -> ListQuery:
    """The list that the query string asks for, without its position."""
    args = call.args
    view = args.get("view")
    return ListQuery(
        where=str(args.get("where", "")),
        search=str(args.get("search", "")),
        sort=_names(args.get("sort")),
        fields=_names(args.get("fields")),
        view=str(view) if view else None,
        limit=_whole(args["limit"]),
        exact=args.get("count") == "exact",
        deleted=deleted,
    )


def cursor_place(form: str, query: ListQuery, call: Call) -> str:
    """Everything a position in a list depends on; a cursor is no good anywhere else, nor to anybody else."""
    parts = (form, query.where, query.search, ",".join(query.sort), query.view or "", str(query.deleted))
    return "|".join((*parts, str(call.actor.id)))


def _names(text: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(text).split(",")) if text else ()


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def aggregate_query(body: Mapping[str, Any]) -> AggregateQuery:
    measures = tuple(
        Measure(
            one["key"],
            Function(one["fn"]),
            one.get("field"),
            one.get("where", ""),
            one.get("numerator"),
            one.get("denominator"),
        )
        for one in body["measures"]
    )
    return AggregateQuery(measures, tuple(body.get("group", ())), body.get("where", ""))
