"""Everything that is to be translated, and a catalogue so far, in; the new text of the file out.

Texts are matched by context first: a question that was re-worded keeps its translation, marked
as outdated, with the old wording beside it; no question ever gets another one's translation.
"""

from mati.merge.extract import (
    Unit,
    from_codes,
    from_python,
    from_templates,
    of_node,
    united,
    units_of,
)
from mati.merge.merging import merge
from mati.merge.pairing import paired, renamed
from mati.merge.progress import check_units, count_units
from mati.merge.rooms import Rooms, rooms_in_body, rooms_in_templates
from mati.merge.writing import head_of, write_po

__all__ = [
    "Rooms",
    "Unit",
    "check_units",
    "count_units",
    "from_codes",
    "from_python",
    "from_templates",
    "head_of",
    "merge",
    "of_node",
    "paired",
    "renamed",
    "rooms_in_body",
    "rooms_in_templates",
    "united",
    "units_of",
    "write_po",
]
