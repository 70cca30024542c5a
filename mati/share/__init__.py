"""Words and a theme in, the source of what is shared out: cards for links, posters for walls.

Nothing is drawn here but the card without words; ``mati.press`` draws the others.
"""

from mati.share.cards import HEIGHT, WIDTH, Card, Figure, card_source
from mati.share.letters import letters, missing
from mati.share.neutral import neutral
from mati.share.posters import PAPERS, Poster, poster_source
from mati.share.words import Segment, plain

__all__ = [
    "HEIGHT",
    "PAPERS",
    "WIDTH",
    "Card",
    "Figure",
    "Poster",
    "Segment",
    "card_source",
    "letters",
    "missing",
    "neutral",
    "plain",
    "poster_source",
]
