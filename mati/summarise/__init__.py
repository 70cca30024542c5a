"""A survey in, the table and the sums it wants out; counts in, numbers that may be shown out.

The last room in which a small number can stand: what leaves ``summaries``, ``collection`` and
``groups`` tells of nobody.
"""

from mati.summarise.asked import walls
from mati.summarise.privacy import least_of, safe
from mati.summarise.releases import Published, published, release, today
from mati.summarise.shown import collection, summaries
from mati.summarise.table import columns, groupings, measures
from mati.summarise.traces import groups

__all__ = [
    "Published",
    "collection",
    "columns",
    "groupings",
    "groups",
    "least_of",
    "measures",
    "published",
    "release",
    "safe",
    "summaries",
    "today",
    "walls",
]
