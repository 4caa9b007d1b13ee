"""Record filters of roles as SQL: own, department, department tree, all, or FEEL."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.filters import FilterKind
from engine.rules.feel import Scope, compile_expression
from engine.rules.feel.queries import asks_records
from runtime.access.moment import Moment
from runtime.access.rights import Given
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.http.actor import Actor
from runtime.query.check import record_type
from runtime.query.filter import EVERYTHING, BoundFilter, Filter
from runtime.query.names import RECORD, FormNames, field_names

NO_FORMS: Final[Mapping[str, PublishedForm]] = MappingProxyType({})
_PARAMETERS: Final[Mapping[FilterKind, sa.BindParameter[Any]]] = {
    FilterKind.OWN: sa.bindparam("me", type_=sa.BigInteger()),
    FilterKind.DEPARTMENT: sa.bindparam("my_departments", type_=sa.BigInteger(), expanding=True),
    FilterKind.DEPARTMENT_TREE: sa.bindparam("my_department_tree", type_=sa.BigInteger(), expanding=True),
}


def actor_params(actor: Actor) -> dict[str, object]:
    """The values of the parameters that the plain filters use."""
    return {
        "me": actor.id,
        "my_departments": list(actor.departments),
        "my_department_tree": list(actor.department_tree),
    }


def granted_records(
    grants: Sequence[Given],
    form: PublishedForm,
    metadata: Metadata,
    source: sa.FromClause,
    moment: Moment,
) -> BoundFilter:
    """The records of `source` that one of the grants shows: the union of their filters; none: no record."""
    if any(one.grant.record_filter.kind is FilterKind.ALL for one in grants):
        return EVERYTHING
    bound = [bound_filter(one, form, metadata, source, moment) for one in grants]
    params = {name: value for one in bound for name, value in one.params.items()}
    pattern: tuple[Hashable, ...] = tuple(one.pattern for one in bound if one.pattern)
    clause = sa.or_(*(one.clause for one in bound)) if bound else sa.false()
    return BoundFilter(clause, params, pattern)


def with_shared(
    grants: Sequence[Given],
    of_roles: sa.ColumnElement[bool],
    shared: sa.ColumnElement[bool],
    source: sa.FromClause,
) -> sa.ColumnElement[bool]:
    """Records that roles or shares show.

    A person's own records are few, so both alternatives say that the record lives: SQLite then answers each
    from its partial index. Of a department's records a scan in the order of the list finds a page sooner.
    """
    if any(one.grant.record_filter.kind is not FilterKind.OWN for one in grants):
        return sa.or_(of_roles, shared)
    lives = source.c.deleted_at.is_(None)
    return sa.or_(sa.and_(lives, of_roles), sa.and_(lives, shared))


def bound_filter(
    given: Given,
    form: PublishedForm,
    metadata: Metadata,
    source: sa.FromClause,
    moment: Moment,
) -> BoundFilter:
    """The records that one grant shows."""
    params = actor_params(moment.actor)
    match given.grant.record_filter.kind:
        case FilterKind.ALL:
            return EVERYTHING
        case FilterKind.OWN as kind:
            return BoundFilter(source.c.owner == _PARAMETERS[kind], params)
        case FilterKind.DEPARTMENT as kind:
            clause = source.c.department.in_(_PARAMETERS[kind])
            return BoundFilter(clause, params)
        case FilterKind.DEPARTMENT_TREE as kind:
            clause = source.c.department.in_(_PARAMETERS[kind])
            return BoundFilter(clause, params)
        case FilterKind.FEEL:
            return _feel(given, form, metadata, source, moment)


def _feel(
    given: Given,
    form: PublishedForm,
    metadata: Metadata,
    source: sa.FromClause,
    moment: Moment,
) -> BoundFilter:
    """Reads all fields, as automation does. Publishing has refused what SQL cannot do; if a program that can
    less meets it all the same, nothing is shown."""
    text = given.grant.record_filter.expression
    scope = filter_scope(form, metadata.forms if asks_records(text) else {})
    names = FormNames(form, metadata.forms, moment.dialect, source)
    prefix = f"r_{form.key}_{given.role.key}_"
    compiled = compile_expression(text, scope)
    fields = field_names(form) | {RECORD}
    found = Filter(compiled, scope, names, fields, dialect=moment.dialect, prefix=prefix)
    if found.problems:
        return BoundFilter(sa.false(), {}, (prefix, "refused"))
    around = {"user": moment.user, "settings": metadata.setting_values}
    bound = found.bind(around, moment.feel_now, moment.zone)
    return BoundFilter(bound.clause, bound.params, (prefix, bound.pattern))


def filter_scope(form: PublishedForm, asked: Mapping[str, PublishedForm] = NO_FORMS) -> Scope:
    """What record filters can see: fields and `user`, and the records of the forms they ask."""
    names = form.compiled.scope.names
    records = {key: record_type(one.compiled) for key, one in asked.items()}
    own = (*field_names(form), RECORD, "user", "settings")
    return Scope({name: names[name] for name in own}, records=records)
