"""What can be wrong with where the site is to be published: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "unknown-way": error(
        "there is no way to publish that is called '{text}'",
        "write: publish: {offer}",
        "write one of these behind 'publish:': {known}",
    ),
    "bad-publish-target": error(
        "'{text}' cannot stand behind 'publish: {way}'",
        "write it like this: publish: {example}",
    ),
}
