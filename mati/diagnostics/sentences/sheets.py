"""What can be wrong where texts are gathered, and in sheets of translations: slug in, words out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "module-broken": error(
        "Python cannot read the module '{path}': {problem}",
        "mend that line; until then nobody knows which words stand in the module",
    ),
    "sheet-no-column": error(
        "there is no column '{name}'",
        "keep the first row as 'i18n export' wrote it",
    ),
    "sheet-text-unknown": warning(
        "no text is called '{name}'",
        "it was renamed or taken out since 'i18n export'; the row was left out",
    ),
    "sheet-source-changed": warning(
        "the source of '{name}' is not '{text}' but '{now}'; the row was left out",
        "export anew, and look whether the translation still fits",
    ),
    "sheet-text-twice": error(
        "'{name}' stands here a second time, first on line {first}, and not alike",
        "keep one of the two rows",
    ),
    "sheet-letters-lost": error(
        "the letters of '{name}' were lost when the sheet was saved: '{text}'",
        "undo it in the spreadsheet and save as 'CSV UTF-8'; what became ? cannot be read back",
    ),
    "sheet-state": error(
        "'{text}' is no state of a translation",
        "write one of: {offer}",
    ),
}
