"""Numbers in, what of them may be shown out: nobody can be told from a cell of few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mati.model import Cell, Distribution, Figure, QuestionSummary, Survey

__all__ = ["hidden", "least_of", "safe", "safe_summary", "small", "spans", "tight"]


def small(count: int, least: int) -> bool:
    """Tell whether a cell holds somebody, and too few to be shown."""
    return 0 < count < least


def spans(rows: Sequence[Sequence[int]], least: int) -> tuple[tuple[int, int], ...] | None:
    """Part the columns of a table into as many spans of neighbours as can be, so that every
    cell of joined columns holds 0 or at least ``least``; with a minus it counts the same.

    None when not even all columns together do.
    """
    best: list[tuple[tuple[int, int], ...] | None] = [()]
    for end in range(1, len(rows[0]) + 1):
        found: tuple[tuple[int, int], ...] | None = None
        for start in reversed(range(end)):
            before = best[start]
            if before is None or any(small(abs(sum(row[start:end])), least) for row in rows):
                continue
            if found is None or len(before) + 1 > len(found):
                found = (*before, (start, end))
        best.append(found)
    return best[-1]


def _merged(cells: Sequence[Cell], least: int) -> tuple[Cell, ...] | None:
    """Join neighbours until every cell holds 0 or at least ``least``, in as many as can be.

    None when all of them together hold too few.
    """
    parted = spans([[cell.count for cell in cells]], least)
    return None if parted is None else tuple(_joined(cells[a:b]) for a, b in parted)


def _joined(cells: Sequence[Cell]) -> Cell:
    codes = tuple(code for cell in cells for code in cell.codes)
    return Cell(codes, sum(cell.count for cell in cells))


def _ordered(found: Distribution, least: int) -> tuple[Cell, ...]:
    """Roll small cells of a scale up into neighbours: of the same side where that is enough,
    then of the middle and the negative side together, then wherever they stand.
    """
    sides = tuple(
        tuple(cell for cell in found.cells if cell.codes[0] in side) for side in found.sides
    )
    negative, middle, positive = sides
    regions: tuple[Sequence[Cell], ...]
    for regions in (sides, ((*negative, *middle), positive), (found.cells,)):
        merged = [_merged(region, least) for region in regions]
        whole = [part for part in merged if part is not None]
        if len(whole) == len(merged):
            return tuple(cell for part in whole for cell in part)
    return (_joined(found.cells),)


def _unordered(found: Distribution, least: int) -> tuple[Cell, ...] | None:
    """Roll small cells up into one of "other answers", with a larger one where they are few.

    It must hold twice as many as the smallest cell that is shown, and more than one a cell:
    with less, or with one of two equal cells, a reader who knows this rule could work the
    cells out (the tests try every table). None when that cannot be.
    """
    pool = [cell for cell in found.cells if small(cell.count, least)]
    if not pool:
        return found.cells
    while tight([cell.count for cell in pool], least):
        rest = [cell for cell in found.cells if cell.count >= least and cell not in pool]
        if not rest:
            return None
        smallest = min(cell.count for cell in rest)
        pool.extend(cell for cell in rest if cell.count == smallest)
    codes = {cell.codes for cell in pool}
    kept = tuple(cell for cell in found.cells if cell.codes not in codes)
    return (*kept, _joined([cell for cell in found.cells if cell.codes in codes]))


def tight(pool: Sequence[int], least: int) -> bool:
    """Tell whether the size of the pool gives its cells away: each one, or each just too few."""
    whole, cells = sum(pool), len(pool)
    return cells == 1 or whole < max(2 * least, cells + 1) or whole == cells * (least - 1)


def _several(found: Distribution, least: int) -> Distribution:
    """Withhold the options that few chose, or that few did not."""
    shown = tuple(
        cell
        for cell in found.cells
        if not small(cell.count, least) and not small(found.base - cell.count, least)
    )
    withheld = tuple(cell.codes[0] for cell in found.cells if cell not in shown)
    return replace(found, cells=shown, withheld=withheld)


def _too_few(found: Distribution) -> Distribution:
    return Distribution(
        name=found.name, base=0, missing=0, hidden=True, sides=found.sides, bins=found.bins
    )


def safe(found: Distribution, least: int) -> Distribution:
    """Return what of a distribution may be shown: every cell 0 or at least ``least``.

    Below that base nothing is shown, not even how few. "Does not apply" stands apart from
    those who gave no answer only where enough said so.
    """
    if small(found.base, least):
        return _too_few(found)
    if found.has_na and found.na < least:
        found = replace(found, missing=found.missing + found.na, na=0, apart=False)
    if found.several:
        return _several(found, least)
    if found.bins is not None:
        spans_ = _merged(found.cells, least)
        return _too_few(found) if spans_ is None else replace(found, cells=spans_)
    cells = _ordered(found, least) if found.sides else _unordered(found, least)
    return _too_few(found) if cells is None else replace(found, cells=cells)


def _safe_table(rows: tuple[Distribution, ...], least: int) -> tuple[Distribution, ...]:
    """Return what may be shown of rows whose columns add up as well: joined alike in each.

    One row joined alone could be worked out from the others. With one too small to show, all
    are hidden.
    """
    parted = spans([[cell.count for cell in row.cells] for row in rows], least) if rows else ()
    if parted is None or any(small(row.base, least) for row in rows):
        return tuple(map(_too_few, rows))
    return tuple(
        replace(row, cells=tuple(_joined(row.cells[start:end]) for start, end in parted))
        for row in rows
    )


def _may_show(figure: Figure, found: Mapping[str, Distribution]) -> bool:
    shown = found.get(figure.item)
    return shown is not None and all(shown.count(codes) is not None for codes in figure.reveals)


def safe_summary(summary: QuestionSummary, least: int) -> QuestionSummary:
    """Return what of a question may be shown; figures go with the cells that they reveal."""
    rows = summary.distributions
    shown = _safe_table(rows, least) if summary.together else [safe(one, least) for one in rows]
    found = {one.name: one for one in shown}
    return replace(
        summary,
        distributions=tuple(found.values()),
        figures=tuple(f for f in summary.figures if _may_show(f, found)),
    )


def hidden(summary: QuestionSummary) -> QuestionSummary:
    """Return a question of which nothing is shown."""
    gone = tuple(_too_few(one) for one in summary.distributions)
    return replace(summary, distributions=gone, figures=())


_LEAST = 3
"""With fewer a hidden cell can be told from its size alone."""


def least_of(survey: Survey) -> int:
    """Return how many people a cell must hold to be shown."""
    wanted = survey.settings.report.hide_below
    return wanted if wanted <= 1 else max(wanted, _LEAST)
