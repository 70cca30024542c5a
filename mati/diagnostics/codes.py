"""The one catalogue of everything that can be wrong: a member for each kind of mistake.

Its severity and its words stand in ``sentences/``, in the file of its area.
"""

from __future__ import annotations

from enum import Enum, unique

from mati.diagnostics.sentence import Severity
from mati.diagnostics.sentences import SENTENCES

__all__ = ["Code"]


@unique
class Code(Enum):
    """One kind of mistake; its value is its slug, its name in lower case with hyphens."""

    # The words of these stand in sentences/settings.py.
    SETTINGS_NOT_CLOSED = "settings-not-closed"
    SETTINGS_TAB = "settings-tab"
    NOT_A_SETTING = "not-a-setting"
    SETTINGS_UNREADABLE = "settings-unreadable"
    SETTINGS_TOO_LONG = "settings-too-long"
    SETTING_TWICE = "setting-twice"
    UNKNOWN_SETTING = "unknown-setting"
    PROJECT_SETTING = "project-setting"
    WRONG_SETTING = "wrong-setting"
    NO_LANGUAGE = "no-language"
    CLOSE_BEFORE_OPEN = "close-before-open"
    REWARD_ENDS_FIRST = "reward-ends-first"
    FOLLOW_UP_WITHOUT_CONDITION = "follow-up-without-condition"
    NO_TIMEZONE = "no-timezone"
    SETTING_WITHOUT_EFFECT = "setting-without-effect"
    # The words of these stand in sentences/headings.py.
    NO_SPACE_AFTER_HASH = "no-space-after-hash"
    EMPTY_HEADING = "empty-heading"
    SECOND_TITLE = "second-title"
    HEADING_TOO_DEEP = "heading-too-deep"
    LINE_MAKES_HEADING = "line-makes-heading"
    NO_TITLE = "no-title"
    NO_QUESTION = "no-question"
    SURVEY_TOO_LONG = "survey-too-long"
    COMMENT_NOT_CLOSED = "comment-not-closed"
    # The words of these stand in sentences/attributes.py.
    BAD_ID = "bad-id"
    RESERVED_ID = "reserved-id"
    ID_TWICE = "id-twice"
    NAMES_CLASH = "names-clash"
    NO_ID = "no-id"
    UNKNOWN_PROPERTY = "unknown-property"
    PROPERTY_NOT_HERE = "property-not-here"
    PROPERTY_TWICE = "property-twice"
    BAD_PROPERTY_VALUE = "bad-property-value"
    UNKNOWN_AUTOCOMPLETE = "unknown-autocomplete"
    PROPERTY_WITHOUT_EFFECT = "property-without-effect"
    EMPTY_CONDITION = "empty-condition"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_LOOK = "unknown-look"
    UNREADABLE_PROPERTY = "unreadable-property"
    BENT_QUOTES = "bent-quotes"
    UNQUOTED_CONDITION = "unquoted-condition"
    ID_WITHOUT_HASH = "id-without-hash"
    UNCLOSED_BRACE = "unclosed-brace"
    UNCLOSED_QUOTE = "unclosed-quote"
    # The words of these stand in sentences/answers.py.
    ANSWER_WITHOUT_QUESTION = "answer-without-question"
    SECOND_ANSWERS = "second-answers"
    NO_ANSWERS = "no-answers"
    ANSWERS_NOT_FOR_KIND = "answers-not-for-kind"
    QUESTION_IN_ENDING = "question-in-ending"
    UNKNOWN_INPUT = "unknown-input"
    BAD_RANGE = "bad-range"
    WRONG_BRACKET = "wrong-bracket"
    UNCLOSED_BRACKET = "unclosed-bracket"
    BAD_CODE = "bad-code"
    CODE_TWICE = "code-twice"
    NO_CODE = "no-code"
    ANSWER_WITHOUT_TEXT = "answer-without-text"
    ITEM_WITHOUT_CODE = "item-without-code"
    MIXED_BRACKETS = "mixed-brackets"
    IMPOSSIBLE_SCALE = "impossible-scale"
    SCALE_NEEDS_TWO_LABELS = "scale-needs-two-labels"
    SCALE_AND_ANSWERS = "scale-and-answers"
    FIELD_WITHOUT_LINE = "field-without-line"
    UNKNOWN_SCALE = "unknown-scale"
    SCALE_TOO_SHORT = "scale-too-short"
    LOOKS_LIKE_ANSWER = "looks-like-answer"
    ANSWER_WITHOUT_DASH = "answer-without-dash"
    LINE_TOO_SHORT = "line-too-short"
    WIDE_SIGN = "wide-sign"
    HTML_IN_TEXT = "html-in-text"
    TEXT_AFTER_ANSWERS = "text-after-answers"
    ONLY_ONE_ANSWER = "only-one-answer"
    RANKING_TOO_LONG = "ranking-too-long"
    LINE_NOT_HERE = "line-not-here"
    CONSENT_NEEDS_ONE_BOX = "consent-needs-one-box"
    IMPOSSIBLE_LIMITS = "impossible-limits"
    NPS_NOT_0_TO_10 = "nps-not-0-to-10"
    CSAT_NOT_1_TO_5 = "csat-not-1-to-5"
    CES_NOT_1_TO_7 = "ces-not-1-to-7"
    # The words of these stand in sentences/images.py.
    IMAGE_IN_SENTENCE = "image-in-sentence"
    IMAGE_WITHOUT_WORDS = "image-without-words"
    BAD_IMAGE_PATH = "bad-image-path"
    IMAGE_MISSING = "image-missing"
    NOT_AN_IMAGE = "not-an-image"
    IMAGE_TOO_HEAVY = "image-too-heavy"
    # The words of these stand in sentences/grids.py.
    COLUMN_WITHOUT_CODE = "column-without-code"
    NO_RULE_LINE = "no-rule-line"
    RULE_LINE_DIFFERS = "rule-line-differs"
    TOO_MANY_CELLS = "too-many-cells"
    MISSING_CELL = "missing-cell"
    TEXT_IN_CELL = "text-in-cell"
    ROW_WITHOUT_TEXT = "row-without-text"
    TOO_MANY_COLUMNS = "too-many-columns"
    NO_ROWS = "no-rows"
    # The words of these stand in sentences/conditions.py.
    CONDITION_SYNTAX = "condition-syntax"
    CONDITION_SIGN = "condition-sign"
    UNKNOWN_IN_CONDITION = "unknown-in-condition"
    LATER_QUESTION = "later-question"
    OWN_QUESTION = "own-question"
    HAS_ON_ONE_ANSWER = "has-on-one-answer"
    HAS_NEEDED = "has-needed"
    NOT_ORDERED = "not-ordered"
    UNKNOWN_ANSWER_CODE = "unknown-answer-code"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_DATE = "not-a-date"
    NOT_A_TIME = "not-a-time"
    EMPTY_COMPARISON = "empty-comparison"
    TYPED_COMPARED = "typed-compared"
    UNCLOSED_PIPE = "unclosed-pipe"
    UNKNOWN_PIPE = "unknown-pipe"
    PIPE_OF_LATER = "pipe-of-later"
    PIPE_IN_ENDING = "pipe-in-ending"
    REWARD_IN_CONDITION = "reward-in-condition"
    PRIVATE_PIPE = "private-pipe"
    PIPE_WITHOUT_FALLBACK = "pipe-without-fallback"
    NEVER_SHOWN = "never-shown"
    ENDING_NEVER_SHOWN = "ending-never-shown"
    TWO_ENDINGS = "two-endings"
    REQUIRED_AND_CONDITIONAL = "required-and-conditional"
    CONTACT_WITHOUT_PURPOSE = "contact-without-purpose"
    CONTACT_WITHOUT_CONSENT = "contact-without-consent"
    REWARD_FOR_GOOD_MARKS = "reward-for-good-marks"
    CONSENT_IN_PREFILL = "consent-in-prefill"
    UNKNOWN_NAME_IN_SETTING = "unknown-name-in-setting"
    PRIVATE_IN_SETTING = "private-in-setting"
    NOT_FOR_SETTING = "not-for-setting"
    # The words of these stand in sentences/translations.py.
    NO_TRANSLATION = "no-translation"
    PO_NOT_UTF8 = "po-not-utf8"
    PO_UNREADABLE = "po-unreadable"
    PO_QUOTE = "po-quote"
    PO_ESCAPE = "po-escape"
    PO_TWICE = "po-twice"
    PO_INCOMPLETE = "po-incomplete"
    PLACEHOLDERS_DIFFER = "placeholders-differ"
    HTML_IN_TRANSLATION = "html-in-translation"
    LINK_NOT_IN_SOURCE = "link-not-in-source"
    HIDDEN_CHARACTER = "hidden-character"
    BLANK_TRANSLATION = "blank-translation"
    NOT_TRANSLATED = "not-translated"
    OUTDATED_TRANSLATION = "outdated-translation"
    INCOMPLETE_LANGUAGE = "incomplete-language"
    CONTROLS_DIFFER = "controls-differ"
    # The words of these stand in sentences/files.py.
    NO_COLLECT_URL = "no-collect-url"
    BAD_COLLECT_URL = "bad-collect-url"
    UNKNOWN_SERVICE = "unknown-service"
    BAD_SERVICE_KEY = "bad-service-key"
    HOSTS_UNKNOWN = "hosts-unknown"
    NAME_LOST_AT_SERVICE = "name-lost-at-service"
    BAD_FILE_NAME = "bad-file-name"
    RESERVED_NAME = "reserved-name"
    NOT_A_FILE = "not-a-file"
    FILE_UNREADABLE = "file-unreadable"
    FILE_TOO_LARGE = "file-too-large"
    FILE_CHANGED = "file-changed"
    LINK_LEADS_OUTSIDE = "link-leads-outside"
    NO_SURVEYS = "no-surveys"
    PRIVATE_IN_SITE = "private-in-site"
    SITE_IN_PRIVATE = "site-in-private"
    OUTPUT_REFUSED = "output-refused"
    OUTPUT_IN_THE_WAY = "output-in-the-way"
    EMPTY_FILE = "empty-file"
    BINARY_FILE = "binary-file"
    NOT_UTF8 = "not-utf8"
    FORBIDDEN_CHARACTER = "forbidden-character"
    TEMPLATE_BROKEN = "template-broken"
    NO_SITE_URL = "no-site-url"
    TEMPLATE_TESTS_WORDS = "template-tests-words"
    # The words of these stand in sentences/arrivals.py.
    EXPORT_UNREADABLE = "export-unreadable"
    BAD_ROW = "bad-row"
    ROW_TIME_UNCLEAR = "row-time-unclear"
    ANSWER_WITHOUT_TIME = "answer-without-time"
    UNKNOWN_ANSWER = "unknown-answer"
    DAMAGED_LINE = "damaged-line"

    @property
    def slug(self) -> str:
        """The name people see and search for."""
        return self.value

    @property
    def severity(self) -> Severity:
        """The severity unless a place says otherwise."""
        return SENTENCES[self.value].severity

    @property
    def message(self) -> str:
        """What happened, with slots."""
        return SENTENCES[self.value].message

    @property
    def hint(self) -> str:
        """What to do or write instead, with slots; "" when there is nothing to add."""
        return SENTENCES[self.value].hint

    @property
    def otherwise(self) -> str:
        """The hint where nothing can be offered (the value ``offer`` is ""); may be ""."""
        return SENTENCES[self.value].otherwise
