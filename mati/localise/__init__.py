"""Texts and compiled bodies in, the words of one language out.

Whatever is missing or broken in a catalogue falls back to the source, string by string, and is
marked there with its language; a page is never broken by a translation.
"""

from mati.localise.checks import Coverage, check_catalog, check_own, coverage
from mati.localise.controls import same_controls
from mati.localise.language import Language, fill, language, localise
from mati.localise.words import Words, join_signs

__all__ = [
    "Coverage",
    "Language",
    "Words",
    "check_catalog",
    "check_own",
    "coverage",
    "fill",
    "join_signs",
    "language",
    "localise",
    "same_controls",
]
