"""Answers without codes in, codes out; and names that meet no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mati.model import RESERVED, Block, Option, Question
from mati.questions import kind_of
from mati.reader.naming import short
from mati.wording import normal

__all__ = ["Namer", "codes"]


@dataclass(slots=True)
class Namer:
    """Gives free names: ``taken`` grows with each."""

    taken: set[str]

    def free(self, name: str, within: str = "") -> str:
        """Return ``name``, or ``name_2`` … where it is taken, also as a part of ``within``."""
        name = f"my_{name.removeprefix(RESERVED)}" if name.startswith(RESERVED) else name
        number, tried = 2, name
        while self._is_taken(tried, within):
            tried, number = f"{name}_{number}", number + 1
        self.taken.add(f"{within}.{tried}" if within else tried)
        return tried

    def _is_taken(self, name: str, within: str) -> bool:
        if within:
            return f"{within}.{name}" in self.taken or f"{within}_{name}" in self.taken
        return name in self.taken


# --- Codes ------------------------------------------------------------------------------------

_BEST = (
    "excellent", "very good", "good", "great", "perfect", "always", "very satisfied", "satisfied",
    "completely satisfied", "strongly agree", "agree", "very likely", "extremely likely",
    "very easy", "easy", "very important", "definitely", "very happy",
    "ល្អ", "ពេញចិត្ត", "យល់ស្រប", "ងាយ", "ជានិច្ច", "សំខាន់ណាស់",
    "ດີ", "ພໍໃຈ", "ເຫັນດີ", "ງ່າຍ", "ສະເໝີ", "ສຳຄັນຫຼາຍ",
)  # fmt: skip
_WORST = (
    "poor", "very poor", "bad", "very bad", "terrible", "awful", "never", "very dissatisfied",
    "dissatisfied", "completely dissatisfied", "strongly disagree", "disagree", "very unlikely",
    "not at all", "very difficult", "very hard", "difficult", "not important", "very unhappy",
    "មិន", "អាក្រក់", "ពិបាក",
    "ບໍ່", "ຂີ້ຮ້າຍ", "ຍາກ",
)  # fmt: skip
_FEWEST, _MOST = 3, 11
_RATED = frozenset({"csat", "ces", "nps", "scale"})
_RATED_LOOKS = frozenset({"stars", "smileys", "likert"})


def _pole(option: Option) -> int:
    """Return 1 for words that begin like the best answer, -1 like the worst, else 0."""
    words = normal(option.label.source.strip()).casefold() if option.label else ""
    poles = [(w, 1) for w in _BEST] + [(w, -1) for w in _WORST]
    found = [(len(w), side) for w, side in poles if _begins(words, w)]
    return max(found, default=(0, 0))[1]


def _begins(words: str, pole: str) -> bool:
    """Tell whether words begin with a pole; Khmer and Lao set no blank between words."""
    return words == pole or words.startswith(f"{pole} " if pole.isascii() else pole)


def _steps(question: Question) -> tuple[str, ...]:
    """Return the numbers for answers that are plainly a scale, () for all others.

    The higher number is the better answer. A table with one answer per row, and a kind or look
    of a scale, count as one whatever the words are; the best stands first unless the words say
    otherwise. A list counts where its first and last words are opposite poles.
    """
    scored, opposite = question.scored, 0
    if not _FEWEST <= len(scored) <= _MOST or any(option.write_in for option in scored):
        return ()
    first, last = _pole(scored[0]), _pole(scored[-1])
    if first and first == -last:
        opposite = first
    table = question.block is Block.MATRIX and not question.several
    rated = question.kind in _RATED or question.look in _RATED_LOOKS
    if not (opposite or table or rated) or question.block is Block.SEVERAL:
        return ()
    numbers = [str(number) for number in range(1, len(scored) + 1)]
    return tuple(numbers if opposite < 0 else reversed(numbers))


def _worded(option: Option, number: int, *, consent: bool) -> str:
    """Return the code that an answer's words, or failing these its part, suggest."""
    if option.na:
        return "na"
    if consent:
        return "yes"
    plain = "other" if option.write_in else "none" if option.only else f"a{number}"
    return short(option.label.source if option.label else "", plain, code=True)


def _begun(question: Question, blank: frozenset[Option]) -> tuple[str, ...]:
    """Return the numbers of a scale that the codes already there have begun, () for none."""
    scored = question.scored
    up = tuple(str(number) for number in range(1, len(scored) + 1))
    for numbers in (up[::-1], up):
        pairs = zip(scored, numbers, strict=True)
        if all(option in blank or option.code == number for option, number in pairs):
            return numbers
    return ()


def codes(
    question: Question, blank: Sequence[Option], namer: Namer, name: str
) -> dict[Option, str]:
    """Return a code for each answer in ``blank``, which has none; ``name`` is its question's."""
    open_ = frozenset(blank)
    bare = open_.issuperset(question.scored)
    numbers = _steps(question) if bare else _begun(question, open_)
    pairs = zip(question.scored, numbers, strict=False)
    steps = {option: number for option, number in pairs if option in open_}
    if any(f"{name}.{number}" in namer.taken for number in steps.values()):
        steps = {}
    found: dict[Option, str] = {}
    for number, option in enumerate(question.options, 1):
        if option in open_:
            consent = kind_of(question.kind).consent
            wanted = steps.get(option) or _worded(option, number, consent=consent)
            found[option] = namer.free(wanted, name)
    return found
