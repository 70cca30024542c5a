"""A submission as received in, a response as the survey understands it out; and its one line."""

from mati.responses.apart import Contact, part
from mati.responses.names import as_of_today, names_of
from mati.responses.reading import CHANNELS, NONE, OTHER, private_names, read_row
from mati.responses.stored import contact_from_json, contact_json, from_json, to_json
from mati.responses.table import HIDDEN, rows

__all__ = [
    "CHANNELS",
    "HIDDEN",
    "NONE",
    "OTHER",
    "Contact",
    "as_of_today",
    "contact_from_json",
    "contact_json",
    "from_json",
    "names_of",
    "part",
    "private_names",
    "read_row",
    "rows",
    "to_json",
]
