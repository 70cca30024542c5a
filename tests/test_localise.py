"""Words of a language: right ones shown, broken ones replaced one by one, controls equal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati.catalog import Catalog, Message, read_po, translator
from mati.diagnostics import Notebook, Source, Span
from mati.inline.marks import mark, settle
from mati.localise import (
    Language,
    check_catalog,
    check_own,
    coverage,
    fill,
    join_signs,
    language,
    localise,
    same_controls,
)
from mati.model import Body, Pipe, Question, Section, Slot, Survey, Text
from mati.model.survey import Block

HERE = Span("content/visit.md", 3, 1)
ATTACKS = (
    "<script>alert(1)</script>",
    "<b onclick=x>ល្អ</b>",
    "<img src=x onerror=alert(1)>",
    "[ល្អ](javascript:alert(1))",
    "[ល្អ](//evil.example)",
    "[ល្អ](https://evil.example)",
    "[ល្អ](data:text/html;base64,xx)",
    "<https://evil.example>",
    "ល្អ \u202e abc",
    "ល្អ\x07",
    "ល្អ {{other}}",
    "ល្អ {name}",
    "&lt;script&gt;",
    "   ",
    "ល្អ \ufffd",
    "\u2067ល្អ",
)


def text(source: str, context: str = "visit.q.label", **more: object) -> Text:
    return Text(context=context, source=source, span=HERE, **more)


def catalog(*messages: Message, path: str = "locales/km/visit.po") -> Catalog:
    return Catalog(language="km", path=path, messages={m.key: m for m in messages})


def khmer(*messages: Message, **more: object) -> Language:
    return language("km", "en", survey=catalog(*messages), **more)


def translated(source: str, string: str, *flags: str, context: str = "visit.q.label") -> Message:
    return Message(context, source, (string,), flags=flags, line=7, string_line=8)


def survey(*texts: Text) -> Survey:
    questions = tuple(
        Question(id=f"q{n}", kind="text", block=Block.LINES, label=label, span=HERE)
        for n, label in enumerate(texts)
    )
    return Survey(
        name="visit",
        language="en",
        languages=("en", "km"),
        title=text("T", "visit.title"),
        sections=(Section(id="p", span=HERE, questions=questions),),
    )


def test_a_translation_is_shown():
    words = khmer(translated("Good **food**", "អាហារ **ឆ្ងាញ់**")).words(text("Good **food**"))
    assert words.html == "អាហារ <strong>ឆ្ងាញ់</strong>"
    assert words.text == "អាហារ ឆ្ងាញ់"
    assert not words.fallback


def test_what_is_missing_falls_back_and_says_so():
    words = khmer().words(text("R&D *now*"))
    assert words.html == '<span lang="en">R&amp;D <em>now</em></span>'
    assert words.text == "R&D now"
    assert words.fallback


def test_the_source_language_needs_no_mark():
    words = language("en", "en").words(text("Good"))
    assert (words.html, words.fallback) == ("Good", False)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_broken_translation_falls_back_alone_and_is_told(attack):
    bad, good = translated("Good", attack), translated("Fair", "មធ្យម", context="visit.r.label")
    spoken = khmer(bad, good)
    assert spoken.words(text("Good")).html == '<span lang="en">Good</span>'
    assert spoken.words(text("Fair", "visit.r.label")).html == "មធ្យម"
    notes = Notebook()
    check_catalog(survey(text("Good")), catalog(bad), notes)
    found = [d for d in notes if d.span.line == 8]
    assert found
    assert found[0].severity.value == "warning"
    assert ("context", "visit.q.label") in found[0].values


@pytest.mark.parametrize(
    ("source", "string"),
    [
        ("See [here](privacy/)", "សូមមើល [ទីនេះ](privacy/)"),
        ("a < b & c", "ក < ខ & គ"),
        ("{{branch}} is good", "សាខា {{ branch }} ល្អ"),
        ("Mail <a@b.example>", "ផ្ញើទៅ <a@b.example>"),
    ],
)
def test_honest_translations_are_left_in_peace(source, string):
    notes = Notebook()
    check_catalog(survey(text(source)), catalog(translated(source, string)), notes)
    assert [d.code.slug for d in notes] == ["incomplete-language"]  # the title only
    assert not khmer(translated(source, string)).words(text(source)).fallback


def test_a_translation_without_the_link_is_shown_and_said():
    notes = Notebook()
    bare = translated("See [here](privacy/)", "ទីនេះ")
    check_catalog(survey(text("See [here](privacy/)")), catalog(bare), notes)
    (found,) = (d for d in notes if d.code.slug == "link-lost")
    assert ("text", "privacy/") in found.values
    assert found.severity.value == "warning"
    assert not khmer(bare).words(text("See [here](privacy/)")).fallback


def test_an_outdated_translation_is_shown_unless_its_links_changed():
    old = translated("Now [here](new/)", "ចាស់ [ទីនេះ](new/)", "fuzzy")
    assert not khmer(old).words(text("Now [here](new/)")).fallback
    lost = translated("Now [here](new/)", "ចាស់", "fuzzy")
    assert khmer(lost).words(text("Now [here](new/)")).fallback
    assert khmer(old, outdated="source").words(text("Now [here](new/)")).fallback


def test_pipes_stand_in_html_and_fall_back_in_attributes():
    pipe = Pipe(ref="branch", fallback=text("our shop", "visit.q.label.branch.or"))
    source = text("How is {{branch}}?", pipes=(pipe,))
    spoken = khmer(
        translated("How is {{branch}}?", "{{branch}} យ៉ាងណា?"),
        translated("our shop", "ហាង**យើង**", context="visit.q.label.branch.or"),
    )
    words = spoken.words(source)
    assert words.html == ('<bdi data-pipe="branch">ហាង<strong>យើង</strong></bdi> យ៉ាងណា\u2060?')
    assert words.text == "ហាងយើង យ៉ាងណា?"
    assert khmer().words(source).html == (
        '<span lang="en">How is <bdi data-pipe="branch">our shop</bdi>?</span>'
    )


def test_a_pipe_inside_a_link_target_is_text():
    pipe = Pipe(ref="branch", fallback=text('"><script>', "x.or"))
    words = language("en", "en").words(text("[a](https://x.example/?b={{branch}})", pipes=(pipe,)))
    assert "<script>" not in words.html
    assert "data-pipe" not in words.html


def test_words_of_the_project_come_from_its_own_catalogue():
    site = catalog(translated("Sokha", "សុខា", context="site.name"), path="locales/km/site.po")
    spoken = language("km", "en", survey=None, site=site)
    assert spoken.words(text("Sokha", "site.name", rich=False)).html == "សុខា"


def test_plain_texts_have_no_markdown():
    spoken = khmer(translated("e.g. *x*", "ឧ. *x*"))
    assert spoken.words(text("e.g. *x*", rich=False)).html == "ឧ. *x*"


def test_a_broken_message_of_our_own_is_told_where_it_stands():
    own = catalog(
        Message("", "Part {n}", ("ផ្នែក",), line=4, string_line=5),
        Message("", "Send", ("<b>ផ្ញើ",), line=7, string_line=8),
        Message("", "Good", ("ល្អ",), line=10, string_line=11),
        path="locales/km/mati.po",
    )
    notes = Notebook()
    check_own(own, notes)
    assert [(d.code.slug, d.span.line, d.severity.value) for d in notes] == [
        ("placeholders-differ", 5, "warning"),
        ("html-in-translation", 8, "warning"),
    ]


def test_messages_of_our_own():
    mati = Catalog(
        language="km",
        path="locales/km/mati.po",
        messages={("", "Part {n} of {m}"): Message("", "Part {n} of {m}", ("ទី{n} នៃ{m}",))},
    )
    spoken = language("km", "en", mati=mati)
    assert spoken.message("Part {n} of {m}", n=1, m="<b>") == "ទី1 នៃ&lt;b&gt;"
    assert settle(str(spoken.message("No & {x}", x="'"))) == '<span lang="en">No &amp; &#39;</span>'
    assert language("en", "km").message("No") == "No"


def test_a_value_of_the_other_direction_keeps_its_own():
    own = {"Results: {survey}": "النتائج: {survey}"}
    messages = {("", key): Message("", key, (word,)) for key, word in own.items()}
    arabic = language("ar", "en", mati=Catalog(language="ar", path="x", messages=messages))
    english = language("en", "en")
    for speaker, value, kept in (
        (arabic, "Was it good?", False),
        (arabic, "pip install mati-survey[print]", False),
        (arabic, "هل أعجبك؟", True),
        (arabic, "\u200e62%", True),
        (arabic, 1200, True),
        (english, "شكراً!", False),
        (english, "Thank you!", True),
        (english, "អរគុណ!", True),
    ):
        said = speaker.message("Results: {survey}", survey=value)
        shown = str(value) if kept else f"\u2068{value}\u2069"
        assert said.endswith(f": {shown}"), ascii(said)
    # English words that stand in for Arabic ones run from left to right themselves
    assert "\u2068" not in arabic.message("To pass on: {survey}", survey="Was it good?")
    assert "\u2068" in arabic.message("To pass on: {survey}", survey="هل أعجبك؟")


def test_marks_become_lang_between_tags_and_vanish_elsewhere():
    inner = mark("Hi", "en")
    page = f'<title>{inner}</title><a title="{inner}">{inner}</a>'
    assert settle(page) == '<title>Hi</title><a title="Hi"><span lang="en">Hi</span></a>'


def test_direction_and_endonym():
    assert [language(code, "en").endonym for code in ("en", "km", "lo")] == [
        "English",
        "ខ្មែរ",
        "ລາວ",
    ]
    assert language("ar", "en").direction == "rtl"
    assert (language("xx", "en").endonym, language("xx", "en").direction) == ("xx", "ltr")


def test_signs_stay_with_their_word():
    assert join_signs("ល្អ។") == "ល្អ\u2060។"
    assert join_signs("ល្អ ។ ខ") == "ល្អ\u00a0។ ខ"
    assert join_signs("<em>ល្អ</em>?") == "<em>ល្អ</em>\u2060?"
    assert join_signs('<a href="x?y">ក</a>') == '<a href="x?y">ក</a>'


@given(st.text(alphabet=st.sampled_from("ក។?! \u200b<>"), max_size=30))
def test_joining_changes_no_letters(words):
    drop = str.maketrans("", "", " \u200b\u2060\u00a0")
    assert join_signs(words).translate(drop) == words.translate(drop)


def test_a_body_is_filled_by_shape():
    label = text('Say "hi" & **go**')
    body = Body(
        parts=('<p title="', '" class="', '">', "</p>", ""),
        slots=(
            Slot(shape="text", text=label),
            Slot(shape="class", texts=(label,), limit=5),
            Slot(shape="html", text=label),
            Slot(shape="html", message="Part {n}", values=(("n", "2"),)),
        ),
    )
    assert fill(body, language("en", "en")) == (
        '<p title="Say &#34;hi&#34; &amp; go" class="long">'
        'Say "hi" &amp; <strong>go</strong></p>Part 2'
    )


def test_localise_reaches_every_text():
    node = survey(text("Good"))
    done = localise(node, khmer(translated("Good", "ល្អ")))
    assert str(done.questions[0].label) == "ល្អ"
    assert str(done.title) == "T"


def test_coverage_counts():
    node = survey(text("A", "v.a"), text("B", "v.b"), text("C", "v.c"))
    made = catalog(
        translated("A", "ក", context="v.a"),
        translated("B", "ខ", "fuzzy", context="v.b"),
        translated("C", "<b>", context="v.c"),
    )
    state = coverage(node, made)
    assert (state.total, state.good, state.outdated, state.missing, state.broken) == (4, 1, 1, 1, 1)
    notes = Notebook()
    check_catalog(node, made, notes, each=True)
    assert {d.code.slug for d in notes} == {
        "not-translated",
        "outdated-translation",
        "html-in-translation",
    }


def test_equal_controls_pass_and_others_are_told():
    form = '<input name="q" value="5" type="radio" required><input name="mati_lang" value="{}">'
    notes = Notebook()
    pages = {"en": form.format("en"), "km": form.format("km")}
    assert same_controls(survey(), pages, notes)
    for broken in (
        form.replace('"5"', '"៥"'),
        form.replace(" required", ""),
        form.replace("radio", "text"),
        form + '<input name="more">',
    ):
        assert not same_controls(survey(), {"en": form, "km": broken}, notes)
    assert notes.has_errors()


def test_sentences_of_the_command_line():
    made = read_po(
        Source(
            "locales/km/mati-cli.po",
            'msgid "No {x}"\nmsgstr "គ្មាន {x}"\n\nmsgid "A {x}"\nmsgstr "ក {x.__class__}"\n\n'
            'msgid "B {x}"\nmsgstr "ខ {"\n\nmsgid "{{#{x}}}"\nmsgstr "សរសេរ {{#{x}}}"\n',
        ),
        Notebook(),
    )
    translate = translator(made)
    assert translate("No {x}") == "គ្មាន {x}"
    assert translate("A {x}") == "A {x}"
    assert translate("B {x}") == "B {x}"
    assert translate("{{#{x}}}") == "សរសេរ {{#{x}}}"
    assert translate("unknown") == "unknown"


def test_words_that_a_kind_brings_come_from_our_own_catalogue():
    ours = catalog(Message("", "Very easy", ("ងាយស្រួលណាស់",)), path="locales/km/mati.po")
    standard = text("Very easy", "standard.ces.high", rich=False)
    spoken = language("km", "km", mati=ours)
    assert str(spoken.words(standard).html) == "ងាយស្រួលណាស់"
    assert str(language("lo", "km").words(standard).html) == '<span lang="en">Very easy</span>'
    assert str(language("en", "km").words(standard).html) == "Very easy"


def test_what_the_survey_knows_stands_in_the_page_as_it_is():
    reward = text("10 % off", "visit.reward.text", rich=False)
    pipes = (
        Pipe(ref="reward.code", value="<b>X</b>"),
        Pipe(ref="reward.text", value=reward),
        Pipe(ref="reward.until", value=date(2026, 12, 31)),
    )
    source = "**{{reward.code}}** {{reward.text}} {{reward.until}}"
    thanks = text(source, "visit.bye.p1", pipes=pipes)
    spoken = khmer(
        translated(
            source, "{{reward.until}} {{reward.text}} **{{reward.code}}**", context="visit.bye.p1"
        ),
        translated("10 % off", "បញ្ចុះតម្លៃ 10 %", context="visit.reward.text"),
    )
    html = str(spoken.words(thanks).html)
    assert html == "31 ធ្នូ 2026 បញ្ចុះតម្លៃ 10 % <strong>&lt;b&gt;X&lt;/b&gt;</strong>"
    assert spoken.words(thanks).text == "31 ធ្នូ 2026 បញ្ចុះតម្លៃ 10 % <b>X</b>"
    lost = str(khmer().words(thanks).html)
    assert "December 31, 2026" in lost
    assert "<span lang" in lost


@pytest.mark.parametrize("odd", ["<>", "< >", "</>", "a <> b"])
def test_signs_of_a_template_that_are_no_tag_do_no_harm(odd):
    page = f"<p>{odd}</p>{mark('Hi', 'en')}"
    assert settle(page) == f'<p>{odd}</p><span lang="en">Hi</span>'
