"""The one catalogue of everything that can be wrong: slug, severity, message, hint.

Messages and hints are msgids of the domain ``mati-cli``; ``{slots}`` are filled when shown.
A message says what happened and quotes the offending text; a hint says what to write instead.
This module is longer than other rooms may be: it is one table, and an enumeration stays whole.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import NamedTuple

__all__ = ["Code", "Severity"]


@unique
class Severity(Enum):
    """How bad: an error stops the writing of any output, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class _Entry(NamedTuple):
    slug: str
    severity: Severity
    message: str
    hint: str = ""
    otherwise: str = ""


def _error(slug: str, message: str, hint: str = "", otherwise: str = "") -> _Entry:
    return _Entry(slug, Severity.ERROR, message, hint, otherwise)


def _warning(slug: str, message: str, hint: str = "", otherwise: str = "") -> _Entry:
    return _Entry(slug, Severity.WARNING, message, hint, otherwise)


def _note(slug: str, message: str, hint: str = "", otherwise: str = "") -> _Entry:
    return _Entry(slug, Severity.NOTE, message, hint, otherwise)


@unique
class Code(Enum):
    """One kind of mistake; its slug is its name in lower case with hyphens."""

    # Settings
    SETTINGS_NOT_CLOSED = _error(
        "settings-not-closed",
        "the settings that begin here are never closed",
        "write '---' on a line of its own after the last setting",
    )
    SETTINGS_TAB = _error(
        "settings-tab",
        "the settings are indented with a tab",
        "use blanks: two for each step",
    )
    NOT_A_SETTING = _error(
        "not-a-setting",
        "'{text}' is not a setting",
        "write one setting per line: name, colon, blank, value",
    )
    SETTINGS_UNREADABLE = _error(
        "settings-unreadable",
        "the settings cannot be read from '{text}' on",
        "check quotes, brackets and colons here; put a value with ':' or '#' in double quotes",
    )
    SETTINGS_TOO_LONG = _error(
        "settings-too-long",
        "the settings are too long",
        "settings have at most 20,000 characters, and a line of them at most 1,000",
    )
    SETTING_TWICE = _error(
        "setting-twice",
        "the setting '{key}' stands here a second time, first on line {first}",
        "keep one of the two",
    )
    UNKNOWN_SETTING = _error(
        "unknown-setting",
        "there is no setting called '{key}'",
        "did you mean '{offer}'?",
        "settings are: {known}",
    )
    PROJECT_SETTING = _error(
        "project-setting",
        "the setting '{key}' belongs to the whole project",
        "move it to mati.yaml",
    )
    WRONG_SETTING = _error(
        "wrong-setting",
        "'{value}' is no value for '{key}'",
        "write it like this: {example}",
    )
    NO_LANGUAGE = _error(
        "no-language",
        "the settings do not say in which language this survey is written",
        "add a line such as: lang: en",
    )
    CLOSE_BEFORE_OPEN = _error(
        "close-before-open",
        "the survey closes ('{close}') before it opens",
        "give 'close' a later moment than 'open'",
    )
    NO_TIMEZONE = _error(
        "no-timezone",
        "'{key}' needs to know the timezone",
        "add to mati.yaml a line such as: timezone: Asia/Phnom_Penh",
    )
    SETTING_WITHOUT_EFFECT = _note(
        "setting-without-effect",
        "the setting '{key}' is understood but has no effect yet",
        "you may leave it; a later Mati will use it",
    )
    # Headings
    NO_SPACE_AFTER_HASH = _error(
        "no-space-after-hash",
        "there is no blank after '{text}'",
        "write a blank between '{text}' and the words",
    )
    EMPTY_HEADING = _error(
        "empty-heading",
        "this heading has no words",
        "write the words after '{text}'",
    )
    SECOND_TITLE = _error(
        "second-title",
        "'{text}' is a second title; the first stands on line {first}",
        "a survey has one title; begin a page with '##' and a question with '###'",
    )
    HEADING_TOO_DEEP = _error(
        "heading-too-deep",
        "'{text}' is one step too deep",
        "'#' is the title, '##' a page, '###' a question; there is nothing below",
    )
    LINE_MAKES_HEADING = _error(
        "line-makes-heading",
        "'{text}' right below a text would turn the text into a heading",
        "leave a blank line above '{text}' for a page break, or remove it",
    )
    NO_TITLE = _error(
        "no-title",
        "the survey has no title",
        "write one at the top, such as: # How did we serve you?",
    )
    NO_QUESTION = _error(
        "no-question",
        "the survey asks nothing",
        "write a question, such as: ### How was it? {{#visit}}",
    )
    SURVEY_TOO_LONG = _error(
        "survey-too-long",
        "the survey is too long; reading stops here",
        "a survey has at most 2,000 headings, paragraphs, answers and rows; make several of it",
    )
    COMMENT_NOT_CLOSED = _error(
        "comment-not-closed",
        "the comment that begins here is never closed",
        "write '-->' where it ends",
    )
    # Attributes
    BAD_ID = _error(
        "bad-id",
        "'{text}' cannot be an id",
        "write {{#{offer}}}: a small letter first, then small letters, digits and single '_'",
    )
    RESERVED_ID = _error(
        "reserved-id",
        "the id '{id}' is kept for Mati's own use",
        "choose another, such as '{offer}'",
    )
    ID_TWICE = _error(
        "id-twice",
        "the id '{id}' is used twice, first on line {first}",
        "give this one a name of its own",
    )
    NAMES_CLASH = _error(
        "names-clash",
        "'{name}' and '{other}' (line {first}) cannot be told apart by some form services",
        "rename one of them: '.' and '_' count as the same here",
    )
    NO_ID = _warning(
        "no-id",
        "'{text}' has no id",
        "write {{#{offer}}} after it, so that its answers keep their name when the words change",
    )
    UNKNOWN_PROPERTY = _error(
        "unknown-property",
        "there is no property called '{name}'",
        "did you mean '{offer}'?",
        "here you may write: {known}",
    )
    PROPERTY_NOT_HERE = _error(
        "property-not-here",
        "the property '{name}' has no meaning here",
        "here you may write: {known}",
        "leave it out",
    )
    PROPERTY_TWICE = _error(
        "property-twice",
        "'{name}' stands here twice",
        "keep one of the two",
    )
    BAD_PROPERTY_VALUE = _error(
        "bad-property-value",
        "'{value}' is no value for '{name}'",
        "write it like this: {example}",
    )
    PROPERTY_WITHOUT_EFFECT = _note(
        "property-without-effect",
        "the property '{name}' is understood but has no effect yet",
        "you may leave it; a later Mati will use it",
    )
    EMPTY_CONDITION = _error(
        "empty-condition",
        "'if' has no condition",
        'write one in double quotes, such as: if="overall <= 2"',
    )
    UNKNOWN_KIND = _error(
        "unknown-kind",
        "there is no kind of question called '{kind}'",
        "did you mean '{offer}'?",
        "kinds are: {known}",
    )
    UNKNOWN_LOOK = _error(
        "unknown-look",
        "a question of the kind '{kind}' cannot look like '{look}'",
        "write as={offer}, or leave 'as' out",
        "leave 'as' out",
    )
    UNREADABLE_PROPERTY = _error(
        "unreadable-property",
        "'{text}' cannot be read as a property",
        "write #id, *, a word, or name=value; a value with blanks stands in straight double quotes",
    )
    UNCLOSED_BRACE = _error(
        "unclosed-brace",
        "the brace in '{text}' is never closed",
        "write '}}' after the last property",
    )
    UNCLOSED_QUOTE = _error(
        "unclosed-quote",
        "the quote in '{text}' is never closed",
        "write '\"' at its end",
    )
    # Questions and answers
    ANSWER_WITHOUT_QUESTION = _error(
        "answer-without-question",
        "these answers belong to no question",
        "write a question above them, such as: ### How was it? {{#visit}}",
    )
    SECOND_ANSWERS = _error(
        "second-answers",
        "the question '{id}' has a second block of answers; the first begins on line {first}",
        "give the second block a question of its own",
    )
    NO_ANSWERS = _error(
        "no-answers",
        "the question '{id}' has no answers",
        "write them below it, such as: {example}",
    )
    NO_KIND_FOR_ANSWERS = _error(
        "no-kind-for-answers",
        "no kind of question takes answers that are put in order yet",
        "offer a choice instead: - (code) answer",
    )
    ANSWERS_NOT_FOR_KIND = _error(
        "answers-not-for-kind",
        "a question of the kind '{kind}' cannot be answered in this way",
        "write the answers as: {example}",
    )
    QUESTION_IN_ENDING = _error(
        "question-in-ending",
        "the question '{id}' stands in an ending, where nothing can be sent any more",
        "move it to a page above",
    )
    UNKNOWN_INPUT = _error(
        "unknown-input",
        "there is no kind of line called '{text}'",
        "did you mean '{offer}'?",
        "lines are: {known}",
    )
    BAD_RANGE = _error(
        "bad-range",
        "'{text}' is not a range",
        "write the lowest and the highest number, such as: ___ number 1..10",
    )
    WRONG_BRACKET = _error(
        "wrong-bracket",
        "'{text}' opens with one bracket and closes with another",
        "write ({code}) for one answer, [{code}] for several",
    )
    UNCLOSED_BRACKET = _error(
        "unclosed-bracket",
        "the bracket in '{text}' is never closed",
        "write the code between brackets, such as: - (good) Good",
    )
    BAD_CODE = _error(
        "bad-code",
        "'{text}' cannot be the code of an answer",
        "write {offer}: small letters a-z, digits 0-9, '-' and '_'",
    )
    CODE_TWICE = _error(
        "code-twice",
        "the code '{code}' is used twice in one question, first on line {first}",
        "give each answer a code of its own",
    )
    NO_CODE = _warning(
        "no-code",
        "the answer '{text}' has no code",
        "write {offer} in front of it, so that answers stay countable when the words change",
    )
    ANSWER_WITHOUT_TEXT = _error(
        "answer-without-text",
        "the answer '{code}' has no words",
        "write them behind the bracket",
    )
    ITEM_WITHOUT_CODE = _error(
        "item-without-code",
        "'{text}' stands among answers but has no code",
        "write: {offer}",
    )
    MIXED_BRACKETS = _error(
        "mixed-brackets",
        "'{text}' has another bracket than the answers above it",
        "use ( ) where one answer is chosen, [ ] where several are",
    )
    IMPOSSIBLE_SCALE = _error(
        "impossible-scale",
        "'{text}' is no scale",
        "write two whole numbers, the smaller first, at most 20 apart, such as: (0..10)",
    )
    SCALE_NEEDS_TWO_LABELS = _error(
        "scale-needs-two-labels",
        "the scale needs a word for each end",
        "write: - ({low}..{high}) Not at all … Very much",
    )
    SCALE_AND_ANSWERS = _error(
        "scale-and-answers",
        "'{text}' stands beside a scale",
        "below a scale only answers outside it may stand, such as: - (dk) I cannot say {{na}}",
    )
    FIELD_WITHOUT_LINE = _error(
        "field-without-line",
        "'{text}' stands among fields but has no line to write on",
        "write: - {text}: ___",
    )
    SHARED_SCALE = _error(
        "shared-scale",
        "the shared scale '{name}' cannot be used yet",
        "write its answers out here",
    )
    LOOKS_LIKE_ANSWER = _warning(
        "looks-like-answer",
        "'{text}' looks like an answer but is read as plain text",
        "write '- ' in front of it",
    )
    IMAGE_NOT_SHOWN = _warning(
        "image-not-shown",
        "the picture '{text}' is not shown yet; people read its words instead",
        "leave it, or say in words what it would show",
    )
    IMAGE_WITHOUT_WORDS = _warning(
        "image-without-words",
        "the picture '{text}' has no words for people who cannot see it",
        "write them between the brackets, such as: ![Blue cup](cup.jpg)",
    )
    TEXT_AFTER_ANSWERS = _warning(
        "text-after-answers",
        "this text stands below the answers of '{id}' and is shown above them",
        "move it above the answers",
    )
    ONLY_ONE_ANSWER = _warning(
        "only-one-answer",
        "the question '{id}' offers only one answer",
        "give people at least two answers to choose from",
    )
    IMPOSSIBLE_LIMITS = _error(
        "impossible-limits",
        "the limits of the question '{id}' cannot be met",
        "'min' must not be above 'max', and neither above the number of answers",
    )
    NPS_NOT_0_TO_10 = _error(
        "nps-not-0-to-10",
        "the recommendation question '{id}' does not run from 0 to 10",
        "write the answers as: - (0..10) Not at all likely … Extremely likely",
    )
    CSAT_NOT_1_TO_5 = _error(
        "csat-not-1-to-5",
        "the satisfaction question '{id}' does not have the five codes 1 to 5",
        "write five answers from (5) for the best to (1) for the worst",
    )
    # Grids
    COLUMN_WITHOUT_CODE = _error(
        "column-without-code",
        "the column '{text}' has no code",
        "write the code in brackets first, such as: ({offer}) {text}",
    )
    NO_RULE_LINE = _error(
        "no-rule-line",
        "the table has no line of dashes under its heading",
        "write below the heading: {example}",
    )
    RULE_LINE_DIFFERS = _error(
        "rule-line-differs",
        "the line of dashes has {cells} cells, the heading {heading}",
        "give both the same number of cells",
    )
    TOO_MANY_CELLS = _error(
        "too-many-cells",
        "this row has {cells} cells, the heading {heading}",
        "remove the cells too many; write '\\|' where '|' belongs to the words",
    )
    MISSING_CELL = _error(
        "missing-cell",
        "this row has {cells} cells, the heading {heading}",
        "add what is missing: one '|' for each empty cell",
    )
    TEXT_IN_CELL = _error(
        "text-in-cell",
        "'{text}' stands where people put their mark",
        "leave the cell empty",
    )
    ROW_WITHOUT_TEXT = _error(
        "row-without-text",
        "this row has no statement",
        "write it in the first cell",
    )
    TOO_MANY_COLUMNS = _error(
        "too-many-columns",
        "the table has {cells} columns",
        "a table has at most 40; split the question",
    )
    NO_ROWS = _error(
        "no-rows",
        "the table has no rows",
        "write the first statement below the line of dashes",
    )
    # Conditions and piping
    CONDITION_SYNTAX = _error(
        "condition-syntax",
        "the condition cannot be read at '{text}'",
        "write it like this: overall <= 2 or (wrong has late and not answered email)",
    )
    UNKNOWN_IN_CONDITION = _error(
        "unknown-in-condition",
        "nothing is called '{name}'",
        "did you mean '{offer}'?",
        "a condition may look at: {known}",
    )
    LATER_QUESTION = _error(
        "later-question",
        "the condition looks at '{name}', which is asked later",
        "a condition can only look back; move the question '{name}' up",
    )
    HAS_ON_ONE_ANSWER = _error(
        "has-on-one-answer",
        "'{name}' has one answer, so 'has' does not fit",
        "write: {name} is {value}",
    )
    HAS_NEEDED = _error(
        "has-needed",
        "'{name}' can have several answers, so '{op}' does not fit",
        "write: {name} has {value}",
    )
    NOT_ORDERED = _error(
        "not-ordered",
        "the answers of '{name}' are no numbers, so '{op}' does not fit",
        "name the answers, such as: {name} in ({codes})",
    )
    UNKNOWN_ANSWER_CODE = _error(
        "unknown-answer-code",
        "'{name}' has no answer with the code '{value}'",
        "did you mean '{offer}'? The codes are: {known}",
        "the codes are: {known}",
    )
    NOT_A_NUMBER = _error(
        "not-a-number",
        "'{value}' is not a number",
        "compare '{name}' with a whole number, such as: {name} {op} 2",
    )
    EMPTY_COMPARISON = _error(
        "empty-comparison",
        "no answer of '{name}' is {op} {value}",
        "its codes are: {codes}",
    )
    TYPED_COMPARED = _error(
        "typed-compared",
        "what people type at '{name}' cannot be compared yet",
        "ask only whether it was filled in: answered {name}",
    )
    UNCLOSED_PIPE = _error(
        "unclosed-pipe",
        "the braces in '{text}' are never closed",
        "write '}}}}' at the end, such as: {{{{branch|our shop}}}}",
    )
    UNKNOWN_PIPE = _error(
        "unknown-pipe",
        "nothing is called '{name}'",
        "did you mean '{offer}'?",
        "in a text may stand: {known}",
    )
    PIPE_OF_ANSWER = _error(
        "pipe-of-answer",
        "'{name}' cannot stand in a text yet",
        "only hidden fields can for now; write the words without it",
    )
    PRIVATE_PIPE = _error(
        "private-pipe",
        "'{name}' is private and cannot stand in a text",
        "write the words without it",
    )
    PIPE_WITHOUT_FALLBACK = _warning(
        "pipe-without-fallback",
        "'{text}' shows nothing to people without JavaScript",
        "write what they should read: {{{{{name}|our shop}}}}",
    )
    NEVER_SHOWN = _error(
        "never-shown",
        "'{id}' is never shown: its condition cannot come true",
        "check the condition '{text}'",
    )
    ENDING_NEVER_SHOWN = _error(
        "ending-never-shown",
        "the ending '{id}' is never shown",
        "an ending above it is always shown first; change the condition or remove one",
    )
    TWO_ENDINGS = _error(
        "two-endings",
        "'{id}' is a second ending without a condition; the first stands on line {first}",
        'give one of them a condition, such as: if="overall <= 2"',
    )
    REQUIRED_AND_CONDITIONAL = _note(
        "required-and-conditional",
        "'{id}' is required but not always shown; without JavaScript it can be left out",
        "nothing to do if that is fine",
    )
    CONTACT_WITHOUT_PURPOSE = _warning(
        "contact-without-purpose",
        "'{id}' asks for a way to reach people but does not say what for",
        "write one sentence above the question or below it",
    )
    UNKNOWN_NAME_IN_SETTING = _error(
        "unknown-name-in-setting",
        "'{key}' names '{name}', which is neither a question nor a hidden field",
        "did you mean '{offer}'?",
        "names are: {known}",
    )
    PRIVATE_IN_SETTING = _error(
        "private-in-setting",
        "'{key}' names '{name}', which is private",
        "take it out: private answers are in no report and in no link",
    )
    NOT_FOR_SETTING = _error(
        "not-for-setting",
        "'{key}' names '{name}', which has no answers to choose from",
        "name a question with answers, or a hidden field with declared values",
    )
    # Translations
    NO_TRANSLATION = _warning(
        "no-translation",
        "there is no translation of '{survey}' into '{language}'",
        "write '{path}', or take '{language}' out of 'languages'",
    )
    PO_NOT_UTF8 = _warning(
        "po-not-utf8",
        "this file is not in UTF-8 from here on",
        "save it as UTF-8; texts with unreadable characters are shown untranslated",
    )
    PO_UNREADABLE = _warning(
        "po-unreadable",
        "'{text}' cannot be read",
        'write msgid or msgstr, a blank, then the text in "double quotes"',
    )
    PO_QUOTE = _warning(
        "po-quote",
        "the quotes of '{text}' do not match",
        'put the text between two " signs, and write \\" for a quote inside it',
    )
    PO_ESCAPE = _warning(
        "po-escape",
        "'{text}' has no meaning here",
        'write \\\\ for a backslash, \\" for a quote, \\n for a new line',
    )
    PO_TWICE = _warning(
        "po-twice",
        "'{text}' stands here a second time, first on line {first}",
        "keep one of the two; until then the first is used",
    )
    PO_INCOMPLETE = _warning(
        "po-incomplete",
        "the entry that begins here has no '{missing}'",
        "write msgid with the source text, and below it msgstr with the translation",
    )
    PLACEHOLDERS_DIFFER = _warning(
        "placeholders-differ",
        "the translation of '{context}' has other placeholders than its source: '{text}'",
        "it must have exactly these, spelled the same: {offer}",
        "the source has none: leave out whatever stands in braces",
    )
    HTML_IN_TRANSLATION = _warning(
        "html-in-translation",
        "the translation of '{context}' holds HTML: '{text}'",
        "write plain words; **strong** and *emphasis* where the source has them",
    )
    LINK_NOT_IN_SOURCE = _warning(
        "link-not-in-source",
        "the translation of '{context}' links to '{text}', its source does not",
        "use only the addresses of the source: {offer}",
        "the source has no link: leave it out",
    )
    HIDDEN_CHARACTER = _warning(
        "hidden-character",
        "the translation of '{context}' holds the invisible character {text}",
        "delete it and type the place anew",
    )
    BLANK_TRANSLATION = _warning(
        "blank-translation",
        "the translation of '{context}' consists of blanks only",
        'translate it, or leave it empty: msgstr ""',
    )
    NOT_TRANSLATED = _warning(
        "not-translated",
        "'{context}' has no translation: '{text}'",
        "write it behind msgstr; until then the source is shown",
    )
    OUTDATED_TRANSLATION = _note(
        "outdated-translation",
        "the source of '{context}' was re-worded: '{text}'",
        "adapt the translation, then delete the word 'fuzzy' above it",
    )
    INCOMPLETE_LANGUAGE = _warning(
        "incomplete-language",
        "{missing} of {total} texts are not translated into '{language}', {outdated} are outdated",
        "see them with: mati i18n check {language}",
    )
    CONTROLS_DIFFER = _error(
        "controls-differ",
        "the form in '{language}' does not ask the same as in '{source}': '{text}'",
        "names and codes must be the same in all languages: mend the template",
    )
    # Services, pages, files
    NO_COLLECT_URL = _error(
        "no-collect-url",
        "'send: own' needs to know where your form service runs",
        "add to mati.yaml the lines 'collect:' and '  url: https://answers.example.org'",
    )
    BAD_COLLECT_URL = _error(
        "bad-collect-url",
        "'{text}' cannot be the address of a form service",
        "write an address like https://answers.example.org",
    )
    UNKNOWN_SERVICE = _error(
        "unknown-service",
        "there is no form service called '{text}'",
        "write one of these after 'send:': {names}",
    )
    BAD_SERVICE_KEY = _error(
        "bad-service-key",
        "'{text}' cannot stand after 'send: {service}:'",
        "write it like this: send: {service}:{example}",
    )
    NAME_LOST_AT_SERVICE = _error(
        "name-lost-at-service",
        "the answer '{text}' cannot be told apart once '{service}' has it",
        "choose an id or code without '__' and without '_' at its end",
    )
    BAD_FILE_NAME = _error(
        "bad-file-name",
        "'{name}' cannot be the file name of a survey",
        "rename it to '{better}': only a to z, digits and hyphens, the first a letter",
    )
    RESERVED_NAME = _error(
        "reserved-name",
        "a survey cannot be called '{name}'; this name is taken",
        "give the file another name, for example '{better}'",
    )
    NOT_A_FILE = _error(
        "not-a-file",
        "'{name}' is a folder or something else that is not a text file",
        "rename it, or move it out of 'content/'",
    )
    FILE_UNREADABLE = _error(
        "file-unreadable",
        "'{name}' cannot be read: {reason}",
        "check that the file is there and that you may read it",
    )
    FILE_TOO_LARGE = _error(
        "file-too-large",
        "'{name}' is too large to be a text written by hand",
        "is it the right file? A text may have at most 4 million bytes",
    )
    LINK_LEADS_OUTSIDE = _error(
        "link-leads-outside",
        "'{name}' is a link that leads out of the project's folder",
        "put the file or folder itself there instead of a link",
    )
    NO_SURVEYS = _error(
        "no-surveys",
        "there is no survey in 'content/'",
        "write one, for example 'content/visit.md'",
    )
    PRIVATE_IN_SITE = _error(
        "private-in-site",
        "'{name}': answers must not lie inside 'site/', where everyone can read them",
        "move 'private' out, so that it stands beside 'site' in the project's folder",
    )
    SITE_IN_PRIVATE = _error(
        "site-in-private",
        "'{name}': the site must not lie inside 'private/'",
        "move 'site' out, so that it stands beside 'private' in the project's folder",
    )
    OUTPUT_REFUSED = _error(
        "output-refused",
        "the page '{path}' cannot be written: {reason}",
        "rename the survey or the language it is made from",
    )
    OUTPUT_IN_THE_WAY = _error(
        "output-in-the-way",
        "'{path}' cannot be written, because something else stands there",
        "move it away; 'site/' holds only what Mati makes",
    )
    EMPTY_FILE = _error(
        "empty-file",
        "the file is empty",
        "write a title, such as: # How did we serve you?",
    )
    BINARY_FILE = _error(
        "binary-file",
        "this is not a text file",
        "save it as plain text with the encoding UTF-8",
    )
    NOT_UTF8 = _error(
        "not-utf8",
        "the file is not in UTF-8; the first byte that does not fit is here",
        "open it in your editor and save it again with the encoding UTF-8",
    )
    FORBIDDEN_CHARACTER = _error(
        "forbidden-character",
        "the character {text} must not stand in a text file",
        "remove it; it is not visible in most editors",
    )
    TEMPLATE_BROKEN = _error(
        "template-broken",
        "the template '{path}' does not work: {problem}",
        "mend that line, or delete the file to use Mati's own template",
    )
    NO_SITE_URL = _note(
        "no-site-url",
        "the site's address is not known, so pages say nothing of it to search and share pages",
        "write it in mati.yaml, such as: url: https://example.com",
    )
    TEMPLATE_TESTS_WORDS = _error(
        "template-tests-words",
        "the template '{path}' asks something of words that are not known yet: {problem}",
        "a template of a question is filled once for all languages, so words can only be "
        "printed there; write {{{{ words }}}}, or {{{{ words.text }}}} inside an attribute",
    )
    # Answers
    EXPORT_UNREADABLE = _error(
        "export-unreadable",
        "this is not an export of '{service}': {problem}",
        "fetch the export again, or check which service it came from",
    )
    BAD_ROW = _error(
        "bad-row",
        "entry {number} cannot be read: {problem}",
        "it is left out; mend it in the export, or ask for the export again",
    )
    ROW_TIME_UNCLEAR = _warning(
        "row-time-unclear",
        "entry {number} does not say clearly when it came: '{text}'",
        "write times like 2026-11-22T09:47:00+07:00, in a column called 'mati_at'",
    )
    ANSWER_WITHOUT_TIME = _warning(
        "answer-without-time",
        "an answer to '{survey}' says '{text}' where its time should stand",
        "it is kept and counted; in the export the time should look like 2026-11-22T02:47:00Z",
    )
    UNKNOWN_ANSWER = _warning(
        "unknown-answer",
        "an answer to '{survey}' came under '{name}', and the survey does not know it",
        "it is kept, but not counted; was the question or the answer renamed?",
    )
    DAMAGED_LINE = _warning(
        "damaged-line",
        "this line is not a stored answer",
        "it is left as it is and not counted; a copy of the file may have the whole line",
    )

    @property
    def slug(self) -> str:
        """The name people see and search for."""
        return self.value.slug

    @property
    def severity(self) -> Severity:
        """The severity unless a place says otherwise."""
        return self.value.severity

    @property
    def message(self) -> str:
        """What happened, with slots."""
        return self.value.message

    @property
    def hint(self) -> str:
        """What to do or write instead, with slots; "" when there is nothing to add."""
        return self.value.hint

    @property
    def otherwise(self) -> str:
        """The hint where nothing can be offered (the value ``offer`` is ""); may be ""."""
        return self.value.otherwise
