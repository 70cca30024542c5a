"""What can be better spelt in Khmer and Lao: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, note

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "look-alike-spelling": note(
        "'{text}' is not spelt with the letters of '{offer}', which looks the same; in this file: "
        "{count}",
        "'mati i18n fix' mends them all; to keep a word: <!-- keep: {text} -->",
    ),
}
