"""Everything that can be wrong, area by area: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence
from mati.diagnostics.sentences import (
    answers,
    arrivals,
    attributes,
    cards,
    conditions,
    files,
    grids,
    headings,
    hosting,
    images,
    links,
    publishing,
    releases,
    settings,
    sharing,
    sheets,
    translations,
    wordings,
)

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    **settings.SENTENCES,
    **headings.SENTENCES,
    **attributes.SENTENCES,
    **answers.SENTENCES,
    **images.SENTENCES,
    **links.SENTENCES,
    **grids.SENTENCES,
    **conditions.SENTENCES,
    **translations.SENTENCES,
    **files.SENTENCES,
    **releases.SENTENCES,
    **arrivals.SENTENCES,
    **sharing.SENTENCES,
    **cards.SENTENCES,
    **hosting.SENTENCES,
    **publishing.SENTENCES,
    **wordings.SENTENCES,
    **sheets.SENTENCES,
}
"""All of them; a slug stands in one area only."""
