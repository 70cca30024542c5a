"""The text of a .po file in, a ``Catalog`` out: strict, with positions, nothing lost in silence.

The format is described in the GNU gettext manual, "The Format of PO Files". A damaged entry is
a warning with file, line and column, and that message alone goes without its translation.
"""

from mati.catalog.doubts import DOUBTS, doubts
from mati.catalog.faults import (
    Fault,
    faults,
    is_missing,
    lost_links,
    pairs,
    placeholders,
    state_of,
    translator,
    usable,
)
from mati.catalog.heads import check_head, forms_of
from mati.catalog.message import Catalog, Message
from mati.catalog.plurals import plural_rule
from mati.catalog.read import decode_po, read_po
from mati.catalog.tongue import Tongue, tongue

__all__ = [
    "DOUBTS",
    "Catalog",
    "Fault",
    "Message",
    "Tongue",
    "check_head",
    "decode_po",
    "doubts",
    "faults",
    "forms_of",
    "is_missing",
    "lost_links",
    "pairs",
    "placeholders",
    "plural_rule",
    "read_po",
    "state_of",
    "tongue",
    "translator",
    "usable",
]
