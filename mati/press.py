"""Cards and posters in, their PNG and PDF out; what was once drawn is kept.

typst draws, icu4py finds the borders of words: both come with the extra ``print`` and are opened
only when something is drawn. Fonts are our own, those of the system are never looked at, so that
the same card gives the same bytes on every computer.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import mati
from mati.images import image
from mati.share import (
    HEIGHT,
    WIDTH,
    Card,
    Poster,
    Segment,
    Sign,
    card_source,
    letters,
    missing,
    plain,
    poster_source,
)

__all__ = ["HEAVIEST", "Press", "PressError", "available"]

HEAVIEST = 90 * 1024
"""Bytes a card should not be over: WhatsApp shows no picture that is too heavy."""

_FONTS = Path(__file__).parent / "fonts"
_CODE = ("press.py", "share/*.py", "model/colours.py")
"""What lays out and colours, beside this file."""
_TYPST, _ICU = "typst", "icu4py"
_LINES = ((3, 2, 3), (3, 1, 3), (3, 0, 2), (2, 0, 1), (1, 0, 1))
"""Lines of the title, the text and the words of a figure: fewer where a card is too heavy. Before
the last ones go, the sign of the shop does."""
_SIZE = (WIDTH, HEIGHT)
_DIGEST = 32
_LARGEST_FILE = 1_000_000
_CARD, _POSTER = ".card", ".poster"
"""How the files end that hold them."""
_PDF = b"%PDF-"


class PressError(Exception):
    """A card or a poster cannot be drawn; its words are typst's own."""


def available() -> bool:
    """Tell whether the extra ``print`` is there, without opening it."""
    return importlib.util.find_spec(_TYPST) is not None


class Press:
    """Draws; made once a build, because opening typst takes longer than a card.

    ``store`` is the folder where both are kept (``.mati/cards``); None keeps none. Without
    icu4py words of Khmer and Lao are parted at blanks and zero width spaces only.
    """

    def __init__(self, store: Path | None = None) -> None:
        """Open nothing yet."""
        self._store = store
        self._used: set[str] = set()

    def missing(self, drawn: Card | Poster) -> str:
        """Return the letters no font of ours knows, each once; "" when all can be drawn.

        typst draws an empty box for such a letter and says nothing: do not draw the card then,
        say ``card-letters``. Emoji and other pictures are left out of cards and not counted.
        """
        return missing(drawn.texts, _known())

    def card(self, card: Card) -> bytes:
        """Return the PNG of a card, 1200 x 630; raise ``PressError`` when it cannot be drawn."""
        return self._kept(f"{_name(card)}{_CARD}", lambda: self._draw(card))

    def poster(self, poster: Poster) -> bytes:
        """Return the PDF of a poster, one page; raise ``PressError`` when it cannot be drawn."""
        return self._kept(f"{_name(poster)}{_POSTER}", lambda: self._print(poster))

    def sweep(self) -> None:
        """Forget what this press was not asked for; call it after a whole build."""
        if self._store is None or not _is_folder(self._store):
            return
        for path in self._store.iterdir():
            if path.suffix in (_CARD, _POSTER) and path.name not in self._used:
                with suppress(OSError):
                    path.unlink()

    def _kept(self, name: str, draw: Callable[[], bytes]) -> bytes:
        self._used.add(name)
        found = self._read(name)
        if found is None:
            found = draw()
            self._keep(name, found)
        return found

    def _draw(self, card: Card) -> bytes:
        segment = _segment(card.language)
        bare = replace(card, sign=None)
        _lay_out(card.sign)
        tries = [(card, most) for most in _LINES[:2]] if card.sign else []
        drawn = b""
        for wanted, most in (*tries, *((bare, most) for most in _LINES)):
            source = card_source(wanted, segment, _known(), most)
            drawn = _compile(source, format="png", ppi=72)
            if len(drawn) <= HEAVIEST:
                break
        return drawn

    def _print(self, poster: Poster) -> bytes:
        _lay_out(poster.sign)
        source = poster_source(poster, _segment(poster.language), _known())
        return _compile(source, format="pdf", pdf_standards="ua-1")

    def _read(self, name: str) -> bytes | None:
        """Return what is kept; None where nothing is, or something else lies in its place."""
        if self._store is None or not _is_folder(self._store):
            return None
        try:
            kept = _contents(self._store / name)
        except OSError:
            return None
        digest, content = kept[:_DIGEST], kept[_DIGEST:]
        if hashlib.sha256(content).digest() != digest:
            return None
        if name.endswith(_POSTER):
            return content if content.startswith(_PDF) else None
        found = image(content)
        return content if found and (found.width, found.height) == _SIZE else None

    def _keep(self, name: str, content: bytes) -> None:
        """Keep it, whole or not at all; a disk that refuses costs time and nothing else."""
        if self._store is not None:
            with suppress(OSError):
                _put(self._store, name, content)


def _name(wanted: Card | Poster) -> str:
    """Return a name that changes with all that shapes it."""
    return hashlib.sha256(f"{_edition()}{wanted!r}".encode("utf-8", "replace")).hexdigest()


def _put(store: Path, name: str, content: bytes) -> None:
    store.mkdir(parents=True, exist_ok=True)
    if not _is_folder(store):
        return
    stem, _, ending = name.rpartition(".")
    made = store / f".{stem}.{os.getpid()}.{ending}"
    try:
        with made.open("xb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        made.replace(store / name)
    finally:
        made.unlink(missing_ok=True)


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there: neither a file nor a link that leads elsewhere."""
    try:
        return all(stat.S_ISDIR(place.lstat().st_mode) for place in (path, path.parent))
    except OSError:
        return False


def _contents(path: Path) -> bytes:
    """Return what a file holds; ``OSError`` for a link, a pipe or one too large for either."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        seen = os.fstat(file.fileno())
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > _LARGEST_FILE:
            raise OSError(path)
        return file.read(_LARGEST_FILE)


@cache
def _known() -> frozenset[int]:
    """Return the letters that our fonts have, in every weight."""
    weights = (sorted(_FONTS.glob(f"*-{weight}.ttf")) for weight in ("400", "700"))
    return frozenset.intersection(
        *(frozenset().union(*(letters(font.read_bytes()) for font in each)) for each in weights)
    )


@cache
def _edition() -> str:
    """Return what shapes both beside their own words: programs, fonts and what lays it out."""
    here = Path(__file__).parent
    files = (
        *sorted(_FONTS.glob("*.ttf")),
        *(found for code in _CODE for found in sorted(here.glob(code))),
    )
    digests = (hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return "\n".join((mati.__version__, *_installed(_TYPST), *_installed(_ICU), *digests))


def _installed(name: str) -> Iterator[str]:
    """Tell one installed version of a library from another without opening it."""
    spec = importlib.util.find_spec(name)
    if spec and spec.origin:
        for path in sorted(Path(spec.origin).parent.iterdir()):
            seen = path.stat()
            if stat.S_ISREG(seen.st_mode):
                yield f"{name}/{path.name} {seen.st_size} {seen.st_mtime_ns}"


def _segment(language: str) -> Segment:
    """Return what parts a text of a language into words."""
    breaker = _breaker()
    if breaker is None:
        return plain

    def parts(text: str) -> Iterable[str]:
        return iter(breaker(text, language))

    return parts


@cache
def _breaker() -> Callable[[str, str], Iterable[str]] | None:
    if importlib.util.find_spec(_ICU) is None:
        return None
    found: Callable[[str, str], Iterable[str]] = importlib.import_module(
        "icu4py.breakers"
    ).WordBreaker
    return found


@cache
def _desk() -> tempfile.TemporaryDirectory[str]:
    """Return the folder typst reads signs from; it goes with the process."""
    return tempfile.TemporaryDirectory(prefix="mati-", ignore_cleanup_errors=True)


def _lay_out(sign: Sign | None) -> None:
    """Put a sign where typst finds it."""
    if sign is None:
        return
    try:
        place = Path(_desk().name, sign.file)
        if not place.exists():
            place.write_bytes(sign.content)
    except OSError as problem:
        raise PressError(str(problem)) from None


@cache
def _compiler() -> Any:  # noqa: ANN401 - typst is opened late, its types with it
    typst = importlib.import_module("typst")
    own = {"include_system_fonts": False, "include_embedded_fonts": False}
    fonts = typst.Fonts(font_paths=[_FONTS], **own)
    return typst.Compiler(font_paths=fonts, root=_desk().name, ignore_system_fonts=True)


def _compile(source: str, **how: object) -> bytes:
    """Return what typst makes of a source; it reads our fonts and signs, and asks no network."""
    try:
        made: bytes = _compiler().compile(input=source.encode("utf-8"), timestamp=0, **how)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # noqa: BLE001 - a panic of typst is no Exception to Python
        raise PressError(str(problem)) from None
    return made
