"""What nginx and Apache, the real ones, make of a site with the control files that we write.

1. The first page leads to the language a browser asks for most, and nowhere else anything does.
2. A wrong address is answered by 404 and the page in all languages.
3. Packed files go to those who take them, with the same bytes once unpacked.
4. Every page has its headers, also errors; what a page may be kept for depends on its name.
5. No folder is listed, and nothing outside ``site/`` is shown.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from web_servers import (
    APACHE_MODULES,
    FORM,
    UNSEEN,
    Running,
    apache,
    nginx,
    nginx_as_told,
    project,
)

from mati.hosts import Hosted, hosts
from scripts import webservers

pytestmark = pytest.mark.slow

LANGUAGES = ("en", "km", "lo")
KIT = "share/customer-service/"
MISSING = ("This page does not exist", 'lang="km"', 'lang="lo"')
FRESH = "public, max-age=0, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"


class Site:
    """A server of the sample project: its root, its base path, and what stands where."""

    def __init__(self, running: Running, base: str, folder: Path) -> None:
        self.running, self.base, self.folder = running, base, folder

    def ask(self, path: str, *args: str | None, **more: str):
        """Ask for a path below the site's own."""
        return self.running.ask(self.base + path, *args, **more)

    def file(self, path: str) -> bytes:
        """The file that the build wrote."""
        return (self.folder / path).read_bytes()


def _served(stack: ExitStack, host: str, base: str) -> Site:
    root = project(host, base.rstrip("/"))
    stack.callback(shutil.rmtree, root)
    shown = root / "site"
    if base != "/":
        shutil.copytree(shown, root / "www" / base.strip("/"))
        shown = root / "www"
    start = partial(nginx, control=root / "hosting" / "nginx") if host == "nginx" else apache
    return Site(stack.enter_context(start(shown)), base, root / "site")


@pytest.fixture(
    scope="module",
    params=[(host, base) for host in ("nginx", "apache") for base in ("/", "/shop/")],
    ids="".join,
)
def site(request) -> Iterator[Site]:
    with ExitStack() as stack:
        yield _served(stack, *request.param)


# --- 1. Languages ----------------------------------------------------------------------------

ASKED = {
    "km": "km",
    "lo": "lo",
    "en-US": "en",
    "KM-kh": "km",
    "lo-Laoo-LA": "lo",
    "en-US,en;q=0.9,km;q=0.8": "en",
    "fr-FR, lo;q=0.5": "lo",
    "km;q=0.3, lo;q=0.9": "lo",
    "km;q=0.30,lo;q=0.31,en;q=0.4": "en",
    "lo, en": "lo",
    "en;q=1.0,km;q=1.000": "en",
    "km ; q = 0.5 , lo;q=.6": "lo",
    'lo;q="0.9", km;q="0.8"': "lo",
    "km;q=0.001": "km",
    "km;q=0, en;q=0.1": "en",
    ",,km,,": "km",
    "*, km;q=0.1": "km",
}
NOT_ASKED = (
    "", "*", "fr", "fr-CH, fr;q=0.9", "km;q=0", "km;q=0.000", "km;q=1.5", "km;q=abc", "km;q=",
    "kmr", "x-km", "km_KH", "k m", ";", "km;q=0.5;q=0.5x",
)  # fmt: skip
HOSTILE = (
    "km/../../evil", "//evil.example", "km\u00e9", "km%0d%0aSet-Cookie: a=b", "../..", "$(id)",
    "${jndi:ldap://evil.example/a}", "km;" * 500, "fr," * 1500, "," * 4000, " " * 4000 + "x",
    "km;q=" + "0" * 3000, "-" * 3000, "<script>", "a" * 7000,
)  # fmt: skip


@pytest.mark.parametrize("header", ASKED)
def test_the_first_page_leads_to_the_language_asked_for(site, header):
    found = site.ask("", header)
    assert found.status == 302
    assert found.goal == f"{site.base}{ASKED[header]}/"
    assert "accept-language" in found.vary
    assert found.headers["cache-control"] == FRESH


@pytest.mark.parametrize("header", [None, *NOT_ASKED])
def test_without_a_language_of_ours_the_chooser_stands(site, header):
    found = site.ask("", header)
    assert (found.status, found.body) == (200, site.file("index.html"))
    assert "location" not in found.headers
    assert "accept-language" in found.vary


@pytest.mark.parametrize("header", HOSTILE, ids=lambda text: text[:12])
def test_a_hostile_header_leads_nowhere(site, header):
    found = site.ask("", header)
    assert found.status in {200, 400}
    assert "set-cookie" not in found.headers
    assert b"evil" not in found.headers.get("location", "").encode()


def test_a_link_keeps_its_query_on_the_way(site):
    found = site.ask("?via=qr&x=%0d%0aa:b", "lo")
    assert found.goal == f"{site.base}lo/?via=qr&x=%0d%0aa:b"


def test_who_asks_for_headers_alone_is_led_too(site):
    assert site.ask("", "lo", method="HEAD").goal == f"{site.base}lo/"


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "en/",
        FORM,
        f"{FORM}thanks/",
        f"{FORM}report/",
        f"{FORM}?lang=lo",
        KIT,
        f"{KIT}km/",
    ],
)
def test_no_deep_link_is_ever_led_away(site, path):
    wanted = site.file(path.partition("?")[0].removesuffix("index.html") + "index.html")
    for language in ("lo", "fr", None):
        found = site.ask(path, language)
        assert (found.status, found.body) == (200, wanted)


def test_slashes_at_the_front_lead_to_no_other_site(site):
    for path in ("//evil.example/%2f..", "//evil.example", "//", "///", "/\\evil.example"):
        for language in (None, "km"):
            found = site.running.ask(path, language)
            assert not re.match(r"[/\\]{2}|https?:", found.goal), path


def test_who_came_by_the_name_of_the_site_stays_with_it(site):
    """As behind something that speaks HTTPS for the server, which then does not know of it."""
    found = {
        site.ask("", "lo", Host="sokha.example").headers["location"]: f"{site.base}lo/",
        site.ask("km", Host="SOKHA.example").headers["location"]: f"{site.base}km/",
    }
    for place, path in found.items():
        assert place in {path, f"https://sokha.example{path}"}
    away = site.ask("", "lo", Host="evil.sokha.example.evil").headers["location"]
    assert "https://sokha.example" not in away


CRAWLERS = (
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "facebookexternalhit/1.1 Facebot Twitterbot/1.0", "WhatsApp/2.23.20.0", "Googlebot/2.1",
    "TelegramBot (like TwitterBot)", "LinkedInBot/1.0",
)  # fmt: skip


def crawled(site: Site, path: str, crawler: str, **more: str):
    """Ask as crawlers do: packed by gzip or deflate, and a part of a length they never reach."""
    half = {"User-Agent": crawler, "Accept": "*/*", "Range": "bytes=0-524287"}
    return site.ask(path, None, "deflate, gzip", **half, **more)


@pytest.mark.parametrize("crawler", CRAWLERS)
def test_a_crawler_finds_a_preview_at_the_first_page(site, crawler):
    """It asks for no language, so it stays, and the page says which address it is of."""
    found = crawled(site, "?fb_locale=lo_LA", crawler, **{"X-Facebook-Locale": "lo_LA"})
    page = gzip.decompress(found.body)
    assert found.status in {200, 206}
    assert page == site.file("index.html")
    assert b'property="og:url" content="https://sokha.example' + site.base.encode() in page[:4096]
    assert b'property="og:image"' in page[:4096]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_crawler_gets_just_the_page_that_a_link_names(site, code):
    for path in (f"{code}/", f"{code}/customer-service/", f"{code}/customer-service/report/"):
        for header in (None, "km", "lo;q=0.9, en;q=0.1"):
            more = {} if header is None else {"Accept-Language": header}
            found = crawled(site, f"{path}?fb_locale=km_KH&via=facebook", CRAWLERS[0], **more)
            assert found.status in {200, 206}
            assert gzip.decompress(found.body) == site.file(f"{path}index.html")
            assert "accept-language" not in found.vary
            assert f'content="https://sokha.example{site.base}{path}"' in gzip.decompress(
                found.body
            ).decode("utf-8")


# --- 2. Wrong addresses ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["nothing", "km/nothing/", "a/nothing.css", "km/../nothing", "km/x.html"]
)
@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_a_wrong_address_is_answered_in_all_languages(site, path, encoding):
    found = site.ask(path, "km", encoding)
    assert found.status == 404
    packed = found.headers.get("content-encoding") == "gzip"
    page = (gzip.decompress(found.body) if packed else found.body).decode("utf-8")
    assert all(words in page for words in MISSING)
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.headers["cache-control"] == FRESH
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]


# --- 3. Packed files -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["km/", FORM, f"{FORM}index.html", f"{FORM}report/results.json"])
@pytest.mark.parametrize(
    "encoding", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "GZIP", "deflate,gzip;q=1"]
)
def test_a_long_text_is_sent_packed_once(site, path, encoding):
    found = site.ask(path, None, encoding)
    name = path if "." in path else f"{path}index.html"
    assert found.status == 200
    assert found.headers["content-encoding"] == "gzip"
    assert found.body == site.file(f"{name}.gz")
    assert gzip.decompress(found.body) == site.file(name)
    assert "accept-encoding" in found.vary


@pytest.mark.parametrize(
    "encoding", [None, "identity", "br", "gzip;q=0", "gzip;q=0.0, br", "xgzip"]
)
def test_who_takes_no_packed_file_gets_none(site, encoding):
    found = site.ask(FORM, None, encoding)
    assert "content-encoding" not in found.headers
    assert found.body == site.file(f"{FORM}index.html")
    assert "accept-encoding" in found.vary


def test_the_first_page_is_packed_too(site):
    found = site.ask("", "fr", "gzip")
    assert gzip.decompress(found.body) == site.file("index.html")
    assert found.vary >= {"accept-language", "accept-encoding"}


def test_a_part_of_a_page_is_the_right_part(site):
    found = site.ask(FORM, Range="bytes=0-99")
    assert (found.status, found.body) == (206, site.file(f"{FORM}index.html")[:100])


def test_a_page_that_did_not_change_is_not_sent_again(site):
    for encoding in (None, "gzip"):
        first = site.ask(FORM, None, encoding)
        again = site.ask(FORM, None, encoding, **{"If-None-Match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b"")


def test_letters_arrive_as_they_are(site):
    kinds = {"": "text/html", f"{FORM}report/results.json": "application/json"}
    for path, kind in kinds.items():
        for encoding in (None, "gzip"):
            found = site.ask(path, None, encoding)
            assert found.headers["content-type"] == f"{kind}; charset=utf-8"
    table = site.ask(f"{FORM}report/results.csv").headers["content-type"]
    assert table == "text/csv; charset=utf-8"


# --- 4. Headers ------------------------------------------------------------------------------

FRAMED = {
    "": False, "km/": False, f"{FORM}report/": False, "404.html": False,
    FORM: True, f"{FORM}thanks/": True, f"{FORM}again/": True, "km/accessibility/": True,
}  # fmt: skip


@pytest.mark.parametrize("path", FRAMED)
@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_every_kind_of_page_has_its_headers(site, path, encoding):
    found = site.ask(path, None, encoding)
    assert found.status == 200
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert found.headers["cache-control"] == FRESH
    policy = found.headers["content-security-policy"]
    assert ("frame-ancestors 'none'" in policy) is not FRAMED[path]
    shape_of_form = path in {FORM, "km/accessibility/"}
    assert ("form-action 'self' https://answers.sokha.example" in policy) is shape_of_form
    assert ("form-action 'none'" in policy) is not shape_of_form


KINDS = {
    "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8", "pdf": "application/pdf",
    "html": "text/html; charset=utf-8", "js": "text/javascript", "png": "image/png",
    "json": "application/json; charset=utf-8", "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "woff2": "font/woff2", "xml": "text/xml",
}  # fmt: skip
SHAPES = {
    r"": "shut", r"404\.html": "shut", r"LANG/": "shut", r"LANG/NAME/report/": "shut",
    r"share/NAME/(LANG/)?": "shut", r"LANG/NAME/(thanks|again|closed)/": "framed",
    r"LANG/NAME/": "form",
}  # fmt: skip
"""What is sent with the pages of each kind that there is."""
POLICIES = {
    "shut": "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "framed": "object-src 'none'; base-uri 'none'; form-action 'none'",
    "form": "object-src 'none'; base-uri 'none'; form-action 'self' https://answers.sokha.example",
}


def shape_of(path: str) -> str:
    """The one shape that an address has."""
    forms = {s: s.replace("LANG", "(?:en|km|lo)").replace("NAME", "[a-z-]+") for s in SHAPES}
    (found,) = (shape for shape, form in forms.items() if re.fullmatch(form, path))
    return found


def test_every_file_of_the_site_is_sent_as_what_it_is(site):
    shapes, endings = set(), set()
    files = (one for one in site.folder.rglob("*") if one.is_file() and one.name[0] != ".")
    for file in sorted(files):
        name = file.relative_to(site.folder).as_posix()
        ending = name.rpartition(".")[2]
        if ending == "gz":
            continue
        endings.add(ending)
        path = name.removesuffix("index.html")
        for encoding in (None, "gzip"):
            found = site.ask(path, "xx", encoding)
            packed = found.headers.get("content-encoding") == "gzip"
            assert found.status == 200, path
            assert (gzip.decompress(found.body) if packed else found.body) == file.read_bytes()
            assert (found.headers["content-type"] + ";").startswith(f"{KINDS[ending]};"), path
            kept = FOREVER if path.startswith("a/") else FRESH
            assert found.headers["cache-control"] == kept, path
            assert found.headers["x-content-type-options"] == "nosniff", path
            policy = found.headers.get("content-security-policy", "")
            if ending == "html":
                shapes.add(shape_of(path))
                assert policy == POLICIES[SHAPES[shape_of(path)]], path
            else:
                assert policy == "", f"{path}: in a reader of PDFs it would leave nothing"
    assert shapes == set(SHAPES)
    assert endings == set(KINDS) - {"css"}


def test_the_script_for_other_websites_is_new_at_once_and_cheap_to_ask_for(site):
    """Its address never changes, so nobody may keep it unasked."""
    first = site.ask("embed.js", Origin="https://shop.example")
    assert first.headers["cache-control"] == FRESH
    assert "frame-ancestors" not in first.headers.get("content-security-policy", "")
    assert "cross-origin-resource-policy" not in first.headers
    again = site.ask("embed.js", **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_a_policy_is_said_once_and_leaves_the_page_its_own(site):
    found = site.ask(FORM)
    assert found.headers["content-security-policy"].count("base-uri") == 1
    own = re.search(rb'Content-Security-Policy" content="([^"]+)"', found.body)
    assert own is not None
    assert b"style-src 'sha256-" in own[1]


def test_files_with_a_print_in_their_name_are_kept(site):
    names = [path.name for path in (site.folder / "a").iterdir() if path.suffix == ".woff2"]
    assert names
    for name in names:
        found = site.ask(f"a/{name}", None, "gzip")
        assert found.status == 200
        assert found.headers["cache-control"] == FOREVER
        assert found.headers["x-content-type-options"] == "nosniff"
        assert "content-security-policy" not in found.headers


def test_headers_of_the_server_itself_stay(site):
    for path in ("", FORM, "nothing"):
        assert site.ask(path).headers["x-own"] == "kept"


# --- 5. Folders, and what is not ours --------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["km", "km/customer-service", "km/customer-service/thanks", "a", "share/customer-service/lo"],
)
def test_a_folder_without_its_slash_leads_to_it_by_a_path(site, path):
    found = site.ask(f"{path}?via=fb", "lo")
    if path == "a" and found.status == 404:
        return
    assert found.status == 301
    assert found.goal == f"{site.base}{path}/?via=fb"


@pytest.mark.parametrize("language", [None, "lo"])
def test_the_address_in_the_settings_leads_to_the_site(site, language):
    """``url`` has no slash at its end, and so it is typed."""
    if site.base == "/":
        return
    found = site.running.ask(f"{site.base.rstrip('/')}?via=qr", language)
    assert (found.status, found.goal) == (301, f"{site.base}?via=qr")


@pytest.mark.parametrize("path", ["a/", "a//", "a/."])
def test_no_folder_is_listed(site, path):
    found = site.ask(path)
    assert found.status == 404
    assert b"This page does not exist" in found.body


@pytest.mark.parametrize(
    "path",
    [
        ".hidden", ".htaccess", "km/.hidden", "%2ehidden", "../mati.yaml", "../private/secret.txt",
        "%2e%2e/private/secret.txt", "..%2fprivate%2fsecret.txt",
        "km/%2e%2e/%2e%2e/private/secret.txt", "..%5cprivate%5csecret.txt",
        "....//private/secret.txt", "../.mati/private/secret.txt",
        ".mati/manifest.json", "private/secret.txt", "%c0%ae%c0%ae/private/secret.txt",
        "km/..%00/private/secret.txt", "../../../../../../etc/passwd", "/etc/passwd",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_shown(site, path):
    found = site.ask(path)
    assert found.status in {400, 403, 404}, path
    assert UNSEEN.encode() not in found.body
    assert b"root:" not in found.body
    assert b"sokha.coffee" not in found.body


def test_a_file_for_proving_who_owns_a_domain_is_shown(site):
    place = site.running.folder / site.base.strip("/") / ".well-known"
    place.mkdir(exist_ok=True)
    (place / "proof").write_text("mine", "utf-8")
    assert site.ask(".well-known/proof").body == b"mine"


def test_pages_are_only_read(site):
    assert site.ask(FORM, method="POST").status in {200, 405}
    assert site.ask(FORM, method="DELETE").status == 405


def test_the_guide_sets_an_nginx_up():
    guide = (Path(__file__).parent.parent / "docs" / "hosting.md").read_text("utf-8")
    part = guide.partition("\n## nginx\n")[2].partition("\n## ")[0]
    (told,) = (one for one in re.findall(r"```sh\n(.*?)```", part, re.DOTALL) if "/etc/" in one)
    root = project("nginx", "")
    try:
        with nginx_as_told(root, told) as running:
            found = running.ask("/", "lo", Host="sokha.example")
            assert (found.status, found.goal) == (302, "/lo/")
            page = running.ask(f"/{FORM}", None, Host="sokha.example")
            assert page.body == (root / "site" / FORM / "index.html").read_bytes()
            assert page.headers["x-content-type-options"] == "nosniff"
            assert running.ask("/nothing", Host="sokha.example").status == 404
    finally:
        shutil.rmtree(root)


def temporary(folder: Path) -> str:
    """Return where nginx may keep what it does not need at all."""
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"{name}_temp_path {folder}/{name};" for name in names)


def test_beside_a_shop_system_nginx_shows_the_site_and_leaves_the_shop_alone():
    root = project("nginx", "/shop")
    try:
        shutil.copytree(root / "site", root / "www" / "shop")
        other = r"location / { return 418; } location ~* \.(?:js|pdf|png|html)$ { return 418; }"
        with nginx(root / "www", root / "hosting" / "nginx", other) as running:
            for path in ("/shop", "/shop?via=qr"):
                found = running.ask(path, "lo")
                assert (found.status, found.goal) == (301, path.replace("/shop", "/shop/"))
                assert found.headers["location"].startswith("/")
            assert running.ask("/shop/", "lo").goal == "/shop/lo/"
            for path in (FORM, f"{FORM}index.html", "embed.js", f"{KIT}poster-km-a4.pdf"):
                found = running.ask(f"/shop/{path}", None, "gzip")
                assert found.status == 200
                assert found.headers["cache-control"] == FRESH
            assert running.ask(f"/shop/{FORM}report/results.csv").status == 200
            assert running.ask("/shop/.hidden").status == 404
            assert running.ask("/shop/nothing.png").status == 404
            for path in ("/", "/km/", "/shopping", "/a/x.png"):
                found = running.ask(path, "lo")
                assert found.status == 418
                assert "content-security-policy" not in found.headers
                assert "cache-control" not in found.headers
    finally:
        shutil.rmtree(root)


def test_two_sites_of_one_name_share_a_server(tmp_path):
    host, found = hosts.find("nginx"), webservers.find()
    assert host is not None
    pages = (("chooser", ""), ("form", "km/visit/"), ("list", "km/"))
    policies = (("form", "form-action 'self'"), ("list", "x"), ("chooser", "y"))
    for name in ("visits", "staff"):
        site = Hosted(
            url=f"https://shop.example/{name}",
            languages=("km", "lo"),
            pages=pages,
            policies=policies,
        )
        for one in host.files(site):
            (tmp_path / f"{name}-{one.path.rpartition('/')[2]}").write_bytes(one.content)
    own = "".join(f"include {tmp_path}/{name}-site.conf;" for name in ("visits", "staff"))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {temporary(tmp_path)}\n"
        f"include {tmp_path}/*-maps.conf; server {{ listen 127.0.0.1:8; {own} }} }}",
        "utf-8",
    )
    command = [found.nginx, "-t", "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.txt"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_whole_server_of_nginx_is_one_that_it_takes(tmp_path):
    host, found = hosts.find("nginx"), webservers.find()
    assert host is not None
    url = "https://opinions.customers.sokha-coffee-and-bakery-of-phnom-penh.example/visits"
    pages = (("chooser", ""), ("form", "km/visit/"), ("list", "km/"))
    policies = (("form", "form-action 'self'"), ("list", "x"), ("chooser", "y"))
    languages = ("en", "km", "lo", *(f"a{chr(97 + n)}" for n in range(26)))
    site = Hosted(url=url, languages=languages, pages=pages, policies=policies)
    for one in host.files(site):
        text = one.content.decode().replace("/etc/nginx/mati/", f"{tmp_path}/")
        name = one.path.replace("nginx/site.conf", f"{site.domain}-visits.conf").rpartition("/")[2]
        (tmp_path / name).write_text(text, "utf-8")
    whole = f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {temporary(tmp_path)}\n"
    whole += f"include {tmp_path}/maps.conf; include {tmp_path}/server.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    command = [found.nginx, "-t", "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.txt"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


# --- Hosts with less -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    root = project("apache", "")
    yield root / "site"
    shutil.rmtree(root)


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in APACHE_MODULES if name not in names)


def test_without_mod_headers_pages_are_whole_and_plain(built):
    with apache(built, without("headers")) as running:
        found = running.ask(f"/{FORM}", "lo")
        assert (found.status, found.body) == (200, (built / FORM / "index.html").read_bytes())
        assert running.ask("/", "lo").status == 302
        assert running.ask("/nothing").status == 404
        packed = running.ask(f"/{FORM}", None, "gzip")
        assert packed.headers["content-encoding"] == "gzip"  # mod_deflate's
        assert gzip.decompress(packed.body) == found.body


def test_without_mod_deflate_a_cache_still_learns_that_there_are_two_forms(built):
    with apache(built, without("deflate")) as running:
        for encoding in (None, "gzip"):
            found = running.ask(f"/{FORM}", None, encoding)
            assert "accept-encoding" in found.vary
            assert ("content-encoding" in found.headers) is (encoding == "gzip")


def test_without_mod_rewrite_the_chooser_stands(built):
    with apache(built, without("rewrite")) as running:
        found = running.ask("/", "lo")
        assert (found.status, found.body) == (200, (built / "index.html").read_bytes())
        page = running.ask(f"/{FORM}", None, "gzip")
        assert page.headers["x-content-type-options"] == "nosniff"
        assert gzip.decompress(page.body) == (built / FORM / "index.html").read_bytes()
        missing = running.ask("/nothing")
        assert missing.status == 404
        assert b"This page does not exist" in missing.body


@pytest.mark.parametrize(
    "lacking", [*APACHE_MODULES, ("headers", "rewrite", "setenvif", "deflate")]
)
def test_without_any_one_module_every_page_is_still_shown(built, lacking):
    names = (lacking,) if isinstance(lacking, str) else lacking
    with apache(built, without(*names)) as running:
        path = f"/{FORM}index.html"
        for encoding in (None, "gzip"):
            found = running.ask(path, "km", encoding)
            packed = found.headers.get("content-encoding") == "gzip"
            body = gzip.decompress(found.body) if packed else found.body
            assert (found.status, body) == (200, (built / path[1:]).read_bytes())


def test_a_host_that_allows_all_shows_the_same(built):
    with apache(built, override="All") as running:
        assert running.ask("/", "km").goal == "/km/"
        assert running.ask("/a/").status == 404


def test_a_host_that_allows_nothing_shows_the_plain_site(built):
    with apache(built, override="None") as running:
        found = running.ask(f"/{FORM}", "lo")
        assert (found.status, found.body) == (200, (built / FORM / "index.html").read_bytes())
        assert running.ask("/", "lo").status == 200
