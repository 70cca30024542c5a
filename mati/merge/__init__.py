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
from mati.merge.heads import NOBODY, head_of, last_translator
from mati.merge.merging import merge
from mati.merge.pairing import paired, renamed
from mati.merge.progress import check_units
from mati.merge.rooms import Rooms, rooms_in_body, rooms_in_templates
from mati.merge.sheet import COLUMNS, decode_sheet, read_rows, rows_of, taken
from mati.merge.tally import Tally, tally, total
from mati.merge.wordcount import words
from mati.merge.writing import text_of, write_po, write_pot

__all__ = [
    "COLUMNS",
    "NOBODY",
    "Rooms",
    "Tally",
    "Unit",
    "check_units",
    "decode_sheet",
    "from_codes",
    "from_python",
    "from_templates",
    "head_of",
    "last_translator",
    "merge",
    "of_node",
    "paired",
    "read_rows",
    "renamed",
    "rooms_in_body",
    "rooms_in_templates",
    "rows_of",
    "taken",
    "tally",
    "text_of",
    "total",
    "united",
    "units_of",
    "words",
    "write_po",
    "write_pot",
]
