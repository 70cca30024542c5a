"""A draft of a question in, a ``Question`` of a kind out; its properties are judged here."""

from __future__ import annotations

from dataclasses import replace

from mati.diagnostics import Code
from mati.model import (
    STANDARD,
    Block,
    Input,
    Option,
    Question,
    QuestionKind,
    Standard,
    Text,
    spelling,
)
from mati.questions import default_kind, kinds
from mati.reader.attributes import MEANT, Properties, Property
from mati.reader.drafts import Answers, DraftQuestion
from mati.reader.lines import read_autofill
from mati.reader.naming import short
from mati.reader.pieces import Piece, Reading
from mati.reader.slips import parted
from mati.reader.words import make_text

__all__ = ["check_known", "finish"]

_EVERYWHERE = ("required", "if", "kind", "as", "private")
_FLAGS = frozenset({"required", "private", "end", "na", "only"})
_EXAMPLES = {
    Block.ONE: "- (good) Good",
    Block.SEVERAL: "- [price] The price",
    Block.SCALE: "- (0..10) Not at all … Very much",
    Block.RANKING: "1. (price) The price",
    Block.MATRIX: "| … | (5) Good | (1) Bad |",
    Block.LINES: "___",
    Block.FIELDS: "- Name: ___ {#name}",
    Block.NONE: "",
}


def finish(reading: Reading, draft: DraftQuestion) -> Question | None:
    """Make the question; None when its kind or its answers are not known."""
    kind = _kind(reading, draft)
    answers = draft.answers
    bare = answers is None and (kind is None or kind.standard is None)
    if not (draft.id_given or draft.told or bare):
        reading.note(Code.NO_ID, draft.words, text=draft.words.text[:60], offer=draft.id)
    if answers is None and kind is not None and kind.standard is not None:
        answers = _standard(reading, draft, kind.name, kind.standard)
        _note_list(reading, draft, kind.standard.codes[0])
    if answers is None:
        said = (
            draft.slipped
            or draft.answers_above
            or (kind is None and "kind" in draft.properties.items)
        )
        if not said:
            _note_no_answers(reading, draft, kind)
        return None
    if kind is None:
        return None
    if answers.block not in kind.blocks:
        where = draft.properties.items.get("kind")
        place = where.value if where else draft.words
        example = _example(kind)
        reading.note(Code.ANSWERS_NOT_FOR_KIND, place, kind=kind.name, example=example)
        return None
    known = (*_EVERYWHERE, *kind.attributes)
    check_known(reading, draft.properties, known)
    if answers.broken:
        return None
    question = _question(reading, draft, kind, answers)
    if not answers.damaged:
        kind.check(question, reading.notes)
    return question


def _kind(reading: Reading, draft: DraftQuestion) -> QuestionKind | None:
    """Return the kind named, else the one its answers mean; None when it is not on the shelf."""
    named = draft.properties.items.get("kind")
    if named is not None:
        kind = kinds.find(named.value.text) if named.value.text.isidentifier() else None
        if kind is None:
            offer, known = reading.offer(named.value.text, kinds.names())
            if any(named.value.text in kind.looks for kind in kinds.all()):
                offer = f"as={named.value.text}"
            place = named.value if named.value.text else named.name
            reading.note(Code.UNKNOWN_KIND, place, kind=named.value.text, offer=offer, known=known)
        return kind
    if draft.answers is None:
        return None
    block = draft.answers.block
    if "private" in draft.properties.items and block in (Block.LINES, Block.FIELDS):
        return kinds.find("contact")
    return default_kind(block)


def _note_list(reading: Reading, draft: DraftQuestion, code: str) -> None:
    """Warn of a list right below a question that would else show the kind's own answers."""
    last = draft.help[-1] if draft.help else None
    above = draft.help[-2].texts if len(draft.help) > 1 else ()
    led = any(text.source.rstrip().endswith((":", "\u17d6", "\uff1a")) for text in above)
    if last is not None and last.shape != "p" and len(last.texts) > 1 and not led:
        first = last.texts[0]
        text = first.source[:60]
        given, words = parted(text)
        better = f"({given or code}) {words}"
        reading.notes.note(Code.LOOKS_LIKE_ANSWER, first.span, text=text, better=better)


def _standard(reading: Reading, draft: DraftQuestion, kind: str, own: Standard) -> Answers:
    """Return the answers that a kind brings itself."""
    span = reading.span(draft.words)

    def text(part: str, words: str) -> Text | None:
        context = f"{STANDARD}{kind}.{part}"
        return Text(context=context, source=words, span=span, rich=False) if words else None

    labels = own.labels or ("",) * len(own.codes)
    options = (
        Option(code=code, label=text(code, label), span=span)
        for code, label in zip(own.codes, labels, strict=True)
    )
    return Answers(
        block=own.block,
        line=draft.words.line,
        options=tuple(options),
        low_end=text("low", own.low),
        high_end=text("high", own.high),
    )


def _example(kind: QuestionKind) -> str:
    """Return answers as a kind wants them."""
    if kind.example:
        return kind.example
    return next((_EXAMPLES[block] for block in _EXAMPLES if block in kind.blocks), "___")


def _note_no_answers(reading: Reading, draft: DraftQuestion, kind: QuestionKind | None) -> None:
    last = draft.help[-1] if draft.help else None
    if last is not None and last.shape != "p":
        first = last.texts[0]
        text = first.source.strip()[:60]
        several = kind is not None and Block.SEVERAL in kind.blocks
        given, words = parted(text)
        code = given or short(text, "a1", code=True)
        bracket = f"[{code}]" if several else f"({code})"
        offer = f"{'1.' if last.shape == 'ol' else '-'} {bracket} {words}"
        place = first.span
        reading.notes.note(Code.ANSWERS_WITHOUT_CODES, place, id=draft.id, text=text, offer=offer)
        return
    example = _example(kind) if kind else ""
    reading.note(Code.NO_ANSWERS, draft.words, id=draft.id, offer=example)


def check_known(reading: Reading, properties: Properties, known: tuple[str, ...]) -> None:
    """Find properties that nobody knows, or that have no meaning at this place."""
    for name, item in properties.items.items():
        if name in known:
            _check_flag(reading, name, item)
            continue
        shown = ", ".join(("#id", *known))
        if _is_property(name):
            reading.note(Code.PROPERTY_NOT_HERE, item.name, name=name, known=shown)
        else:
            meant = MEANT.get(name, "")
            offer = meant if meant in known else reading.offer(name, known)[0]
            if not offer and _stands_behind(properties.id, item):
                joined = spelling(f"{properties.id.text}_{name}", name) if properties.id else name
                shown = ", ".join(known)
                reading.note(Code.WORD_BEHIND_ID, item.name, name=name, offer=joined, known=shown)
                continue
            reading.note(Code.UNKNOWN_PROPERTY, item.name, name=name, offer=offer, known=shown)


def _stands_behind(name: Piece | None, item: Property) -> bool:
    """Tell whether a word without a value follows an id: it may be the rest of it."""
    if name is None or item.value.text or name.line != item.name.line:
        return False
    return item.name.column == name.column + len(name.text) + 1


def _is_property(name: str) -> bool:
    """Tell whether a property means something at another place."""
    return (
        name in _FLAGS
        or name in _EVERYWHERE
        or any(name in kind.attributes for kind in kinds.all())
    )


def _check_flag(reading: Reading, name: str, item: Property) -> None:
    if name in _FLAGS and item.value.text:
        value = item.value
        reading.note(Code.BAD_PROPERTY_VALUE, value, name=name, value=value.text, example=name)


def _question(
    reading: Reading, draft: DraftQuestion, kind: QuestionKind, answers: Answers
) -> Question:
    properties = draft.properties
    values = _checked(reading, properties, kind)
    hint = properties.items.get("placeholder")
    context = f"{reading.survey}.{draft.id}.placeholder"
    least, most = _number(values.get("min")), _number(values.get("max"))
    if answers.input is not None and answers.input.low is not None:
        for name in {"min", "max"} & values.keys():
            reading.note(Code.PROPERTY_TWICE, properties.items[name].name, name=name)
    return Question(
        id=draft.id,
        kind=kind.name,
        block=answers.block,
        label=draft.label,
        span=reading.span(draft.words),
        look=_look(reading, properties, kind),
        help=tuple(draft.help),
        required="required" in properties.items,
        condition=properties.value("if") or "",
        private=kind.private or "private" in properties.items,
        shuffle="shuffle" in values,
        several=answers.several,
        options=answers.options,
        rows=answers.rows,
        fields=answers.fields,
        input=_limited(answers.input, least, most),
        low_end=answers.low_end,
        high_end=answers.high_end,
        corner=answers.corner,
        least=least,
        most=most,
        placeholder=make_text(reading, context, hint.value, draft.note, rich=False)
        if hint and "placeholder" in values
        else None,
        autocomplete=read_autofill(reading, properties) if "autocomplete" in values else "",
        id_given=draft.id_given,
    )


def _limited(line: Input | None, least: int | None, most: int | None) -> Input | None:
    """Let ``min`` and ``max`` of a number bound its value, unless a range stands there."""
    if line is None or line.kind != "number" or line.low is not None:
        return line
    return replace(line, low=least, high=most)


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _checked(reading: Reading, properties: Properties, kind: QuestionKind) -> dict[str, str]:
    """Return the values of the kind's own properties that are well formed."""
    kept: dict[str, str] = {}
    if not properties.items:
        return kept
    for name, check in kind.attributes.items():
        item = properties.items.get(name)
        if item is None:
            continue
        if check(item.value.text):
            kept[name] = item.value.text
            continue
        example = name if check("") else f"{name}=5" if check("5") and not check("x") else ""
        place = item.value if item.value.text else item.name
        reading.note(
            Code.BAD_PROPERTY_VALUE,
            place,
            name=name,
            value=item.value.text,
            example=example or f'{name}="…"',
        )
    return kept


def _look(reading: Reading, properties: Properties, kind: QuestionKind) -> str:
    item = properties.items.get("as")
    if item is None or item.value.text in kind.looks:
        return item.value.text if item else ""
    look = item.value.text
    offer = reading.offer(look, kind.looks)[0] or ", as=".join(kind.looks)
    place: Piece = item.value if look else item.name
    reading.note(Code.UNKNOWN_LOOK, place, kind=kind.name, look=look, offer=offer)
    return ""
