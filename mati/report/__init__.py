"""Numbers that may be shown in, a report out: what stands on the page, nothing rendered.

The same report gives the page, ``results.json`` and ``results.csv``: no file can tell more
than another.
"""

from mati.report.files import results_csv, results_json
from mati.report.formats import Formats, formats
from mati.report.page import PARTS, Item, Origin, Part, Report, report, styles

__all__ = [
    "PARTS",
    "Formats",
    "Item",
    "Origin",
    "Part",
    "Report",
    "formats",
    "report",
    "results_csv",
    "results_json",
    "styles",
]
