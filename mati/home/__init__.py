"""What is kept under ``private/``: answers that came home, contacts apart, what became of both."""

from mati.home.answers import Brought, bring, forget, load, revised_keys
from mati.home.counted import Month, cube_folder, keep_cubes, kept_cubes, months
from mati.home.followups import contacts_of, log_of, note_done, write_sheet
from mati.home.released import history_bytes, history_of, history_path

__all__ = [
    "Brought",
    "Month",
    "bring",
    "contacts_of",
    "cube_folder",
    "forget",
    "history_bytes",
    "history_of",
    "history_path",
    "keep_cubes",
    "kept_cubes",
    "load",
    "log_of",
    "months",
    "note_done",
    "revised_keys",
    "write_sheet",
]
