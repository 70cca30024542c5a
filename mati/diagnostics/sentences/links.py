"""What can be wrong with plain pages and with links: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "question-on-page": error(
        "'{text}' would be answered, but a plain page asks nothing",
        "ask it in a survey, a file in 'content/' itself",
    ),
    "link-scheme": error(
        "'{text}' is no address that a page may lead to, and the link would be left out",
        "write: {offer}",
        "addresses begin with https://, mailto: or tel:, such as https://t.me/your-shop",
    ),
    "link-missing": error(
        "the link leads to '{name}', and there is nothing",
        "did you mean '{offer}'?",
        "here it can lead to: {known}; addresses of other sites begin with 'https://'",
    ),
}
