"""What can be wrong with answers that come home: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "export-unreadable": error(
        "this is not an export of '{service}': {problem}",
        "fetch the export again, or name the service it came from: --service NAME",
    ),
    "bad-row": error(
        "entry {number} cannot be read: {problem}",
        "it is left out; mend it in the export, or ask for the export again",
    ),
    "row-time-unclear": warning(
        "entry {number} does not say clearly when it came: '{text}'",
        "write times like 2026-11-22T09:47:00+07:00, in a column called 'mati_at'",
    ),
    "answer-without-time": warning(
        "an answer to '{survey}' says '{text}' where its time should stand",
        "it is kept and counted; in the export the time should look like 2026-11-22T02:47:00Z",
    ),
    "unknown-answer": warning(
        "an answer to '{survey}' came under '{name}', and the survey does not know it",
        "it is kept, but not counted; was the question or the answer renamed?",
    ),
    "damaged-line": warning(
        "this line is not a stored answer",
        "it is left as it is and not counted; a copy of the file may have the whole line",
    ),
    "sheet-column": error(
        "there is no column '{name}'",
        "keep the first row as 'review export' wrote it",
    ),
    "sheet-unreadable": error(
        "this is no table that a spreadsheet saved",
        "save it as CSV (UTF-8), with commas, semicolons or tabs",
    ),
    "sheet-words-unknown": error(
        "no words are called '{name}'",
        "leave the column 'id' as it was; whoever was forgotten is gone from it: delete the row",
    ),
    "sheet-twice": error(
        "the words '{name}' stand here twice, and not alike",
        "keep one of the rows",
    ),
    "sheet-decision": error(
        "'{name}' is no decision",
        "write quote, praise or no, or leave it empty",
    ),
    "sheet-theme": error(
        "the survey knows no theme '{name}'",
        "write one of: {known}; or add it to 'report: themes:' in the survey",
    ),
    "sheet-personal": error(
        "the words '{name}' may hold personal data, or are too long to show",
        "write into the column 'shown' what may be shown, at most 600 signs",
    ),
    "damaged-decision": warning(
        "this line does not say what was decided of somebody's words",
        "it is left as it is, and nothing of it is shown; decide again with 'review', or put a "
        "copy of the file back",
    ),
    "damaged-release": error(
        "this line does not say what the public report showed",
        "put a copy of the file back; without one, delete the file, and the next report is made "
        "as if it were the first",
    ),
}
