"""What is passed on of a site: pictures for links, posters for walls, words to post, and whether
robots that show links can read all of it.

Nothing is drawn here but the card without words; ``mati.press`` draws the others.
"""

from mati.share.cards import HEIGHT, WIDTH, Card, Figure, card_source
from mati.share.kit import CHANNELS, kit
from mati.share.letters import letters, missing
from mati.share.neutral import neutral
from mati.share.pages import Read, read_page
from mati.share.posters import PAPERS, Poster, poster_source
from mati.share.previews import Fault, faults
from mati.share.signs import Sign
from mati.share.words import Segment, plain

__all__ = [
    "CHANNELS",
    "HEIGHT",
    "PAPERS",
    "WIDTH",
    "Card",
    "Fault",
    "Figure",
    "Poster",
    "Read",
    "Segment",
    "Sign",
    "card_source",
    "faults",
    "kit",
    "letters",
    "missing",
    "neutral",
    "plain",
    "poster_source",
    "read_page",
]
