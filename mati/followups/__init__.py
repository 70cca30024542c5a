"""Answers that ask for a call back in; the list of people to call, and sheets of it, out."""

from mati.followups.cases import CLOSED, Case, Reason, Reply, case_id, cases, grounds
from mati.followups.entries import Entry, entry_line, read_entries, read_entry
from mati.followups.notices import Alert, Notice, Row, alert_of, alerts, arrivals, notice
from mati.followups.performance import performance
from mati.followups.sheets import SHEETS, sheet

__all__ = [
    "CLOSED",
    "SHEETS",
    "Alert",
    "Case",
    "Entry",
    "Notice",
    "Reason",
    "Reply",
    "Row",
    "alert_of",
    "alerts",
    "arrivals",
    "case_id",
    "cases",
    "entry_line",
    "grounds",
    "notice",
    "performance",
    "read_entries",
    "read_entry",
    "sheet",
]
