"""``{#id * key=value}`` in, properties with their places out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mati.diagnostics import Code
from mati.model import spelling
from mati.questions import kinds
from mati.reader.pieces import ID, Piece, Reading
from mati.settings import close_to

__all__ = [
    "MEANT",
    "NOTHING",
    "RESERVED_IDS",
    "Properties",
    "Property",
    "flags",
    "id_without_hash",
    "identifier",
    "merge",
    "misplaced",
    "only",
    "split",
    "stands_alone",
    "tokens",
    "written",
]

# Possessive: a brace that does not close must not be tried again from within.
_BRACES = re.compile(r'\{(?:[^"{}]|"[^"]*")*+\}')
_TOKEN = re.compile(
    r'\s*(?:(?P<star>\*)|#(?P<gap>[ \t]+(?=[a-z]))?(?P<id>[^\s"*{}]*)'
    r'|(?P<key>[A-Za-z][A-Za-z_-]*)(?:(?P<is>=)(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"“”„]*)))?'
    r"(?=\s|$)|(?P<odd>\S+))"
)
_MOST_BRACES = 200
_BENT = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]")
"""Quotes as word processors and keyboards of other languages write them."""
_JOINTS = frozenset({"in", "is", "has", "and", "or", "=", "!=", "<", "<=", ">", ">=", "=="})
_SPACED = re.compile(r'([A-Za-z][A-Za-z_-]*)\s*=\s*("[^"]*"|[^\s"=]+)')
"""A property whose sign of equality stands between blanks."""
_BEHIND = re.compile(r"\{?\{#[^{}]*\}\}?\s*")
_UNBRACED = re.compile(
    r"#\s?([A-Za-z]\w*)$|[(\[\uff08]\s*#\s?([A-Za-z]\w*)((?:\s[^()\[\]{}]*)?)[)\]\uff09]$"
)
_FLAGS = frozenset({"required", "private", "end", "shuffle", "na", "only"})
_NAMES = ("id", "name", "key")
"""What people take for the property that names a question."""
PROPERTIES = ("required", "if", "kind", "as", "private", "end", "na", "only")
"""What may stand in braces somewhere, besides the properties of the kinds."""
MEANT = {
    "mandatory": "required", "obligatory": "required", "compulsory": "required", "must": "required",
    "type": "kind", "look": "as", "style": "as", "display": "as", "view": "as",
    "limit": "max", "choose": "max", "most": "max", "least": "min", "maxlength": "max",
    "exclusive": "only", "none": "na", "dk": "na",
    "show_if": "if", "showif": "if", "when": "if", "condition": "if", "visible_if": "if",
    "random": "shuffle", "randomize": "shuffle", "secret": "private", "confidential": "private",
    "ending": "end", "hint": "placeholder",
}  # fmt: skip
"""What people write, and other tools call so, by what it is called here."""
RESERVED_IDS = frozenset({"intro", "share", "reward", "survey", "via", "lang", "kiosk"})
"""Names that mean something else in addresses, pipes and contexts."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name as written, and its value ("" where it stands alone)."""

    name: Piece
    value: Piece


@dataclass(frozen=True, slots=True)
class Properties:
    """What stands in one pair of braces; ``*`` is called ``required``."""

    id: Piece | None = None
    items: Mapping[str, Property] = field(default_factory=lambda: MappingProxyType({}))

    def value(self, name: str) -> str | None:
        """Return the value of a property, None when it is not there."""
        found = self.items.get(name)
        return found.value.text if found else None

    def __bool__(self) -> bool:
        """Tell whether anything stands there."""
        return self.id is not None or bool(self.items)


NOTHING = Properties()


def split(reading: Reading, piece: Piece) -> tuple[Piece, Properties]:
    """Part a line into its words and the properties at its end."""
    text, position = piece.text, 0
    if "{" not in text:
        return piece.strip(), NOTHING
    if text.count("{") > _MOST_BRACES:
        place = piece.cut(text.index("{"))
        reading.note(Code.UNREADABLE_PROPERTY, place, text=place.text[:40])
        return piece.cut(0, text.index("{")).strip(), NOTHING
    while (start := text.find("{", position)) >= 0:
        if text.startswith("{{", start):
            end = text.find("}}", start + 2)
            position = end + 2 if end >= 0 else len(text)
            continue
        if start and text[start - 1] == "\\":
            position = start + 1
            continue
        match = _BRACES.match(text, start)
        if match is None:
            return piece.cut(0, start).strip(), _unclosed(reading, piece.cut(start))
        if not text[match.end() :].strip():
            inner = piece.cut(start + 1, match.end() - 1)
            reading.braces.append(inner)
            return piece.cut(0, start).strip(), _properties(reading, inner)
        position = match.end()
    return piece.strip(), NOTHING


def stands_alone(text: str) -> bool:
    """Tell whether a line holds properties and nothing else."""
    text = text.strip()
    return text.startswith("{") and not text.startswith("{{")


def _unclosed(reading: Reading, piece: Piece) -> Properties:
    """Say what is not closed and read on, so that nothing else is blamed."""
    text = piece.text
    bent = _BENT.search(text)
    straight = piece._replace(text=_BENT.sub('"', text)) if bent else piece
    closed = _BRACES.match(straight.text) if bent else None
    if bent and closed:
        reading.note(Code.BENT_QUOTES, piece.cut(bent.start(), bent.end()), text=bent[0])
        return _properties(reading, straight.cut(1, closed.end() - 1), quiet=True)
    quote = text.rfind('"')
    if "}" in text and text.count('"') % 2:
        reading.note(Code.UNCLOSED_QUOTE, piece.cut(quote), text=text[quote : quote + 40])
        before = text[:quote].rstrip().rfind(" ") if text[quote - 1] == "=" else quote
        return _properties(reading, piece.cut(1, max(before, 1)), quiet=True)
    reading.note(Code.UNCLOSED_BRACE, piece, text=text[:40])
    stop = text.find("{", 1)
    return _properties(reading, piece.cut(1, stop if stop > 0 else None), quiet=True)


def tokens(piece: Piece) -> Iterator[re.Match[str]]:
    """Go through what stands inside a pair of braces: ``star``, ``id``, ``key`` or ``odd``."""
    position, end = 0, len(piece.text.rstrip())
    while position < end:
        match = _TOKEN.match(piece.text, position)
        if match is None or match.end() == position:
            return
        yield match
        position = match.end()


def _properties(reading: Reading, piece: Piece, *, quiet: bool = False) -> Properties:
    found: dict[str, Property] = {}
    named: Piece | None = None
    bent = _BENT.search(piece.text)
    if bent and piece.text.count('"') % 2 == 0:
        place = piece.cut(bent.start(), bent.end())
        reading.note(Code.BENT_QUOTES, place, text=place.text)
        return _properties(reading, piece._replace(text=_BENT.sub('"', piece.text)), quiet=True)
    for match in tokens(piece):
        if match["odd"] is not None:
            told = quiet or (named is not None and named.text[-1:] in ",;")
            comma = not match["odd"].strip(",;")
            found |= {} if told and (quiet or comma) else _odd(reading, piece, match)
            if not comma:
                break
            continue
        spaced = _spaced(piece.text, match) if match["key"] else None
        if spaced:
            place, value = piece.cut(*spaced.span(1)), piece.cut(*spaced.span(2))
            found.setdefault(place.text, Property(place, _unquoted(value)))
            offer = f"{place.text}={value.text}"
            reading.note(
                Code.UNREADABLE_PROPERTY, piece.cut(*spaced.span()), text=spaced[0], offer=offer
            )
            rest = _properties(reading, piece.cut(spaced.end()), quiet=quiet)
            return Properties(named or rest.id, MappingProxyType({**rest.items, **found}))
        if match["key"] == "if" and match["word"] and _goes_on(piece.text[match.end() :]):
            found.setdefault("if", _unquoted_condition(reading, piece, match))
            break
        if match["id"] is not None:
            if match["gap"]:
                _note_gap(reading, piece, match)
            again, place = named is not None, piece.cut(match.start("id"), match.end("id"))
            named, name = named or place, "#"
        else:
            place, value = _pair(piece, match)
            name = "required" if match["star"] else place.text
            again = name in found
            found.setdefault(name, Property(place, value))
        if again and not quiet:
            reading.note(Code.PROPERTY_TWICE, place, name="*" if match["star"] else name)
    return Properties(named, MappingProxyType(found))


def _unquoted_condition(reading: Reading, piece: Piece, match: re.Match[str]) -> Property:
    """Take all that follows ``if=`` for the condition, and say that it needs quotes."""
    value = piece.cut(match.start("word")).strip()
    bare = value.text.strip("'")
    value = value.cut(value.text.index(bare), value.text.index(bare) + len(bare))
    words = value.text[:60]
    offer = words.replace('"', "")  # no code needs quotes, and one would end the value
    reading.note(Code.UNQUOTED_CONDITION, value, text=words, offer=offer)
    return Property(_pair(piece, match)[0], value)


def _unquoted(value: Piece) -> Piece:
    return value.cut(1, -1) if value.text.startswith('"') else value


def _spaced(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """Find ``max = 2`` and ``max= 2`` where a property without a value was read."""
    if match["word"] or match["quoted"] is not None:
        return None
    if match["is"] is None and not text.startswith("=", match.end() + 1):
        return None
    return _SPACED.match(text, match.start("key"))


def _odd(reading: Reading, piece: Piece, match: re.Match[str]) -> dict[str, Property]:
    """Say what cannot be read, with what it was most likely meant to be, and return that."""
    place = piece.cut(match.start("odd"), match.end("odd"))
    text, rest = place.text, piece.cut(match.end("odd")).strip()
    known = _known()
    name, colon, value = text.partition(":")
    found: dict[str, Property] = {}
    if "|" in text:
        offer = f"{{{{{piece.text.strip()}}}}}"
    elif colon and name in known:
        if name in _FLAGS:
            found[name] = Property(place.cut(0, len(name)), place.cut(0, 0))
            reading.note(Code.UNREADABLE_PROPERTY, place, text=text[:40], offer=name)
            return found
        given = place.cut(len(name) + 1) if value else rest
        found[name] = Property(place.cut(0, len(name)), given)
        words = f"{value} {rest.text}" if name == "if" and value else given.text
        words = words.strip("'\"")
        offer = f'{name}="{words}"' if name == "if" or " " in words else f"{name}={words}"
    else:
        letters = "".join(filter(str.isalpha, text)).lower()
        offer = letters if letters in known else ""
    reading.note(Code.UNREADABLE_PROPERTY, place, text=text[:40], offer=offer)
    return found


def _known() -> tuple[str, ...]:
    """Return every property there is."""
    return tuple(dict.fromkeys((*PROPERTIES, *(a for k in kinds.all() for a in k.attributes))))


def _note_gap(reading: Reading, piece: Piece, match: re.Match[str]) -> None:
    """Say that an id stands right behind its ``#``."""
    place = piece.cut(match.start("gap") - 1, match.end("id"))
    reading.note(Code.BAD_ID, place, text=place.text, offer=match["id"])


def _goes_on(rest: str) -> bool:
    """Tell whether behind the first word of a condition the rest of it follows."""
    return rest.split(maxsplit=1)[:1] != [] and rest.split(maxsplit=1)[0] in _JOINTS


def _pair(piece: Piece, match: re.Match[str]) -> tuple[Piece, Piece]:
    group = "star" if match["star"] else "key"
    place = piece.cut(match.start(group), match.end(group))
    for part in ("quoted", "word"):
        if match[part] is not None:
            return place, piece.cut(match.start(part), match.end(part))
    return place, piece.cut(match.end(group), match.end(group))


def merge(reading: Reading, first: Properties, second: Properties) -> Properties:
    """Lay the properties of the line below a heading beside those of the heading."""
    for name, item in second.items.items():
        if name in first.items:
            reading.note(Code.PROPERTY_TWICE, item.name, name=name)
    if first.id is not None and second.id is not None:
        reading.note(Code.PROPERTY_TWICE, second.id, name="#")
    return Properties(first.id or second.id, MappingProxyType({**second.items, **first.items}))


def id_without_hash(reading: Reading, properties: Properties) -> Properties:
    """Take a first word that is no property for the id it was meant to be, and say so."""
    first = next(iter(properties.items.values()), None)
    if properties.id is not None or first is None:
        return properties
    name, place = first.name.text, first.name
    if first.value.text and name in _NAMES:
        place = first.value
    elif first.value.text or name == "*" or name in _known() or close_to(name, _known()):
        return properties
    if not ID.fullmatch(place.text):
        return properties
    shown = name if place is first.name else f"{name}={place.text}"
    reading.note(Code.ID_WITHOUT_HASH, first.name, text=shown, offer=place.text)
    items = {key: item for key, item in properties.items.items() if key != name}
    return Properties(place, MappingProxyType(items))


def misplaced(
    reading: Reading, words: Piece, properties: Properties, signs: str
) -> tuple[Piece, Properties]:
    """Find the id of a heading among its words: before other words or braces, or without any.

    Say how to write it, and return words and properties as they were meant. ``signs`` are
    those of the heading.
    """
    text = words.text
    braces = _BEHIND.search(text)
    if braces and '"' in text[braces.end() :]:
        return words, properties  # what is wrong with the quotes is said
    if braces:
        rest = words.cut(braces.end())
        place = rest if rest.text else words.cut(braces.start()).strip()
        inside = words.cut(text.index("#", braces.start()), text.index("}", braces.start()))
        found = merge(reading, _properties(reading, inside, quiet=True), properties)
        stars = rest.text.strip() in ("*", "* *", "**")
        plain = words.cut(0, braces.start()).strip()
        if not stars and rest.text.strip(" .,:;!?*\u17d4\u17d6"):
            plain = plain._replace(text=f"{plain.text} {rest.text}".strip())
        held = [inside.text.strip(), *(["*"] if stars else []), *written(properties)]
        better = f"{signs} {plain.text[:60]} {{{' '.join(held)}}}"
        reading.note(Code.BRACES_NOT_LAST, place, text=text[braces.start() :][:60], better=better)
        return plain, found
    bare = _UNBRACED.search(text) if signs == "###" else None
    if bare is None or not bare.start():
        return words, properties
    group = 1 if bare[1] else 2
    place, offer = words.cut(bare.start()), spelling(bare[group], "visit")
    more = words.cut(*bare.span(3)) if bare[3] else None
    shown = f"{offer} {more.text.strip()}" if more else offer
    reading.note(Code.ID_WITHOUT_BRACES, place, text=place.text, offer=shown)
    name = Piece(offer, words.line, words.column + bare.start(group))
    found = _properties(reading, more, quiet=True) if more else NOTHING
    items = MappingProxyType({**found.items, **properties.items})
    return words.cut(0, bare.start()).strip(), Properties(name, items)


def written(properties: Properties) -> Iterator[str]:
    """Go through the properties but the id as they are written."""
    for name, item in properties.items.items():
        value = item.value.text
        shown = f'"{value}"' if " " in value or name == "if" else value
        yield "*" if item.name.text == "*" else f"{name}={shown}" if value else name


def identifier(reading: Reading, piece: Piece, fallback: str, *, wire: bool = True) -> str:
    """Return the id written in ``piece``, or the right spelling of a wrong one.

    ``wire``: it names something of its own (a question, a page), so that the names kept for
    Mati's own use are refused.
    """
    text = piece.text
    if not ID.fullmatch(text):
        offer = spelling(text, fallback)
        reading.unsure = reading.unsure or not text  # any name may be the one that lacks here
        reading.note(Code.BAD_ID, piece, text=text, offer=offer)
        return offer
    if text.startswith("mati_") or (wire and text in RESERVED_IDS):
        offer = f"my_{text.removeprefix('mati_')}"
        reading.note(Code.RESERVED_ID, piece, id=text, offer=offer)
        return offer
    return text


def flags(reading: Reading, properties: Properties, known: tuple[str, ...]) -> frozenset[str]:
    """Return which of ``known`` stand there; anything else has no meaning at this place."""
    only(reading, properties, known)
    return frozenset(properties.items) & frozenset(known)


def only(reading: Reading, properties: Properties, known: tuple[str, ...]) -> None:
    """Write down every property that is none of ``known`` (``#`` stands for an id)."""
    if properties.id is not None and "#" not in known:
        _note_not_here(reading, properties.id, "#" + properties.id.text, known)
    for name, item in properties.items.items():
        if name not in known:
            _note_not_here(reading, item.name, item.name.text, known)


def _note_not_here(reading: Reading, place: Piece, name: str, known: tuple[str, ...]) -> None:
    meant = MEANT.get(name, "")
    offer = meant if meant in known else reading.offer(name, known)[0]
    if offer:
        reading.note(Code.UNKNOWN_PROPERTY, place, name=name, offer=offer)
    else:
        shown = ", ".join("#id" if word == "#" else word for word in known)
        reading.note(Code.PROPERTY_NOT_HERE, place, name=name, known=shown)
