"""Mistakes of translators, planted in files of a project: each is found, and nothing else is.

The fourteen kinds, by number, and three that only look like one:

1. a placeholder of braces renamed   2. a placeholder left out     3. HTML added
4. a tag that is broken              5. a link that leads elsewhere 6. emphasis lost
7. a bidirectional override          8. look-alike letters in another order
9. text that was never translated    10. another script            11. too long for its place
12. the sign at the end lost         13. a new line at the end     14. an address mistyped
"""

from __future__ import annotations

import time
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mati.catalog import (
    DOUBTS,
    Catalog,
    Message,
    doubts,
    faults,
    forms_of,
    plural_rule,
    read_po,
    tongue,
)
from mati.cldr import script_of
from mati.cli import Shell
from mati.cli.translation import i18n
from mati.diagnostics import Code, Notebook, Severity, Source
from mati.merge import Unit, check_units, write_po

SURVEY = """\
---
lang: en
languages: [km]
hidden: {branch: {pp: Main}}
---

# Visit

How was it in {{branch|our shop}}? See [the rules](privacy/), **all** of them.

Write to shop@sokha.example, or call us.

### How was the food? {#food}

We have 5 kinds of it.

- (5) Good
- (1) Bad

### And these? {#grid}

| | (5) Good | (1) Bad |
|--|--|--|
| Taste {#taste} | | |
| Good {#look} | | |
"""
GOOD = {
    "visit.title": "ទស្សនកិច្ច",
    "visit.intro.p1": "នៅ{{branch}}យ៉ាងណាដែរ? សូមមើល[ច្បាប់](privacy/) **ទាំងអស់**។",
    "visit.intro.p1.or": "ហាងយើង",
    "visit.intro.p2": "សរសេរទៅ shop@sokha.example ឬទូរសព្ទមក។",
    "visit.food.label": "អាហារយ៉ាងណាដែរ?",
    "visit.food.help": "យើងមាន ៥ មុខ។",
    "visit.food.option.5": "ល្អ",
    "visit.food.option.1": "មិនល្អ",
    "visit.grid.label": "ចុះទាំងនេះវិញ?",
    "visit.grid.option.5": "ពេញចិត្ត",
    "visit.grid.option.1": "មិនពេញចិត្ត",
    "visit.grid.row.taste": "រសជាតិ",
    "visit.grid.row.look": "ស្រស់ស្អាត",
}
"""Decoys among them: digits of Khmer for a 5, and ``Good`` in two more places, each translated in
a way of its own."""
PLANTED = {
    "placeholder renamed": ("intro.p1", "{{branch}}", "{{សាខា}}", Code.PLACEHOLDERS_DIFFER),
    "placeholder left out": ("intro.p1", "{{branch}}", "ហាង", Code.PLACEHOLDERS_DIFFER),
    "html": ("food.label", "អាហារ", "<b>អាហារ</b>", Code.HTML_IN_TRANSLATION),
    "broken tag": ("food.label", "អាហារ", "<b អាហារ", Code.HTML_IN_TRANSLATION),
    "link": ("intro.p1", "privacy/", "https://evil.example", Code.LINK_NOT_IN_SOURCE),
    "emphasis": ("intro.p1", "**ទាំងអស់**", "ទាំងអស់", Code.MARKUP_DIFFERS),
    "override": ("food.label", "អាហារ", "\u202eអាហារ", Code.HIDDEN_CHARACTER),
    "look-alike": ("grid.row.look", "ស្រស់", "ស្រស់ ស្រ្តី", Code.NOT_NORMAL_FORM),
    "never translated": ("food.option.1", "មិនល្អ", "Bad", Code.SAME_AS_SOURCE),
    "other script": ("food.option.1", "មិនល្អ", "Pas bon", Code.WRONG_SCRIPT),
    "too long": ("grid.option.5", "ពេញចិត្ត", "ពេញចិត្តខ្លាំងណាស់ " * 3 + "ណា", Code.TOO_LONG),
    "question mark": ("food.label", "?", "", Code.END_SIGN_DIFFERS),
    "new line": ("food.label", "?", "?\\n", Code.EDGES_DIFFER),
    "address": ("intro.p2", "sokha.example", "sokka.example", Code.ADDRESS_DIFFERS),
}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        i18n, arguments, obj=Shell(root=root), standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("planted")
    (root / "content").mkdir()
    (root / "content" / "visit.md").write_text(SURVEY, "utf-8")
    run(root, "update")
    translated(root, {"site.hidden.branch": "សាខា", "site.hidden.branch.pp": "ធំ"}, "site")
    return root


def translated(root: Path, words: dict[str, str], domain: str = "visit") -> Path:
    path = root / "locales" / "km" / f"{domain}.po"
    catalog = read_po(Source(f"locales/km/{domain}.po", path.read_text("utf-8")), Notebook())
    assert catalog.head is not None
    messages = [m._replace(strings=(words.get(m.context, ""),)) for m in catalog.messages.values()]
    text = write_po(catalog.head, messages).replace("\\\\n", "\\n")
    path.write_text(text, "utf-8")
    return path


def test_a_good_file_and_its_decoys_raise_no_alarm(project):
    translated(project, GOOD)
    result = run(project, "check", "km", "--strict")
    assert result.output == "No problems.\n"
    assert result.return_value == 0


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_found_where_it_stands_and_nothing_else(project, name):
    part, old, new, code = PLANTED[name]
    context = f"visit.{part}"
    assert old in GOOD[context]
    path = translated(project, {**GOOD, context: GOOD[context].replace(old, new, 1)})
    lines = path.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line == f'msgctxt "{context}"')
    line = next(n for n in range(at, len(lines)) if lines[n].startswith("msgstr")) + 1
    result = run(project, "check", "km")
    firsts = [one for one in result.output.split("\n") if one.startswith("locales/")]
    sort = "warning" if code in DOUBTS else "error"
    assert [one.split("]")[0] for one in firsts] == [
        f"locales/km/visit.po:{line}:1: {sort} [{code.slug}"
    ]
    assert context in firsts[0]
    assert "= hint: " in result.output
    assert result.return_value == (0 if code in DOUBTS else 1)
    assert run(project, "check", "km", "--strict").return_value == 1


def test_there_are_fourteen_kinds():
    assert len(PLANTED) == 14


def test_a_translator_may_say_that_it_is_right_so(project):
    path = translated(project, {**GOOD, "visit.food.option.1": "Bad"})
    text = path.read_text("utf-8")
    spared = text.replace(
        '#: content/visit.md\nmsgctxt "visit.food.option.1"',
        '# ok: same-as-source\n#: content/visit.md\nmsgctxt "visit.food.option.1"',
    )
    assert spared != text
    path.write_text(spared, "utf-8")
    assert run(project, "check", "km", "--strict").return_value == 0


def test_json_names_file_line_and_what_to_write(project):
    translated(project, {**GOOD, "visit.food.label": "អាហារយ៉ាងណាដែរ"})
    output = run(project, "check", "km", "--format", "json").output
    assert '"code": "end-sign-differs"' in output
    assert '"hint": "end it with: ?"' in output


def found(source: str, string: str, language: str = "km", **more: object) -> list[str]:
    speech = tongue(language)
    return [fault.code.slug for fault in doubts(source, string, speech, **more)]


@pytest.mark.parametrize(
    ("language", "source", "string"),
    [
        ("km", "Good.", "ល្អ។"),
        ("km", "Good.", "ល្អ ។"),
        ("km", "Wow!", "អស្ចារ្យ។"),
        ("km", "Name:", "ឈ្មោះ៖"),
        ("km", "Sending …", "កំពុងផ្ញើ..."),
        ("km", "Is it **good?**", "តើវា **ល្អទេ?**"),
        ("lo", "Good.", "ດີ"),
        ("lo", "Good.", "ດີ."),
        ("th", "Good?", "ดีไหม"),
        ("ar", "Good?", "جيد؟"),
        ("zh", "Good.", "好。"),
        ("ja", "Good?", "いいですか。"),
        ("el", "Good?", "Καλό;"),
        ("hi", "Good.", "अच्छा।"),
        ("fr", "Name:", "Nom :"),
        ("km", "(optional)", "(មិនចាំបាច់)"),
        ("km", "See [here](a/?x)", "មើល[ទីនេះ](a/?x)"),
        ("km", "for {name}", "សម្រាប់ {name}"),
    ],
)
def test_each_language_ends_its_sentences_in_its_own_way(language, source, string):
    assert found(source, string, language) == []


@pytest.mark.parametrize(
    ("language", "source", "string", "offer"),
    [
        ("km", "Good?", "ល្អ", "?"),
        ("km", "Good.", "ល្អ", "។"),
        ("km", "Good", "ល្អ។", ""),
        ("ar", "Good?", "جيد", "؟"),
        ("zh", "Good.", "好", "。"),
        ("lo", "Good?", "ດີ", "?"),
        ("km", "Name:", "ឈ្មោះ", ":"),
    ],
)
def test_a_lost_or_added_sign_is_told_with_the_right_one(language, source, string, offer):
    [fault] = doubts(source, string, tongue(language))
    assert (fault.code, fault.offer) == (Code.END_SIGN_DIFFERS, offer)


@pytest.mark.parametrize(
    ("language", "string"),
    [
        ("km", "ល្អ\u200bណាស់"),
        ("lo", "ດີ\u200bຫຼາຍ"),
        ("th", "ดี\u200bมาก"),
        ("fa", "می\u200cخواهم"),
        ("ar", "جيد\u200e"),
    ],
)
def test_signs_that_a_script_needs_are_no_alarm(language, string):
    assert found("Good", string, language) == []


@pytest.mark.parametrize("sign", ["\u00ad", "\u200e", "\ufeff", "\u2060", "\u3164"])
def test_signs_that_nobody_sees_are_told(sign):
    assert found("Good", f"ល្អ{sign}ណាស់") == ["invisible-character"]
    assert found(f"Go{sign}od", f"ល្អ{sign}ណាស់") == []


@pytest.mark.parametrize(
    ("source", "string"),
    [
        ("a * b", "ក * ខ"),
        ("my_name is", "my_name គឺ"),
        ("*Good* and **bad**", "**មិនល្អ** និង *ល្អ*"),
        ("one  \ntwo", "មួយ  \nពីរ"),
        ("`code` here", "`code` នេះ"),
        ("_Good_ one", "*ល្អ* មួយ"),
    ],
)
def test_marks_are_counted_as_they_are_shown(source, string):
    assert found(source, string) == []


@pytest.mark.parametrize(
    ("source", "string"),
    [
        ("**Good** one", "** ល្អ ** មួយ"),
        ("**Good** one", "*ល្អ* មួយ"),
        ("one  \ntwo", "មួយ\nពីរ"),
        ("`code` here", "code នេះ"),
        ("Good one", "**ល្អ** មួយ"),
    ],
)
def test_other_marks_are_told_and_only_where_they_mean_something(source, string):
    assert found(source, string) == ["markup-differs"]
    assert found(source, string, rich=False) == []


@pytest.mark.parametrize(
    ("language", "source", "string", "told"),
    [
        ("km", "Facebook page", "ទំព័រ Facebook", False),
        ("km", "Send with Messenger", "ផ្ញើ Messenger", False),
        ("km", "Good service", "Bon service", True),
        ("fr", "Good", "ល្អ", True),
        ("fr", "Good", "Très bien", False),
        ("lo", "Good", "ดีมาก", True),
        ("sr", "Good", "Добро", False),
        ("sr-Latn", "Good", "Dobro", False),
        ("km", "{{branch}} is good", "{{branch}} ល្អ", False),
        ("qq", "Good", "ល្អ", False),
    ],
)
def test_the_script_of_a_language(language, source, string, told):
    assert found(source, string, language) == (["wrong-script"] if told else [])


@pytest.mark.parametrize("same", ["Facebook", "5", "A@b.example", "https://x.example", "OK", "{x}"])
def test_what_has_nothing_to_translate_may_be_the_same(same):
    assert found(same, same) == []


def test_a_source_that_is_too_long_itself_asks_for_nothing():
    assert found("x" * 30, "ក" * 40, room=24) == []
    assert found("x" * 20, "ក" * 25, room=24) == ["too-long"]
    assert found("x" * 20, "ក្រ" * 24, room=24) == []


TEXT = st.text(alphabet=st.sampled_from("ab *_`?!.:{}[]()<>&;@\n\u200b\u2066\u2069កល្អ។ຳ"))


@given(TEXT.filter(bool), TEXT.filter(bool), st.sampled_from(["km", "lo", "en", "ar", "qq", ""]))
def test_no_text_breaks_a_check(source, string, language):
    list(faults(source, string))
    if string.strip():
        list(doubts(source, string, tongue(language), room=5))
        assert [f for f in faults(string, string) if f.code is not Code.HIDDEN_CHARACTER] == []


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "](", "[", "<", "a@", "{{", "`", "'", "--a", "ក្", "ຫນ"])
def test_a_text_without_end_is_judged_in_time(piece):
    source = "Hello **you** [a](https://x.example) {name}, write `x` to a@b.example"
    started = time.process_time()
    found = [*faults(source, piece * 30_000), *doubts(source, piece * 30_000, tongue("km"))]
    assert time.process_time() - started < 4
    assert found


@pytest.mark.parametrize(
    "tag",
    [
        "<script/src=//evil.example>",
        "</script>",
        "<img src=x onerror=alert(1)",
        "<!-- x",
        "<?php",
        "&#60;b&#62;",
        "&nbsp;",
        "<b\nx",
        "<svg/onload=a@b>",
    ],
)
def test_whatever_a_browser_might_take_for_html_is_a_fault(tag):
    for source, string in (("Good", f"ល្អ {tag}"), ("a <b> c", f"ក <b> {tag}")):
        assert Code.HTML_IN_TRANSLATION in {fault.code for fault in faults(source, string)}


@pytest.mark.parametrize("string", ["ល្អ <3", "ក < ខ", "R&D ល្អ", "<a@b.example>"])
def test_a_sign_alone_is_none(string):
    assert list(faults("Good", string, rich=False)) == []


@pytest.mark.parametrize("string", ["\u2069ល្អ\u2066", "\u2066ល្អ", "ល្អ\u2069", "\U000e0041ល្អ"])
def test_isolates_must_begin_and_end(string):
    assert [f.code for f in faults("Good", string)] == [Code.HIDDEN_CHARACTER]
    assert list(faults("Good", "\u2066ល្អ\u2069")) == []


# --- The header and the forms of plurals ------------------------------------------------------

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: km\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


def check(text: str, *units: Unit, language: str = "km") -> list[tuple[str, int]]:
    notes = Notebook()
    catalog = read_po(Source(f"locales/{language}/visit.po", text), notes)
    check_units(units, catalog, notes)
    return [(d.code.slug, d.span.line) for d in notes]


def test_a_good_header_is_left_in_peace():
    assert check(HEAD) == []
    assert check("") == []
    assert check(HEAD.replace("Language: km", "Language: km_KH")) == []
    assert check(HEAD.replace("plural=0;", "plural=n-n")) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Language: km", "Language: lo", ("po-header", 3)),
        ("UTF-8", "ISO-8859-1", ("po-header", 4)),
        ("UTF-8", "CHARSET", ("po-header", 4)),
        ("nplurals=1; plural=0", "nplurals=2; plural=n!=1", ("plural-rule", 5)),
        ("nplurals=1; plural=0", "nplurals=INTEGER; plural=EXPRESSION", ("po-header", 5)),
        ("plural=0", "plural=__import__('os')", ("po-header", 5)),
        ("plural=0", "plural=1/0", ("po-header", 5)),
        ("plural=0", "plural=n/(n-7)", ("plural-rule", 5)),
        ("plural=0", "plural=" + "(" * 900 + "0" + ")" * 900, ("po-header", 5)),
        ('"Plural-Forms: nplurals=1; plural=0;\\n"\n', "", ("po-header-missing", 2)),
        ('msgid ""\nmsgstr ""\n"La', '#, fuzzy\nmsgid ""\nmsgstr ""\n"La', ("po-header-fuzzy", 2)),
    ],
)
def test_a_header_that_others_would_misread_is_told(old, new, problem):
    assert check(HEAD.replace(old, new, 1)) == [problem]


@pytest.mark.parametrize(
    "rule", ["plural={}x;;", "plural=x{};;", "{}", "plural={0}n{0};", "{}plural"]
)
def test_blanks_without_end_in_a_plural_rule_take_no_time(rule):
    header = f"Plural-Forms: nplurals=2; {rule.format(' ' * 2_000)}\n"
    head = Message("", "", (header,))
    catalog = Catalog(language="km", path="locales/km/visit.po", head=head)
    started = time.process_time()
    assert forms_of(catalog) == (2 if rule.endswith("n{0};") else 1)
    assert time.process_time() - started < 1


def test_the_two_forms_of_arabic_that_tools_swap_are_told():
    swapped = plural_rule("ar").replace("? 4 : 5", "? 5 : 4")
    head = HEAD.replace("nplurals=1; plural=0;", swapped).replace("km", "ar")
    assert check(head, language="ar") == [("plural-rule", 5)]
    assert check(head.replace(swapped, plural_rule("ar")), language="ar") == []


LANGUAGES = (
    "am ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gu he hi hr hu hy id is it ja ka "
    "kk km kn ko lo lt lv mk mn ms mt my nb ne nl pa pl pt pt-PT ro ru si sk sl sr sv ta th tr uk "
    "uz vi zh zu"
)


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_our_plural_rules_are_those_of_cldr(language):
    rule = Locale.parse(language, sep="-").plural_form
    count, _, choice = plural_rule(language).removeprefix("nplurals=").partition("; plural=")
    chosen = c2py(choice.rstrip(";"))
    forms = {number: (rule(number), chosen(number)) for number in range(1001)}
    pairs = set(forms.values())
    assert len(pairs) == len({form for form, _ in pairs}) == len({at for _, at in pairs})
    assert len(pairs) == int(count)
    order = ["zero", "one", "two", "few", "many", "other"]
    assert [form for form, _ in sorted(pairs, key=lambda pair: pair[1])] == [
        form for form in order if form in {found for found, _ in pairs}
    ]


def test_a_message_needs_as_many_forms_as_the_header_says():
    entry = 'msgid "a day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} ថ្ងៃ"\n'
    unit = Unit(context="", msgid="a day")
    assert check(HEAD + entry, unit) == []
    assert check(HEAD + entry + 'msgstr[1] "{n} ថ្ងៃ"\n', unit) == [("plural-forms", 9)]


def test_a_word_may_be_kept_as_it_is_spelled():
    unit = Unit(context="", msgid="She")
    entry = 'msgid "She"\nmsgstr "ស្រ្តី"\n'
    assert check(HEAD + entry, unit) == [("not-normal-form", 8)]
    assert check(HEAD + "# keep: x, ស្រ្តី\n" + entry, unit) == []
    assert check(HEAD + "# ok: not-normal-form\n" + entry, unit) == []


def test_a_text_that_nobody_asks_for_is_told():
    assert check(HEAD + 'msgid "Godo"\nmsgstr "ល្អ"\n', Unit(context="", msgid="Good")) == [
        ("texts-lacking", 1),
        ("unknown-text", 7),
    ]


def test_no_doubt_is_more_than_a_warning():
    assert {code.severity for code in DOUBTS} == {Severity.WARNING}


def test_every_string_of_a_plural_is_looked_at():
    message = Message("", "a", ("ក", "<b>"), plural="b", line=1, string_line=2)
    catalog = Catalog(language="km", path="locales/km/x.po", messages={message.key: message})
    notes = Notebook()
    check_units((Unit(context="", msgid="a"),), catalog, notes)
    assert "html-in-translation" in {d.code.slug for d in notes}


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("zh", "Hans"), ("zh-TW", "Hant"), ("zh_HK", "Hant"), ("zh-Hant", "Hant"),
        ("zh-Hans-TW", "Hans"), ("pa-PK", "Arab"), ("pa", "Guru"), ("km-KH", "Khmr"),
        ("pt-BR", "Latn"), ("es-419", "Latn"), ("km-XA", "Khmr"), ("xx", ""),
    ],
)  # fmt: skip
def test_a_country_may_write_in_another_script(language, script):
    assert script_of(language) == script
