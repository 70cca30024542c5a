"""One planted mistake, one message: its slug, and the place marked with « in the text.

Rules:
1. each mistake gives exactly one message, follow-on errors are not told;
2. the message points at the line and column (code points) of the offending text;
3. the sentence quotes it, and no slot of the sentence stays empty;
4. the same survey without the mistake gives none.
"""

# ruff: noqa: E501 — a planted mistake reads best on one line
from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from mati.diagnostics import Notebook, Source, sentence
from mati.model import ProjectSettings, Settings
from mati.reader import read

HEAD = "---\nlang: en\n---\n\n# Visit\n\n"
PAIR = "- (good) Good\n- (bad) Bad\n"
ASK = "### How was it? {#visit}\n\n" + PAIR
WRONG = "### What was it? {#wrong}\n\n- [late] Late\n- [dirty] Dirty\n\n"
MARK = "### How many stars? {#stars}\n\n- (3) Three\n- (2) Two\n- (1) One\n\n"
PROJECT = ProjectSettings(
    timezone="UTC", zone=UTC, defaults=replace(Settings(), lang=""), languages=("en",)
)


def setting(lines: str) -> str:
    return f"---\nlang: en\n{lines}\n---\n\n# Visit\n\n{ASK}"


def table(heading: str, *rows: str, rule: str = "|---|---|---|") -> str:
    return HEAD + "### Our staff {#staff}\n\n" + "\n".join((heading, rule, *rows)) + "\n"


def ask(block: str, properties: str = "{#visit}") -> str:
    return f"{HEAD}### How was it? {properties}\n\n{block}\n"


def shown_if(condition: str, before: str = "") -> str:
    return f'{HEAD}{before or MARK}### Why? {{#why if="{condition}"}}\n\n___\n'


STARS = "| Our staff … | (2) Good | (1) Bad |"
KIND_ROW = "| was kind {#kind} |  |  |"

MISTAKES = {
    # Settings
    "settings-not-closed": ["«---\nlang: en\n\n# Visit\n\n" + ASK],
    "settings-tab": [setting("report:\n«\tpublic: true")],
    "not-a-setting": [setting("«languages km"), "---\n«just words\n---\n\n# Visit\n\n" + ASK],
    "settings-unreadable": [setting("hidden: «{branch: {pp: Phnom Penh}")],
    "settings-too-long": ["---\n«lang: en" + " " * 2000 + "\n---\n\n# Visit\n\n" + ASK],
    "setting-twice": [setting("«lang: km")],
    "unknown-setting": [
        setting("«langauges: [km]"),
        setting("report:\n  «pubic: true"),
        setting("«ភាសា: km"),
    ],
    "project-setting": [setting("«timezone: Asia/Phnom_Penh")],
    "wrong-setting": [
        setting("max: «many"),
        setting("report: {public: «perhaps}"),
        setting("languages: [km, «Khmer]"),
        setting("open: «31.12.2026"),
        setting("open: «2026-13-01"),
        setting("outdated: «hide"),
        setting("hidden: {branch: {«Phnom Penh: x}}"),
        setting("«send:"),
        setting("max: «១០"),
    ],
    "no-language": ["«---\nsend: own\n---\n\n# Visit\n\n" + ASK, "«# Visit\n\n" + ASK],
    "close-before-open": [setting("open: 2026-12-02\nclose: «2026-12-01")],
    "setting-without-effect": [
        setting("«desk: public"),
    ],
    # Headings
    "no-space-after-hash": [HEAD + "«##Page\n\n" + ASK, HEAD + ASK + "\n«###More {#more}\n\n" + PAIR],
    "empty-heading": [HEAD + "«##\n\n" + ASK, HEAD + "«### {#visit}\n\n" + PAIR],
    "second-title": [HEAD + "# «Again\n\n" + ASK],
    "heading-too-deep": [HEAD + "«#### How was it? {#visit}\n\n" + PAIR],
    "line-makes-heading": [HEAD + "Welcome.\n«---\n\n" + ASK, HEAD + "Welcome.\n«===\n\n" + ASK],
    "no-title": ["---\nlang: en\n---\n«\n" + ASK],
    "no-question": ["---\nlang: en\n---\n\n«# Visit\n\nHello.\n"],
    "comment-not-closed": [HEAD + "«<!-- later\n\n" + ASK],
    # Attributes
    "bad-id": [
        HEAD + "### How? {#«Visit}\n\n" + PAIR,
        HEAD + "### How? {#«q១}\n\n" + PAIR,
        HEAD + "### How? {#«a__b}\n\n" + PAIR,
        HEAD + "## Page {#«my-page}\n\n" + ASK,
        setting("hidden: {«Branch: {pp: Phnom Penh}}"),
    ],
    "reserved-id": [HEAD + "### How? {#«mati_id}\n\n" + PAIR, HEAD + "## Hi {#«intro}\n\n" + ASK],
    "id-twice": [
        HEAD + ASK + "\n### «Again? {#visit}\n\n" + PAIR,
        table(STARS, KIND_ROW, "| «was nice {#kind} |  |  |"),
        ask("- Name: ___ {#name}\n- «Other: ___ {#name}"),
        setting("hidden: {visit: {pp: Phnom Penh}}").replace("### How", "### «How"),
    ],
    "names-clash": [
        table(STARS, KIND_ROW) + "\n### «How was it? {#staff_kind}\n\n" + PAIR,
    ],
    "no-id": [
        HEAD + "### «How was it?\n\n" + PAIR,
        table(STARS, "| «was kind |  |  |"),
        ask("- «Name: ___"),
    ],
    "unknown-property": [ask(PAIR, "{#visit «requird}"), HEAD + "## Page {«iff=x}\n\n" + ASK],
    "property-not-here": [
        ask(PAIR, "{#visit «end}"),
        ask(PAIR, "{#visit «placeholder=x}"),
        ask("- (good) Good {«only}\n- (bad) Bad"),
        HEAD.replace("# Visit", "# Visit {#«v}") + ASK,
        table(STARS, "| was kind {#kind «if=x} |  |  |"),
    ],
    "property-twice": [ask(PAIR, "{#visit * «required}"), ask(PAIR, "{#visit #«again}")],
    "bad-property-value": [
        ask("___", "{#visit min=«few}"),
        ask(PAIR, "{#visit required=«no}"),
        ask(PAIR, "{#visit shuffle=«yes}"),
    ],
    "empty-condition": [ask(PAIR, '{#visit «if=""}'), ask(PAIR, "{#visit «if}")],
    "unknown-kind": [ask(PAIR, "{#visit kind=«csta}"), HEAD + "### How? {#a kind=«npss}\n"],
    "unknown-look": [ask(PAIR, "{#visit as=«stairs}")],
    "unreadable-property": [
        ask(PAIR, "{#visit «?}"),
    ],
    "bent-quotes": [ask("___", "{#visit placeholder=«“x”}"), ask("___", "{#visit placeholder=««x»}")],
    "unquoted-condition": [HEAD + MARK + "### Why? {#why if=«stars in (1, 2)}\n\n___\n"],
    "id-without-hash": [
        ask(PAIR, "{«id=visit}"),ask(PAIR, "{«visit}"), ask(PAIR, "{«visit *}")],
    "unclosed-brace": [ask(PAIR, "«{#visit *"), ask("- Name: ___ «{#name")],
    "unclosed-quote": [ask(PAIR, '{#visit if=«"x = 1}')],
    # Questions and answers
    "answer-without-dash": [
        ask("«☐ Good\n☐ Bad"),
        ask("«😀 Good\n🙁 Bad"),
        ask("«1 2 3 4 5"),
        ask("«Name: ___\nPhone: ___ phone"),
    ],
    "answer-without-question": [HEAD + "- «(good) Good\n- (bad) Bad\n\n" + ASK, HEAD + "«___\n\n" + ASK],
    "second-answers": [ask(PAIR + "\n«___")],
    "no-answers": [HEAD + "### «How was it? {#visit}\n", HEAD + "### «How? {#a kind=scale}\n"],
    "answers-not-for-kind": [ask(PAIR, "{#visit kind=«text}")],
    "question-in-ending": [HEAD + ASK + "\n## Bye {#bye end}\n\n### «Why? {#why}\n\n___\n"],
    "unknown-input": [ask("___ «emial"), ask("- Name: ___ «nuber {#name}")],
    "bad-range": [ask("___ number «1-10"), ask("___ number «9..1"), ask("___ number «៩ ដល់ ១")],
    "range-not-here": [ask("___ date «1..3"), ask("- Day: ___ date «01/12/2025..31/12/2025 {#day}")],
    "wrong-bracket": [ask("- «(good] Good\n- (bad) Bad")],
    "unclosed-bracket": [ask("- (good) Good\n- «(bad Bad")],
    "bad-code": [
        ask("- («Good) Good\n- (bad) Bad"),
        ask("- («៥) Good\n- (1) Bad"),
        ask("- [a] A\n- [«໒] B"),
    ],
    "code-twice": [ask("- (good) Good\n- («good) Better\n- (bad) Bad")],
    "no-code": [ask("- «() Good\n- (bad) Bad")],
    "answer-without-text": [ask("- («good)\n- (bad) Bad"), ask("- A: ___ {#a}\n- «___ {#b}")],
    "ending-as-question": [HEAD + ASK + "\n### «Thanks {#bye end}\n\nSee you.\n"],
    "odd-break": [HEAD + "«***\n\n" + ASK, HEAD + "«* * *\n\n" + ASK],
    "row-without-bars": [table(STARS, KIND_ROW, "«- quick {#quick} | | |"), table(STARS, KIND_ROW, "«quick {#quick}", "| polite {#polite} | | |")],
    "heading-indented": [HEAD + ASK + "\n    «### Why? {#why}\n\n___\n", HEAD + "\t«### Why? {#why}\n\n___\n"],
    "heading-without-hash": [
        HEAD + "«**How was it?**\n\n" + PAIR,
        HEAD + ASK + "\n«What now\n\n___\n",
        HEAD + ASK + "\n«Why? {#why *}\n\n___\n",
        HEAD + ASK + "\n«**Why? {#why}**\n\n___\n",
        HEAD + "1. «**How was it?**\n\n" + PAIR,
        HEAD + "«Q1: How was it?\n" + PAIR,
        HEAD + "«Which? (choose one)\n\n" + PAIR,
        HEAD + ASK + "\n2. «Which? (choose one)\n" + PAIR,
    ],
    "answers-below-page": [HEAD + "## «Why? {#why}\n\n___\n", HEAD + "## «Why?\n\n" + PAIR],
    "empty-page": [HEAD + "## «Hello\n\n## Page\n\n" + ASK],
    "fence-in-text": [HEAD + "«```\n" + ASK + "```\n", HEAD + "«~~~ md\n" + ASK, HEAD + "Hello\n«```\n\n" + ASK],
    "odd-comment": [HEAD + "«<! -- later -->\n\n" + ASK, HEAD + "«<-- later -->\n\n" + ASK, HEAD + "«<!- later -->\n\n" + ASK],
    "settings-not-first": ["«Hello\n" + HEAD + ASK, "«Hello\n\n" + HEAD + ASK],
    "id-without-braces": [ask(PAIR, "«#visit"), ask(PAIR, "«(#visit)"), ask(PAIR, "«[# Visit]")],
    "braces-not-last": [
        ask(PAIR, "{#visit} «*"),
        ask(PAIR, "«{#visit} {*}"),
        ask(PAIR, "{#visit *} «today"),
        HEAD + "## Page {#page} «today\n\n" + ASK,
    ],
    "word-behind-id": [ask(PAIR, "{#visit «today}")],
    "unclosed-strong": [
        HEAD + "This is «**good.\n\n" + ASK,
        HEAD + "**Very** good«**.\n\n" + ASK,
        HEAD + "**A**\nand «**b\n\n" + ASK,
    ],
    "bad-link": [
        HEAD + "Call «[us](tel:012 345 678) now.\n\n" + ASK,
        HEAD + "See «(our page)[https://example.com]\n\n" + ASK,HEAD + "See «[us](https://example.com\n\n" + ASK],
    "single-braces": [HEAD + "Hello «{survey.title|you}, welcome.\n\n" + ASK, HEAD + "Hello «{name} there.\n\n" + ASK],
    "link-scheme": [
        HEAD + "[a](«javascript:alert)\n\n" + ASK,
        HEAD + "[a](«htps://example.com)\n\n" + ASK,
        HEAD + "[a](«localhost:80/a)\n\n" + ASK,
    ],
    "answers-without-codes": [
        ask("- «Good\n- Bad"), ask("1. «Good\n2. Bad"), ask("- «Good", "{#visit kind=consent}"),
    ],
    "item-without-code": [ask("- (good) Good\n- «Bad\n- (ugly) Ugly"), ask("- «Bad\n- (ugly) Ugly\n- (good) Good")],
    "mixed-brackets": [ask("- (good) Good\n- «[bad] Bad")],
    "impossible-scale": [
        ask("- («០..១០) Low … High"), ask("- («1 … 7) Low … High"), ask("- («1-7) Low … High"),
        ask("- («10..0) Low … High"), ask("- («0..100) Low … High")],
    "scale-needs-two-labels": [ask("- (0..10) «Low to high"), ask("- «(0..10)")],
    "scale-and-answers": [ask("- (0..10) Low … High\n- «(x) Other")],
    "field-without-line": [ask("- Name: ___ {#name}\n- «Reason {#reason}")],
    "unknown-scale": [ask("- («quality)"), table("| Staff | («quality) |", "| kind {#kind} | |", rule="|---|---|")],
    "looks-like-answer": [
        ask("«(good) Good\n\n" + PAIR),
        ask("«-(good) Good\n\n" + PAIR),
        ask("«– (good) Good\n\n" + PAIR),
        ask("«• [good] Good\n\n" + PAIR),
        ask("«Good\nFair\nBad", "{#visit kind=csat}"),
        ask("«Good / Fair / Bad", "{#visit kind=csat}"),
        ask("«5\tGood\n4\tFair\n3\tBad", "{#visit kind=csat}"),
    ],
    "image-in-sentence": [
        HEAD + "Look: «![Blue cup](a.jpg)\n\n" + ASK,
        HEAD + "### Which «![Blue cup](a.jpg) cup? {#cup}\n\n" + PAIR,
    ],
    "html-in-text": [
        ask("- (a) «<b>A</b>\n- (b) B"),
        HEAD + "Hello,\nyou «<img src=x> there\n\n" + ASK,
    ],
    "image-without-words": [
        ask("- (a) «![](a.jpg) A\n- (b) B"),
        ask("- (a) «![ ](a.jpg)\n- (b) B"),
        HEAD + "«![](a.jpg)\n\n" + ASK,
    ],
    "bad-image-path": [
        ask("- (a) ![A](«https://example.com/a.jpg) A\n- (b) B"),
        ask("- (a) ![A](«/a.jpg)\n- (b) B"),
        ask("- (a) ![A](«../a.jpg)\n- (b) B"),
        ask("- (a) ![A](«C:\\a.jpg)\n- (b) B"),
        HEAD + "«![A]()\n\n" + ASK,
    ],
    "text-after-answers": [ask(PAIR + "\n«Thank you.")],
    "ranking-too-long": [HEAD + "### «Order {#a}\n\n" + "".join(f"1. (c{n}) C\n" for n in range(11))],
    "line-not-here": [HEAD + "### Order {#a}\n\n1. (a) A\n2. «(b) B: ___\n"],
    "scale-in-disorder": [
        ask("- «(2) Good\n- (3) Fair\n- (1) Bad"),
        ask("- «(4) A\n- (5) B\n- (3) C\n- (2) D\n- (1) E", "{#visit kind=csat}"),
        table("| Staff | (1) Bad | «(3) Good | (2) Fair |", "| kind {#kind} | | | |", rule="|---|---|---|---|"),
    ],
    "shuffled-scale": [HEAD + "### «Is it? {#visit shuffle}\n\n- (3) A\n- (2) B\n- (1) C\n"],
    "only-one-answer": [HEAD + "### Order {#a}\n\n1. «(a) A\n", ask("- «(good) Good")],
    "nps-not-0-to-10": [HEAD + "### «How? {#a kind=nps}\n\n- (1..5) Low … High\n"],
    "ces-not-1-to-7": [HEAD + "### «How? {#a kind=ces}\n\n- (1..6) Hard … Easy\n"],
    "csat-not-1-to-5": [HEAD + "### «How? {#a kind=csat}\n\n- (2) Good\n- (1) Bad\n"],
    "unknown-autocomplete": [
        HEAD + "To write.\n\n### Mail {#mail private autocomplete=«emial}\n\n___ email\n",
        HEAD + "### You {#you}\n\n- Name: ___ {#name autocomplete=«nmae}\n",
    ],
    "consent-needs-one-box": [HEAD + "### «Data {#a kind=consent}\n\n- [a] A\n- [b] B\n"],
    "impossible-limits": [
        HEAD + "### «How? {#a min=9 max=3}\n\n___ number\n",
        HEAD + "### «How? {#a min=9000}\n\n___\n",
        HEAD + "### «How? {#a min=3 max=2}\n\n- [a] A\n- [b] B\n"],
    # Grids
    "column-without-code": [table("| Staff | «Good | Bad |", KIND_ROW), table("| Staff | (2) Good | «Bad |", KIND_ROW)],
    "no-rule-line": [ask("«" + STARS + "\n" + KIND_ROW, "{#staff}")],
    "rule-line-differs": [table(STARS, KIND_ROW, rule="«|---|---|")],
    "too-many-cells": [table(STARS, "| was kind {#kind} |  |  | «x |")],
    "missing-cell": [table(STARS, "«| was kind {#kind} |  |", KIND_ROW.replace("kind}", "k}"))],
    "text-in-cell": [table(STARS, "| was kind {#kind} | «yes |  |")],
    "code-before-row": [table(STARS, "| «(kind) was kind |  |  |"), table(STARS, "| «(1) was kind |  |  |")],
    "row-without-text": [table(STARS, KIND_ROW, "«|  |  |  |")],
    "table-parted": [table(STARS, KIND_ROW, "\n«| was quick {#quick} |  |  |")],
    "too-many-columns": [table("«|" + " x |" * 42, KIND_ROW)],
    "no-rows": [table("«" + STARS)],
    # Conditions and piping
    "condition-syntax": [
        shown_if("stars «<"),
        shown_if("stars = «= 2"),
        shown_if("stars < 2«, 3"),
        shown_if("stars = 1 «and"),
        shown_if("stars != «(1, 2)"),
    ],
    "condition-half": [
        shown_if("«stars"),
        shown_if("«stars 1"),
        shown_if("«stars and stars = 1"),
        shown_if("stars = 1 or («stars)"),
    ],
    "condition-joint": [shown_if("stars = 1 «stars = 2"), shown_if("stars = 1 «(stars = 2)")],
    "condition-bracket": [shown_if("«(stars = 1"), shown_if("stars = 1«)"), shown_if("stars in «(1, 2")],
    "page-in-condition": [
        setting("followup: {if: «here = 1}").replace("# Visit\n", "# Visit\n\n## Page {#here}\n"),
        HEAD + "## Page {#here}\n\n" + MARK + '### Why? {#why if="«here = 1"}\n\n___\n',
    ],
    "unknown-in-condition": [shown_if("stars = 1 or «2"), shown_if("«star <= 2"), setting("hidden: {branch: {pp: PP}}").replace("{#visit}", '{#visit if="«bransh = pp"}')],
    "condition-sign": [
        shown_if("stars «= 1, 2"),
        shown_if("stars in «1, 2"),
        shown_if("«2 >= stars"),
        shown_if("«stars: 2"),
        shown_if("«!answered stars"),
        shown_if("stars «equals 2"),
        shown_if("stars «less than 3"),
        shown_if("stars = 1 «ou stars = 2"),
        shown_if("wrong «contains late", WRONG),
        shown_if("stars <= 2 «&& stars = 1"),
        shown_if("stars «== 2"),
        shown_if("stars «≤ 2"),
        shown_if("wrong has late «AND wrong has cold", WRONG),
        shown_if("«NOT stars = 2"),
        shown_if("wrong «HAS late", WRONG),
        shown_if("people > «៥", "### People {#people}\n\n___ number\n\n"),
        shown_if("stars = «២"),
        shown_if("stars = «'2'"),
        shown_if("stars «is not 2"),
        shown_if("«stars not in (1, 2)"),
        shown_if("stars «= (1, 2)"),
        shown_if("stars in («1 2)"),
        shown_if("not «answered(stars)"),
    ],
    "own-question": [HEAD + '### Why? {#why if="«answered why"}\n\n___\n'.replace("«answered ", "answered «")],
    "later-question": [HEAD + '### Why? {#why if="«stars = 1"}\n\n___\n\n' + MARK],
    "has-on-one-answer": [shown_if("stars «has 2")],
    "has-needed": [shown_if("wrong «= late", WRONG)],
    "not-ordered": [shown_if("visit «<= 2", ASK + "\n")],
    "unknown-answer-code": [shown_if("stars = «4"), shown_if("wrong has (late, «durty)", WRONG)],
    "not-a-number": [
        shown_if("stars <= «two"),
        shown_if("people > «2026-12-31", "### People {#people}\n\n___ number\n\n"),
    ],
    "not-a-date": [
        shown_if("day < «31.12.2026", "### Day {#day}\n\n___ date\n\n"),
        shown_if("day < «2026-02-30", "### Day {#day}\n\n___ date\n\n"),
        shown_if("day < «5", "### Day {#day}\n\n___ date\n\n"),
    ],
    "not-a-time": [shown_if("at > «25:00", "### At {#at}\n\n___ time\n\n")],
    "empty-comparison": [shown_if("stars > «3")],
    "full-comparison": [shown_if("stars <= «3")],
    "typed-compared": [shown_if("name «= x", "### Name {#name}\n\n___\n\n")],
    "unclosed-pipe": [HEAD + "Welcome to «{{branch|us\n\n" + ASK],
    "unknown-pipe": [HEAD + "Welcome to {{«branch|us}}\n\n" + ASK],
    "no-shop-name": [HEAD + "Welcome to {{«survey.shop}}\n\n" + ASK],
    "pipe-of-later": [HEAD + "Is it {{«visit|good}}?\n\n" + ASK],
    "pipe-in-ending": [HEAD + ASK + "\n## So {{«visit|good}}! {#end end}\n"],
    "reward-in-condition": [
        setting("reward: {code: X1}") + '\n## Bye {#bye end if="visit = good"}\n\nCode: {{«reward.code}}\n'
    ],
    "private-pipe": [HEAD + "Hi {{«phone|you}}\n\n### Phone {#phone private}\n\nTo call you.\n\n___ phone\n"],
    "pipe-without-fallback": [setting("hidden: {branch: {pp: PP}}").replace("# Visit", "# Visit {{«branch}}")],
    "never-shown": [
        HEAD + MARK + '## «More {#more if="stars = 1 and stars = 2"}\n\n### Why? {#why}\n\n___\n',
        shown_if("stars = 1 and not answered stars").replace("### Why", "### «Why"),
    ],
    "ending-never-shown": [
        HEAD + MARK + '## Sorry {#a end if="stars <= 2"}\n\n## «Bad {#b end if="stars = 1"}\n',
    ],
    "two-endings": [HEAD + ASK + "\n## Bye {#a end}\n\n## «Bye again {#b end}\n"],
    "required-and-conditional": [
        shown_if("stars = 1").replace("### Why? {#why", "### «Why? {#why *"),
    ],
    "contact-not-private": [
        HEAD + "To call you.\n\n### «Your phone {#phone}\n\n___ phone\n",
        HEAD + "To call.\n\n### «You {#you}\n\n- Name: ___ {#name}\n- Mail: ___ email {#mail}\n",
    ],
    "ending-not-marked": [HEAD + ASK + "\n## «Thanks {#bye}\n\nSee you.\n"],
    "contact-without-purpose": [HEAD + "### «Your phone {#phone private}\n\n___ phone\n"],
    "contact-without-consent": [
        (
            "---\nlang: en\nfollowup: {if: visit = bad, within: 2 days, again: 14 days}\n"
            "retention: {contacts: 17 days}\n---\n\n# Visit\n\n" + ASK +
            "\n### «Phone {#phone private}\n\nTo call you.\n\n___ phone\n"
        )
    ],
    "reward-for-good-marks": [
        (
            "---\nlang: en\nreward: {code: X1}\n---\n\n# Visit\n\n### How? {#how kind=nps}\n\n"
            '## Bye {#bye end}\n\n{{«reward.code}}\n\n## Sorry {#sorry end if="how <= 6"}\n'
        ),
        (
            "---\nlang: en\nreward: {code: X1}\n---\n\n# Visit\n\n### How? {#how kind=csat}\n\n"
            '### Why? {#why if="how >= 4"}\n\nFor {{«reward.code}}.\n\n___\n'
        ),
    ],
    "consent-in-prefill": [
        "---\nlang: en\nprefill: [«ok]\n---\n\n# Visit\n\n### Data {#ok kind=consent}\n\n- [yes] Yes\n"
    ],
    "unknown-name-in-setting": [setting("report: {segments: [«vist]}"), setting("prefill: [«nothing]"), setting("aliases: {old: «vist}"), setting("aliases: {old.a: «visit.godd}")],
    "alias-in-use": [setting("aliases: {«visit: stay, stay: visit}"), setting("aliases: {«visit.good: visit.bad}")],
    "alias-circle": [setting("aliases: {«a: b, b: a}"), setting("aliases: {«a: a.a}")],
    "private-in-setting": [
        ("---\nlang: en\nprefill: [«call.phone]\n---\n\n# Visit\n\nTo call you.\n\n"
        "### Call {#call private}\n\nFor a call.\n\n- Phone: ___ phone {#phone}\n"),
        ("---\nlang: en\nprefill: [«phone]\n---\n\n# Visit\n\nTo call you.\n\n"
        "### Phone {#phone private}\n\nFor a call.\n\n___ phone\n")
    ],
    "not-for-setting": [
        "---\nlang: en\nreport: {segments: [«why]}\n---\n\n# Visit\n\n### Why? {#why}\n\n___\n",
        ("---\nlang: en\nreport: {segments: [language, «what]}\n---\n\n# Visit\n\n"
        "### What? {#what}\n\n- [a] Tea\n- [b] Cake\n"),
    ],
    "empty-file": ["«", "«   \n\n\t\n"],
}  # fmt: skip

CASES = [
    (slug, number, text) for slug, texts in MISTAKES.items() for number, text in enumerate(texts)
]


@pytest.mark.parametrize(
    "agree",
    [
        "### Data {#ok kind=consent}\n\nWe keep it for a year.\n\n- [yes] I agree\n",
        '## More\n\n### Data {#ok kind=consent if="answered mail"}\n\nWe keep it.\n\n- [yes] Yes\n',
    ],
)
def test_a_consent_beside_a_contact_says_what_it_is_for(agree):
    settings = (
        "---\nlang: en\nfollowup: {if: visit = bad, within: 2 days}\n"
        "retention: {contacts: 365 days}\n---\n\n# Visit\n\n"
    )
    contact = "## Contact\n\n### Mail {#mail private}\n\n___ email\n\n"
    found = {slug for slug, *_ in found_in(settings + ASK + "\n" + contact + agree)}
    assert found <= {"setting-without-effect"}
    found = {slug for slug, *_ in found_in(settings + ASK + "\n" + contact)}
    assert "contact-without-purpose" in found


def found_in(text: str) -> list[tuple[str, int, int]]:
    notes = Notebook()
    read(Source("content/visit.md", text), PROJECT, notes)
    return [(d.code.slug, d.span.line, d.span.column) for d in notes]


@pytest.mark.parametrize(("slug", "number", "marked"), CASES, ids=[f"{s}-{n}" for s, n, _ in CASES])
def test_one_mistake_gives_one_message_at_its_place(slug, number, marked):
    before, _, after = marked.partition("«")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    plain = {"setting-without-effect"} - {slug}  # no mistake
    found = [one for one in found_in(before + after) if one[0] not in plain]
    assert found == [(slug, line, column)]


@pytest.mark.parametrize(("slug", "number", "marked"), CASES, ids=[f"{s}-{n}" for s, n, _ in CASES])
def test_every_slot_of_the_sentence_is_filled(slug, number, marked):
    notes = Notebook()
    read(Source("content/visit.md", marked.replace("«", "", 1)), PROJECT, notes)
    for diagnostic in notes:
        message, hint = sentence(diagnostic)
        names = {name for name, _ in diagnostic.values}
        for template in (diagnostic.code.message, diagnostic.code.hint):
            fields = {
                f for f in ("text", "id", "key", "name", "value") if "{" + f + "}" in template
            }
            assert fields <= names, (message, hint)


def hint_of(text: str) -> str:
    notes = Notebook()
    read(Source("content/visit.md", text), PROJECT, notes)
    (found,) = notes
    return sentence(found)[1]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (ask("- Name: ___ {#name}\n- Reason: {#reason}"), "write: - Reason: ___ {#reason}"),
        (ask("- Name: ___ {#name}\n- Reason"), "write: - Reason: ___"),
        (
            ask("–(good) Good\n\n" + PAIR),
            "write: - (good) Good",
        ),
    ],
)
def test_a_hint_can_be_typed_as_it_stands(text, hint):
    assert hint_of(text) == hint


def test_the_corpus_is_large_enough():
    assert len(CASES) >= 40


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ASK,
        shown_if("stars <= 2"),
        shown_if("wrong has (late, dirty)", WRONG),
        table(STARS, KIND_ROW),
        HEAD + "Do you have two minutes?\n\n- quick\n- free\n\n" + ASK,
        HEAD + "**Welcome!** Ready?\n\n## Start\n\n" + ASK,
        HEAD + "Hello\n\n---\n\n" + ASK,
        ask("😀 = good\n🙁 = bad\n\n- (2) 😀\n- (1) 🙁\n"),
        ask("A. Be honest.\nB. Be short.\n\n___\n"),
        ask("Think of:\n\n- food\n- place\n", "{#visit kind=csat}"),
        ask("Think of the food, the place and the people.\n", "{#visit kind=csat}"),
        ask("For example 10 / 20 / 30 dollars.\n\n___ number\n"),
        ask("What was good ... or bad .....\n\n___\n"),
        ask("- (18-25) 18 – 25\n- (26-35) 26 – 35\n- (36) older\n"),
        ask("- (2024) 2024\n- (2025) 2025\n- (2023) earlier\n"),
        ask("- [a] Wi-Fi (free)\n- [b] Parking (2 USD)\n- [c] Other (say which): ___\n"),
        ask("- (a) Is it good?\n- (b) Is it **very** good?\n"),
        HEAD + "2 ** 3, a < b, © 2026 ★★★ [tel](tel:+85512345678)\n\n" + ASK,
        HEAD + "### Follow #mati (room #4) {#visit}\n\n___\n",
    ],
)
def test_a_survey_without_mistakes_gives_no_message(text):
    assert found_in(text) == []


def test_all_mistakes_of_a_file_come_in_one_run():
    text = (
        setting("langauges: [km]").replace("{#visit}", "{#Visit}")
        + "\n### Why? {#why\n\n___ emial\n"
    )
    assert [slug for slug, *_ in found_in(text)] == [
        "unknown-setting", "bad-id", "unclosed-brace", "unknown-input",
    ]  # fmt: skip
