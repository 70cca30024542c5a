"""Answers that ask for a call back in; the list of people to call, and sheets of it, out."""

from mati.followups.cases import CLOSED, Case, Reason, Reply, case_id, cases
from mati.followups.entries import Entry, entry_line, read_entries
from mati.followups.sheets import SHEETS, sheet

__all__ = [
    "CLOSED",
    "SHEETS",
    "Case",
    "Entry",
    "Reason",
    "Reply",
    "case_id",
    "cases",
    "entry_line",
    "read_entries",
    "sheet",
]
