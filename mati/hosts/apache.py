"""Apache: ``.htaccess`` beside the pages, all that cheap shared hosts let one say.

As in Apache's documentation of mod_rewrite, mod_headers, mod_setenvif and mod_dir; the tests run
the real server. Only directives of the class ``FileInfo`` are used, which every host that allows
anything allows; each stands in the ``IfModule`` of its module, so that a host without it still
shows the site.
"""

from __future__ import annotations

import re

from mati.hosts import (
    FOREVER,
    FRESH,
    MADE,
    SECURITY,
    Hosted,
    Limit,
    patterns,
    preferences,
    spoken,
)
from mati.model import Output

__all__ = ["Host", "host"]

_TYPES = {
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "text/xml",
}
"""Files that may have a ``.gz`` beside them."""
_TAKES_GZIP = r'"(?:^|[,\s])gzip\s*(?:;\s*q=(?:1(?:\.0*)?|0?\.0*[1-9][0-9]*)\s*)?(?:,|$)"'


class Host:
    """``host: apache``: the usual shared host, and LiteSpeed, which reads the same file."""

    name = "apache"
    title = "Apache"
    status = "verified"
    sources = (
        "https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html",
        "https://httpd.apache.org/docs/2.4/mod/mod_headers.html",
        "https://httpd.apache.org/docs/2.4/mod/mod_deflate.html",
    )
    limits: frozenset[Limit] = frozenset()
    packed = True

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return the one file."""
        lines = [
            f"# {MADE}",
            f"ErrorDocument 404 {site.base}404.html",
            *_within("mod_mime", _types()),
            *_within("mod_setenvif", _marks(site)),
            *_within("mod_headers", _headers(site)),
            *_within("mod_rewrite", _rewrites(site)),
            *_within("mod_deflate", _within("mod_filter", _deflate())),
            "",
        ]
        return (Output(path=".htaccess", content="\n".join(lines).encode("utf-8")),)


def _within(module: str, lines: list[str]) -> list[str]:
    return [f"<IfModule {module}.c>", *(f"  {line}" for line in lines), "</IfModule>"]


def _types() -> list[str]:
    types = [f"AddType {kind} .{ending}" for ending, kind in _TYPES.items()]
    return [*types, "AddCharset utf-8 " + " ".join(f".{ending}" for ending in _TYPES)]


def _marks(site: Hosted) -> list[str]:
    """Return what tells addresses apart: a variable for each policy, the first page, assets."""
    base = re.escape(site.base)
    lines = [
        f'SetEnvIf Request_URI "^{base}{re.escape(site.hashed)}" mati_forever',
    ]
    if len(site.languages) > 1:
        lines.append(rf'SetEnvIf Request_URI "^{base}(?:index\.html(?:\.gz)?)?$" mati_first')
    for number, pattern in enumerate(patterns(site).values(), 1):
        lines.append(f'SetEnvIf Request_URI "{pattern}" mati_policy_{number}')
    return lines


def _headers(site: Hosted) -> list[str]:
    """Return the headers; ``always`` also means errors and redirects."""
    lines = [f'Header always set {name} "{value}"' for name, value in SECURITY]
    lines += [
        f'Header always set Cache-Control "{FRESH}"',
        f'Header always set Cache-Control "{FOREVER}" env=mati_forever',
    ]
    if len(site.languages) > 1:
        lines.append('Header always merge Vary "Accept-Language" env=mati_first')
    for number, policy in enumerate(patterns(site), 1):
        words = policy.replace('"', '\\"')
        lines.append(
            f'Header always set Content-Security-Policy "{words}" env=mati_policy_{number}'
        )
    return lines


def _rewrites(site: Hosted) -> list[str]:
    """Return the choice of language at the first page, what nobody may see, and packed files."""
    lines = ["RewriteEngine On", *_by_name(site)]
    if len(site.languages) > 1:
        lines += _choice(site)
    ours = sorted({path.partition("/")[0] for path in site.files if "/" in path})
    lines += [
        "# Files that begin with a dot, and folders of the site without a page.",
        r"RewriteRule (?:^|/)\.(?!well-known/) - [R=404,L]",
        *_unlisted(ours),
        "# Packed files, for browsers that take them.",
        *_within("mod_headers", _packed()),
    ]
    return lines


def _by_name(site: Hosted) -> list[str]:
    """Return what leads those who came by the site's own name on by it, and to folders.

    Behind something that speaks HTTPS for it, Apache would lead them to ``http://``.
    """
    lines = ["# The way to a folder, and to a language, by the address that the site has."]
    if site.url:
        whole = site.url.removesuffix(site.base.rstrip("/"))
        name = re.escape(whole.partition("://")[2])
        lines += [
            f"RewriteCond %{{HTTP_HOST}} ^{name}$ [NC]",
            f"RewriteRule ^ - [E=mati_at:{whole}]",
        ]
    return [
        *lines,
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteRule [^/]$ %{ENV:mati_at}%{REQUEST_URI}/ [R=301,L]",
    ]


def _choice(site: Hosted) -> list[str]:
    """Return the choice of language: by weight, and at the address of the site alone."""
    lines = ["# The language that a visitor's browser asks for most; else the page to choose on."]
    for pattern in preferences(site.languages):
        lines += [
            "RewriteCond %{ENV:mati_tag} ^$",
            f'RewriteCond %{{HTTP:Accept-Language}} "{pattern}" [NC]',
            "RewriteRule ^$ - [E=mati_tag:%1]",
        ]
    for tag, code in spoken(site.languages).items():
        lines += [
            f"RewriteCond %{{ENV:mati_tag}} ^{tag}$ [NC]",
            f"RewriteRule ^$ %{{ENV:mati_at}}{site.base}{code}/ [R=302,L]",
        ]
    return lines


def _unlisted(folders: list[str]) -> list[str]:
    if not folders:
        return []
    names = "|".join(re.escape(folder) for folder in folders)
    return [
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteCond %{REQUEST_FILENAME}/index.html !-f",
        f"RewriteRule ^(?:{names})(?:/|$) - [R=404,L]",
    ]


def _packed() -> list[str]:
    """Return what hands out ``.gz`` files; without mod_headers nobody would be told of it."""
    endings = "|".join(_TYPES)
    lines = [
        r"RewriteRule \.gz$ - [E=no-gzip:1,L]",
        f"RewriteCond %{{HTTP:Accept-Encoding}} {_TAKES_GZIP} [NC]",
        "RewriteCond %{REQUEST_FILENAME}index.html.gz -f",
        "RewriteRule (?:^|/)$ %{REQUEST_URI}index.html.gz [L]",
        f"RewriteCond %{{HTTP:Accept-Encoding}} {_TAKES_GZIP} [NC]",
        "RewriteCond %{REQUEST_FILENAME}.gz -f",
        rf"RewriteRule \.(?:{endings})$ %{{REQUEST_URI}}.gz [L]",
        rf'<FilesMatch "\.(?:{endings})(?:\.gz)?$">',
        '  Header always merge Vary "Accept-Encoding"',
        "</FilesMatch>",
    ]
    for ending, kind in _TYPES.items():
        lines += [
            rf'<FilesMatch "\.{ending}\.gz$">',
            f'  ForceType "{kind}; charset=utf-8"',
            '  Header set Content-Encoding "gzip"',
            "</FilesMatch>",
        ]
    return lines


def _deflate() -> list[str]:
    return ["AddOutputFilterByType DEFLATE " + " ".join(_TYPES.values())]


host = Host()
