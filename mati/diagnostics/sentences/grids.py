"""What can be wrong with tables of statements: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "column-without-code": error(
        "the column '{text}' has no code",
        "write the code in brackets first, such as: {offer}",
    ),
    "row-without-bars": error(
        "'{text}' stands in a table but does not begin with '|'",
        "write: {offer}",
    ),
    "table-parted": error(
        "a blank line parts the row '{text}' from its table",
        "remove the blank line above this row",
    ),
    "no-rule-line": error(
        "the table has no line of dashes under its heading",
        "write below the heading: {example}",
    ),
    "rule-line-differs": error(
        "the line of dashes has {cells} cells, the heading {heading}",
        "give both the same number of cells",
    ),
    "too-many-cells": error(
        "this row has {cells} cells, the heading {heading}",
        "remove the cells too many; write '\\|' where '|' belongs to the words",
    ),
    "missing-cell": error(
        "this row has {cells} cells, the heading {heading}",
        "add what is missing: one '|' for each empty cell",
    ),
    "text-in-cell": error(
        "'{text}' stands where people put their mark",
        "leave the cell empty",
    ),
    "code-before-row": error(
        "a row takes no code before its words: people would read '({code})'",
        "write its id behind the words, like this: {offer}",
    ),
    "row-without-text": error(
        "this row has no statement",
        "write it in the first cell",
    ),
    "too-many-columns": error(
        "the table has {cells} columns",
        "a table has at most 40; split the question",
    ),
    "no-rows": error(
        "the table has no rows",
        "write the first statement below the line of dashes",
    ),
}
