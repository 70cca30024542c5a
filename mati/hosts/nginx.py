"""nginx: configuration for whoever looks after the server, in three files.

As in nginx's documentation of its modules map, headers, gzip_static and core; the tests run the
real server. All headers are set once for the whole server, their values looked up by address:
``add_header`` in a ``location`` would silently take away all those of the levels above.
"""

from __future__ import annotations

import hashlib
import re

from mati.hosts import FOREVER, FRESH, MADE, SECURITY, Hosted, Limit, patterns, preferences, spoken
from mati.model import Output

__all__ = ["Host", "host"]


_LONGEST_NAME = 24
_BY_PATH = "absolute_redirect off;"
"""Behind something that speaks HTTPS for it, nginx would lead to ``http://``. It stands in each
``location``: a server that shows two sites may not say it twice."""


class Host:
    """``host: nginx``: a server of one's own."""

    name = "nginx"
    title = "nginx"
    status = "verified"
    sources = (
        "https://nginx.org/en/docs/http/ngx_http_map_module.html",
        "https://nginx.org/en/docs/http/ngx_http_headers_module.html",
        "https://nginx.org/en/docs/http/ngx_http_gzip_static_module.html",
    )
    limits: frozenset[Limit] = frozenset()
    packed = True

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return what stands in ``http``, what stands in ``server``, and a server of the two."""
        made = {"maps.conf": _maps(site), "site.conf": _site(site), "server.conf": _server(site)}
        return tuple(
            Output(path=f"nginx/{name}", content="\n".join(lines).encode("utf-8"), root="hosting")
            for name, lines in made.items()
        )


def _named(site: Hosted) -> str:
    """Return how the variables of this site begin: several sites share one server.

    nginx does not start where the name of a variable is longer than its table of them expects.
    """
    whole = f"{site.domain}{site.base}".lower()
    words = re.sub(r"[^a-z0-9]+", "_", whole).strip("_")
    if len(words) > _LONGEST_NAME:
        words = f"{words[:12]}_{hashlib.sha256(whole.encode()).hexdigest()[:11]}"
    return f"$mati_{words}" if words else "$mati"


def _quoted(text: str) -> str:
    """Return ``text`` as nginx reads it between quotation marks."""
    return '"' + text.replace('"', '\\"') + '"'


def _map(source: str, target: str, entries: dict[str, str], default: str = "") -> list[str]:
    lines = [f"map {source} {target} {{", f"    default {_quoted(default)};"]
    lines += [f"    {_quoted(key)} {value};" for key, value in entries.items()]
    return [*lines, "}"]


def _maps(site: Hosted) -> list[str]:
    """Return the values of headers, by address."""
    mine, base = _named(site), re.escape(site.base)
    security = {name: {f"~^{base}": _quoted(value)} for name, value in SECURITY}
    policies = {f"~{pattern}": _quoted(policy) for policy, pattern in patterns(site).items()}
    cache = {f"~^{base}{re.escape(site.hashed)}": FOREVER, f"~^{base}": FRESH}
    choosing = len(site.languages) > 1
    first = {rf"~^{base}(?:index\.html)?$": "Accept-Language"} if choosing else {}
    lines = [
        f"# {MADE}",
        "# For the level 'http': copy it to /etc/nginx/conf.d/.",
        *_map("$uri", f"{mine}_sniff", security[SECURITY[0][0]]),
        *_map("$uri", f"{mine}_referrer", security[SECURITY[1][0]]),
        *_map("$uri", f"{mine}_cache", {key: _quoted(value) for key, value in cache.items()}),
        *_map("$uri", f"{mine}_policy", policies),
        *_map("$uri", f"{mine}_vary", first),
    ]
    if choosing:
        found = {f"~*{one}": "$mati_tag" for one in _named_groups(site)}
        lines += [
            "# The tag that a visitor's browser asks for most, and the language it means here.",
            *_map("$http_accept_language", f"{mine}_tag", found),
            *_map(f"{mine}_tag", f"{mine}_language", spoken(site.languages)),
        ]
    return [*lines, ""]


def _named_groups(site: Hosted) -> list[str]:
    """Return the patterns with their group named: a number would not last until it is used."""
    found = []
    for pattern in preferences(site.languages):
        start, _, rest = pattern.partition(r"\s*(")
        found.append(rf"{start}\s*(?<mati_tag>{rest}")
    return found


def _site(site: Hosted) -> list[str]:
    """Return the part of a server that shows the site."""
    mine, base = _named(site), site.base
    headers = {
        SECURITY[0][0]: "sniff",
        SECURITY[1][0]: "referrer",
        "Cache-Control": "cache",
        "Content-Security-Policy": "policy",
        "Vary": "vary",
    }
    lines = [
        f"# {MADE}",
        "# For a block 'server': include it there. A 'location' of your own that has an",
        "# 'add_header' loses these headers; repeat them there if it shows pages of the site. So",
        "# does this server with those that you set at the level 'http': repeat them in it.",
        *(f"add_header {name} {mine}_{end} always;" for name, end in headers.items()),
        "",
        *_without_slash(base),
        f"location = {base} {{",
        f"    {_BY_PATH}",
    ]
    if len(site.languages) > 1:
        target = f"{base}{mine}_language/$is_args$args"
        lines += [f"    if ({mine}_language) {{", f"        return 302 {target};", "    }"]
    sole = "^~ " if base != "/" else ""  # rules that a shop has for .js or .png end at the site
    return [
        *lines,
        "    index index.html;",
        "}",
        f"location {sole}{base} {{",
        f"    {_BY_PATH}",
        "    index index.html;",
        f"    error_page 403 404 =404 {base}404.html;",
        "    gzip_static on;",
        "    gzip_vary on;",
        "    charset utf-8;",
        "    charset_types text/css text/csv text/plain application/json image/svg+xml;",
        r"    location ~ /\.(?!well-known/) {",
        "        return 404;",
        "    }",
        r"    location ~ \.csv$ {",
        "        types { }",
        "        default_type text/csv;",
        "    }",
        "}",
        "",
    ]


def _without_slash(base: str) -> list[str]:
    """Return the way from the address in ``url`` to the site: all else may belong to a shop."""
    if base == "/":
        return []
    goal = f"{base}$is_args$args"
    return [f"location = {base.rstrip('/')} {{", f"    {_BY_PATH}", f"    return 301 {goal};", "}"]


def _server(site: Hosted) -> list[str]:
    """Return a whole server, to begin with."""
    name = site.domain or "shop.example"
    file = "-".join((name, *site.base.strip("/").split("/"))).strip("-")
    below = f" (the site itself in {site.base.strip('/')} below it)" if site.base != "/" else ""
    return [
        f"# {MADE}",
        "# A server to begin with: copy it once to /etc/nginx/conf.d/ and mend its paths. Where",
        "# there is a server of this name, leave this one, and write its last line into that.",
        "server {",
        "    listen 80;",
        "    listen [::]:80;",
        f"    server_name {name};",
        f"    root /srv/www/{name};  # what is in site/ stands here{below}",
        f"    include /etc/nginx/mati/{file}.conf;  # a copy of site.conf",
        "}",
        "",
    ]


host = Host()
