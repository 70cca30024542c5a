"""A survey in, the table and the sums it wants out; counts in, numbers that may be shown out.

The last room in which a small number can stand: what leaves ``summaries`` tells of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mati.model import (
    ASKED,
    All,
    Any,
    Cell,
    Chosen,
    Collection,
    Column,
    Compared,
    Condition,
    Distribution,
    Figure,
    Measure,
    Not,
    Question,
    QuestionSummary,
    Survey,
    Test,
    asked_of,
)
from mati.questions import kind_of
from mati.responses import CHANNELS, HIDDEN, NONE, OTHER

__all__ = ["collection", "columns", "measures", "safe", "summaries", "walls"]

_MARKS = (
    "mati_counted", "mati_sample", "mati_suspect", "mati_stale", "mati_unknown",
    "mati_other_version", "mati_late", "mati_revised", "mati_odd",
)  # fmt: skip


def _reported(survey: Survey) -> Iterator[Question]:
    """Go through the questions a report speaks of: none that is private."""
    return (q for q in survey.questions if not q.private)


def _origins(survey: Survey) -> tuple[Column, ...]:
    """Return the columns that say where answers came from: language, channel, hidden fields."""
    return (
        Column(name="mati_lang", shape="one", codes=(*survey.languages, NONE)),
        Column(name="mati_channel", shape="one", codes=(*CHANNELS, OTHER, NONE)),
        *(
            Column(
                name=HIDDEN + field.name,
                shape="one",
                codes=tuple(dict.fromkeys((*(code for code, _ in field.values), OTHER))),
            )
            for field in survey.settings.hidden
            if field.values
        ),
    )


def columns(survey: Survey) -> tuple[Column, ...]:
    """Return the columns of the table that is counted: Mati's own, then those of the questions.

    Private questions have none: their answers never come near a report.
    """
    own = (*(Column(name=name, shape="open") for name in _MARKS), *_origins(survey))
    asked = Column(name=ASKED, shape="several")
    return (
        asked,
        *own,
        *(c for q in _reported(survey) for c in kind_of(q.kind).columns(q)),
    )


def measures(survey: Survey) -> tuple[Measure, ...]:
    """Return every sum that a report of ``survey`` wants; each name stands once."""
    return (
        Measure("mati_received", ()),
        *(Measure(name, (Test(name, "given"),)) for name in _MARKS),
        *(
            Measure(f"{column.name}={code}", (Test(column.name, "in", (code,)),))
            for column in _origins(survey)
            for code in column.codes
        ),
        *(m for q in _reported(survey) for m in kind_of(q.kind).measures(q)),
    )


# --- What may be shown -----------------------------------------------------------------------


def _small(count: int, least: int) -> bool:
    return 0 < count < least


def _spans(rows: Sequence[Sequence[int]], least: int) -> tuple[tuple[int, int], ...] | None:
    """Part the columns of a table into as many spans of neighbours as can be, so that every
    cell of joined columns holds 0 or at least ``least``.

    None when not even all columns together do.
    """
    best: list[tuple[tuple[int, int], ...] | None] = [()]
    for end in range(1, len(rows[0]) + 1):
        found: tuple[tuple[int, int], ...] | None = None
        for start in reversed(range(end)):
            before = best[start]
            if before is None or any(_small(sum(row[start:end]), least) for row in rows):
                continue
            if found is None or len(before) + 1 > len(found):
                found = (*before, (start, end))
        best.append(found)
    return best[-1]


def _merged(cells: Sequence[Cell], least: int) -> tuple[Cell, ...] | None:
    """Join neighbours until every cell holds 0 or at least ``least``, in as many as can be.

    None when all of them together hold too few.
    """
    spans = _spans([[cell.count for cell in cells]], least)
    return None if spans is None else tuple(_joined(cells[start:end]) for start, end in spans)


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
    pool = [cell for cell in found.cells if _small(cell.count, least)]
    if not pool:
        return found.cells
    while _tight(pool, least):
        rest = [cell for cell in found.cells if cell.count >= least and cell not in pool]
        if not rest:
            return None
        smallest = min(cell.count for cell in rest)
        pool.extend(cell for cell in rest if cell.count == smallest)
    codes = {cell.codes for cell in pool}
    kept = tuple(cell for cell in found.cells if cell.codes not in codes)
    return (*kept, _joined([cell for cell in found.cells if cell.codes in codes]))


def _tight(pool: Sequence[Cell], least: int) -> bool:
    """Tell whether the size of the pool gives its cells away: each one, or each just too few."""
    whole, cells = _joined(pool).count, len(pool)
    return cells == 1 or whole < max(2 * least, cells + 1) or whole == cells * (least - 1)


def _several(found: Distribution, least: int) -> Distribution:
    """Withhold the options that few chose, or that few did not."""
    shown = tuple(
        cell
        for cell in found.cells
        if not _small(cell.count, least) and not _small(found.base - cell.count, least)
    )
    withheld = tuple(cell.codes[0] for cell in found.cells if cell not in shown)
    return replace(found, cells=shown, withheld=withheld)


def _too_few(found: Distribution) -> Distribution:
    return Distribution(name=found.name, base=0, missing=0, hidden=True, sides=found.sides)


def safe(found: Distribution, least: int) -> Distribution:
    """Return what of a distribution may be shown: every cell 0 or at least ``least``.

    Below that base nothing is shown, not even how few. "Does not apply" stands apart from
    those who gave no answer only where enough said so.
    """
    if _small(found.base, least):
        return _too_few(found)
    if found.has_na and found.na < least:
        found = replace(found, missing=found.missing + found.na, na=0, apart=False)
    if found.several:
        return _several(found, least)
    cells = _ordered(found, least) if found.sides else _unordered(found, least)
    return _too_few(found) if cells is None else replace(found, cells=cells)


def _safe_table(rows: tuple[Distribution, ...], least: int) -> tuple[Distribution, ...]:
    """Return what may be shown of rows whose columns add up as well: joined alike in each.

    One row joined alone could be worked out from the others. With one too small to show, all
    are hidden.
    """
    spans = _spans([[cell.count for cell in row.cells] for row in rows], least) if rows else ()
    if spans is None or any(_small(row.base, least) for row in rows):
        return tuple(map(_too_few, rows))
    return tuple(
        replace(row, cells=tuple(_joined(row.cells[start:end]) for start, end in spans))
        for row in rows
    )


def _may_show(figure: Figure, found: Mapping[str, Distribution]) -> bool:
    shown = found.get(figure.item)
    return shown is not None and all(shown.count(codes) is not None for codes in figure.reveals)


def _safe_summary(summary: QuestionSummary, least: int) -> QuestionSummary:
    rows = summary.distributions
    shown = _safe_table(rows, least) if summary.together else [safe(one, least) for one in rows]
    found = {one.name: one for one in shown}
    return replace(
        summary,
        distributions=tuple(found.values()),
        figures=tuple(f for f in summary.figures if _may_show(f, found)),
    )


def walls(condition: Condition) -> Iterator[Chosen]:
    """Go through the single tests a condition is built of."""
    match condition:
        case Chosen():
            yield condition
        case Compared():
            return
        case Not(inner):
            yield from walls(inner)
        case All(parts) | Any(parts):
            for inner in parts:
                yield from walls(inner)


def _tells(condition: Condition, shown: Mapping[str, Distribution]) -> bool:
    """Tell whether the number of those who were asked would give away what is held back.

    It does when the condition draws its line through answers, or through the values of a
    hidden field, that are shown only together.
    """
    for wall in walls(condition):
        if wall.hidden:
            if any(_parts(wall, shown.get(HIDDEN + name)) for name in wall.names):
                return True
            continue
        for name in wall.names:
            found = shown.get(name)
            if found is None or not (wall.codes or found.has_na):
                continue
            if not wall.codes and not found.apart:
                return True
            inside = tuple(code for cell in found.cells for code in cell.codes)
            codes = tuple(code for code in wall.codes if code in (*inside, *found.withheld))
            if found.hidden or set(codes) & set(found.withheld) or found.count(codes) is None:
                return True
            if not found.apart and len(codes) < len(wall.codes):
                return True
    return False


def _parts(wall: Chosen, found: Distribution | None) -> bool:
    """Tell whether a line through the values of a hidden field parts what is shown together.

    Without codes it runs between those who came with a value and those without.
    """
    if found is None:
        return False
    codes = wall.codes or tuple(c for cell in found.cells for c in cell.codes if c != NONE)
    return found.hidden or found.count(codes) is None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Sizes of the groups a reader can see around those who were asked.

    Everybody asked stands in each of ``above``, and everybody of each of ``below`` was asked.
    """

    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()

    def tell(self, asked: int, everyone: int, least: int) -> bool:
        """Tell whether a group of few is what lies between those asked and a group around."""
        between = [asked, everyone - asked]
        between += [size - asked for size in self.above]
        between += [asked - size for size in self.below]
        if len(self.above) == 2:  # noqa: PLR2004 - those outside both groups
            between.append(everyone - sum(self.above) + asked)
        if len(self.below) == 2:  # noqa: PLR2004 - those inside both groups
            between.append(sum(self.below) - asked)
        return any(_small(size, least) for size in between)


def _bounds(condition: Condition, shown: Mapping[str, Distribution], everyone: int) -> _Bounds:
    match condition:
        case Chosen(names):
            sizes = tuple(_size(condition, name, shown) for name in names)
            known = tuple(size for size in sizes if size is not None)
            return _Bounds(above=known if len(names) == 1 else (), below=known)
        case Compared(names):
            # Those asked typed something there; how many is what a reader sees.
            given = tuple(shown[n] for n in names if n in shown and not shown[n].hidden)
            return _Bounds(above=tuple(found.base for found in given) if len(names) == 1 else ())
        case Not(inner):
            found = _bounds(inner, shown, everyone)
            return _Bounds(
                above=tuple(everyone - size for size in found.below),
                below=tuple(everyone - size for size in found.above),
            )
        case All(parts) | Any(parts):
            each = [_bounds(inner, shown, everyone) for inner in parts]
            if len(each) == 1:
                return each[0]
            if isinstance(condition, All):
                return _Bounds(above=tuple(size for one in each for size in one.above))
            return _Bounds(below=tuple(size for one in each for size in one.below))


def _size(wall: Chosen, name: str, shown: Mapping[str, Distribution]) -> int | None:
    """Return how many gave one of the codes of a wall, as far as a reader sees it."""
    found = shown.get(HIDDEN + name if wall.hidden else name)
    if found is None or found.hidden:
        return None
    if wall.hidden and not wall.codes:
        return found.base - (found.count((NONE,)) or 0)
    if not wall.codes:
        return found.base + found.na
    inside = {code for cell in found.cells for code in cell.codes}
    size = found.count(tuple(code for code in wall.codes if code in inside))
    return None if size is None else size + (0 if inside.issuperset(wall.codes) else found.na)


def _hidden(summary: QuestionSummary) -> QuestionSummary:
    gone = tuple(_too_few(one) for one in summary.distributions)
    return replace(summary, distributions=gone, figures=())


def summaries(survey: Survey, counts: Mapping[str, int]) -> tuple[QuestionSummary, ...]:
    """Return the numbers of every question that may be shown, in the order of the survey."""
    least = _least(survey)
    everyone = counts.get("mati_counted", 0)
    shown = {one.name: one for one in _safe_origins(survey, counts)}
    found: list[QuestionSummary] = []
    for question in _reported(survey):
        kind = kind_of(question.kind)
        summary = _safe_summary(kind.summarise(question, counts), least)
        conditions = (survey.section_of(question).show_if, question.show_if)
        wanted = tuple(condition for condition in conditions if condition is not None)
        asked = max((counts.get(asked_of(one.name), 0) for one in summary.distributions), default=0)
        if wanted and (
            any(_tells(one, shown) for one in wanted)
            or _bounds(All(wanted), shown, everyone).tell(asked, everyone, least)
        ):
            summary = _hidden(summary)
        shown.update((one.name, one) for one in summary.distributions)
        found.append(summary)
    return tuple(found)


_LEAST = 3
"""With fewer a hidden cell can be told from its size alone."""


def _least(survey: Survey) -> int:
    wanted = survey.settings.report.hide_below
    return wanted if wanted <= 1 else max(wanted, _LEAST)


# --- Where answers came from -----------------------------------------------------------------


def collection(survey: Survey, counts: Mapping[str, int]) -> Collection:
    """Return how the answers to ``survey`` came in."""
    least = _least(survey)
    counted = counts.get("mati_counted", 0)
    origins = _safe_origins(survey, counts)
    return Collection(
        counted=None if _small(counted, least) else counted,
        sample=counts.get("mati_sample", 0) > 0,
        origins=tuple(one for one in origins if one.base and not one.hidden),
        received=counts.get("mati_received", 0),
        suspect=counts.get("mati_suspect", 0),
        revised=counts.get("mati_revised", 0),
        late=counts.get("mati_late", 0),
        stale=counts.get("mati_stale", 0),
        unknown=counts.get("mati_unknown", 0),
        odd=counts.get("mati_odd", 0),
        other_version=counts.get("mati_other_version", 0),
    )


def _safe_origins(survey: Survey, counts: Mapping[str, int]) -> tuple[Distribution, ...]:
    return tuple(safe(_origin(column, counts), _least(survey)) for column in _origins(survey))


def _origin(column: Column, counts: Mapping[str, int]) -> Distribution:
    """Return where all counted answers came from.

    Those who came without a value are a group like any other: left out, their number would
    follow from the total.
    """
    cells = tuple(Cell((code,), counts.get(f"{column.name}={code}", 0)) for code in column.codes)
    everyone = counts.get("mati_counted", 0)
    unsaid = everyone - sum(cell.count for cell in cells)
    if unsaid:
        rest = sum(cell.count for cell in cells if cell.codes == (NONE,)) + unsaid
        cells = (*(cell for cell in cells if cell.codes != (NONE,)), Cell((NONE,), rest))
    return Distribution(name=column.name, base=everyone, missing=0, cells=cells)
