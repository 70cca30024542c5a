"""All that people read in Khmer and Lao out: the texts of the catalogues in ``locales``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from icu4py.breakers import WordBreaker

from mati.catalog import decode_po, read_po
from mati.diagnostics import Notebook
from mati.share.words import Segment, clean

__all__ = ["FONTS", "segment", "texts"]

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "mati" / "fonts"


@cache
def texts(language: str) -> tuple[str, ...]:
    """Return every translation of a language, cleaned, each once."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "locales" / language).glob("*.po")):
        source = decode_po(path.as_posix(), path.read_bytes(), Notebook())
        for message in read_po(source, Notebook()).messages.values():
            found.update(dict.fromkeys(clean(text) for text in message.strings))
    return tuple(text for text in found if text)


def segment(language: str) -> Segment:
    """Return ICU's way to part a text into words."""
    return lambda text: iter(WordBreaker(text, language))
