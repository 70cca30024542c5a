"""What can be wrong with settings of a survey or of the project: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "settings-not-closed": error(
        "the settings that begin here are never closed",
        "write '---' on a line of its own after the last setting",
    ),
    "settings-fence": error(
        "'{text}' does not begin the settings",
        "write three plain hyphens above and below them: ---",
    ),
    "settings-tab": error(
        "the settings are indented with a tab",
        "use blanks: two for each step",
    ),
    "not-a-setting": error(
        "'{text}' is not a setting",
        "write: {offer}",
        "write one setting per line: name, colon, blank, value",
    ),
    "settings-unreadable": error(
        "the settings cannot be read from '{text}' on",
        "write: {offer}",
        "check quotes, brackets and colons here; put a value with ':' or '#' in double quotes",
    ),
    "setting-not-indented": error(
        "'{text}' belongs to '{key}' but does not stand below it",
        "write it right below '{key}:', with two blanks before it",
    ),
    "setting-indented": error(
        "'{text}' is indented, but nothing above takes it in",
        "remove the blanks at the beginning of this line, or all of it",
    ),
    "settings-too-long": error(
        "the settings are too long",
        "settings have at most 20,000 characters, and a line of them at most 1,000",
    ),
    "setting-twice": error(
        "the setting '{key}' stands here a second time, first on line {first}",
        "keep one of the two",
    ),
    "unknown-setting": error(
        "there is no setting called '{key}'",
        "did you mean '{offer}'?",
        "settings are: {known}",
    ),
    "project-setting": error(
        "the setting '{key}' belongs to the whole project",
        "move it to mati.yaml",
    ),
    "wrong-setting": error(
        "'{value}' is no value for '{key}'",
        "write it like this: {example}",
    ),
    "no-language": error(
        "the settings do not say in which language this survey is written",
        "at the top of the file, between two lines '---', write a line such as: lang: en",
    ),
    "close-before-open": error(
        "the survey closes ('{close}') before it opens",
        "give 'close' a later moment than 'open'",
    ),
    "reward-ends-first": warning(
        "the reward is valid until {until}, but the survey is open until {close}",
        "let 'reward.until' be later than 'close'",
    ),
    "reward-over": warning(
        "the reward was valid until {until}, and that day is past",
        "give 'reward.until' a later day, or take the reward out",
    ),
    "accent-pale": warning(
        "the colour '{text}' cannot be read on white: its contrast is {ratio}, and 4.5 are needed",
        'write: accent: "{offer}", the nearest shade that can; pages already use it for words',
    ),
    "survey-closed": note(
        "the survey '{survey}' has closed ({day}), so its pages say that and show no form",
        "to ask on, give 'close' a later day; 'mati serve' shows the form all the same",
    ),
    "survey-not-open": note(
        "the survey '{survey}' opens on {day}; until then whoever comes to it reads that",
        "nothing is left to do, it opens by itself; 'mati serve' shows the form already",
    ),
    "follow-up-without-condition": warning(
        "'followup' does not say which answers ask for a call back",
        "add a line 'if' to it, such as: if: overall <= 2",
    ),
    "no-timezone": error(
        "'{key}' needs to know the timezone",
        "add to mati.yaml a line such as: timezone: Asia/Phnom_Penh",
    ),
    "part-in-text": error(
        "'{name}' stands for a part of the report, but not alone",
        "give it a line of its own, with an empty line above and below",
    ),
    "report-without-survey": error(
        "there is no survey '{name}' to which these words could belong",
        "call the file like the survey: content/reports/{offer}.md",
    ),
    "engine-unusable": error(
        "'{engine}' cannot count the answers: {problem}",
        "duckdb: install mati-survey[fast]; postgres: install mati-survey[postgres] and set "
        "{variable} to its address; or leave 'engine' out of mati.yaml",
    ),
    "setting-without-effect": note(
        "the setting '{key}' is understood but has no effect yet",
        "you may leave it; a later Mati will use it",
    ),
}
