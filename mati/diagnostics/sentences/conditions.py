"""What can be wrong with conditions, endings and piping: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "condition-syntax": error(
        "the condition cannot be read at '{text}'",
        "write it like this: overall <= 2 or (way = bike and not wrong has late)",
    ),
    "condition-sign": error(
        "'{text}' has no meaning in a condition",
        "write '{offer}' instead",
    ),
    "condition-half": error(
        "'{text}' alone is no condition",
        "say what it must be, such as: {offer}",
    ),
    "condition-joint": error(
        "a second condition begins at '{text}', with nothing between",
        "write 'and' or 'or' between the two",
    ),
    "condition-bracket": error(
        "the bracket '{text}' has no partner",
        "write a ')' for every '('",
    ),
    "page-in-condition": error(
        "'{name}' is a page, and a page has no answer",
        "name a question of that page",
    ),
    "unknown-in-condition": error(
        "nothing is called '{name}'",
        "did you mean '{offer}'?",
        "a condition may look at: {known}",
    ),
    "later-question": error(
        "the condition looks at '{name}', which is asked later",
        "a condition can only look back; move the question '{name}' up",
    ),
    "own-question": error(
        "the condition of '{name}' looks at its own answer",
        "name a question that is asked before it",
    ),
    "has-on-one-answer": error(
        "'{name}' has one answer, so 'has' does not fit",
        "write: {name} is {value}",
    ),
    "has-needed": error(
        "'{name}' can have several answers, so '{op}' does not fit",
        "write: {name} has {value}",
    ),
    "not-ordered": error(
        "the answers of '{name}' are no numbers, so '{op}' does not fit",
        "name the answers, such as: {name} in ({codes})",
    ),
    "unknown-answer-code": error(
        "'{name}' has no answer with the code '{value}'",
        "did you mean '{offer}'? The codes are: {known}",
        "the codes are: {known}",
    ),
    "not-a-number": error(
        "'{value}' is not a number",
        "compare '{name}' with a whole number, such as: {name} {op} 2",
    ),
    "not-a-date": error(
        "'{value}' is not a day",
        "compare '{name}' with a day written like this: {name} {op} 2026-12-31",
    ),
    "not-a-time": error(
        "'{value}' is not a time of day",
        "compare '{name}' with a time written like this: {name} {op} 09:30",
    ),
    "empty-comparison": error(
        "no answer of '{name}' is {op} {value}",
        "its codes are: {codes}",
    ),
    "full-comparison": warning(
        "every answer of '{name}' is {op} {value}",
        "write another number (the codes are: {codes}), or, if any answer will do: answered {name}",
    ),
    "typed-compared": error(
        "the words that people type at '{name}' cannot be compared",
        "ask only whether it was filled in: answered {name}",
    ),
    "unclosed-pipe": error(
        "the braces in '{text}' are never closed",
        "write '}}}}' at the end, such as: {{{{branch|our shop}}}}",
    ),
    "unknown-pipe": error(
        "nothing is called '{name}'",
        "did you mean '{offer}'?",
        "a text can repeat: {known}",
    ),
    "no-shop-name": error(
        "'{name}' stands for the shop's name, and no setting says what that is",
        "add to mati.yaml a line such as: name: Sokha Coffee",
    ),
    "pipe-of-later": error(
        "'{name}' is asked later, so its answer cannot stand here",
        "a text can repeat only answers given above it; move the question '{name}' up",
    ),
    "pipe-in-ending": warning(
        "the page after sending does not know the answer to '{name}'",
        "write the words without it; what stands behind the bar is all that people see there",
    ),
    "reward-in-condition": warning(
        "'{text}' stands only in an ending with a condition",
        "write it into the ending without a condition, too: without JavaScript all see that one",
    ),
    "private-pipe": error(
        "'{name}' is private and cannot stand in a text",
        "write the words without it",
    ),
    "pipe-without-fallback": warning(
        "'{text}' shows nothing to people without JavaScript",
        "write what they should read: {{{{{name}|our shop}}}}",
    ),
    "never-shown": error(
        "'{id}' is never shown: its condition cannot come true",
        "check the condition '{text}'",
    ),
    "ending-never-shown": error(
        "the ending '{id}' is never shown",
        "an ending above it is always shown first; change the condition or remove one",
    ),
    "ending-not-marked": warning(
        "the last page '{id}' asks nothing, so people would have to send their answers from there",
        "if it is what they read after sending, write {{#{id} end}}",
    ),
    "two-endings": error(
        "'{id}' is a second ending without a condition; the first stands on line {first}",
        'give one of them a condition, such as: if="overall <= 2"',
    ),
    "required-and-conditional": note(
        "'{id}' is required but not always shown; without JavaScript it can be left out",
        "nothing to do if that is fine",
    ),
    "contact-not-private": warning(
        "'{id}' asks how people can be reached, and their answer is not kept apart",
        "write {{#{id} private}}: then it stands with the contacts alone and in no report",
    ),
    "contact-without-purpose": warning(
        "'{id}' asks for a way to reach people but does not say what for",
        "write one sentence above the question or below it",
    ),
    "contact-without-consent": warning(
        "'{id}' is kept for {kept} days, but the call back it is asked for is over after {need}",
        "ask with kind=consent beside it, or shorten 'contacts' below 'retention'",
    ),
    "reward-for-good-marks": warning(
        "the reward is shown only to people who gave good marks for '{id}'",
        "write it into every ending: marks that are paid for tell nothing, and may break the law",
    ),
    "consent-in-prefill": error(
        "a link must not tick the box of '{name}'",
        "take it out of 'prefill': people agree by their own hand only",
    ),
    "unknown-name-in-setting": error(
        "'{key}' names '{name}', which is neither a question nor a hidden field",
        "did you mean '{offer}'?",
        "names are: {known}",
    ),
    "private-in-setting": error(
        "'{key}' names '{name}', which is private",
        "take it out: private answers are in no report and in no link",
    ),
    "not-for-setting": error(
        "'{key}' names '{name}', where people do not choose one answer",
        "name a question with answers, or a hidden field with declared values",
    ),
}
