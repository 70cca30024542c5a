"""A node of settings in, a checked value out; what does not fit is written down once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from mati.diagnostics import Code, Notebook, Span
from mati.model import CODE, Text, is_language, plain_digits
from mati.settings.nodes import Listed, Mapped, Node, Scalar, close_to
from mati.settings.parts import PARTS

__all__ = [
    "Desk",
    "Reader",
    "code",
    "day",
    "days",
    "flag",
    "language",
    "languages",
    "mapping",
    "moment",
    "names",
    "one_of",
    "seconds",
    "whole",
    "words",
]

_TWO_LETTERS = (
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
"""All codes of two letters, ISO 639-1; ``kh`` and ``vn`` are countries."""
_CALLED = {
    "khmer": "km", "cambodian": "km", "kh": "km", "ខ្មែរ": "km", "ភាសាខ្មែរ": "km",
    "khm": "km", "lao": "lo", "laotian": "lo", "ລາວ": "lo", "ພາສາລາວ": "lo",
    "english": "en", "eng": "en", "thai": "th", "vietnamese": "vi", "vn": "vi", "french": "fr",
    "chinese": "zh", "cn": "zh", "german": "de",
}  # fmt: skip
"""What people write in place of a language code."""
_NUMBER_FIRST = re.compile(r"([0-9]{1,6})\s*(second|minute|hour|day|week|month|year)?s?\b")
_ANY_DAY = re.compile(
    r"(?:(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})|(\d{4})[./ -](\d{1,2})[./ -](\d{1,2}))"
    r"( \d{1,2}:\d{2})?"
)
_MONTHS = 12
_THOUSANDS = re.compile(r"[0-9]{1,3}([., '][0-9]{3})+")
_SEPARATOR = re.compile(r"[., ']")
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2}))?")
_DURATION = re.compile(r"([0-9]{1,6}) *(second|minute|hour|day|week|month|year)s?")
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_LONGEST_NUMBER = 9
_PAIR = 2
_CLOSING, _CLOSED = "close", frozenset({"deadline", "until", "expires", "ends"})
_MEANT = {"language": "lang", "start": "open", "end": "close", "limit": "max"}
"""Names that people guess, and the settings they mean."""


@dataclass(slots=True)
class Desk:
    """What reading settings needs at hand: where to write mistakes, contexts, the time zone."""

    notes: Notebook
    survey: str
    """Name of the survey, "" for the project's file."""
    zone: tzinfo | None = None
    places: dict[str, Span] = field(default_factory=dict)
    """Where values stand that are checked later: ``followup.if``, ``prefill.why``."""

    def wrong(self, key: str, node: Node, example: str) -> None:
        """Write down that ``node`` is no value for ``key``."""
        shown = node.text if isinstance(node, Scalar) else "…"
        self.notes.note(Code.WRONG_SETTING, node.span, key=key, value=shown, example=example)

    def unknown(self, key: Scalar, known: tuple[str, ...]) -> None:
        """Write down that there is no setting of this name, and which there are."""
        offer, shown = close_to(key.text, (*known, *_MEANT)), ", ".join(known)
        offer = _MEANT.get(offer, offer) if offer not in known else offer
        offer = _CLOSING if key.text.lower() in _CLOSED else offer
        group = next((name for name in PARTS if key.text in PARTS[name] and name in known), "")
        offer = offer if offer in known else f"{group}: {{{key.text}: …}}" if group else ""
        self.notes.note(Code.UNKNOWN_SETTING, key.span, key=key.text, offer=offer, known=shown)

    def without_effect(self, key: str, span: Span) -> None:
        """Write down that a setting is known but nothing follows from it yet."""
        span = span if "." in key else self.places.get(key, span)
        self.notes.note(Code.SETTING_WITHOUT_EFFECT, span, key=key)

    def text(self, context: str, node: Scalar) -> Text:
        """Make a translation unit of plain words."""
        return Text(context=context, source=node.text.strip(), span=node.span, rich=False)


Reader = Callable[[Desk, str, Node], object]


def words(desk: Desk, key: str, node: Node) -> Scalar | None:
    """Accept any text that is not blank."""
    if isinstance(node, Scalar) and node.text.strip():
        return node
    desk.wrong(key, node, f"{key.rpartition('.')[2]}: …")
    return None


def flag(desk: Desk, key: str, node: Node) -> bool | None:
    """Accept yes or no."""
    word = node.text.lower() if isinstance(node, Scalar) else ""
    if word in _YES | _NO:
        return word in _YES
    desk.wrong(key, node, f"{key.rpartition('.')[2]}: true")
    return None


def whole(desk: Desk, key: str, node: Node, example: int = 5, least: int = 1) -> int | None:
    """Accept a whole number, at least ``least``."""
    text = node.text if isinstance(node, Scalar) else ""
    good = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    if good and int(text) >= least:
        return int(text)
    meant = plain_digits(text.strip())
    meant = _SEPARATOR.sub("", meant) if _THOUSANDS.fullmatch(meant) else meant
    match = _NUMBER_FIRST.match(meant)
    given = int(match[1]) if match else 0
    desk.wrong(key, node, f"{key.rpartition('.')[2]}: {given if given >= least else example}")
    return None


def one_of(desk: Desk, key: str, node: Node, known: tuple[str, ...]) -> str | None:
    """Accept one word of ``known``."""
    text = node.text if isinstance(node, Scalar) else ""
    if text in known:
        return text
    example = close_to(text, known) or " | ".join(known)
    desk.wrong(key, node, f"{key.rpartition('.')[2]}: {example}")
    return None


def language(desk: Desk, key: str, node: Node) -> str | None:
    """Accept a language code of BCP 47: km, lo, en, pt-BR."""
    text = node.text if isinstance(node, Scalar) else ""
    if _is_known(text):
        return text
    code = _meant_language(text)
    desk.wrong(key, node, f"{key}: {code}" if code else "km, lo, en")
    return None


def _is_known(code: str) -> bool:
    """Tell whether a code is one of BCP 47; of those with two letters all are known."""
    first = code.partition("-")[0]
    return (
        code not in _CALLED
        and is_language(code)
        and (len(first) > _PAIR or f" {first} " in _TWO_LETTERS)
    )


def _meant_language(text: str) -> str:
    """Return the code of a language that was named, or set in quotes; "" for none."""
    meant = text.strip(",.\u201c\u201d\u2018\u2019'\"\u00ab\u00bb ").lower()
    code = _CALLED.get(meant, meant)
    good = is_language(code) and f" {code.partition('-')[0]} " in _TWO_LETTERS
    return code if good else ""


def names(desk: Desk, key: str, node: Node, example: str = "[overall, branch]") -> tuple[str, ...]:
    """Accept a list of names, or one name alone; their places are kept for later checks."""
    items = node.items if isinstance(node, Listed) else (node,)
    found: list[str] = []
    for item in items:
        if not isinstance(item, Scalar) or not item.text.strip():
            desk.wrong(key, item, f"{key.rpartition('.')[2]}: {example}")
            continue
        desk.places[f"{key}.{item.text}"] = item.span
        found.append(item.text)
    return tuple(dict.fromkeys(found))


def languages(desk: Desk, key: str, node: Node) -> tuple[str, ...]:
    """Accept a list of language codes."""
    items = node.items if isinstance(node, Listed) else (node,)
    words = [item.text if isinstance(item, Scalar) else "" for item in items]
    found = tuple(dict.fromkeys(word for word in words if _is_known(word)))
    if len(found) == len(words):
        return found
    listed = words if isinstance(node, Listed) else re.split(r"[,;\s]+", words[0].strip())
    codes = [word if _is_known(word) else _meant_language(word) for word in listed]
    offer = ", ".join(codes) if all(codes) else ""
    for item, word in zip(items, words, strict=True):
        if not _is_known(word):
            desk.wrong(key, item, f"{key}: [{offer or 'km, lo, en'}]")
    return found


def mapping(desk: Desk, key: str, node: Node, example: str) -> Mapped | None:
    """Accept values by key; an empty value counts as none given."""
    if isinstance(node, Mapped):
        return node
    desk.wrong(key, node, example)
    return None


def code(desk: Desk, key: str, node: Scalar, example: str) -> str | None:
    """Accept a code: small letters, digits, ``-`` and ``_``."""
    if CODE.fullmatch(node.text):
        return node.text
    desk.wrong(key, node, example)
    return None


def day(desk: Desk, key: str, node: Node, example: str = "") -> date | None:
    """Accept a date."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _MOMENT.fullmatch(text) if text.isascii() else None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        found = None
    if found is None or (match and match[4] is not None):
        offer = _day_first(text) or "2026-12-31"
        desk.wrong(key, node, example or f"{key.rpartition('.')[2]}: {offer}")
        return None
    return found


def days(desk: Desk, key: str, node: Node, example: str = "2 days", least: int = 0) -> int | None:
    """Accept a stretch of whole days, at least ``least``: days, weeks, months or years."""
    match = _DURATION.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    found = int(match[1]) * _DAYS[match[2]] if match and match[2] in _DAYS else None
    if found is None or found < least:
        desk.wrong(key, node, f"{key.rpartition('.')[2]}: {_stretch(node) or example}")
        return None
    return found


def _stretch(node: Node) -> str:
    """Return the days that were meant by a bare number, by hours, or in other digits."""
    text = plain_digits(node.text.strip()) if isinstance(node, Scalar) else ""
    match = _NUMBER_FIRST.match(text)
    if match is None:
        return ""
    count, unit = int(match[1]), match[2] or "day"
    if unit == "hour" and not count % 24:
        count, unit = count // 24, "day"
    return f"{count} {unit}{'s' if count > 1 else ''}" if count and unit in _DAYS else ""


def _day_first(text: str) -> str:
    """Return a day as it is to be written that was written day first, or with other signs.

    5/6/2026 is a day in May to some and in June to others: nothing is offered for it.
    """
    text = plain_digits(text)
    match = _ANY_DAY.fullmatch(text)
    if match is None:
        return ""
    year, month, day = match.group(3, 2, 1) if match[3] else match.group(4, 5, 6)
    if "/" in text and match[3] and max(int(month), int(day)) <= _MONTHS and month != day:
        return ""
    if int(month) > _MONTHS >= int(day):
        month, day = day, month
    try:
        found = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
    return f"{found}{match[7] or ''}"


def seconds(desk: Desk, key: str, node: Node, least: int, most: int) -> int | None:
    """Accept a stretch of time from ``least`` to ``most`` seconds."""
    match = _DURATION.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    found = int(match[1]) * _SECONDS.get(match[2], 0) if match else 0
    if least <= found <= most:
        return found
    desk.wrong(key, node, f"{key.rpartition('.')[2]}: 30 seconds")
    return None


def moment(desk: Desk, key: str, node: Node, *, closing: bool = False) -> datetime | None:
    """Accept a date or a date and time in the project's timezone; returned in UTC.

    ``closing``: a date alone means the end of that day, so the first moment of the next.
    """
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _MOMENT.fullmatch(text)
    try:
        found = _moment(match, closing=closing) if match and text.isascii() else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        offer = _day_first(text)
        desk.wrong(key, node, f"{key}: {offer if offer not in ('', text) else '2026-12-31 18:00'}")
        return None
    if desk.zone is None:
        desk.notes.note(Code.NO_TIMEZONE, node.span, key=key)
        return None
    try:
        return found.replace(tzinfo=desk.zone).astimezone(UTC)
    except OverflowError:
        desk.wrong(key, node, f"{key}: 2026-12-31 18:00")
        return None


def _moment(match: re.Match[str], *, closing: bool) -> datetime:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if match[4] is not None:
        return datetime.combine(day, time(int(match[4]), int(match[5])))
    return datetime.combine(day + timedelta(days=1) if closing else day, time())
