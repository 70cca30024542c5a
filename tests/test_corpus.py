"""Single slips of people who never saw Markdown, planted into the starters in three languages.

Each is one edit of a sound survey. Rules: 1. it gives exactly one message, the cause, never what
follows from it; 2. the message stands on the right line; 3. in at least 95 of 100 cases on the
right column as well. ``«`` in the replacement marks the place, and is taken out.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from mati import starters
from mati.diagnostics import Notebook, Severity
from mati.model import ProjectSettings
from mati.reader import decode, read

LANGUAGES = ("en", "km", "lo")
COLUMNS = 0.95
ALL5 = r"^- \(5\) (.*)\n- \(4\) (.*)\n- \(3\) (.*)\n- \(2\) (.*)\n- \(1\) (.*)$"
FOUND = r'if="found in \(partly, no\)"'
OVERALL = r"\{#overall \* kind=csat\}"

# starter, slug, what is searched (a regular expression), what stands there instead
SLIPS = (
    # Headings and pages
    ("visit", "no-space-after-hash", r"^### (.*#overall)", r"«###\1"),
    ("visit", "no-space-after-hash", r"^## (.*#call)", r"«##\1"),
    ("visit", "heading-too-deep", r"^### (.*#better)", r"«#### \1"),
    ("visit", "second-title", r"^## (.*)( \{#call)", r"# «\1 \2"),
    ("visit", "no-title", r"^---\n\n# .*$", r"---\n«\n"),
    ("visit", "empty-heading", r"^### .*(\{#better\})", r"«### \1"),
    ("visit", "line-makes-heading", r"(\n\n### .*#found)", r"\n«---\1"),
    ("visit", "comment-not-closed", r"(\n### .*#found)", r"\n«<!-- later\n\1"),
    ("visit", "html-in-text", r"^(.*)\n\n### (.*#overall)", r"«<b>\1</b>\n\n### \2"),
    # Answers
    ("visit", "wrong-bracket", r"^- \(4\) ", r"- «(4] "),
    ("visit", "wrong-bracket", r"^- \[look\] ", r"- «[look) "),
    ("visit", "unclosed-bracket", r"^- \(4\) ", r"- «(4 "),
    ("visit", "unclosed-bracket", r"^- \[look\] ", r"- «[look "),
    ("visit", "mixed-brackets", r"^- \[look\] ", r"- «(look) "),
    ("visit", "mixed-brackets", r"^- \(no\) ", r"- «[no] "),
    ("visit", "bad-code", r"^- \(4\) ", r"- («៤) "),
    ("visit", "bad-code", r"^- \(4\) ", r"- («໔) "),
    ("visit", "bad-code", r"^- \(4\) ", r"- («4.) "),
    ("visit", "bad-code", r"^- \[look\] ", r"- [«Look] "),
    ("visit", "bad-code", r"^- \(yes\) ", r"- («yes!) "),
    ("visit", "wide-sign", r"^- \(4\) ", r"- «（4） "),
    ("visit", "code-twice", r"^- \(4\) ", r"- («5) "),
    ("visit", "code-twice", r"^- \[look\] ", r"- [«buy] "),
    ("visit", "no-code", r"^- \(4\) ", r"- «( ) "),
    ("visit", "no-code", r"^- \[look\] ", r"- «[ ] "),
    ("visit", "item-without-code", r"^- \(4\) (.*)$", r"- «\1"),
    ("visit", "item-without-code", r"^- \[look\] (.*)$", r"- «\1"),
    ("visit", "answer-without-text", r"^- \(4\) .*$", r"- («4)"),
    (
        "visit",
        "looks-like-answer",
        r"^- \(5\) (.*)\n- \(4\) (.*)\n- \(3\) (.*)\n- \(2\) (.*)\n- \(1\) (.*)$",
        r"1. «\1\n2. \2\n3. \3\n4. \4\n5. \5",
    ),
    (
        "visit",
        "answer-without-dash",
        r"^- \(yes\) (.*)\n- \(partly\) (.*)\n- \(no\) (.*)$",
        r"«a) \1\nb) \2\nc) \3",
    ),
    (
        "visit",
        "answer-without-dash",
        r"^- \(5\) (.*)\n- \(4\) (.*)\n- \(3\) (.*)\n- \(2\) (.*)\n- \(1\) (.*)$",
        r"«A. \1\nB. \2\nC. \3\nD. \4\nE. \5",
    ),
    ("after-sales", "not-a-setting", r"^  within: ", r"  «within "),
    ("after-sales", "answers-on-one-line", r"^(- \(\w+\) .*)\n- \(", r"\1 - «("),
    ("event", "answers-on-one-line", r"^(- \(\w+\) .*)\n- \(", r"\1 - «("),
    ("complaint", "unknown-in-condition", r'if="(\w+) ', r'if="«\1x '),
    ("event", "bent-quotes", r'if="', r"if=«”"),
    ("visit", "settings-unreadable", r"^lang: (..)$", r"lang: \1\ntheme: {accent: «#0b6e5f}"),
    ("visit", "answer-without-dash", r"^- \(4\) ", r"«(4) "),
    ("visit", "answer-without-dash", r"^- \(4\) ", r"«-(4) "),
    ("visit", "answer-without-dash", r"^- \(4\) ", r"«– (4) "),
    ("visit", "answer-without-dash", r"^- \(4\) ", r"«• (4) "),
    ("visit", "answer-without-dash", r"^- \(5\) ", r"«(5) "),
    ("visit", "answer-without-dash", r"^- \(1\) ", r"«—(1) "),
    ("visit", "answer-without-dash", r"^- \[ask\] ", r"«[ask] "),
    ("visit", "unknown-property", r"\{na\}", r"{«naa}"),
    ("visit", "property-not-here", r"\{na\}", r"{«end}"),
    ("visit", "line-too-short", r"^___\n\n(## .*#call)", r"«__\n\n\1"),
    ("visit", "unknown-input", r"^___ phone", r"___ «fone"),
    ("visit", "unknown-input", r"^___ phone", r"___ «telephone"),
    ("visit", "line-too-short", r"^___ phone", r"«__ phone"),
    ("complaint", "field-without-line", r"^(- .*)[:៖] ___ (\{#name\})", r"- «Name \2"),
    ("complaint", "unknown-input", r"___ email", r"___ «emial"),
    ("complaint", "no-id", r"^- (.*[:៖] ___) \{#name\}", r"- «\1"),
    ("complaint", "id-twice", r"\{#phone\}", r"{#«name}"),
    ("visit", "no-answers", r"^___\n___\n", r"" ),
    (
        "visit",
        "answer-without-question",
        r"^(### .*#overall.*)\n\n- ((?:.*\n)*?)\n",
        r"- «\2\n\1\n",
    ),
    ("visit", "answers-on-one-line", r"^(- \(yes\) .*)\n- (.*)\n- (.*)\n- .*$", r"\1 - «\2 - \3"),
    ("visit", "answers-on-one-line", r"^(- \[buy\] .*)\n- (.*)\n- .*\n- .*$", r"\1 «\2"),
    ("visit", "second-answers", r"^(- \(1\) .*)$", r"\1\n\n«___"),
    ("recommendation", "nps-not-0-to-10", r"\(0\.\.10\)", r"(1..10)"),
    ("recommendation", "scale-needs-two-labels", r"^(- \(0\.\.10\)) (.*) … .*$", r"\1 «\2"),
    ("recommendation", "impossible-scale", r"\(0\.\.10\)", r"(«10..0)"),
    ("recommendation", "impossible-scale", r"\(0\.\.10\)", r"(«០..១០)"),
    ("visit", "mixed-brackets", r"^- \[buy\] ", r"- «(buy) "),
    ("visit", "answer-without-dash", r"^- \(3\) ", r"«3. "),
    ("visit", "answer-without-dash", r"^- \(partly\) ", r"«b) "),
    ("visit", "answer-without-dash", r"^- \(partly\) (.*)\n- \(no\) ", r"«☐ \1\n☐ "),
    ("visit", "answer-without-dash", r"^- \[look\] ", r"«2. "),
    ("event", "scale-in-disorder", r"^- \(5\) (.*)\n- \(4\) ", r"- «(4) \1\n- (5) "),
    ("after-sales", "impossible-scale", r"\(1\.\.7\)", r"(«1…7)"),
    ("after-sales", "impossible-scale", r"\(1\.\.7\)", r"(«1-7)"),
    ("after-sales", "impossible-scale", r"\(1\.\.7\)", r"(«1 – 7)"),
    ("after-sales", "scale-needs-two-labels", r"^- \(1\.\.7\) (.*) … ", r"- (1..7) «\1 - "),
    ("after-sales", "line-too-short", r"(\[other\].*?)___", r"\1«_"),
    ("after-sales", "range-not-here", r"___ date", r"___ date «01/12/2025..31/12/2025"),
    ("after-sales", "bad-range", r"___ date", r"___ number «០..២០"),
    (
        "after-sales",
        "answers-without-codes",
        r"^- \(yes\) (.*)\n- \(partly\) (.*)\n- \(no\) ",
        r"- «\1\n- \2\n- ",
    ),
    ("recommendation", "answers-without-codes", r"(#why\}\n\n)___\n___", r"\g<1>1. «A\n2. B"),
    (
        "staff",
        "looks-like-answer",
        r"^- \(5\) (.*)\n- \(4\) (.*)\n- \(3\) (.*)\n- \(2\) (.*)\n- \(1\) ",
        r"- «\1\n- \2\n- \3\n- \4\n- ",
    ),
    (
        "recommendation",
        "second-answers",
        r"^(- \(0\.\.10\).*)$",
        r"\1\n- (dk) ? {na}\n\n- «[a] A\n- [b] B",
    ),
    ("complaint", "answer-without-dash", r"^- (.*___ phone)", r"«\1"),
    ("complaint", "answer-without-dash", r"^- (.*)___ (\{#name\})", r"«\1___ \2"),
    ("complaint", "contact-not-private", r"^### (.*#contact) private", r"### «\1"),
    ("after-sales", "contact-not-private", r"^### (.*#phone) private", r"### «\1"),
    ("event", "id-twice", r"\Z", r"\n## «A {#thanks end}\n\nB\n"),
    ("after-sales", "ending-not-marked", r"^## (.*#thanks) end\}", r"## «\1}"),
    ("visit", "answer-without-dash", ALL5, r"«☐ \1\n☐ \2\n☐ \3\n☐ \4\n☐ \5"),
    ("visit", "looks-like-answer", ALL5, r"- «5 = \1\n- 4 = \2\n- 3 = \3\n- 2 = \4\n- 1 = \5"),
    ("visit", "item-without-code", r"^- \(4\) (.*)$", r"- «\1 (4)"),
    ("visit", "line-too-short", r"(\{#better\}\n\n)___\n___\n", r"\1«..............\n"),
    ("visit", "line-too-short", r"(\{#better\}\n\n)___\n___\n", r"\1«_ _ _\n"),
    ("visit", "unknown-input", r"^___ phone", r"«___phone"),
    ("visit", "unknown-input", r"^___ phone", r"___ «tel"),
    ("complaint", "line-too-short", r"(\[other\].*?)___", r"\1«......"),
    ("complaint", "answer-without-dash", r"^- \[staff\]", r"«-- [staff]"),
    ("complaint", "answers-on-one-line", r"^(- .*___ \{#name\})\n- ", r"\1 «"),
    ("complaint", "braces-not-last", r"^- (.*?)([:៖]) ___ \{#name\}", r"- «{#name} \1\2 ___"),
    ("complaint", "braces-not-last", r"___ \{#name\}", r"___ «{#name} *"),
    ("complaint", "odd-break", r"^(### .*\{#happened)", r"«* * *\n\n\1"),
    ("complaint", "ending-as-question", r"^## (.*\{#\w+ end)", r"### «\1"),
    ("complaint", "heading-too-deep", r"^## ", r"«#### "),
    ("visit", "heading-too-deep", r"^### (.*\{#reason\})", r"«#### \1"),
    ("recommendation", "impossible-scale", r"\(0\.\.10\)", r"(«0 to 10)"),
    ("recommendation", "scale-needs-two-labels", r"(\(0\.\.10\)) (.*) … ", r"\1 «\2\n- "),
    ("event", "column-without-code", r"\| \(5\) (.*?) \| \(4\) (.*?) \|", r"| «5 \1 | 4 \2 |"),
    ("event", "row-without-bars", r"^\| (.*\{#place\}).*$", r"«\1"),
    # Braces
    ("visit", "unknown-property", OVERALL, r"{#overall «mandatory kind=csat}"),
    ("visit", "unknown-property", OVERALL, r"{#overall * «type=csat}"),
    ("visit", "unknown-kind", OVERALL, r"{#overall * kind=«stars}"),
    ("visit", "unreadable-property", OVERALL, r"{#overall «required: yes kind=csat}"),
    ("visit", "bad-id", OVERALL, r"{#«overall, *, kind=csat}"),
    ("visit", "id-without-braces", OVERALL, r"«[#overall * kind=csat]"),
    ("visit", "braces-not-last", r"\{#better\}", r"«{{#better}}"),
    ("visit", "unknown-kind", OVERALL, r"{#overall * kind=«csta}"),
    ("visit", "unknown-property", OVERALL, r"{#overall * «knd=csat}"),
    ("visit", "bad-id", OVERALL, r"{#«Overall * kind=csat}"),
    ("visit", "bad-id", r"\{#better\}", r"{#«ល្អ}"),
    ("visit", "bad-id", r"\{#better\}", r"{#«be-tter}"),
    ("visit", "bad-id", r"\{#better\}", r"{#«better,}"),
    ("visit", "bad-id", r"\{#better\}", r"{«# better}"),
    ("visit", "unclosed-brace", OVERALL, r"«{#overall * kind=csat"),
    ("visit", "unclosed-brace", r"\{#better\}", r"«{#better"),
    ("visit", "word-behind-id", r"\{#better\}", r"{#better «optional}"),
    ("visit", "bent-quotes", OVERALL, r"{#overall * kind=«“csat”}"),
    ("visit", "no-id", r" \{#better\}", r"" ),
    ("visit", "id-twice", r"^### (.*)\{#better\}", r"### «\1{#missing}"),
    ("visit", "reserved-id", r"\{#better\}", r"{#«share}"),
    ("visit", "property-twice", r"\{#better\}", r"{#better #«best}"),
    ("visit", "id-without-hash", r"\{#better\}", r"{«better}"),
    ("visit", "unknown-property", r"\{#thanks end\}", r"{#thanks «ende}"),
    ("visit", "unknown-property", r"\{#phone private\}", r"{#phone «privat}"),
    ("visit", "braces-not-last", r"\{#better\}", r"{#better} «*"),
    ("recommendation", "braces-not-last", r"\{#why\}", r"«{#why} {*}"),
    ("recommendation", "id-without-braces", r"\{#why\}", r"«#why"),
    ("recommendation", "id-without-braces", r"\{#why\}", r"«(#why)"),
    ("recommendation", "id-without-hash", r"\{#why\}", r"{«id=why}"),
    ("visit", "word-behind-id", r"\{#better\}", r"{#what «better}"),
    ("visit", "unreadable-property", r"\{na\}", r"{«n/a}"),
    ("recommendation", "unreadable-property", r'if="nps <= 8"', r"«if: nps <= 8"),
    ("recommendation", "unreadable-property", r'if="nps <= 8"', r'«if = "nps <= 8"'),
    ("complaint", "unreadable-property", r"\{#about \*\}", r"{#about * «max = 2}"),
    ("recommendation", "second-title", r"^### (.*\{#why\})", r"# «\1"),
    ("recommendation", "answers-below-page", r"^### (.*\{#why\})", r"## «\1"),
    ("recommendation", "line-makes-heading", r"^### (.*\{#why\})", r"\1\n«======="),
    ("recommendation", "line-makes-heading", r"^### (.*\{#why\})", r"\1\n«-------"),
    ("recommendation", "heading-without-hash", r"^### (.*\{#why\})", r"«**\1**"),
    ("recommendation", "heading-without-hash", r"^### (.*\{#why\})", r"«\1"),
    ("recommendation", "heading-without-hash", r"^### (.*) \{#why\}", r"«\1"),
    ("recommendation", "settings-not-first", r"\A---", r"«Hello\n---"),
    ("staff", "heading-indented", r"^### (.*\{#keep\})", r"    «### \1"),
    ("staff", "fence-in-text", r"^(### .*\{#keep\})", r"«```\n\1"),
    ("staff", "unclosed-strong", r"^(# .*)$", r"\1\n\nThis is «**important"),
    ("staff", "no-answers", r"^(### .*\{#keep\})", r"### «?\n\1"),
    ("after-sales", "single-braces", r"\{\{product\|(.*?)\}\}", r"«{product|\1}"),
    ("event", "link-scheme", r"^(### .*\{#best\})", r"\1\n\n[web](«javascript:alert)"),
    ("event", "odd-comment", r"^<!-- ", r"«<! -- "),
    ("complaint", "empty-page", r"^(## .*\{#reach\})", r"## «Empty {#empty}\n\n\1"),
    ("customer-service", "bad-link", r"^(### .*\{#best\})", r"\1\n\n«[x](pages/privacy.md"),
    # Conditions
    ("visit", "unknown-in-condition", FOUND, r'if="«fond in (partly, no)"'),
    ("visit", "unknown-answer-code", FOUND, r'if="found in (partly, «noo)"'),
    ("visit", "condition-sign", FOUND, r'if="found «== no"'),
    ("visit", "has-on-one-answer", FOUND, r'if="found «has no"'),
    ("visit", "own-question", FOUND, r'if="answered «missing"'),
    ("visit", "later-question", FOUND, r'if="answered «better"'),
    ("visit", "condition-sign", FOUND, r'if="found in «partly, no"'),
    ("visit", "unquoted-condition", FOUND, r"if=«found in (partly, no)"),
    ("visit", "unquoted-condition", r'if="overall <= 2"', r"if='«overall <= 2'"),
    ("visit", "bent-quotes", FOUND, r"if=«“found = no”"),
    ("visit", "empty-condition", FOUND, r"«if"),
    ("visit", "condition-sign", r'if="overall <= 2"', r'if="overall <= «២"'),
    ("visit", "condition-half", r'if="overall <= 2"', r'if="«overall"'),
    ("visit", "condition-joint", r'if="overall <= 2"', r'if="overall <= 2 «overall = 5"'),
    ("visit", "condition-bracket", r'if="overall <= 2"', r'if="«(overall <= 2"'),
    ("visit", "condition-sign", r'if="overall <= 2"', r'if="overall «≤ 2"'),
    ("visit", "empty-comparison", r'if="overall <= 2"', r'if="overall > «5"'),
    ("visit", "full-comparison", r'(#call) if="overall <= 2"', r'\1 if="overall <= «5"'),
    ("recommendation", "full-comparison", r'if="nps <= \d+"', r'if="nps <= «10"'),
    ("visit", "unclosed-quote", r'if="overall <= 2"', r'if=«"overall <= 2'),
    ("complaint", "unknown-in-condition", r'if="answered contact"', r'if="«answerd contact"'),
    ("complaint", "unknown-in-condition", r'if="answered contact"', r'if="«nto answered contact"'),
    ("complaint", "condition-sign", r'if="answered contact"', r'if="about «hass staff"'),
    ("customer-service", "condition-sign", r'(sorry if="overall <= 2) or', r"\1 «orr"),
    ("customer-service", "condition-sign", r'(sorry if="overall <= 2) or', r"\1 «ou"),
    ("customer-service", "condition-sign", r'(sorry if="overall <= 2) or', r"\1 «ឬ"),
    ("customer-service", "condition-sign", r'(sorry if="overall <= 2) or', r"\1 «ຫຼື"),
    # Settings
    ("complaint", "setting-not-indented", r"^  within: ", r"«within: "),
    ("visit", "setting-not-indented", r"^  within: ", r"«within: "),
    ("visit", "unknown-setting", r"^(lang: ..)$", r"\1\n«hide_below: 10"),
    ("visit", "setting-indented", r"^lang: ", r"  «lang: "),
    ("visit", "wrong-setting", r"^(lang: ..)$", r"\1\nlanguages: «km, lo"),
    ("staff", "setting-not-indented", r"^  hide_below: ", r"«hide_below: "),
    ("visit", "settings-unreadable", r"^  within: 2", r"  «within:2"),
    ("visit", "not-a-setting", r"^lang: (..)$", r"«lang=\1"),
    ("visit", "wrong-setting", r"^lang: (..)$", r"lang: «“\1”"),
    ("complaint", "wrong-setting", r"within: 1 day", r"within: «1"),
    ("complaint", "wrong-setting", r"within: 1 day", r"within: «១ day"),
    ("visit", "not-a-setting", r"^lang: (..)$", r"«lang \1"),
    ("visit", "unknown-setting", r"^lang: (..)$", r"«langage: \1"),
    ("visit", "unknown-setting", r"^lang: (..)$", r"«language: \1"),
    ("visit", "wrong-setting", r"^lang: ..$", r"lang: «khmer"),
    ("visit", "unknown-setting", r"^followup:", r"«folowup:"),
    ("visit", "unknown-setting", r"^  within:", r"  «whithin:"),
    ("visit", "wrong-setting", r"2 days$", r"«two days"),
    ("visit", "settings-tab", r"^  within:", r"«\twithin:"),
    ("visit", "unknown-in-condition", r"answered phone\n", r"answered «fone\n"),
    ("visit", "settings-not-closed", r"\A---\n(lang: ..\n)(?s:.*?)---\n", r"«---\n\1"),
    ("visit", "setting-twice", r"^(lang: ..)$", r"\1\n«\1"),
    # Tables
    ("customer-service", "table-parted", r"^(\| .*\{#listen\})", r"\n«\1"),
    ("event", "wide-sign", r"^\|(.*\{#place\})", r"«¦\1"),
    ("event", "wide-sign", r"^(\|.*\{#place\} +)\|", r"\1«│"),
    ("event", "no-rule-line", r"^(\|.*\(5\).*)\n\|[-:| ]+\n", r"«\1\n"),
    ("event", "column-without-code", r"\| \(4\) (.*?) \|", r"| «\1 |"),
    ("event", "missing-cell", r"^(\| .*\{#place\} +\|) +\|", r"«\1"),
    ("event", "too-many-cells", r"^(\| .*\{#place\}.*\|)$", r"\1 «x |"),
    ("event", "text-in-cell", r"^(\| .*\{#place\} *)\| +\|", r"\1| «good |"),
    ("event", "no-id", r"^\| (.*?) \{#place\}", r"| «\1"),
    ("event", "id-twice", r"^\| (.*?\{#)place\}", r"| «\1speakers}"),
    ("event", "rule-line-differs", r"^\|[-:|]+\|$", r"«|---|---|"),
    ("event", "code-before-row", r"^\| (.*?) \{#place\}", r"| «(place) \1"),
    ("event", "row-without-text", r"^\|[^|]*\{#place\}", r"«| {#place}"),
    ("event", "bad-code", r"\| \(4\) ", r"| («៤) "),
    ("event", "code-twice", r"\| \(4\) ", r"| («5) "),
    ("event", "wrong-bracket", r"\| \(4\) ", r"| «(4] "),
)  # fmt: skip
ELSEWHERE = {"no-answers", "nps-not-0-to-10"}
"""Told at the question, not at the edit."""
CASES = [(number, code) for number in range(len(SLIPS)) for code in LANGUAGES]


@cache
def planted(number: int, language: str) -> tuple[str, int, int]:
    """Return a starter with one slip in it, and where the message should stand."""
    name, slug, old, new = SLIPS[number]
    sound = starters.text(name, language)
    text, count = re.subn(old, new, sound, count=1, flags=re.MULTILINE)
    assert count == 1, f"{old} is not in {name}/{language}"
    if "«" not in text:
        place = {
            "no-answers": "### ", "no-id": "### ", "nps-not-0-to-10": "### "
        }[slug]  # fmt: skip
        lines = text.splitlines()
        named = {"no-answers": "{#better}", "nps-not-0-to-10": "{#nps"}.get(slug, "")
        gone = [n for n, line in enumerate(lines) if line.startswith(place)]
        at = next(n for n in gone if (named in lines[n] if named else "{" not in lines[n]))
        return text, at + 1, len(place) + 1
    before, _, after = text.partition("«")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def told(text: str) -> list[tuple[str, int, int]]:
    notes = Notebook()
    source = decode("content/visit.md", text.encode(), notes)
    assert source is not None
    read(source, ProjectSettings(languages=LANGUAGES), notes)
    urgent = (d for d in notes if d.severity is not Severity.NOTE)
    return [(d.code.slug, d.span.line, d.span.column) for d in urgent]


@pytest.mark.parametrize(
    ("number", "language"), CASES, ids=[f"{SLIPS[n][1]}-{n}-{c}" for n, c in CASES]
)
def test_a_slip_gives_one_message_on_its_line(number, language):
    text, line, _ = planted(number, language)
    found = told(text)
    assert [(slug, at) for slug, at, _ in found] == [(SLIPS[number][1], line)]


@pytest.mark.slow
def test_nearly_every_message_stands_on_its_column():
    right = [
        told(planted(n, code)[0])[:1] == [(SLIPS[n][1], *planted(n, code)[1:])] for n, code in CASES
    ]
    wrong = [CASES[n] for n, good in enumerate(right) if not good]
    assert sum(right) / len(right) >= COLUMNS, wrong


def test_the_corpus_is_large():
    assert len(SLIPS) * len(LANGUAGES) >= 300
