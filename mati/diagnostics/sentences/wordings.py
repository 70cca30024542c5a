"""What is doubtful in words or their translation, or in a file's header: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "look-alike-spelling": note(
        "'{text}' is not spelt with the letters of '{offer}', which looks the same; in this file: "
        "{count}",
        "'mati i18n fix' mends them all; to keep a word: <!-- keep: {text} -->",
    ),
    "markup-differs": warning(
        "the translation of '{context}' has other emphasis, code or line breaks than its source: "
        "'{text}'",
        "mark words up as the source does: {offer}",
        "the source marks nothing up: leave the signs out",
    ),
    "too-long": warning(
        "the translation of '{context}' is too long for its place: {offer} letters of '{text}'",
        "write it shorter; on a phone the rest would be cut off",
    ),
    "wrong-script": warning(
        "the translation of '{context}' is mostly in letters that '{language}' is not written in: "
        "'{text}'",
        "translate it; or does it belong into the file of another language?",
    ),
    "same-as-source": warning(
        "the translation of '{context}' is its source: '{text}'",
        "translate it; where it is right so, write the line above it: # ok: same-as-source",
    ),
    "not-normal-form": warning(
        "'{text}' in the translation of '{context}' looks right, but is spelled in another way "
        "than usual",
        "'mati i18n fix' writes '{offer}'; to keep a word, write above the message: # keep: {text}",
    ),
    "end-sign-differs": warning(
        "the translation of '{context}' does not end as its source does: '{text}'",
        "end it with: {offer}",
        "the source ends with no sign: leave it out",
    ),
    "edges-differ": warning(
        "the translation of '{context}' has other blanks or new lines at its ends than its "
        "source: '{text}'",
        "write: {offer}",
    ),
    "invisible-character": warning(
        "the translation of '{context}' holds {text}, which nobody sees",
        "delete it and type the place anew",
    ),
    "address-differs": warning(
        "the translation of '{context}' names another address than its source: '{text}'",
        "write it as the source does: {offer}",
        "the source names none: leave it out",
    ),
    "unknown-text": warning(
        "nothing reads '{text}' any more, so its translation is never shown",
        "never change what stands behind msgid; 'mati i18n update' puts the file right",
    ),
    "texts-lacking": warning(
        "{count} texts have no place in this file yet, the first is '{context}': '{text}'",
        "'mati i18n update' puts them in; until they are translated the source is shown",
    ),
    "plural-forms": warning(
        "'{text}' is translated in {given} forms, but the header of the file speaks of {wanted}",
        "write msgstr[0] and so on, as many as the header says: {wanted}",
    ),
    "plural-rule": warning(
        "the header counts in another way than '{language}' does: '{text}'",
        "write instead: {offer}; then look at the messages with several forms",
    ),
    "po-header": warning(
        "the header of this file should not have '{text}'",
        "write instead: {offer}",
    ),
    "po-header-fuzzy": warning(
        "the header of this file is marked as fuzzy",
        "delete the line '#, fuzzy' above it; many programs skip such a file",
    ),
    "po-header-missing": warning(
        "this file has no header, or the header lacks '{text}'",
        'below msgid "" and msgstr "" write: {offer}',
    ),
}
