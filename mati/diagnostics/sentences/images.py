"""What can be wrong with pictures: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "image-in-sentence": warning(
        "the picture '{text}' stands among words, where none is shown; people read its words",
        "give it a paragraph of its own, or begin an answer with it",
    ),
    "image-without-words": error(
        "the picture '{text}' has no words for people who cannot see it",
        "write them between the brackets, such as: ![Blue cup](cup.jpg)",
    ),
    "bad-image-path": error(
        "'{text}' is no file beside this survey",
        "put the picture into the folder of this file and write its name: ![Blue cup](cup.jpg)",
    ),
    "image-missing": error(
        "there is no picture '{name}'",
        "did you mean '{offer}'?",
        "put the file there, or mend its name",
    ),
    "not-an-image": error(
        "'{name}' is no picture that every browser shows",
        "save it as JPEG, PNG, WebP or GIF; SVG is not taken, because it can hold scripts",
    ),
    "image-too-heavy": warning(
        "the picture '{name}' has {size} kB; people on a weak line wait for it",
        "make it smaller: 1000 pixels wide and below {most} kB is plenty for a phone",
    ),
}
