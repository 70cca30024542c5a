"""A report in, ``results.json`` and ``results.csv`` out: what the page shows and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any as Json

from mati.blocks.numbers import span_of
from mati.boards import value_of
from mati.model import Bins, Block, Cell, Change, Distribution, Figure, Part, Text, Trace
from mati.report.page import Item, Report
from mati.spreadsheet import table

__all__ = ["results_csv", "results_json"]

FORMAT = 1
_PRECISION = 6
"""Decimals of a figure."""
_THREE = ("promoters", "passives", "detractors")
HEAD = ("question", "item", "what", "code", "label", "value", "low", "high", "base")


def _plain(words: object) -> str:
    """Return a label as bare text, whether it is in a language yet or not."""
    if words is None:
        return ""
    return str(getattr(words, "text", None) or getattr(words, "source", words))


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PRECISION)


def _figure(figure: Figure) -> dict[str, Json]:
    return {
        "name": figure.name,
        "value": _rounded(figure.value),
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
        "base": figure.base,
    }


def _labels(item: Item) -> dict[str, str]:
    if item.question.block is Block.RANKING:  # its cells are places, its items the options
        return {}
    return {option.code: _plain(option.label) for option in item.question.options}


def _item_label(item: Item, name: str) -> str:
    question = item.question
    labels: dict[str, Text | None] = {row.id: row.label for row in question.rows}
    labels |= {field.id: field.label for field in question.fields}
    if question.block is Block.RANKING:
        labels |= {option.code: option.label for option in question.options}
    return _plain(labels.get(name.removeprefix(f"{question.id}.")))


def _ends(cell: Cell, bins: Bins) -> tuple[Json, Json]:
    """Return the ends of a span: whole numbers, hours, or days in ISO 8601; None for no end."""
    span = span_of(cell.codes, bins)
    low, high = (one.isoformat() if isinstance(one, date) else one for one in (span.low, span.high))
    return low, high


def _cell(cell: Cell, found: Distribution, labels: dict[str, str]) -> dict[str, Json]:
    if found.bins is not None:
        low, high = _ends(cell, found.bins)
        return {"from": low, "to": high, "count": cell.count}
    words = [labels.get(code, "") for code in cell.codes]
    return {"codes": list(cell.codes), "labels": words, "count": cell.count}


def _distribution(found: Distribution, item: Item) -> dict[str, Json]:
    record: dict[str, Json] = {"id": found.name, "label": _item_label(item, found.name)}
    if found.hidden:
        return record | {"hidden": True}
    labels = _labels(item)
    record |= {"base": found.base}
    if found.apart:
        record |= {"missing": found.missing} | ({"na": found.na} if found.has_na else {})
    else:
        record |= {"missing_or_na": found.missing}
    if found.withheld:
        record["withheld"] = list(found.withheld)
    record["cells"] = [_cell(cell, found, labels) for cell in found.cells]
    figures = [figure for figure in item.summary.figures if figure.item == found.name]
    return record | ({"figures": [_figure(figure) for figure in figures]} if figures else {})


def _part(part: Part) -> dict[str, Json]:
    """Return the numbers of a group; where few all answered alike, only how many they are."""
    value = value_of(part)
    record: dict[str, Json] = {"groups": list(part.codes), "base": part.base}
    if part.rest:
        record["together"] = True
    if value.masked:
        return record | {value.masked: value.number}
    if value.score:
        return record | dict(zip(_THREE, part.counts, strict=True))
    return record | {"positive": part.counts[0]}


def _trace(trace: Trace) -> dict[str, Json]:
    return {"item": trace.item, "groups": [_part(part) for part in trace.parts]}


def _change(change: Change) -> dict[str, Json]:
    words = {1: "likely higher", -1: "likely lower", 0: "no clear change"}
    times = 1 if change.score else 100
    return {
        "item": change.item,
        "before": list(change.before.codes),
        "now": list(change.now.codes),
        "difference": _rounded(100 * (change.now.level - change.before.level)),
        "low": _rounded(times * change.low),
        "high": _rounded(times * change.high),
        "verdict": words[change.verdict],
    }


def results_json(report: Report, language: str) -> bytes:
    """Return the numbers of a report with the labels of ``language``, as UTF-8 JSON."""
    record = {
        "format": FORMAT,
        "survey": report.survey,
        "title": _plain(report.title),
        "language": language,
        "sample": report.sample,
        "answers": report.counted,
        "questions_answered_percent": report.complete,
        "as_of": _moment(report.last),
        "hide_below": report.least,
        "questions": [
            {
                "id": item.question.id,
                "kind": item.question.kind,
                "label": _plain(item.question.label),
                "items": [_distribution(found, item) for found in item.summary.distributions],
            }
            for item in report.items
        ],
        "over_time": [_trace(trace) for trace in report.groups.trends],
        "changes": [_change(change) for change in report.groups.changes],
        "segments": [
            {
                "id": segment.column,
                "items": [_trace(trace) for trace in segment.traces],
                "differences": [_change(change) for change in segment.changes],
            }
            for segment in report.groups.segments
        ],
        "first_to_fix": [link.item for link in report.groups.links],
        "origins": [
            {
                "id": origin.name,
                "base": origin.distribution.base,
                "cells": [
                    {"codes": list(cell.codes), "count": cell.count}
                    for cell in origin.distribution.cells
                ],
            }
            for origin in report.origins
        ],
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


Row = tuple[str, str, str, str, str, str, str, str, str]


def _row(
    item: Item, found: Distribution, what: str, value: object, *, code: str = "", label: str = ""
) -> Row:
    base = "" if found.hidden else str(found.base)
    return (item.question.id, found.name, what, code, label, str(value), "", "", base)


def _rows(item: Item, found: Distribution) -> Iterator[Row]:
    name = _item_label(item, found.name) or _plain(item.question.label)
    if found.hidden:
        yield _row(item, found, "hidden", "", label=name)
        return
    yield _row(item, found, "base", found.base, label=name)
    yield _row(item, found, "missing" if found.apart else "missing or na", found.missing)
    if found.has_na and found.apart:
        yield _row(item, found, "na", found.na)
    labels = _labels(item)
    for cell in found.cells:
        words = " + ".join(filter(None, (labels.get(code, "") for code in cell.codes)))
        code = " ".join(cell.codes)
        if found.bins is not None:
            code = "..".join("" if end is None else str(end) for end in _ends(cell, found.bins))
        yield _row(item, found, "count", cell.count, code=code, label=words)
    for code in found.withheld:
        yield _row(item, found, "withheld", "", code=code, label=labels.get(code, ""))
    for figure in item.summary.figures:
        if figure.item == found.name:
            bounds = (figure.value, figure.low, figure.high)
            value, low, high = ("" if b is None else str(_rounded(b)) for b in bounds)
            yield (item.question.id, found.name, figure.name, "", "", value, low, high,
                   str(figure.base))  # fmt: skip


def results_csv(report: Report) -> bytes:
    """Return the numbers of a report as CSV, one number a line.

    UTF-8 with a byte-order mark and CRLF, which spreadsheets need for Khmer and Lao.
    """
    return table(_lines(report)).encode("utf-8")


def _group_rows(report: Report) -> Iterator[Row]:
    """Yield the groups: when, or which segment, stands as the code."""
    tables = [("over time", trace) for trace in report.groups.trends]
    tables += [(s.column, trace) for s in report.groups.segments for trace in s.traces]
    for what, trace in tables:
        for part in trace.parts:
            value = value_of(part)
            bounds = ("", "") if value.masked else (str(value.low), str(value.high))
            number = "" if value.number is None else str(value.number)
            shown = {"over": ">", "under": "<"}.get(value.masked, "") + number
            unit = "score" if trace.score else "percent"
            codes = " ".join(part.codes)
            yield ("", trace.item, what, codes, unit, shown, *bounds, str(part.base))


def _lines(report: Report) -> Iterator[Row]:
    yield HEAD
    if report.sample:  # a table that travels alone must say that nobody gave these answers
        yield ("", "", "sample", "", "", "1", "", "", "")
    for item in report.items:
        for found in item.summary.distributions:
            yield from _rows(item, found)
    yield from _group_rows(report)
