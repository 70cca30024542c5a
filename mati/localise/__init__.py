"""Texts and compiled bodies in, the words of one language out.

Whatever is missing or broken in a catalogue falls back to the source, string by string, and is
marked there with its language; a page is never broken by a translation.
"""

from mati.localise.checks import Coverage, check_catalog, check_own, coverage
from mati.localise.controls import same_controls
from mati.localise.language import Language, endonym, fill, language, localise
from mati.localise.pseudo import PSEUDO, is_pseudo, pseudo, pseudo_catalog
from mati.localise.tracing import Traced, Traces
from mati.localise.words import Words, join_signs

__all__ = [
    "PSEUDO",
    "Coverage",
    "Language",
    "Traced",
    "Traces",
    "Words",
    "check_catalog",
    "check_own",
    "coverage",
    "endonym",
    "fill",
    "is_pseudo",
    "join_signs",
    "language",
    "localise",
    "pseudo",
    "pseudo_catalog",
    "same_controls",
]
