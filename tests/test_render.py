"""Pages become files: head, policy, addresses, one style and one script for all languages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import re
from functools import cache

import html5lib
import pytest
from formsite import ROOT, Site, sample_forms, site_of, template

from mati.model import ProjectSettings, contrast
from mati.render.form import small
from mati.render.inline import short_properties, small_css, small_js
from mati.render.links import relative
from mati.render.names import joined, short_names
from mati.render.palette import accent_css
from mati.render.policy import form_policy, page_policy
from mati.templating import Templates

SAMPLE = (ROOT / "content" / "customer-service.md").read_text("utf-8")
WORDS: dict[str, dict[str, str]] = {
    "en": {},
    "km": {"Excellent": "ល្អប្រសើរ", "How did we serve you?": "តើយើងបម្រើអ្នកយ៉ាងណា?"},
    "lo": {"Excellent": "ດີເລີດ"},
}
SMALL = "---\nlang: en\n---\n\n# A visit\n\n### Good? {#good *}\n\n- (yes) Yes\n- (no) No\n"


@cache
def sample(**settings: object) -> Site:
    return site_of({"customer-service": SAMPLE}, words=WORDS, **settings)


def tag(page: str, name: str) -> str:
    found = re.search(f"<{name}[^>]*>(.*?)</{name}>", page, re.DOTALL)
    assert found, name
    return found[1]


def policy(page: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def hashed(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@pytest.mark.parametrize("script", [True, False])
def test_every_page_is_valid_html(script):
    for path, content in sample(script=script).files.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(content.decode("utf-8"))
        assert parser.errors == [], path


def test_one_style_and_one_script_for_all_languages():
    site = sample()
    pages = [site.html(f"{code}/customer-service/index.html") for code in WORDS]
    assert len({tag(page, "style") for page in pages}) == 1
    assert len({tag(page, "script") for page in pages}) == 1


def test_the_policy_knows_exactly_what_stands_in_the_page():
    page = sample().html("km/customer-service/index.html")
    assert policy(page) == (
        "default-src 'none'; img-src 'self' data:; font-src 'self'; "
        f"style-src {hashed(tag(page, 'style'))}; script-src {hashed(tag(page, 'script'))}; "
        "form-action 'self'; connect-src 'self'; base-uri 'none'"
    )


def test_the_policy_lets_the_post_through_to_its_hosts():
    said = form_policy("", "x", ("https://a.example", "https://b.example"))
    assert "form-action 'self' https://a.example https://b.example;" in said
    assert "connect-src 'self' https://a.example https://b.example;" in said


def test_unknown_hosts_leave_form_action_out():
    assert "form-action" not in form_policy("", "x", None)


def test_a_page_without_form_allows_no_script():
    assert "script-src" not in page_policy("a{}")
    assert "script-src" not in form_policy("a{}", "", ())
    assert "default-src 'none'" in page_policy("a{}")


def test_nothing_stands_in_attributes_that_a_policy_would_block():
    for path, content in sample().files.items():
        text = content.decode("utf-8")
        assert not re.search(r"<[^>]*\s(style|on\w+)=", text), path


def test_the_head_tells_search_and_share_pages_what_this_is():
    page = sample().html("km/customer-service/index.html")
    for line in (
        '<html lang="km" dir="ltr">',
        "<title>តើយើងបម្រើអ្នកយ៉ាងណា?</title>",
        '<link rel="canonical" href="https://sokha.example/km/customer-service/">',
        '<meta property="og:locale" content="km_KH">',
        '<meta property="og:type" content="website">',
        '<link rel="icon" href="data:,">',
    ):
        assert line in page
    assert '<meta name="description" content="We want to give every customer' in page


def test_without_an_address_absolute_tags_are_left_out_and_said():
    site = sample(project=ProjectSettings(languages=("en", "km", "lo")))
    page = site.html("en/customer-service/index.html")
    assert "canonical" not in page
    assert "og:url" not in page
    assert [d.code.slug for d in site.notes] == ["no-site-url"]


def test_the_language_switch_names_each_language_by_itself():
    page = sample().html("lo/customer-service/index.html")
    switch = tag(page, "nav")
    assert '<a href="../../km/customer-service/" lang="km">ខ្មែរ</a>' in switch
    assert 'lang="lo" aria-current="page">ລາວ</a>' in switch


def test_required_stands_only_where_everybody_is_asked():
    shown = "# A\n\n### One {#one *}\n\n- (y) Yes\n- (n) No\n\n"
    hidden = '### Two {#two * if="one = y"}\n\n- (y) Yes\n- (n) No\n'
    page = site_of({"visit": f"---\nlang: en\n---\n\n{shown}{hidden}"}).html("en/visit/index.html")
    assert 'name="one" value="y" required' in page
    assert 'name="two" value="y"><' in page
    assert re.findall(r'id="([^"]+)" data-need', page) == ["a-one", "a-two"]


def test_only_the_parts_of_kinds_on_the_page_are_in_it():
    page = site_of({"visit": SMALL}).html("en/visit/index.html")
    assert ".gh" not in tag(page, "style")
    assert "data-only" not in tag(page, "script")


def test_without_script_nothing_is_left_of_it():
    page = sample(script=False).html("en/customer-service/index.html")
    assert "<script" not in page
    assert "data-need" not in page
    assert "script-src" not in policy(page)


def test_a_service_that_wants_other_names_gets_them():
    page = sample(dot="__").html("en/customer-service/index.html")
    assert 'name="staff__polite"' in page
    assert "has(#a-staff " in tag(page, "style")
    assert '"staff__polite"' in page
    assert "staff.polite" not in page


def test_a_service_that_drops_repeated_names_gets_one_per_box():
    several = (
        "---\nlang: en\n---\n\n# A\n\n### What? {#what}\n\n- [a] One\n- [b] Two\n\n"
        '### More? {#more if="what has a"}\n\n___\n'
    )
    page = site_of({"visit": several}, distinct=True).html("en/visit/index.html")
    assert '<input type="checkbox" name="what--a" value="1">' in page
    assert '[name="what--a"][value="1"]:checked' in tag(page, "style")


def test_where_thanks_is_told_as_the_service_wants():
    page = sample(thanks_field="_next").html("km/customer-service/index.html")
    there = "https://sokha.example/km/customer-service/thanks/"
    assert f'<input type="hidden" name="_next" value="{there}">' in page
    page = sample(thanks_action=True).html("km/customer-service/index.html")
    assert 'action="thanks/"' in page


def test_endings_stand_with_the_unconditional_one_last():
    ends = SMALL + (
        '\n## Sorry {#sorry end if="good = no"}\n\nWe call.\n\n## Thanks {#thanks end}\n\nBye.\n'
    )
    site = site_of({"visit": ends})
    page = site.html("en/visit/thanks/index.html")
    assert page.index('id="sorry"') < page.index('id="thanks"')
    form = site.html("en/visit/index.html")
    assert 'data-ends=\'[["sorry"' in form


def test_a_survey_without_endings_still_says_thank_you():
    assert "Thank you!" in site_of({"visit": SMALL}).html("en/visit/thanks/index.html")


def test_links_of_the_missing_page_hold_under_any_address():
    project = ProjectSettings(languages=("en",), url="https://sokha.example/shop")
    page = site_of({"visit": SMALL}, project=project).html("404.html")
    assert 'href="/shop/en/"' in page
    assert 'name="robots" content="noindex"' in page


def test_a_broken_override_is_a_diagnostic_not_a_traceback():
    def load(name: str) -> str | None:
        if name == "questions/choice/form.html":
            return "{% macro form(q, page) %}\n{% if q.label %}x{% endif %}{% endmacro %}"
        return template(name)

    site = site_of({"visit": SMALL}, templates=Templates(load))
    (found,) = site.notes
    assert found.code.slug == "template-tests-words"
    assert (found.span.path, found.span.line) == ("templates/questions/choice/form.html", 2)


def test_an_override_of_a_kind_is_used():
    def load(name: str) -> str | None:
        if name == "questions/choice/form.html":
            return "{% macro form(question, page) %}<b>mine: {{ question.label }}</b>{% endmacro %}"
        return template(name)

    site = site_of({"visit": SMALL}, templates=Templates(load))
    assert "<b>mine: Good?</b>" in site.html("en/visit/index.html")


def test_words_of_an_author_cannot_leave_their_place():
    nasty = SMALL.replace("# A visit", '# <script>x</script> "quoted" & more')
    page = site_of({"visit": nasty}).html("en/visit/index.html")
    assert "<script>x" not in page
    assert 'content="&lt;script&gt;' in page


@pytest.mark.parametrize(
    ("start", "there", "link"),
    [
        ("km/visit/", "km/visit/thanks/", "thanks/"),
        ("km/visit/thanks/", "km/visit/", "../"),
        ("km/visit/", "lo/visit/", "../../lo/visit/"),
        ("", "km/", "km/"),
        ("km/visit/", "km/visit/", "./"),
        ("km/", "", "../"),
    ],
)
def test_links_between_pages_are_relative(start, there, link):
    assert relative(start, there) == link


@pytest.mark.parametrize("accent", ["#ffee00", "#000080", "#0a655c", "#ffffff", "#e91e63"])
def test_an_accent_is_made_readable(accent):
    light, dark = accent_css(accent).split("@media")
    found = re.search(r"--accent:(#\w+);--tint:(#\w+);--band:(#\w+)", light)
    assert found
    ink, tint, band = found.groups()
    assert min(contrast(ink, "#ffffff"), contrast(ink, tint), contrast(band, "#ffffff")) >= 4.5
    found = re.search(r"--accent:(#\w+);--on:(#\w+);--tint:(#\w+);--band:(#\w+)", dark)
    assert found
    ink, on, tint, band = found.groups()
    assert min(contrast(ink, on), contrast(ink, tint), contrast(band, "#eef2f0")) >= 4.5


def test_contrast_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_boxes_have_no_left_and_right() -> None:
    four = re.compile(r"(?:margin|padding):(?:[^\s;}]+ ){3}[^\s;}]+")
    for css in [
        *(ROOT / "templates").glob("*.css"),
        *(ROOT / "mati").glob("questions/*/*.css"),
    ]:
        assert not four.search(small_css(css.read_text("utf-8"))), css.name


def test_css_keeps_its_meaning():
    assert small_css("/* x */ a :checked ,\n b > c {\n  margin: 0 calc(1px + 2px) ;\n}\n") == (
        "a :checked,b>c{margin:0 calc(1px + 2px)}"
    )


def test_own_properties_get_letters_everywhere():
    css = ":root{--accent:#000;--on:#fff}a{color:var(--accent);border-color:var(--accent,--x)}"
    assert short_properties(css) == (
        ":root{--a:#000;--b:#fff}a{color:var(--a);border-color:var(--a,--c)}"
    )


def test_javascript_keeps_strings_and_patterns():
    code = 'const a = "x , y"; // why\n// gone\n  f(/a , [/ ]b/gu, `${ a } - `);\n'
    assert small_js(code) == 'let a="x , y";f(/a , [/ ]b/gu,`${ a } - `);'


def test_javascript_keeps_line_ends_that_may_be_semicolons():
    code = "const f = (x) => {\n  g(true)\n  return [\n    x,\n  ];\n};\nlet y = a\nlet z = b.const"
    assert small_js(code) == "let f=x=>{g(!0)\nreturn[x,]};let y=a\nlet z=b.const"


def test_short_names_mean_what_the_long_ones_meant():
    code = (
        "const given={name:1,other:2};const say=(name,...others)=>name+given.name+`${name} name`;"
        "for(const[other,{name}]of[[1,given]])say(other,name,window.other,/name/,'name');"
    )
    short = short_names(code)
    assert "name" in re.findall(r"\w+", short)  # a key that stands alone keeps its name everywhere
    assert re.search(r"\{name:1,other:2\}", short)
    assert "/name/,'name'" in short
    assert "window.other" in short
    assert "given" not in short
    assert "others" not in short
    assert len(short) < len(code)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("let a=1;let b=2;let[c]=d;e();let f=3;", "let a=1,b=2,[c]=d;e();let f=3;"),
        ("let a=()=>{let b=1;let c=2;return b};let d=1;", "let a=()=>{let b=1,c=2;return b},d=1;"),
        ("for(let a of b)c();let d=1;", "for(let a of b)c();let d=1;"),
        ("if(a){let b=1}\nlet c=1;let d=2;", "if(a){let b=1}\nlet c=1;let d=2;"),
        (
            "let a='let b;let c';let b=/;let /;let c=`;let `;",
            "let a='let b;let c',b=/;let /,c=`;let `;",
        ),
        ("x={};let a=1;y.let=1;let b=2;", "x={};let a=1;y.let=1;let b=2;"),
    ],
)
def test_declarations_that_follow_each_other_are_one(written, short):
    assert joined(written) == short


def test_scripts_are_for_engines_of_2018():
    newer = re.compile(r"\?\.[a-z(\[]|\?\?|\|\|=|&&=|replaceAll|\.at\(|replaceChildren")
    for path in [*(ROOT / "templates").glob("*.js"), *(ROOT / "mati").glob("questions/*/*.js")]:
        assert not newer.search(small_js(path.read_text("utf-8"))), path.name


def test_only_logical_properties_stand_in_the_style():
    sided = re.compile(
        r"[{;](?:(?:margin|padding|border)-(?:left|right)|left|right|text-align:(?:left|right))\b"
    )
    for css in [
        *(ROOT / "templates").glob("*.css"),
        *(ROOT / "mati").glob("questions/*/*.css"),
    ]:
        small = small_css(css.read_text("utf-8"))
        assert not sided.search(small), css.name
        assert "letter-spacing" not in small, css.name
        assert "text-transform" not in small, css.name
        assert "overflow-wrap:anywhere" not in small, css.name


def test_new_selectors_stand_alone():
    for css in [
        *(ROOT / "templates").glob("*.css"),
        *(ROOT / "mati").glob("questions/*/*.css"),
    ]:
        for rule in re.findall(r"([^{}]+)\{", small_css(css.read_text("utf-8"))):
            heads = re.split(r",(?![^(]*\))", rule)
            modern = [bool(re.search(r":has|:user-invalid|:focus-visible", head)) for head in heads]
            assert len(set(modern)) == 1, (css.name, rule)


@pytest.mark.parametrize(("script", "limit"), [(True, 7500), (False, 5500)])
def test_the_sample_form_is_light_in_every_language(*, script: bool, limit: int) -> None:
    forms = sample_forms(script=script)
    weights = {code: len(gzip.compress(page.encode(), 9)) for code, page in forms.items()}
    assert set(weights) == {"en", "km", "lo"}
    assert max(weights.values()) <= limit, weights


CORE = ("form.js", "draft.js", "fetch.js")


def weight(*names: str) -> int:
    """Return the bytes after gzip of a script made of some files."""
    files = [ROOT / ("mati" if "/" in name else "templates") / name for name in names]
    code = small("\n".join(file.read_text("utf-8") for file in files))
    return len(gzip.compress(code.encode(), 9, mtime=0))


PIECES = sorted(
    {path.name for path in ROOT.glob("templates/*.js")}
    | {str(path.relative_to(ROOT / "mati")) for path in ROOT.glob("mati/questions/*/*.js")}
)  # fmt: skip


def test_the_script_is_light() -> None:
    core = weight(*CORE)
    assert core <= 1900
    parts = set(PIECES) - set(CORE) - {"embed.js"}  # that one comes with no page of ours
    grown = {name: weight(*CORE, name) - core for name in parts}
    assert max(grown.values()) <= 250, grown
    assert weight("embed.js") <= 400


def test_no_script_of_a_sample_is_too_long():
    for path in sorted((ROOT / "content").glob("*.md")):
        page = site_of({path.stem: path.read_text("utf-8")}).html(f"en/{path.stem}/index.html")
        assert len(gzip.compress(tag(page, "script").encode(), 9)) <= 3500, path.name


def test_hidden_fields_take_declared_values_only():
    page = sample().html("en/customer-service/index.html")
    found = re.search(r"name=\"branch\" data-take='([^']*)'", page)
    assert found
    assert html.unescape(found[1]) == '{"pp":"Phnom Penh","vt":"Vientiane"}'


def test_a_refusal_holds_its_place_and_a_sentence_for_each_status():
    refusal = sample().refusal
    assert refusal.thanks == "https://sokha.example/en/customer-service/thanks/"
    assert "{{message}}" in refusal.refusal
    assert "href" not in refusal.refusal.replace('href="#main"', "").replace('href="data:,"', "")
    said = dict(refusal.messages)
    assert {"400", "409", "410", "413", "415", "422", "429", "503"} <= set(said)
    assert all(sentence.endswith(".") for sentence in said.values())


def test_no_two_parts_of_the_script_call_things_the_same():
    """They stand in one script: a second ``const form`` would keep all of it from running."""
    files = [*ROOT.glob("templates/*.js"), *ROOT.glob("mati/questions/*/*.js")]
    found = [
        name
        for file in files
        for name in re.findall(
            r"^(?:const|let|function) (\w+)", file.read_text("utf-8"), re.MULTILINE
        )
    ]
    assert len(files) > 5
    assert len(found) == len(set(found)), found
