"""What can be wrong between a survey and what was released of it."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "alias-in-use": error(
        "'{name}' stands among the old names, and the survey still uses it",
        "take it out of 'aliases', or give what is new in the survey a name of its own",
    ),
    "alias-circle": error(
        "the old name '{name}' leads in a circle",
        "let each old name point to the name that is in use today",
    ),
    "lock-damaged": error(
        "this line is not as Mati wrote it; what was released can no longer be told from it",
        "take the file from your backup or from git; nobody should edit it",
    ),
    "lock-without-survey": warning(
        "'{name}' was released, but there is no such survey any more",
        "did you rename it? Give this file the same name; if it is gone for good, delete this file",
    ),
    "released-question-gone": error(
        "{names} was released ('{words}') and is missing here; its answers (versions: {versions}, "
        "answers at home: {answers}) would drop out of the results",
        "put it back; or, if it is not to be asked any more, add to the settings: "
        "aliases: {{{offer}}}",
    ),
    "released-id-renamed": error(
        "this was released as {names}; its answers (versions: {versions}, answers at home: "
        "{answers}) would not be counted with the new ones",
        "take the old name back, or add to the settings: aliases: {{{offer}}}",
    ),
    "released-id-reused": error(
        "{names} once stood for something else: '{words}'; answers (versions: {versions}, answers "
        "at home: {answers}) would be mixed up",
        "give '{new}' a name that was never used",
    ),
    "released-kind-changed": error(
        "{names} was released as another kind of question ('{words}', now '{new}'); its answers "
        "(versions: {versions}, answers at home: {answers}) cannot be counted together",
        "keep it as it was, or ask under a new id and add to the settings: aliases: {{{name}: }}",
    ),
    "one-became-several": error(
        "{names} was released with {words} and has {new} now: one answer, or several; its answers "
        "(versions: {versions}, answers at home: {answers}) cannot be counted together",
        "keep the brackets as they were, or ask under a new id and add to the settings: "
        "aliases: {{{name}: }}",
    ),
    "released-row-gone": error(
        "{names} was released ('{words}') and is missing here; its answers (versions: {versions}, "
        "answers at home: {answers}) would drop out of the results",
        "put it back; or, if it is not to be asked any more, add to the settings: "
        "aliases: {{{offer}}}",
    ),
    "released-code-gone": error(
        "the answer {names} was released ('{words}') and is missing here; people who gave it "
        "(versions: {versions}, answers at home: {answers}) would not be counted",
        "put it back; or, if it is not to be offered any more, add to the settings: "
        "aliases: {{{offer}}}",
    ),
    "released-code-renamed": error(
        "this answer was released with another code: {names}; people who gave it (versions: "
        "{versions}, answers at home: {answers}) would be counted apart",
        "take the old code back, or add to the settings: aliases: {{{offer}}}",
    ),
    "released-code-reused": error(
        "the code {names} was released for '{words}' and stands for '{new}' now; answers "
        "(versions: {versions}, answers at home: {answers}) would be mixed up",
        "put the old code back before '{words}' and give '{new}' a code that was never used",
    ),
    "scale-reversed": error(
        "the scale of {names} was released the other way round ('{words}'); good answers "
        "(versions: {versions}, answers at home: {answers}) would be counted as bad ones",
        "put the codes back as they were, or ask under a new id and add to the settings: "
        "aliases: {{{name}: }}",
    ),
    "consent-changed": warning(
        "people agreed to other words than those of {names} now ({offer}): '{words}'",
        "who agreed before agreed to the old words only; to freeze the new: mati ids --release",
    ),
    "answer-reworded": warning(
        "the answer {names} said '{words}' when it was released ({date}), now '{new}'",
        "if it still means the same: mati ids --release; if not, give it a code of its own",
    ),
    "order-changed": warning(
        "the order is not the one that was released ({date})",
        "that may change what people answer; if it is meant: mati ids --release",
    ),
}
"""Slug -> sentence."""
