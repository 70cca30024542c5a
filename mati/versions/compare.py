"""Two shapes in, what is different between them out, the worst first told of each thing.

What aliases heal is no difference. Of one mistake one thing is said: a question that was renamed
is not also missing and new, a scale that was reversed has not re-used each of its codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import cast

from mati.model import Condition, join, resolve
from mati.model.conditions import to_json
from mati.versions.changes import BREAKING, Change, Sort
from mati.versions.shape import Asked, Named, Shape
from mati.wording import normal

__all__ = ["alike", "compare"]

_ALIKE = 0.5
_COMPARED = 200
"""Code points of a wording that are compared."""
_FEWEST = 2
_PART = (Sort.PART_GONE, Sort.PART_RENAMED)
_CODE = (Sort.CODE_GONE, Sort.CODE_RENAMED)


def compare(old: Shape, new: Shape, aliases: Mapping[str, str]) -> tuple[Change, ...]:
    """Return what became of ``old`` in ``new``."""
    return tuple(_Comparison(old, new, aliases).changes())


def alike(one: str, other: str) -> bool:
    """Tell whether two wordings may well say the same."""
    one, other = _plain(one)[:_COMPARED], _plain(other)[:_COMPARED]
    return one == other or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _plain(words: str) -> str:
    return " ".join(normal(words).casefold().split())


@dataclass(slots=True)
class _Comparison:
    """One walk over two shapes; ``met`` are new questions that old ones became."""

    old: Shape
    new: Shape
    aliases: Mapping[str, str]
    met: set[str] = field(default_factory=set)
    fresh: dict[str, list[Asked]] = field(default_factory=dict)

    def changes(self) -> Iterator[Change]:
        """Go through the differences: questions in their old order, then what is new."""
        new = {asked.id: asked for asked in self.new.asked}
        targets = {asked.id: resolve(self.aliases, asked.id) for asked in self.old.asked}
        self.met |= set(targets.values()) & new.keys()
        near = ""
        for asked in self.old.asked:
            target = targets[asked.id]
            found = new.get(target)
            if found is not None:
                near = found.id
                yield from self._asked(asked, found)
            elif target == asked.id:
                yield self._gone(asked, near)
        yield from self._order(targets)
        yield from self._conditions(targets)
        yield from self._consents()
        for asked in self.new.asked:
            if asked.id not in self.met:
                yield Change(sort=Sort.ADDED, name=asked.id, near=asked.id, new=asked.words)

    def _fresh(self) -> Mapping[str, list[Asked]]:
        """Return the questions that no old one became, by their wording."""
        if not self.fresh:
            for asked in self.new.asked:
                if asked.id not in self.met:
                    self.fresh.setdefault(_plain(asked.words), []).append(asked)
        return self.fresh

    def _gone(self, asked: Asked, near: str) -> Change:
        """Say that a question is missing, or what it is called now."""
        for found in self._fresh().get(_plain(asked.words), ()):
            if asked.words and found.id not in self.met and found.sort == asked.sort:
                self.met.add(found.id)
                return Change(
                    sort=Sort.RENAMED,
                    name=asked.id,
                    near=found.id,
                    old=asked.words,
                    offer=found.id,
                )
        return Change(sort=Sort.GONE, name=asked.id, near=near, old=asked.words)

    def _asked(self, old: Asked, new: Asked) -> Iterator[Change]:
        found = list(self._inside(old, new))
        yield from found
        if not any(change.sort in BREAKING for change in found):
            shuffled = _shuffled(old.parts, new.parts) or _shuffled(old.codes, new.codes)
            if shuffled:
                yield Change(sort=Sort.ORDER, name=old.id, near=new.id)

    def _inside(self, old: Asked, new: Asked) -> Iterator[Change]:
        if old.sort != new.sort:
            pairs = ((old.kind, new.kind), (old.takes, new.takes), (old.sort, new.sort))
            before, after = next(pair for pair in pairs if pair[0] != pair[1])
            yield Change(sort=Sort.KIND, name=old.id, near=new.id, old=before, new=after)
            return
        if old.several != new.several:
            words = ("[ ]", "( )")[:: 1 if old.several else -1]
            yield Change(sort=Sort.SEVERAL, name=old.id, near=new.id, old=words[0], new=words[1])
            return
        if normal(old.words) != normal(new.words):
            yield Change(sort=Sort.REWORDED, name=old.id, near=new.id, old=old.words, new=new.words)
        yield from self._parts(old, new)
        if _reversed(old, new):
            yield Change(
                sort=Sort.REVERSED, name=old.id, near=new.id, old=_scale(old), new=_scale(new)
            )
            return
        yield from self._codes(old, new)

    # Rows and fields

    def _parts(self, old: Asked, new: Asked) -> Iterator[Change]:
        there = {part.name: part for part in new.parts}
        met = {self._today(old, part, new) for part in old.parts}
        fresh = _fresh(new.parts, met)
        asked = {asked.id for asked in self.new.asked}
        for part in old.parts:
            name, today = join(old.id, part.name), self._today(old, part, new)
            if today in there:
                found = there[today]
                if normal(found.words) != normal(part.words):
                    yield Change(
                        sort=Sort.REWORDED, name=name, near=new.id, old=part.words, new=found.words
                    )
            elif today and resolve(self.aliases, name) not in asked:
                moved = _moved(_PART, name, part, new.id, fresh)
                met.add(moved.offer.removeprefix(f"{new.id}."))
                yield moved
        for part in new.parts:
            if part.name not in met:
                yield Change(
                    sort=Sort.PART_ADDED, name=join(new.id, part.name), near=new.id, new=part.words
                )

    def _today(self, old: Asked, part: Named, new: Asked) -> str:
        """Return the name within its question that a part has today; "" when it is retired."""
        return resolve(self.aliases, join(old.id, part.name)).removeprefix(f"{new.id}.")

    # Codes

    def _codes(self, old: Asked, new: Asked) -> Iterator[Change]:
        there = {code.name: code for code in new.codes}
        was = {_plain(code.words): code.name for code in old.codes if code.words}
        now = {_plain(code.words): code.name for code in new.codes if code.words}
        met = {self._today(old, code, new) for code in old.codes}
        fresh = _fresh(new.codes, met)
        for code in old.codes:
            name, today = join(old.id, code.name), self._today(old, code, new)
            found = there.get(today)
            if found is None:
                if today:
                    moved = _moved(_CODE, name, code, new.id, fresh)
                    met.add(moved.offer.removeprefix(f"{new.id}."))
                    yield moved
                continue
            same = _plain(found.words) == _plain(code.words) or not (found.words and code.words)
            if same or today != code.name:  # the author said that one stands for the other
                continue
            if now.get(_plain(code.words), today) != today or _was_elsewhere(found, code, was):
                sort = Sort.CODE_REUSED
            else:
                sort = Sort.REWORDED if alike(code.words, found.words) else Sort.ANSWER_REWORDED
            yield Change(sort=sort, name=name, near=new.id, old=code.words, new=found.words)
        for code in new.codes:
            if code.name not in met:
                yield Change(
                    sort=Sort.CODE_ADDED, name=join(new.id, code.name), near=new.id, new=code.words
                )

    # Order, conditions, consent

    def _order(self, targets: Mapping[str, str]) -> Iterator[Change]:
        there = {asked.id for asked in self.new.asked}
        before = [t for asked in self.old.asked if (t := targets[asked.id]) in there]
        kept = set(before)
        after = [asked.id for asked in self.new.asked if asked.id in kept]
        if before != after:
            near = next(b for a, b in zip(before, after, strict=True) if a != b)
            yield Change(sort=Sort.ORDER, name="", near=near)

    def _conditions(self, targets: Mapping[str, str]) -> Iterator[Change]:
        before, after = _shown(self.old), _shown(self.new)
        for id_, (own, page) in before.items():
            target = targets.get(id_, id_)
            if target in after and after[target] != (self._renamed(own), self._renamed(page)):
                yield Change(sort=Sort.CONDITION, name=id_, near=target)

    def _renamed(self, record: object) -> object:
        """Return a condition with the names its questions have today."""
        if not isinstance(record, list):
            return record
        head, *rest = cast("list[object]", record)
        if head in {"in", "cmp"}:
            names = cast("list[str]", rest[0])
            return [head, [resolve(self.aliases, name) for name in names], *rest[1:]]
        return [head, *(self._renamed(part) for part in rest)]

    def _consents(self) -> Iterator[Change]:
        new = dict(self.new.consents)
        for id_, texts in self.old.consents:
            target = resolve(self.aliases, id_)
            now = {language: (mark, text) for language, mark, text in new.get(target, ())}
            for language, mark, text in texts:
                if language in now and now[language][0] != mark:
                    yield Change(
                        sort=Sort.CONSENT,
                        name=id_,
                        near=target,
                        old=text,
                        new=now[language][1],
                        offer=language,
                    )


def _fresh(parts: tuple[Named, ...], met: set[str]) -> dict[str, str]:
    """Return the names that no old one became, by their wording."""
    return {_plain(part.words): part.name for part in parts if part.name not in met and part.words}


def _moved(
    sorts: tuple[Sort, Sort], name: str, part: Named, id_: str, fresh: dict[str, str]
) -> Change:
    """Say that an answer, row or field is missing, or what it is called now."""
    gone, renamed = sorts
    found = fresh.pop(_plain(part.words), "")
    if found:
        return Change(sort=renamed, name=name, near=id_, old=part.words, offer=join(id_, found))
    return Change(sort=gone, name=name, near=id_, old=part.words)


def _was_elsewhere(found: Named, code: Named, was: Mapping[str, str]) -> bool:
    """Tell whether the words of an answer stood at another code before."""
    return was.get(_plain(found.words), code.name) != code.name


def _shuffled(old: tuple[Named, ...], new: tuple[Named, ...]) -> bool:
    """Tell whether what is still there stands in another order."""
    there = {part.name for part in new}
    before = [part.name for part in old if part.name in there]
    kept = set(before)
    return before != [part.name for part in new if part.name in kept]


def _scored(asked: Asked) -> dict[str, int]:
    """Return the number of each wording of a numbered scale."""
    codes = [code for code in asked.codes if "na" not in code.marks]
    if not all(code.name.isdigit() for code in codes):
        return {}
    return {_plain(code.words): int(code.name) for code in codes if code.words}


def _reversed(old: Asked, new: Asked) -> bool:
    """Tell whether the best answer of a scale was turned into the worst."""
    if old.ends and old.ends[0] != old.ends[1] and old.ends == new.ends[::-1]:
        return True
    before, after = _scored(old), _scored(new)
    both = sorted(before.keys() & after.keys(), key=lambda words: before[words])
    numbers = [after[words] for words in both]
    return len(both) >= _FEWEST and numbers == sorted(numbers, reverse=True)


def _scale(asked: Asked) -> str:
    """Return how a scale runs, as people read it."""
    if any(asked.ends):
        codes = [code.name for code in asked.codes if "na" not in code.marks]
        return f"({codes[0]}) {asked.ends[0]} … ({codes[-1]}) {asked.ends[1]}" if codes else ""
    return ", ".join(f"({code.name}) {code.words}" for code in asked.codes if code.words)


def _shown(shape: Shape) -> dict[str, tuple[object, object]]:
    """Return for each question its own condition and its page's."""
    own = {asked.id: _record(asked.show_if) for asked in shape.asked}
    pages = {id_: _record(page.show_if) for page in shape.pages for id_ in page.asks}
    return {id_: (condition, pages.get(id_)) for id_, condition in own.items()}


def _record(condition: Condition | None) -> object:
    return to_json(condition) if condition else None
