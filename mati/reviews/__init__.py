"""Words that people wrote, and what was decided of them, in; what a report may quote out."""

from mati.reviews.decisions import DECISIONS, Decision, decision_line, read_decisions
from mati.reviews.flags import flags
from mati.reviews.told import told
from mati.reviews.words import Words, side_by_side, words, words_id

__all__ = [
    "DECISIONS",
    "Decision",
    "Words",
    "decision_line",
    "flags",
    "read_decisions",
    "side_by_side",
    "told",
    "words",
    "words_id",
]
