"""Measures in, one SELECT of conditional sums out, in words that every SQL engine knows.

No UNNEST, no PIVOT: the survey already names every option. A multiple choice is stored as
``|a|c|``, so that one LIKE finds a code. Proven alike on SQLite, DuckDB and PostgreSQL.
"""

from __future__ import annotations

import re

from mati.model import UNANSWERED, Measure, Test

__all__ = ["MARK", "Engine", "engine", "literal"]

MARK = "|"
"""Stands around every code of a column that holds several."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")
"""Codes, wire names and languages (``pt-BR``): the only words of a survey that ever stand in a
statement."""


def literal(code: str) -> str:
    """Return ``code`` as an SQL string; ``ValueError`` when it is none of those."""
    if not _SAFE.match(code):
        message = f"not a code: {code!r}"
        raise ValueError(message)
    return f"'{code}'"


def _pattern(code: str) -> str:
    """Return the test for one code inside ``|a|c|``; ``_`` stands for itself."""
    literal(code)
    escaped = code.replace("_", "!_")
    return f"LIKE '%{MARK}{escaped}{MARK}%'" + (" ESCAPE '!'" if "_" in code else "")


def _condition(test: Test, names: dict[str, str]) -> str:
    column = names[test.column]
    match test.op:
        case "asked":
            return f"{column} IS NOT NULL"
        case "given":  # nothing compares with NULL: who was not asked has not answered
            return f"{column} <> '{UNANSWERED}'"
        case "in" if len(test.values) == 1:
            return f"{column} = {literal(test.values[0])}"
        case "in" if test.values:
            return f"{column} IN ({', '.join(literal(value) for value in test.values)})"
        case "has" if test.values:
            found = " OR ".join(f"{column} {_pattern(value)}" for value in test.values)
            return f"({found})" if len(test.values) > 1 else found
    message = f"not a test: {test!r}"
    raise ValueError(message)


class Engine:
    """The statement as SQLite takes it; so do the others."""

    name = "sqlite"

    def statement(
        self,
        table: str,
        columns: tuple[str, ...],
        measures: tuple[Measure, ...],
        by: tuple[str, ...] = (),
    ) -> str:
        """Return one SELECT: the values of ``by``, then a column per measure in this order.

        One row, or one for each set of values. ``COUNT`` of a CASE without ELSE is a sum of ones
        that is 0, not NULL, without rows.
        """
        names = {column: f"c{at}" for at, column in enumerate(columns)}
        keys = [names[column] for column in by]
        sums = []
        for measure in measures:
            tests = " AND ".join(_condition(test, names) for test in measure.tests)
            sums.append(self.sum_where(tests) if tests else "COUNT(*)")
        text = f"SELECT {', '.join((*keys, *sums))} FROM {table}"  # noqa: S608 -- words are checked
        return f"{text} GROUP BY {', '.join(keys)}" if keys else text

    def sum_where(self, tests: str) -> str:
        """Return the number of rows that pass ``tests``; 0 without rows."""
        return f"COUNT(CASE WHEN {tests} THEN 1 END)"

    def extremes(self, table: str, columns: tuple[str, ...], column: str) -> str:
        """Return one SELECT of the smallest and the largest value of a column, one row."""
        name = f"c{columns.index(column)}"
        return f"SELECT MIN({name}), MAX({name}) FROM {table}"  # noqa: S608 -- our own names


engine = Engine()
