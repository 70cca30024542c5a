"""A site at its host, in a browser: headers that pages can live with, functions at the edge."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from web_servers import FORM, nginx, project

from mati.hosts import Hosted, hosts

pytestmark = pytest.mark.browser

HOSTED = Hosted(
    url="https://shop.example/visits",
    languages=("en", "km", "pt-BR"),
    pages=(
        ("chooser", ""), ("list", "km/"), ("form", "km/visit/"), ("share", "share/visit/"),
        ("share", "share/visit/pt-BR/"),
    ),
    policies=(("form", "base-uri 'none'"), ("list", "frame-ancestors 'none'"), ("chooser", "x y"),
              ("share", "form-action 'none'")),
)  # fmt: skip


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """The sample project behind nginx; the address of its first page."""
    root = project("nginx", "")
    with nginx(root / "site", root / "hosting" / "nginx") as running:
        yield f"http://127.0.0.1:{running.port}/"
    shutil.rmtree(root)


def test_a_page_lives_with_the_headers_of_its_host(context, home):
    page = context(locale="lo-LA").new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda problem: wrong.append(str(problem)))
    page.goto(home)
    assert page.url == f"{home}lo/"
    page.goto(home + FORM)
    page.locator("input[type=radio]").first.check()
    assert page.locator("html").get_attribute("lang") == "km"
    assert page.evaluate("document.styleSheets.length") == 1
    for path in ("", f"{FORM}thanks/", f"{FORM}report/", "nothing"):
        page.goto(home + path)
    assert [words for words in wrong if "404" not in words] == []


KIT = "share/customer-service/"


@pytest.mark.parametrize("code", ["", "km/", "lo/"])
def test_a_kit_lives_with_the_headers_of_its_host(context, home, code):
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.goto(f"{home}{KIT}{code}")
    page.locator(".copy button").first.click()
    assert "https://sokha.example" in page.evaluate("navigator.clipboard.readText()")
    sizes = page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert sizes
    assert set(sizes) == {1200}
    links = page.locator("a[download]").evaluate_all("all => all.map(one => one.href)")
    kinds = {page.request.get(link).headers["content-type"].partition(";")[0] for link in links}
    assert kinds == {"application/pdf", "image/png", "image/svg+xml"}
    assert wrong == []


def test_what_people_answer_may_be_shown_in_a_frame_and_nothing_else(context, desk, home):
    framed = (FORM, f"{FORM}thanks/", f"{FORM}again/", "lo/lunch/closed/", "km/privacy/")
    alone = ("", "km/", f"{FORM}report/", KIT, f"{KIT}km/", "404.html", "nothing")
    frames = "".join(f"<iframe src='{home}{path}'></iframe>" for path in (*framed, *alone))
    desk.files = {"index.html": f"<!doctype html><title>Shop</title>{frames}".encode()}
    page = context().new_page()
    page.goto(desk.url)
    page.wait_for_load_state("networkidle")
    shown = [frame.locator("main").count() for frame in page.frames[1:]]
    assert shown == [1] * len(framed) + [0] * len(alone)


def test_two_lines_on_another_website_become_the_form(context, desk, home):
    lines = f"<a data-mati href='{home}{FORM}'>How?</a><script async src='{home}embed.js'></script>"
    desk.files = {"index.html": f"<!doctype html><title>Shop</title>{lines}".encode()}
    page = context().new_page()
    page.goto(desk.url)
    page.frame_locator("iframe").locator("form").wait_for()
    height = "() => document.querySelector('iframe').getBoundingClientRect().height > 1000"
    page.wait_for_function(height)


# --- Functions of CloudFront -----------------------------------------------------------------


@pytest.fixture
def edge(context) -> Page:
    return context().new_page()


def run(page: Page, name: str, event: dict[str, object]) -> dict[str, object]:
    host = hosts.find("s3")
    assert host is not None
    code = {one.path: one.content.decode() for one in host.files(HOSTED)}[f"s3/{name}.js"]
    call = "([code, event]) => new Function(code + '\\nreturn handler')()(event)"
    return page.evaluate(call, [code, event])


def asked(page: Page, uri: str, language: str | None = None, **query: object) -> tuple[int, str]:
    """Status and goal where the function answers itself, else 0 and the file that is fetched."""
    headers = {} if language is None else {"accept-language": {"value": language}}
    request = {"uri": uri, "headers": headers, "querystring": query}
    found = run(page, "viewer-request", {"request": request})
    if "statusCode" in found:
        return found["statusCode"], found["headers"]["location"]["value"]
    assert found["headers"] == headers
    return 0, found["uri"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("km", "km"), ("en-US,en;q=0.9,km;q=0.8", "en"), ("km;q=0.3,en;q=0.9", "en"),
        ("KM-kh", "km"), ("pt", "pt-BR"), ("pt-br-x", "pt-BR"), ('en;q="0.2", km;q="0.8"', "km"),
        ("fr, km;q=.1", "km"), (None, ""), ("", ""), ("fr", ""), ("pt-PT", ""), ("km;q=0", ""),
        ("kmr", ""), ("km;q=2", ""), ("km;q=x", ""), ("constructor", ""), ("__proto__", ""),
        ("," * 9000, ""), ("../..", ""),
    ],
)  # fmt: skip
def test_the_edge_leads_to_the_language_asked_for(edge, header, code):
    file = (0, "/visits/index.html")
    assert asked(edge, "/visits/", header) == ((302, f"/visits/{code}/") if code else file)


def test_the_edge_keeps_the_query(edge):
    query = {"via": {"value": "qr"}, "x": {"value": ""}, "n": {"value": "1", "multiValue": [
        {"value": "1"}, {"value": "2"}]}}  # fmt: skip
    assert asked(edge, "/visits/", "km", **query) == (302, "/visits/km/?via=qr&x&n=1&n=2")


@pytest.mark.parametrize(
    ("uri", "wanted"),
    [
        ("/visits/km/visit/", (0, "/visits/km/visit/index.html")),
        ("/visits/km/visit", (301, "/visits/km/visit/")),
        ("/visits/a/logo.12.png", (0, "/visits/a/logo.12.png")),
        ("/visits", (301, "/visits/")),
        ("//evil.example/x", (301, "/evil.example/x/")),
        ("/\\evil/x", (301, "/evil/x/")),
    ],
)
def test_the_edge_finds_pages_by_their_folder(edge, uri, wanted):
    assert asked(edge, uri, "km") == wanted


@pytest.mark.parametrize(
    ("uri", "policy"),
    [
        ("/visits/", "x y"),
        ("/visits/index.html", "x y"),
        ("/visits/km/", "frame-ancestors 'none'"),
        ("/visits/km/visit/index.html", "base-uri 'none'"),
        ("/visits/a/logo.12.png", ""),
        ("/visits/share/visit/index.html", "form-action 'none'"),
        ("/visits/share/visit/pt-BR/index.html", "form-action 'none'"),
        ("/visits/share/visit/poster-pt-BR-a4.pdf", ""),
        ("/visits/embed.js", ""),
    ],
)
def test_the_edge_sends_headers(edge, uri, policy):
    response = {"headers": {"etag": {"value": "x"}}}
    found = run(edge, "viewer-response", {"request": {"uri": uri}, "response": response})
    headers = {name: one["value"] for name, one in found["headers"].items()}
    assert headers["etag"] == "x"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get("content-security-policy", "") == policy
    assert ("vary" in headers) is (policy == "x y")
