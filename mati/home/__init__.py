"""What is kept under ``private/``: answers that came home, contacts apart, what became of both."""

from mati.home.answers import Brought, bring, load, revised_keys
from mati.home.counted import Month, cube_folder, keep_cubes, kept_cubes, months
from mati.home.expiry import Expired, drop_contacts, expired
from mati.home.followups import contacts_of, log_of, note_done, write_sheet
from mati.home.forgotten import expire, forget
from mati.home.released import history_bytes, history_of, history_path
from mati.home.reviews import counted_keys, decisions_of, moments_of, note_decisions, write_words
from mati.home.told import tell

__all__ = [
    "Brought",
    "Expired",
    "Month",
    "bring",
    "contacts_of",
    "counted_keys",
    "cube_folder",
    "decisions_of",
    "drop_contacts",
    "expire",
    "expired",
    "forget",
    "history_bytes",
    "history_of",
    "history_path",
    "keep_cubes",
    "kept_cubes",
    "load",
    "log_of",
    "moments_of",
    "months",
    "note_decisions",
    "note_done",
    "revised_keys",
    "tell",
    "write_sheet",
    "write_words",
]
