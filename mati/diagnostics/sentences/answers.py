"""What can be wrong with questions and their answers: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "answer-without-question": error(
        "these answers belong to no question",
        "write a question above them, such as: ### How was it? {{#visit}}",
    ),
    "second-answers": error(
        "the question '{id}' has a second block of answers; the first begins on line {first}",
        "give the second block a question of its own",
    ),
    "no-answers": error(
        "the question '{id}' has no answers",
        "write them below it, such as: {offer}",
        "write below it: - (good) Good for each answer to choose, or ___ for a line to write on",
    ),
    "answers-without-codes": error(
        "'{text}' has no code, so it is read as plain text and the question '{id}' has no answers",
        "put a code in front of each answer, such as: {offer}; with [ ] people can choose several",
    ),
    "answers-not-for-kind": error(
        "a question of the kind '{kind}' cannot be answered in this way",
        "write the answers as: {example}",
    ),
    "question-in-ending": error(
        "the question '{id}' stands in an ending, where nothing can be sent any more",
        "move it to a page above",
    ),
    "unknown-input": error(
        "there is no kind of line called '{text}'",
        "did you mean '{offer}'?",
        "lines are: {known}",
    ),
    "bad-range": error(
        "'{text}' is not a range",
        "write: {offer}",
        "write the lowest and the highest whole number, such as: ___ number 1..10",
    ),
    "range-not-here": error(
        "'{text}' stands behind '___ {kind}', which takes no range",
        "leave it out: ___ {kind}",
    ),
    "wrong-bracket": error(
        "'{text}' opens with one bracket and closes with another",
        "write ({code}) for one answer, [{code}] for several",
    ),
    "unclosed-bracket": error(
        "the bracket in '{text}' is never closed",
        "write the code between brackets, such as: - (good) Good",
    ),
    "bad-code": error(
        "'{text}' cannot be the code of an answer",
        "write {offer}: small letters a-z, digits 0-9, '-' and '_'",
    ),
    "code-twice": error(
        "the code '{code}' is used twice in one question, first on line {first}",
        "give each answer a code of its own",
    ),
    "no-code": warning(
        "the answer '{text}' has no code",
        "write {offer} in front of it, so that answers stay countable when the words change; "
        "'mati ids' writes all that are missing",
    ),
    "answer-without-text": error(
        "the answer '{code}' has no words",
        "write them behind the bracket",
    ),
    "item-without-code": error(
        "'{text}' stands among answers but has no code",
        "write: {offer}",
    ),
    "mixed-brackets": error(
        "'{text}' has another bracket than the other answers",
        "write {offer}; ( ) is for one answer, [ ] for several",
    ),
    "impossible-scale": error(
        "'{text}' is no scale",
        "write {offer}",
        "write two whole numbers, the smaller first, at most 20 apart, such as: (0..10)",
    ),
    "scale-needs-two-labels": error(
        "the scale needs a word for each end",
        "write: {offer}",
        "write: - ({low}..{high}) Not at all … Very much",
    ),
    "scale-and-answers": error(
        "'{text}' stands beside a scale",
        "below a scale only answers outside it may stand, such as: - (dk) I cannot say {{na}}",
    ),
    "field-without-line": error(
        "'{text}' stands among fields but has no line to write on",
        "write: - {better}",
    ),
    "unknown-scale": error(
        "there is no scale called '{name}'",
        "did you mean '{offer}'?",
        "declare it under 'scales:' in mati.yaml, or write the words of the answer behind the code",
    ),
    "scale-not-alone": error(
        "'{text}' stands beside the scale '{name}'",
        "add it to the scale in mati.yaml, or write {{na}} behind it if it stands apart",
    ),
    "scale-too-short": error(
        "the scale '{name}' has fewer than two answers",
        "write one line for each answer below it: the code, a colon, a blank, the words",
    ),
    "looks-like-answer": warning(
        "'{text}' looks like an answer but is read as plain text",
        "write: - {better}",
    ),
    "answer-without-dash": error(
        "'{text}' does not begin with a dash and a blank",
        "write: - {better}",
    ),
    "line-too-short": error(
        "'{text}' is no line to write on",
        "write at least three: ___",
    ),
    "wide-sign": error(
        "'{text}' is another sign than '{offer}'",
        "write '{offer}', as on an English keyboard",
    ),
    "ticked-box": warning(
        "[x] looks like a box that is ticked already, and a Git host shows it as one",
        "give the answer a code that says what it is, such as [yes]",
    ),
    "unclosed-strong": warning(
        "one '**' has no partner, so people would read it as it stands here",
        "write '**' before and behind the words that are to be strong, or remove it",
    ),
    "bad-link": error(
        "'{text}' is no link as it stands",
        "write: {offer}",
    ),
    "single-braces": warning(
        "'{text}' has single braces, so people would read it as it stands here",
        "write: {offer}",
    ),
    "html-in-text": warning(
        "'{text}' is HTML, and people would read it just as it stands here",
        "write plain words; **strong** and *emphasis* where you need them",
    ),
    "text-after-answers": warning(
        "this text stands below the answers of '{id}' and is shown above them",
        "move it above the answers",
    ),
    "answers-on-one-line": error(
        "'{text}' stands on the line of another answer",
        "give each answer a line of its own: - {text}",
    ),
    "only-one-answer": warning(
        "the question '{id}' offers only one answer",
        "give people at least two answers to choose from",
    ),
    "scale-in-disorder": warning(
        "the codes of '{id}' go neither up nor down",
        "write them in this order: {offer}",
    ),
    "shuffled-scale": warning(
        "the answers of '{id}' are the steps of a scale, and 'shuffle' puts them in any order",
        "leave 'shuffle' out: people expect a scale from one end to the other",
    ),
    "ranking-too-long": warning(
        "the question '{id}' asks people to put {count} things in order; with more than {most}"
        " they guess",
        "keep the most important ones, or let people choose the best three",
    ),
    "line-not-here": error(
        "the answer '{code}' cannot have a line to write on here",
        "leave '___' out; a question of its own can ask for the words",
    ),
    "consent-needs-one-box": error(
        "the consent question '{id}' must have exactly one box",
        "write one answer, such as: - [yes] I agree; ask each further thing in its own question",
    ),
    "impossible-limits": error(
        "the limits of the question '{id}' cannot be met",
        "'min' must not be above 'max', and neither above the number of answers",
    ),
    "nps-not-0-to-10": error(
        "the recommendation question '{id}' does not run from 0 to 10",
        "write the answers as: - (0..10) Not at all likely … Extremely likely",
    ),
    "csat-not-1-to-5": error(
        "the satisfaction question '{id}' does not have the five codes 1 to 5",
        "write five answers from (5) for the best to (1) for the worst",
    ),
    "ces-not-1-to-7": error(
        "the question of effort '{id}' runs neither from 1 to 7 nor from 1 to 5",
        "write: - (1..7) Very difficult … Very easy",
    ),
}
