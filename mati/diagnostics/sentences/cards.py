"""What can be wrong with the pictures shown beside shared links: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "card-letters": warning(
        "the share card of '{name}' in '{language}' is drawn without words:"
        " there is no letter for '{letters}'",
        "write the title and the text to share without it, or give a picture of your own:"
        " share: {{image: card.png}}",
    ),
    "card-failed": warning(
        "the picture for links to this page in '{language}' could not be drawn: {problem}",
        "one without words is shown; write the title more simply, or name a picture of your own: "
        "share: {{image: …}}",
    ),
    "card-sign": warning(
        "'{name}' is left out of share cards and posters: it is damaged, or too large to be drawn"
        " ({pixels} pixels, {size} kB)",
        "open it in a picture program and save it anew as PNG or JPEG, some 400 pixels high",
    ),
    "cards-plain": note(
        "links to the site are shown with a picture without words",
        "for one with the words of the survey: pip install mati-survey[print]",
    ),
}
