"""A submission as received in, a response as the survey understands it out; and its one line."""

from mati.responses.apart import Contact, part
from mati.responses.names import as_of_today, names_of
from mati.responses.periods import EARLIER, period_of
from mati.responses.reading import CHANNELS, NONE, OTHER, private_names, read_row
from mati.responses.stored import contact_from_json, contact_json, from_json, to_json
from mati.responses.table import HIDDEN, MOMENT, PERIOD, Row, Tabulator

__all__ = [
    "CHANNELS",
    "EARLIER",
    "HIDDEN",
    "MOMENT",
    "NONE",
    "OTHER",
    "PERIOD",
    "Contact",
    "Row",
    "Tabulator",
    "as_of_today",
    "contact_from_json",
    "contact_json",
    "from_json",
    "names_of",
    "part",
    "period_of",
    "private_names",
    "read_row",
    "to_json",
]
