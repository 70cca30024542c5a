"""What is kept under ``private/``: answers that came home, contacts apart, what became of both."""

from mati.home.answers import Brought, bring, forget, load
from mati.home.followups import contacts_of, log_of, note_done, write_sheet

__all__ = [
    "Brought",
    "bring",
    "contacts_of",
    "forget",
    "load",
    "log_of",
    "note_done",
    "write_sheet",
]
