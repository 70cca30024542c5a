"""What can be wrong with headings, pages and the file as a whole: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "no-space-after-hash": error(
        "there is no blank after '{text}'",
        "write a blank between '{text}' and the words",
    ),
    "empty-heading": error(
        "this heading has no words",
        "write the words after '{text}'",
    ),
    "second-title": error(
        "'{text}' is a second title; the first stands on line {first}",
        "write: {offer}",
    ),
    "heading-too-deep": error(
        "'{text}' is one step too deep",
        "write: {offer}",
    ),
    "line-makes-heading": error(
        "'{text}' right below a text would turn the text into a heading",
        "for a heading write: {offer}, and remove this line",
        "leave a blank line above '{text}' for a page break, or remove it",
    ),
    "ending-as-question": error(
        "'{text}' is marked as an ending but begins like a question",
        "write: {offer}",
    ),
    "odd-break": error(
        "'{text}' does not begin a new page",
        "write --- with a blank line above and below it",
    ),
    "heading-indented": error(
        "blanks stand before the heading '{text}', and a Git host shows it as code",
        "remove the blanks before the first '#'",
    ),
    "heading-without-hash": error(
        "'{text}' reads like a question but does not begin with '###'",
        "write: {offer}",
    ),
    "answers-below-page": error(
        "'{text}' begins a page, and answers stand right below it",
        "if it is the question, write: {offer}; else write a question above the answers",
    ),
    "empty-page": warning(
        "the page '{text}' has neither words nor questions",
        "write something below it, or remove it",
    ),
    "fence-in-text": error(
        "'{text}' turns all that follows into code on a Git host",
        "remove it, and the one that closes it",
    ),
    "odd-comment": error(
        "'{text}' does not begin a comment",
        "write: <!-- your words -->",
    ),
    "settings-not-first": error(
        "'{text}' stands above the settings, which must be the first thing in the file",
        "move it below the second line '---'",
    ),
    "no-title": error(
        "there is no title",
        "write one at the top, such as: # How did we serve you?",
    ),
    "no-question": error(
        "the survey asks nothing",
        "write a question, such as: ### How was it? {{#visit}}",
    ),
    "survey-too-long": error(
        "the survey is too long; reading stops here",
        "a survey has at most 5,000 headings and 20,000 paragraphs, answers and rows; "
        "make several of it",
    ),
    "comment-not-closed": error(
        "the comment that begins here is never closed",
        "write '-->' where it ends",
    ),
}
