"""The answers to a question of effort in, how many found it easy out."""

from __future__ import annotations

from mati.blocks import csat

__all__ = ["Block", "block"]


class Block(csat.Block):
    """Customer effort: the easy side with its interval, and the bar with the mean.

    Easy are the three best of seven answers, or the two best of five (Dixon, Toman, DeLisi, The
    Effortless Experience, 2013: the share that agrees it was made easy).
    """

    name = "ces"


block = Block()
