"""The shelf of web hosts: a built site's description in, a host's control files out.

A module here is a host. It touches nothing: it says what its files hold and where they stand,
and by ``limits`` what this host cannot do, which a build says to whoever asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import Protocol
from urllib.parse import urlsplit

from mati.model import Output
from mati.shelf import Shelf

__all__ = [
    "FOREVER",
    "FRESH",
    "MADE",
    "SECURITY",
    "Area",
    "Host",
    "Hosted",
    "Limit",
    "areas",
    "header_rules",
    "headers_file",
    "patterns",
    "preferences",
    "spoken",
]

FRESH = "public, max-age=0, must-revalidate"
"""``Cache-Control`` of pages: kept, but asked for again each time (RFC 9111)."""
FOREVER = "public, max-age=31536000, immutable"
"""``Cache-Control`` of files whose name changes with their content (RFC 8246)."""
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
"""Headers of every answer. A link may hold what somebody answered (``?overall=5``), so other
sites learn where people came from, but not that."""
MADE = "Made by Mati with every build: what you change here is lost."
"""First line of every control file that can hold a remark."""


@unique
class Limit(Enum):
    """What a host cannot do."""

    HEADERS = "headers"
    """Send headers of our own."""
    LANGUAGE = "language"
    """Look at the languages a browser asks for."""
    PATH = "path"
    """Show a site below a path; it must stand at the top of its address."""
    TERMS = "terms"
    """Serve a business: its terms forbid it."""
    FOLDERS = "folders"
    """Show ``index.html`` for the address of its folder, without more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """What a host needs to know of a site.

    ``url``: absolute, without a slash at its end, "" when not known. ``languages``: their codes
    in order, the first one the default; ``<code>/`` is the address of each. ``pages``: (kind,
    address below the site) of every page. ``policies``: (kind, content security policy to send
    by header), the freest first. ``files``: every file of the site. ``hashed``: where files lie
    whose name changes with their content.
    """

    url: str = ""
    languages: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    policies: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    hashed: str = "a/"

    @property
    def base(self) -> str:
        """The path of the site at its host: ``/``, or ``/shop/`` for ``https://…/shop``."""
        return f"{urlsplit(self.url).path.rstrip('/')}/"

    @property
    def domain(self) -> str:
        """The name of the host in ``url``, "" when not known."""
        return urlsplit(self.url).hostname or ""


class Host(Protocol):
    """A web host: a module of ``mati/hosts/`` that has ``host = Host()``.

    ``title`` is its name for people. ``status``: ``verified`` where the tests run the real
    server, ``documented`` where ``sources`` (pages of the vendor) are all that is known.
    ``packed``: text files want a ``.gz`` beside them.
    """

    name: str
    title: str
    status: str
    sources: tuple[str, ...]
    limits: frozenset[Limit]
    packed: bool

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return the control files.

        Those to be uploaded are of the root ``site``; those for whoever looks after the server,
        or for the top of a repository, of the root ``hosting``.
        """
        ...


hosts: Shelf[Host] = Shelf(__name__, __path__, "host")
__all__ += ["hosts"]


# --- Which header where ----------------------------------------------------------------------

_LANGUAGE, _ANY = "<language>", "*"


@dataclass(frozen=True, slots=True)
class Area:
    """Pages with one policy: ``shape`` is their address in parts, with signs for what varies."""

    shape: tuple[str, ...]
    policy: str

    @property
    def spoken(self) -> bool:
        """Whether the addresses begin with a language."""
        return self.shape[:1] == (_LANGUAGE,)

    def pattern(self, site: Hosted) -> str:
        """Return the regular expression (PCRE) of the addresses, and of the files behind them."""
        codes = "|".join(re.escape(code) for code in site.languages)
        signs = {_LANGUAGE: f"(?:{codes})", _ANY: "[^/]+"}
        parts = [signs.get(part) or re.escape(part) for part in self.shape]
        start = "^" + re.escape(site.base)
        if self.shape and "." in self.shape[-1]:
            return f"{start}{'/'.join(parts)}(?:\\.gz)?$"
        return f"{start}{''.join(f'{part}/' for part in parts)}(?:index\\.html(?:\\.gz)?)?$"

    def paths(self, site: Hosted, *, few: bool = False) -> tuple[str, ...]:
        """Return the addresses with ``:page`` for a part that varies, a path per language.

        Where ``few`` are wanted, a language below the first part is ``:language`` in one path;
        as the first part it would also mean folders that are no language.
        """
        named = few and not self.spoken
        codes = site.languages if _LANGUAGE in self.shape and not named else (":language",)
        found = []
        for code in codes:
            signs = {_LANGUAGE: code, _ANY: ":page"}
            path = "/".join(signs.get(part, part) for part in self.shape)
            slash = "/" if path and "." not in self.shape[-1] else ""
            found.append(f"{site.base}{path}{slash}")
        return tuple(found)


def areas(site: Hosted) -> tuple[Area, ...]:
    """Return the shapes that addresses have, each with the freest policy of its pages.

    A form and a plain page look the same from outside: whatever the one may do is left to both.
    """
    order = [kind for kind, _ in site.policies]
    policies = dict(site.policies)
    found: dict[tuple[str, ...], str] = {}
    for kind, path in site.pages:
        shape = _shape(path, site.languages)
        if kind in policies and (shape not in found or _freer(order, kind, found[shape])):
            found[shape] = kind
    return tuple(Area(shape, policies[kind]) for shape, kind in sorted(found.items()))


def _freer(order: Sequence[str], one: str, other: str) -> bool:
    return order.index(one) < order.index(other)


def _shape(path: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of an address; the second one is the name of a survey or a page."""
    parts = path.strip("/").split("/") if path else []
    signs = dict.fromkeys(languages, _LANGUAGE)
    return tuple(_ANY if at == 1 else signs.get(part, part) for at, part in enumerate(parts))


def patterns(site: Hosted) -> dict[str, str]:
    """Return one regular expression (PCRE) of all addresses that have a policy, by the policy."""
    found: dict[str, list[str]] = {}
    for area in areas(site):
        found.setdefault(area.policy, []).append(area.pattern(site))
    return {policy: "|".join(alike) for policy, alike in found.items()}


Rule = tuple[str, tuple[tuple[str, str], ...]]


def header_rules(site: Hosted, most: int = 0) -> tuple[Rule, ...]:
    """Return (path, headers) for hosts that go by paths with ``:page`` and a ``*`` at the end.

    For no address do two rules name the same header: some hosts then send both values. ``most``
    is how many rules the host takes, 0 for any number: where there are more, a language has one
    rule, and where that is too much, none.
    """
    base: list[Rule] = [
        (f"{site.base}*", SECURITY),
        (f"{site.base}{site.hashed}*", (("Cache-Control", FOREVER),)),
    ]
    alone: list[Rule] = []
    exact: list[Rule] = []
    for area in areas(site):
        where = exact if area.spoken else alone
        where += [(path, _page_headers(site, area)) for path in area.paths(site, few=most > 0)]
    if most and len(base) + len(alone) + len(exact) > most:
        freest = Area((_LANGUAGE,), site.policies[0][1])
        exact = [(f"{path}*", _page_headers(site, freest)) for path in freest.paths(site)]
        if len(base) + len(alone) + len(exact) > most:
            exact = []
    return (*base, *alone, *exact)


def _page_headers(site: Hosted, area: Area) -> tuple[tuple[str, str], ...]:
    choosing = not area.shape and len(site.languages) > 1
    vary = (("Vary", "Accept-Language"),) if choosing else ()
    return (("Cache-Control", FRESH), ("Content-Security-Policy", area.policy), *vary)


def headers_file(rules: Iterable[Rule], longest: int = 0) -> bytes:
    """Return the text of a ``_headers`` file; lines above ``longest`` characters are left out."""
    lines = [f"# {MADE}"]
    for path, headers in rules:
        lines.append(path)
        told = (f"  {name}: {value}" for name, value in headers)
        lines += [line for line in told if not longest or len(line) <= longest]
    return ("\n".join(lines) + "\n").encode("utf-8")


# --- Which language --------------------------------------------------------------------------

_QUOTE = r"\x22?"
"""A quotation mark, which some clients put around a weight, in signs that no configuration file
takes for its own."""


def spoken(languages: Sequence[str]) -> dict[str, str]:
    """Return which language of the site a tag asks for: ``pt`` asks for ``pt-BR``, too.

    Tags are in small letters. Lookup as in RFC 4647, 3.4, which for ``km-KH`` finds ``km``.
    """
    found = {code.lower(): code for code in languages}
    for code in languages:
        found.setdefault(code.lower().partition("-")[0], code)
    return found


def preferences(languages: Sequence[str]) -> tuple[str, ...]:
    """Return regular expressions (PCRE, for any case) of ``Accept-Language``, the first counts.

    Each finds in its only group the tag that people want most with one weight (RFC 9110, 12.4.2),
    to the tenth: a tag of ``spoken``. What has weight 0, or one that is no number, is not asked
    for; where none fits, the page on which people choose stands.
    """
    own = dict.fromkeys(code.lower() for code in languages)
    wide = "|".join(re.escape(tag) for tag in sorted(own, key=len, reverse=True))
    alone = "|".join(re.escape(tag) for tag in spoken(languages) if tag not in own)
    shorter = rf"|(?:{alone})(?=[;,\s]|$)" if alone else ""
    tag = rf"((?:{wide})(?=[-;,\s]|$){shorter})"
    weights = [
        rf"(?:;\s*q\s*=\s*{_QUOTE}1(?:\.0{{0,3}})?{_QUOTE}\s*)?",
        *(rf";\s*q\s*=\s*{_QUOTE}0?\.{tenth}[0-9]{{0,2}}{_QUOTE}\s*" for tenth in range(9, 0, -1)),
        rf";\s*q\s*=\s*{_QUOTE}0?\.0(?:[1-9][0-9]?|0[1-9]){_QUOTE}\s*",
    ]
    return tuple(
        rf"(?:^|,)\s*{tag}(?:-[a-z0-9-]+)?\s*{weight}(?:,|$)".replace("\\-", "-")
        for weight in weights
    )
