"""SQL fragments about people, written once and used inside larger statements."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from runtime.identity import tables as t

Text = sa.ScalarSelect[Any]


def joined(values: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> Text:
    """The values as one text, separated by commas; null if there are none."""
    as_text = sa.cast(values, sa.String(200))
    return sa.select(sa.func.aggregate_strings(as_text, ",")).where(*where).scalar_subquery()


def is_below(part: sa.ColumnElement[str], top: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether the department with path `part` is the one with path `top`, or lies below it."""
    return sa.func.substr(part, 1, sa.func.length(top)) == top


def holds_role(user_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """On `role_assignment`: the person holds it herself, by a group, or by a department she belongs to.

    The inner selects stand two levels below the person's table; SQLAlchemy correlates one level by itself and
    would let them range over everybody.
    """
    kind, holder = t.role_assignment.c.holder_kind, t.role_assignment.c.holder_id
    groups = sa.select(t.group_member.c.group_id).where(t.group_member.c.user_id == user_id)
    groups = groups.correlate_except(t.group_member)
    departments = sa.select(t.membership.c.department_id).where(t.membership.c.user_id == user_id)
    departments = departments.correlate_except(t.membership)
    return sa.or_(
        (kind == "user") & (holder == user_id),
        (kind == "group") & holder.in_(groups),
        (kind == "department") & holder.in_(departments),
    )


def roles_of(user_id: sa.ColumnElement[int]) -> Text:
    return joined(t.role_assignment.c.role, holds_role(user_id))


def departments_of(user_id: sa.ColumnElement[int]) -> Text:
    return joined(t.membership.c.department_id, t.membership.c.user_id == user_id)


def department_tree_of(user_id: sa.ColumnElement[int]) -> Text:
    """Ids of her departments and of all below them; one that is reached twice may stand there twice."""
    mine, below = t.department.alias("mine"), t.department.alias("below")
    member = (t.membership.c.user_id == user_id) & (t.membership.c.department_id == mine.c.id)
    return joined(below.c.id, member, is_below(below.c.path, mine.c.path))


def manager_of_row(user: sa.FromClause) -> sa.ColumnElement[Any]:
    """Id of the direct manager of a row of `user_account`: the one set by hand, else the nearest head.

    The nearest head is that of the main department or of the next level up that is led by somebody else.
    Who is deactivated manages nobody.
    """
    set_by_hand, person = t.user_account.alias("set_by_hand"), t.user_account.alias("person")
    main, above, head = t.department.alias("main"), t.department.alias("above"), t.department_head
    by_hand = sa.select(set_by_hand.c.id).where(
        set_by_hand.c.id == user.c.manager_id, set_by_hand.c.state != "deactivated"
    )
    nearest_head = (
        sa.select(head.c.user_id)
        .select_from(main)
        .join(above, is_below(main.c.path, above.c.path))
        .join(head, head.c.department_id == above.c.id)
        .join(person, person.c.id == head.c.user_id)
        .where(
            main.c.id == user.c.main_department_id,
            head.c.user_id != user.c.id,
            person.c.state != "deactivated",
        )
        .order_by(sa.func.length(above.c.path).desc(), head.c.position, head.c.user_id)
        .limit(1)
    )
    return sa.func.coalesce(by_hand.scalar_subquery(), nearest_head.scalar_subquery())
