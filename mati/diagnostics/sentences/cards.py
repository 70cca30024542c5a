"""What can be wrong with the pictures shown beside shared links: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "card-letters": warning(
        "the share card of '{name}' in '{language}' is drawn without words:"
        " there is no letter for '{letters}'",
        "write the title and the text to share without it, or give a picture of your own:"
        " share: {{image: card.png}}",
    ),
}
"""One of them; ``letters`` are those that no font knows, ``language`` the language's code."""
