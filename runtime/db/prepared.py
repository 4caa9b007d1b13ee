"""Statements of the request path: compiled once, run on the driver's cursor.

SQLAlchemy writes the text and knows the types. What it does anew at every execution (cache key, context,
expansion of lists, result object) costs several times what SQLite takes to answer, so the outcome is kept
here: the text, where each value goes, how each column is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError, MultipleResultsFound
from sqlalchemy.sql.compiler import SQLCompiler

Statement = sa.Select[Any] | sa.UpdateBase
Values = Mapping[str, Any]
Row = Sequence[Any]
_Convert = Callable[[Any], Any]
_SHAPES: Final = 64
"""Texts that are kept of one statement; more lengths than that come from bulk work."""


class Prepared:
    """A SELECT, INSERT, UPDATE or DELETE, on either database and from any thread.

    Parameters are the statement's `bindparam`s without a value; other values in it are fixed.
    columns   keys of the columns that an INSERT without `values` sets; each is a parameter
    Every method raises DBAPIError, as `Connection.execute` does.
    """

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._keys = tuple(map(str, statement.exported_columns.keys()))
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, conn: Connection, values: Values) -> Sequence[Row]:
        """Every row, as Python values in the order of the columns."""
        compiled = self._for(conn.dialect)
        shape = compiled.shape(values)
        parameters = shape.filled(values)
        with _cursor(conn, shape.text, parameters) as cursor:
            cursor.execute(shape.text, parameters)
            return compiled.read(cursor.fetchall(), cursor.description)

    def row(self, conn: Connection, values: Values) -> Row | None:
        """The row of a statement that finds one at most."""
        rows = self.rows(conn, values)
        if len(rows) > 1:
            raise MultipleResultsFound("more than one row where one at most was expected")
        return rows[0] if rows else None

    def mapping(self, conn: Connection, values: Values) -> Values | None:
        """The same, by the keys of the columns."""
        row = self.row(conn, values)
        return None if row is None else dict(zip(self._keys, row, strict=True))

    def value(self, conn: Connection, values: Values) -> Any:
        """The one value of a statement that always answers with one."""
        return self.rows(conn, values)[0][0]

    def send(self, conn: Connection, rows: Sequence[Values]) -> None:
        """Run a statement that answers nothing, once for each of `rows`; they count as one statement."""
        shape = self._for(conn.dialect).shape(rows[0])
        parameters = [shape.filled(values) for values in rows]
        with _cursor(conn, shape.text, parameters) as cursor:
            if len(parameters) == 1:
                cursor.execute(shape.text, parameters[0])
            else:
                cursor.executemany(shape.text, parameters)

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled.of(self._statement, self._columns, dialect)
        return compiled


@dataclass(frozen=True, slots=True)
class _Shape:
    """The statement for lists of certain lengths.

    blank    its parameters (a list, or a dict where they are named) with the fixed values filled in
    places   where a given value goes: (place, name, index in a list or None, conversion)
    """

    text: str
    blank: Any
    places: tuple[tuple[Any, str, int | None, _Convert | None], ...]

    def filled(self, values: Values) -> Any:
        parameters = self.blank.copy()
        for place, name, index, convert in self.places:
            value = values[name] if index is None else values[name][index]
            parameters[place] = value if convert is None else convert(value)
        return parameters


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in the language of one database.

    lists     names of the parameters that are lists
    shapes    by the lengths of the lists
    readers   (column, conversion) of the columns whose driver value is not yet what it means; found with the
              first row, because PostgreSQL's driver tells the type only then
    """

    compiler: SQLCompiler
    dialect: Dialect
    types: tuple[sa.types.TypeEngine[Any], ...]
    lists: tuple[str, ...]
    shapes: dict[tuple[int, ...], _Shape]
    readers: list[tuple[tuple[int, _Convert], ...]]

    @classmethod
    def of(cls, statement: Statement, columns: Sequence[str] | None, dialect: Dialect) -> _Compiled:
        compiler = statement.compile(dialect=dialect, column_keys=None if columns is None else list(columns))
        assert isinstance(compiler, SQLCompiler)
        types = tuple(column.type for column in statement.exported_columns)
        lists = tuple(name for name, bind in compiler.binds.items() if bind.expanding and bind.required)
        return cls(compiler, dialect, types, lists, {}, [])

    def shape(self, values: Values) -> _Shape:
        lengths = tuple([len(values[name]) for name in self.lists])
        shape = self.shapes.get(lengths)
        if shape is None:
            if len(self.shapes) >= _SHAPES:
                self.shapes.clear()
            shape = self.shapes[lengths] = self._shape({name: values[name] for name in self.lists})
        return shape

    def _shape(self, lists: Values) -> _Shape:
        binds = self.compiler.binds
        given = {name: None for name, bind in binds.items() if bind.required}
        state = self.compiler.construct_expanded_state({**given, **lists})
        origin: dict[str, tuple[str, int | None]] = {name: (name, None) for name in binds}
        for name, parts in state.parameter_expansion.items():
            origin |= {part: (name, index) for index, part in enumerate(parts)}
        numbered = state.positiontup is not None
        names = state.positiontup or list(state.parameters)
        blank: dict[Any, Any] = {}
        places = []
        for place, part in enumerate(names) if numbered else zip(names, names, strict=True):
            name, index = origin[part]
            convert = self._binder(name)
            if binds[name].required:
                blank[place] = None
                places.append((place, name, index, convert))
            else:
                blank[place] = convert(state.parameters[part]) if convert else state.parameters[part]
        return _Shape(state.statement, list(blank.values()) if numbered else blank, tuple(places))

    def _binder(self, name: str) -> _Convert | None:
        return self.compiler.binds[name].type.dialect_impl(self.dialect).bind_processor(self.dialect)

    def read(self, rows: Sequence[Row], description: Sequence[Sequence[Any]]) -> Sequence[Row]:
        if not self.readers:
            self.readers.append(self._readers(description))
        readers = self.readers[0]
        return [_converted(row, readers) for row in rows] if readers else rows

    def _readers(self, description: Sequence[Sequence[Any]]) -> tuple[tuple[int, _Convert], ...]:
        found = (
            one.dialect_impl(self.dialect).result_processor(self.dialect, column[1])
            for one, column in zip(self.types, description, strict=True)
        )
        return tuple((place, convert) for place, convert in enumerate(found) if convert is not None)


def _converted(row: Row, readers: Sequence[tuple[int, _Convert]]) -> Row:
    values = list(row)
    for place, convert in readers:
        values[place] = convert(values[place])
    return values


@contextmanager
def _cursor(conn: Connection, text: str, parameters: Any) -> Iterator[Any]:
    cursor = conn.connection.cursor()
    try:
        for see in conn.dispatch.before_cursor_execute:
            see(conn, cursor, text, parameters, None, False)
        yield cursor
    except conn.dialect.loaded_dbapi.Error as error:
        raise _known(conn, cursor, error, (text, parameters)) from error
    finally:
        cursor.close()


def _known(conn: Connection, cursor: Any, error: Any, sent: tuple[str, Any]) -> BaseException:
    """SQLAlchemy's error for the driver's; a connection that is lost does not go back to the pool."""
    dialect, base = conn.dialect, conn.dialect.loaded_dbapi.Error
    lost = dialect.is_disconnect(error, conn.connection, cursor)
    if lost:
        conn.invalidate(error)
    known: BaseException = DBAPIError.instance(
        *sent, error, base, connection_invalidated=lost, dialect=dialect
    )
    return known
