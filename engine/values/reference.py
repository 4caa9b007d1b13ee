"""A record, user or department as an expression sees it."""

from __future__ import annotations


class Reference(dict[str, object]):
    """A context `{id, title, …readable fields}`; two of them are equal when their ids are (SEMANTICS §1).

    How many fields were loaded makes no difference. Everything else treats it as the context it is.
    """

    __slots__ = ()
