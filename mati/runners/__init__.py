"""What carries out the work that the shelves describe: statements run where answers lie."""

from mati.runners.sql import count

__all__ = ["count"]
