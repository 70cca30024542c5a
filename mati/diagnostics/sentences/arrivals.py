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
    "damaged-release": error(
        "this line does not say what the public report showed",
        "put a copy of the file back; without one, delete the file, and the next report is made "
        "as if it were the first",
    ),
}
