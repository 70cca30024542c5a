"""One contract for every host on the shelf, and each one's files read by its own rules.

The readers here are strict: what a host would ignore or refuse is a failure. What nginx and
Apache make of their files, the real servers show in ``test_webservers.py``.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mati import images
from mati.diagnostics import Code
from mati.hosts import FOREVER, FRESH, Hosted, Limit, areas, hosts, preferences, spoken
from mati.hosts.cloudflare import LONGEST_LINE, MOST_RULES
from mati.model import Output
from mati.writer.paths import Names
from scripts import webservers

FORM = "object-src 'none'; base-uri 'none'; form-action 'self' https://answers.shop.example"
AFTER = "object-src 'none'; base-uri 'none'; form-action 'none'"
OTHER = f"{AFTER}; frame-ancestors 'none'"
POLICIES = {
    "form": FORM, "thanks": AFTER, "again": AFTER, "closed": AFTER,
    "chooser": OTHER, "list": OTHER, "plain": OTHER, "report": OTHER, "missing": OTHER,
    "share": OTHER,
}  # fmt: skip
MANY = (
    "en", "km", "lo", "th", "vi", "zh-Hans", "zh-Hant", "pt-BR", "de", "fr", "es", "it", "pl", "ru",
    "uk", "ar", "he", "hi", "bn", "my", "id",
)  # fmt: skip


def site(*languages: str, path: str = "", url: str = "https://shop.example") -> Hosted:
    """A site of two surveys, their pages to be passed on and a plain page in these languages."""
    pages = [("chooser", ""), ("missing", "404.html")]
    for code in languages:
        pages += [("list", f"{code}/"), ("plain", f"{code}/privacy/")]
        for name in ("visit", "kiosk"):
            pages.append(("form", f"{code}/{name}/"))
            kinds = ("thanks", "again", "closed", "report")
            pages += [(kind, f"{code}/{name}/{kind}/") for kind in kinds]
            first = code == (languages[0] if name == "visit" else languages[-1])
            pages.append(("share", f"share/{name}/" if first else f"share/{name}/{code}/"))
    files = [p if "." in p else f"{p}index.html" for _, p in pages]
    files += [
        "a/logo.0123456789ab.png",
        "a/khmer.0123456789ab.woff2",
        "km/visit/report/results.csv",
        "share/visit/poster-km-a4.pdf",
        "share/visit/qr-km.png",
        "share/visit/qr-km.svg",
        "embed.js",
        "robots.txt",
        "sitemap.xml",
    ]
    files += [f"{name}.gz" for name in files if name.endswith((".html", ".csv"))]
    return Hosted(
        url=url + path,
        languages=languages,
        pages=tuple(pages),
        policies=tuple(POLICIES.items()),
        files=tuple(files),
    )


SITES = {
    "three": site("en", "km", "lo"),
    "one": site("km"),
    "many": site(*MANY),
    "path": site("en", "km", "lo", path="/shop/visits"),
    "unknown": site("en", "km", "lo", url=""),
    "hundred": site(*(f"a{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(120))),
}
HOSTS = hosts.all()
BESIDE = (
    "embed.js", "sitemap.xml", "robots.txt", "share/visit/poster-km-a4.pdf",
    "share/visit/qr-km.png", "share/visit/qr-km.svg",
)  # fmt: skip
"""Files beside the pages whose addresses stay the same."""


@pytest.fixture(params=SITES, name="shown")
def _shown(request) -> Hosted:
    return SITES[request.param]


def made(name: str, shown: Hosted) -> dict[str, str]:
    host = hosts.find(name)
    assert host is not None
    files = host.files(shown)
    return {f"{one.root}/{one.path}": one.content.decode("utf-8") for one in files}


# --- The contract ----------------------------------------------------------------------------


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_says_what_it_is_and_what_it_cannot(host):
    assert hosts.find(host.name) is host
    assert host.title
    assert host.status in {"verified", "documented"}
    assert host.sources
    assert all(source.startswith(("https://", "docs/")) for source in host.sources)
    assert host.limits <= set(Limit)


def test_the_shelf_holds_what_the_documentation_promises():
    wanted = "apache cloudflare folder github netlify nginx s3 vercel"
    assert hosts.names() == tuple(wanted.split())
    assert hosts.find("geocities") is None


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_files_stand_where_the_writer_puts_them(host, shown):
    names, files = Names(), host.files(shown)
    for one in files:
        assert isinstance(one, Output)
        assert one.root in {"site", "hosting"}
        assert names.reason(one.root, one.path) == ""
        assert one.root == "site" or one.path.startswith(f"{host.name}/")
        text = one.content.decode("utf-8")
        assert not text or text.endswith("\n")
        assert "\r" not in text
        assert "\t" not in text
        assert "None" not in text
    assert host.files(shown) == files


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_nothing_is_written_that_a_page_could_be(host, shown):
    pages = {path if "." in path else f"{path}index.html" for _, path in shown.pages}
    assert not {one.path for one in host.files(shown) if one.root == "site"} & pages


def test_a_plain_folder_gets_nothing(shown):
    assert made("folder", shown) == {}


# --- Which header where ----------------------------------------------------------------------


def test_pages_of_one_shape_have_the_freest_policy():
    found = {area.shape: area.policy for area in areas(SITES["three"])}
    assert found == {
        (): OTHER, ("404.html",): OTHER, ("<language>",): OTHER, ("<language>", "*"): FORM,
        ("<language>", "*", "thanks"): AFTER, ("<language>", "*", "again"): AFTER,
        ("<language>", "*", "closed"): AFTER, ("<language>", "*", "report"): OTHER,
        ("share", "*"): OTHER, ("share", "*", "<language>"): OTHER,
    }  # fmt: skip


def test_another_kind_of_page_has_a_shape_of_its_own():
    base = SITES["three"]
    more = replace(base, pages=(*base.pages, ("list", "desk/visit/")))
    assert ("desk", "*") in {area.shape for area in areas(more)}


@pytest.mark.parametrize("name", ["three", "many", "path", "one"])
def test_a_pattern_finds_its_pages_and_their_files(name):
    shown = SITES[name]
    wanted = {"form": FORM, "plain": FORM}  # of one shape
    for kind, path in shown.pages:
        for end in ("",) if path.endswith(".html") else ("", "index.html", "index.html.gz"):
            found = {
                area.policy
                for area in areas(shown)
                if re.search(area.pattern(shown), f"{shown.base}{path}{end}")
            }
            assert found == {wanted.get(kind, POLICIES[kind])}


@pytest.mark.parametrize(
    "path",
    [
        "/xx/", "/en", "/enx/", "/en/visit/thanks/more/", "/menu.html", "/en/visit/x.csv", "//",
        "/share/", "/share/visit/xx/", "/share/visit/poster-km-a4.pdf", "/share/visit/qr-km.svg",
        "/embed.js", "/sitemap.xml",
    ],
)  # fmt: skip
def test_a_pattern_leaves_other_addresses_alone(path):
    shown = SITES["three"]
    assert not [area for area in areas(shown) if re.search(area.pattern(shown), path)]


# --- _headers --------------------------------------------------------------------------------

Rules = list[tuple[str, list[tuple[str, str]]]]


def read_headers(text: str) -> Rules:
    """Read a ``_headers`` file: a path at the margin, headers below it, remarks by #."""
    found: Rules = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("/"):
            assert re.fullmatch(r"/[A-Za-z0-9./:-]*\*?", line), line
            assert re.findall(r":\w*", line) in ([], [":page"], [":page", ":language"])
            found.append((line, []))
        else:
            header = re.fullmatch(r"  ([A-Z][A-Za-z-]+): (\S.*\S)", line)
            assert header, line
            assert found, "a header before any path"
            found[-1][1].append((header[1], header[2]))
    paths = [path for path, _ in found]
    assert len(set(paths)) == len(paths), "a path twice"
    return found


def cloudflare_matches(rule: str, path: str) -> bool:
    """``*`` is any run of signs, ``:name`` all but a slash; the whole path must fit."""
    pattern = re.escape(rule).replace(r"\*", ".*")
    return re.fullmatch(re.sub(r":[a-z]+", "[^/]+", pattern), path) is not None


def netlify_matches(rule: str, path: str) -> bool:
    """As its published command line does it: slashes at the end do not count."""
    parts = [part for part in rule.split("/") if part]
    pattern = "".join("/[^/]+" if p[0] == ":" else f"/{re.escape(p)}" for p in parts if p != "*")
    end = "(?:/.*)?" if parts[-1:] == ["*"] else "/?"
    return re.fullmatch(pattern + end, path) is not None


def sent(rules: Rules, path: str, matches) -> dict[str, str]:
    found = [header for rule, headers in rules if matches(rule, path) for header in headers]
    names = [name for name, _ in found]
    assert len(set(names)) == len(names), f"{path}: a header twice, hosts join or choose"
    return dict(found)


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
@pytest.mark.parametrize("name", ["three", "one", "many", "path"])
def test_each_page_is_sent_each_header_once(host, name):
    shown = SITES[name]
    rules = read_headers(made(host, shown)["site/_headers"])
    matches = {"netlify": netlify_matches, "cloudflare": cloudflare_matches}[host]
    merged = host == "cloudflare" and name == "many"
    for kind, path in shown.pages:
        found = sent(rules, shown.base + path, matches)
        assert found["X-Content-Type-Options"] == "nosniff"
        assert found["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert found["Cache-Control"] == FRESH
        whole = merged and path.partition("/")[0] in shown.languages
        wanted = FORM if kind in {"form", "plain"} or whole else POLICIES[kind]
        assert found["Content-Security-Policy"] == wanted
        first = kind == "chooser" and host == "netlify" and len(shown.languages) > 1
        assert found.get("Vary") == ("Accept-Language" if first else None)
    asset = sent(rules, f"{shown.base}a/logo.0123456789ab.png", matches)
    assert asset["Cache-Control"] == FOREVER
    assert "Content-Security-Policy" not in asset
    for path in BESIDE:
        found = sent(rules, shown.base + path, matches)
        assert found["X-Content-Type-Options"] == "nosniff"
        assert "Content-Security-Policy" not in found, "a policy of pages empties a reader of PDFs"
        assert "Cache-Control" not in found, (
            "both hosts have each file asked for anew by themselves"
        )


def test_many_languages_leave_what_a_kit_and_the_first_page_may_do():
    rules = read_headers(made("cloudflare", SITES["hundred"])["site/_headers"])
    for kind, path in SITES["hundred"].pages:
        found = sent(rules, f"/{path}", cloudflare_matches)
        wanted = POLICIES[kind] if kind in {"share", "chooser", "missing"} else None
        assert found.get("Content-Security-Policy") == wanted


def test_cloudflare_takes_every_rule(shown):
    text = made("cloudflare", shown)["site/_headers"]
    rules = read_headers(text)
    assert len(rules) <= MOST_RULES
    assert max(map(len, text.splitlines())) <= LONGEST_LINE
    for path, _ in rules:
        assert path.count("*") <= 1
    assert "site/_redirects" not in made("cloudflare", shown)


def test_a_line_that_cloudflare_would_refuse_is_left_out():
    many = " ".join(f"https://form{n}.example" for n in range(200))
    shown = replace(SITES["three"], policies=(("form", f"form-action {many}"), ("list", OTHER)))
    rules = read_headers(made("cloudflare", shown)["site/_headers"])
    found = sent(rules, "/km/visit/", cloudflare_matches)
    assert found["Cache-Control"] == FRESH
    assert "Content-Security-Policy" not in found
    assert many in made("netlify", shown)["site/_headers"]


# --- Netlify ---------------------------------------------------------------------------------


def read_redirects(text: str) -> list[tuple[str, str, int, bool, dict[str, str]]]:
    """Read a ``_redirects`` file: from, to, status, forced, conditions."""
    found = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        assert len(line) <= 1_000
        match = re.fullmatch(r"(/\S*) (/\S*) (\d{3})(!?)((?: [A-Z][a-z]+=\S+)*)", line)
        assert match, line
        status = int(match[3])
        assert status in {200, 301, 302, 303, 307, 308, 404}
        conditions = dict(part.split("=", 1) for part in match[5].split())
        assert conditions.keys() <= {"Language", "Country", "Role", "Cookie"}
        found.append((match[1], match[2], status, bool(match[4]), conditions))
    return found


def test_netlify_chooses_at_the_first_page_alone_and_the_chooser_is_last(shown):
    rules = read_redirects(made("netlify", shown)["site/_redirects"])
    assert {source for source, *_ in rules} == {shown.base}
    assert rules[-1] == (shown.base, f"{shown.base}index.html", 200, False, {})
    wanted = len(shown.languages) if len(shown.languages) > 1 else 0
    tags = [conditions["Language"] for *_, conditions in rules[:-1]]
    assert len(set(tags)) == len(tags) <= wanted
    for _, target, status, forced, conditions in rules[:-1]:
        assert (status, forced) == (302, True)
        code = target.removeprefix(shown.base).strip("/")
        assert code in shown.languages
        assert code.lower().partition("-")[0] == conditions["Language"]


def test_netlify_has_one_way_to_build_from_a_repository(shown):
    assert set(made("netlify", shown)) == {"site/_headers", "site/_redirects"}
    # netlify.toml comes from the template, which pins a version and knows the language


# --- Vercel ----------------------------------------------------------------------------------

VERCEL = {
    "$schema", "framework", "trailingSlash", "cleanUrls", "headers", "redirects",
    "installCommand", "buildCommand", "outputDirectory",
}  # fmt: skip


def vercel_matches(source: str, path: str) -> bool:
    pattern = re.sub(r":[a-z]+", "[^/]+", source.replace(".html", r"\.html"))
    return re.fullmatch(pattern, path) is not None


def test_vercel_reads_what_it_knows(shown):
    files = made("vercel", shown)
    found = json.loads(files["site/vercel.json"])
    whole = json.loads(files["hosting/vercel/vercel.json"])
    assert whole.keys() <= VERCEL
    assert {key: whole[key] for key in found} == found
    assert whole["outputDirectory"] == "site"
    assert whole["installCommand"].endswith(" 'mati-survey[print]'"), "or links have no pictures"
    assert (found["trailingSlash"], found["cleanUrls"]) == (True, False)
    assert len(found["redirects"]) + len(found["headers"]) <= 2_048
    for rule in found["headers"]:
        assert rule.keys() == {"source", "headers"}
        last = rule["source"].rpartition("/")[2]
        assert last in {"", "(.*)"} or "." in last, "an address without its slash never comes"
        for header in rule["headers"]:
            assert header.keys() == {"key", "value"}
            assert len(header["value"]) <= 4_096


@pytest.mark.parametrize("name", ["three", "many", "path"])
def test_vercel_sends_each_page_each_header_once(name):
    shown = SITES[name]
    found = json.loads(made("vercel", shown)["site/vercel.json"])["headers"]
    rules = [(r["source"], [(h["key"], h["value"]) for h in r["headers"]]) for r in found]
    for kind, path in shown.pages:
        headers = sent(rules, shown.base + path, vercel_matches)
        assert headers["Cache-Control"] == FRESH
        wanted = FORM if kind in {"form", "plain"} else POLICIES[kind]
        assert headers["Content-Security-Policy"] == wanted


def vercel_goal(shown: Hosted, header: str | None) -> str:
    """Where the first page leads to: a rule holds when its expression finds the header's value."""
    for rule in json.loads(made("vercel", shown)["site/vercel.json"])["redirects"]:
        assert rule.keys() == {"source", "has", "destination", "statusCode"}
        assert (rule["source"], rule["statusCode"]) == (shown.base, 302)
        (condition,) = rule["has"]
        assert (condition["type"], condition["key"]) == ("header", "accept-language")
        value = condition["value"]
        assert not re.search(r"\(\?[=!<]", value), "RE2 knows neither look"
        if header is not None and re.search(value, header):
            assert re.fullmatch(value, header), "both ways to read it must agree"
            return rule["destination"]
    return ""


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("km", "km"), ("KM-kh", "km"), ("lo;q=0.9", "lo"), ("en-US,en;q=0.9", "en"),
        ("km,fr", "km"), ("fr,km;q=0.9", ""), ("kmr", ""), ("", ""), (None, ""), ("*", ""),
        ("x-km", ""),
    ],
)  # fmt: skip
def test_vercel_goes_by_the_first_language(header, code):
    for name in ("three", "path"):
        shown = SITES[name]
        assert vercel_goal(shown, header) == (f"{shown.base}{code}/" if code else "")


def test_vercel_tells_scripts_of_a_language_apart():
    many = SITES["many"]
    goals = {tag: vercel_goal(many, tag) for tag in ("zh-Hant-TW", "zh-Hans", "zh", "pt", "pt-PT")}
    assert goals == {
        "zh-Hant-TW": "/zh-Hant/", "zh-Hans": "/zh-Hans/", "zh": "/zh-Hans/", "pt": "/pt-BR/",
        "pt-PT": "",
    }  # fmt: skip


# --- GitHub Pages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://shop.example", "shop.example"),
        ("https://www.shop.example:443", "www.shop.example"),
        ("https://sokha.github.io", ""),
        ("https://sokha.github.io/visits", ""),
        ("https://shop.example/visits", ""),
        ("http://localhost", ""),
        ("", ""),
    ],
)
def test_github_is_told_the_name_of_the_site_where_it_has_one(url, name):
    found = made("github", site("en", "km", url=url))
    assert found["site/.nojekyll"] == ""
    assert found.get("site/CNAME", "") == (f"{name}\n" if name else "")


# --- S3 --------------------------------------------------------------------------------------


KINDS = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
    "xml": "text/xml; charset=utf-8",
}


@pytest.mark.parametrize("name", ["three", "path"])
def test_s3_uploads_every_file_once(name):
    shown = SITES[name]
    found = json.loads(made("s3", shown)["hosting/s3/upload.json"])
    prefix = shown.base[1:]
    keys = [one["key"] for one in found]
    assert sorted(keys) == sorted(prefix + f for f in shown.files if not f.endswith(".gz"))
    for one in found:
        assert one["file"].removeprefix("site/") in shown.files
        packed = one["file"].endswith(".gz")
        assert (one.get("ContentEncoding") == "gzip") is packed
        hashed = one["key"].startswith(f"{prefix}a/")
        assert one["CacheControl"] == (FOREVER if hashed else FRESH)
        kind = KINDS[one["key"].rpartition(".")[2]]
        assert one["ContentType"] == kind
    website = json.loads(made("s3", shown)["hosting/s3/website.json"])
    assert website["ErrorDocument"]["Key"] in keys


@pytest.mark.parametrize("name", ["three", "path"])
def test_the_script_sends_what_the_list_says(name, tmp_path):
    files = made("s3", SITES[name])
    script = tmp_path / "upload.sh"
    script.write_text(files["hosting/s3/upload.sh"], "utf-8")
    told = tmp_path / "told.txt"
    stand_in = program(tmp_path, "bin/aws")
    stand_in.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> '{told}'\n", "utf-8")
    stand_in.chmod(0o755)
    place = {"PATH": f"{stand_in.parent}:/usr/bin:/bin", "BUCKET": "sokha visits"}
    run(["sh", script], env=place, check=True)
    words = [one.split("\0") for one in told.read_text("utf-8").split("s3api\0")[1:]]
    options = {"file": "body", "key": "key", "ContentType": "content-type",
               "CacheControl": "cache-control", "ContentEncoding": "content-encoding"}  # fmt: skip
    puts = [dict(zip(one[1:-1:2], one[2::2], strict=True)) for one in words]
    wanted = [
        {"--bucket": "sokha visits", **{f"--{options[name]}": value for name, value in one.items()}}
        for one in json.loads(files["hosting/s3/upload.json"])
    ]
    assert {one[0] for one in words} == {"put-object"}
    assert puts == wanted
    done = run(["sh", script], env={"PATH": place["PATH"]}, capture_output=True, check=False)
    assert done.returncode != 0
    assert b"BUCKET" in done.stderr


def test_s3_is_told_the_type_of_every_picture_that_an_author_may_show():
    endings = set(re.findall(r'Image\("(\w+)"', inspect.getsource(images)))
    assert endings > {"png", "gif"}
    for ending in endings:
        shown = replace(SITES["three"], files=(f"a/menu.0123456789ab.{ending}",))
        (one,) = json.loads(made("s3", shown)["hosting/s3/upload.json"])
        assert one["ContentType"] == f"image/{ending.replace('jpg', 'jpeg')}"


def test_functions_fit_into_cloudfront(shown):
    for path, text in made("s3", shown).items():
        if path.endswith(".js"):
            assert len(text.encode()) <= 10_240
            assert "ASK_" not in text
            assert text.endswith("}\n")


# --- nginx, Apache: what can be seen without them --------------------------------------------


def test_nginx_sets_headers_in_one_place():
    text = made("nginx", SITES["path"])["hosting/nginx/site.conf"]
    inside = text.split("\nlocation", 1)[1]
    assert "add_header" not in inside, "one in a location takes away all those above"
    assert text.count("{") == text.count("}")


def test_two_sites_on_one_nginx_keep_apart():
    one, other = site("en", "km"), site("en", "km", path="/shop")
    texts = [made("nginx", shown)["hosting/nginx/maps.conf"] for shown in (one, other)]
    names = [set(re.findall(r"^map \S+ (\$\w+)", text, re.MULTILINE)) for text in texts]
    assert len(names[0]) == len(names[1]) == 7
    assert not names[0] & names[1]


def test_long_names_fit_into_the_tables_of_nginx():
    long = "https://opinions.customers.sokha-coffee-and-bakery-of-phnom-penh.example"
    texts = [
        made("nginx", site("en", "km", url=url))["hosting/nginx/maps.conf"]
        for url in (f"{long}/one", f"{long}/two")
    ]
    names = [set(re.findall(r"(\$\w+)", text)) - {"$mati_tag"} for text in texts]
    assert names[0] & names[1] == {"$uri", "$http_accept_language"}
    assert max(map(len, names[0] | names[1])) <= 40  # its buckets have 64 bytes


def test_every_directive_of_apache_is_one_that_hosts_allow():
    allowed = {"ErrorDocument", "AddType", "AddCharset", "SetEnvIf", "Header", "RewriteEngine",
               "RewriteCond", "RewriteRule", "ForceType", "AddOutputFilterByType"}  # fmt: skip
    lines = made("apache", SITES["many"])["site/.htaccess"].splitlines()
    words = [line.split()[0] for line in lines if not line.strip().startswith(("#", "<"))]
    assert set(words) <= allowed  # all of the class FileInfo
    depth, bare = 0, []
    for line in lines:
        depth += line.strip().startswith("<IfModule") - line.strip().startswith("</IfModule")
        bare += [line] if not depth and not line.startswith(("#", "</")) else []
    assert bare == ["ErrorDocument 404 /404.html"]


def test_one_language_leaves_nothing_to_choose():
    shown = SITES["one"]
    for host in HOSTS:
        text = "".join(made(host.name, shown).values())
        assert "accept_language" not in text
        assert "Accept-Language" not in text.replace('"Accept-Language" }', "")
        assert "Language=" not in text


# --- Which language --------------------------------------------------------------------------


def chosen(header: str, languages: tuple[str, ...]) -> str:
    """What the patterns choose, as a server with PCRE would."""
    for pattern in preferences(languages):
        found = re.search(pattern, header, re.IGNORECASE)
        if found:
            return spoken(languages)[found[1].lower()]
    return ""


def expected(header: str, languages: tuple[str, ...]) -> str:
    """RFC 9110, 12.5.4 and RFC 4647, 3.4, to the tenth of a weight."""
    known = {code.lower(): code for code in languages}
    best: tuple[float, str] = (0, "")
    for item in header.split(","):
        match = re.fullmatch(r"\s*([A-Za-z0-9-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?", item)
        if not match or float(match[2] or 1) > 1:
            continue
        tag, weight = match[1].lower(), float(match[2] or 1)
        parts = tag.split("-")
        ranges = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
        code = next((known[one] for one in ranges if one in known), "")
        if not code and len(parts) == 1:
            code = next((c for low, c in known.items() if low.startswith(f"{tag}-")), "")
        step = int(weight * 10 + 1e-9) / 10 or (0.05 if weight else 0)
        if code and step > best[0]:
            best = (step, code)
    return best[1]


TAGS = st.sampled_from(["km", "lo", "en", "KM-KH", "en-US", "fr", "pt", "pt-PT", "zh-Hant-TW", "*"])
WEIGHTS = st.sampled_from(["", ";q=1", ";q=0.9", "; q=0.85", ";q=0.5", ";q=0.05", ";q=0", ";q=1.0"])
HEADERS = st.lists(st.builds(lambda tag, weight: tag + weight, TAGS, WEIGHTS), max_size=6)


@given(HEADERS, st.sampled_from([",", ", "]), st.sampled_from([("en", "km", "lo"), MANY]))
def test_patterns_choose_as_the_standard_says(items, comma, languages):
    header = comma.join(items)
    assert chosen(header, languages) == expected(header, languages)


@given(st.text(max_size=60))
def test_whatever_is_sent_only_a_language_of_ours_is_chosen(header):
    assert chosen(header, ("en", "km", "lo")) in {"", "en", "km", "lo"}


def test_patterns_are_the_same_each_time_and_need_no_quoting():
    patterns = preferences(MANY)
    assert patterns == preferences(MANY)
    assert len(patterns) == 11
    for pattern in patterns:
        assert re.compile(pattern).groups == 1
        assert '"' not in pattern
        assert " " not in pattern


def hostile() -> Iterator[str]:
    yield from ("km;" * 3000, "," * 9000, " ," * 4000, "km" + "-a" * 4000, "km;q=" + "0" * 8000)
    yield from ("km" + " " * 8000 + "x", "km;" + " " * 8000 + "q", "-" * 8000)


@pytest.mark.parametrize("header", list(hostile()), ids=lambda text: text[:8])
def test_no_header_keeps_a_server_busy(header):
    """Backtracking would show as minutes."""
    assert chosen(header, MANY) in {"", "km"}


def test_every_limit_is_said_by_a_message():
    names = {Limit.HEADERS: Code.HOST_WITHOUT_HEADERS, Limit.LANGUAGE: Code.HOST_WITHOUT_LANGUAGES,
             Limit.PATH: Code.HOST_WITHOUT_PATHS, Limit.TERMS: Code.HOST_NOT_FOR_SHOPS,
             Limit.FOLDERS: Code.HOST_WITHOUT_FOLDERS}  # fmt: skip
    assert names.keys() == set(Limit)
    assert all("{host}" in code.message for code in names.values())


# --- The servers of the tests ----------------------------------------------------------------


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_servers_are_found_on_the_path_and_off_it(tmp_path):
    nginx = program(tmp_path, "bin/nginx")
    apache = program(tmp_path, "usr/sbin/httpd")
    on_path = {"nginx": str(nginx)}.get
    found = webservers.find({}, on_path, (str(apache.parent),))
    assert (found.nginx, found.apache, found.modules) == (nginx, apache, None)
    assert not found.whole
    modules = program(tmp_path, "usr/lib64/httpd/modules/mod_rewrite.so").parent
    found = webservers.find({}, on_path, (str(apache.parent),))
    assert found.modules == modules
    assert found.whole


def test_a_wrong_setting_for_a_server_is_not_papered_over(tmp_path):
    nginx = program(tmp_path, "nginx")
    place = (str(tmp_path),)
    settings = {webservers.NGINX: str(tmp_path / "gone")}
    assert webservers.find({}, {}.get, place).nginx == nginx
    assert webservers.find(settings, {}.get, place).nginx is None
    assert webservers.NGINX in webservers.advice()
