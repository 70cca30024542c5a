"""The text of a .po file in, a ``Catalog`` out: strict, with positions, nothing lost in silence.

The format is described in the GNU gettext manual, "The Format of PO Files". A damaged entry is
a warning with file, line and column, and that message alone goes without its translation.
"""

from mati.catalog.faults import Fault, faults, lost_links, placeholders, translator, usable
from mati.catalog.message import Catalog, Message
from mati.catalog.read import decode_po, read_po

__all__ = [
    "Catalog",
    "Fault",
    "Message",
    "decode_po",
    "faults",
    "lost_links",
    "placeholders",
    "read_po",
    "translator",
    "usable",
]
