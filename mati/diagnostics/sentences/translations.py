"""What can be wrong with catalogues: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "no-translation": warning(
        "there is no translation of '{survey}' into '{language}'",
        "make it with 'mati i18n new {language}', or take '{language}' out of 'languages'",
    ),
    "po-not-utf8": warning(
        "this file is not in UTF-8 from here on",
        "save it as UTF-8; texts with unreadable characters are shown untranslated",
    ),
    "po-unreadable": warning(
        "'{text}' cannot be read",
        "write instead: {offer}",
        'write msgid or msgstr, a blank, then the text in "double quotes"',
    ),
    "po-quote": warning(
        "the quotes of '{text}' do not match",
        "write instead: {offer}",
        'put the text between two " signs, and write \\" for a quote inside it',
    ),
    "po-escape": warning(
        "'{text}' has no meaning here",
        'write \\\\ for a backslash, \\" for a quote, \\n for a new line',
    ),
    "po-conflict": warning(
        "two people changed the lines from here on, and git kept both: '{text}'",
        "keep one of the two, and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'",
    ),
    "po-stray": warning(
        "nothing of this file is ever shown: '{path}'",
        "did you mean '{offer}'?",
        "its place is locales/LANGUAGE/SURVEY.po, with a language that stands in 'languages'",
    ),
    "po-twice": warning(
        "'{text}' stands here a second time, first on line {first}",
        "keep one of the two; until then the first is used",
    ),
    "po-incomplete": warning(
        "the entry that begins here has no '{missing}'",
        "write msgid with the source text, and below it msgstr with the translation",
    ),
    "placeholders-differ": warning(
        "the translation of '{context}' has other placeholders than its source: '{text}'",
        "it must have exactly these, spelled the same: {offer}",
        "the source has none: leave out whatever stands in braces",
    ),
    "html-in-translation": warning(
        "the translation of '{context}' holds HTML: '{text}'",
        "write plain words; **strong** and *emphasis* where the source has them",
    ),
    "link-not-in-source": warning(
        "the translation of '{context}' links to '{text}', its source does not",
        "use only the addresses of the source: {offer}",
        "the source has no link: leave it out",
    ),
    "link-lost": warning(
        "the translation of '{context}' lacks the link to '{text}'",
        "put it around the words it belongs to: [words]({text})",
    ),
    "hidden-character": warning(
        "the translation of '{context}' holds the invisible character {text}",
        "delete it and type the place anew",
    ),
    "blank-translation": warning(
        "the translation of '{context}' consists of blanks only",
        'translate it, or leave it empty: msgstr ""',
    ),
    "not-translated": warning(
        "'{context}' has no translation: '{text}'",
        "write it behind msgstr; until then the source is shown",
    ),
    "outdated-translation": note(
        "the source of '{context}' was re-worded: '{text}'",
        "adapt the translation, then delete the word 'fuzzy' above it",
    ),
    "incomplete-language": warning(
        "{missing} of {total} texts are not translated into '{language}', {outdated} are outdated",
        "'mati i18n check {language}' shows them",
    ),
    "controls-differ": error(
        "the form in '{language}' does not ask the same as in '{source}': '{text}'",
        "names and codes must be the same in all languages: mend the template",
    ),
}
