"""The files of a site in, those and what its web host wants beside them out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mati.build.forms import Site, targets
from mati.diagnostics import Code, Span
from mati.hosts import MADE, Host, Hosted, Limit, hosts
from mati.model import Output
from mati.pages import report_path
from mati.render.policy import header_policy
from mati.settings import close_to
from mati.writer import foreign

__all__ = ["hosted", "packed"]

_ASKING = ("form", "thanks", "again", "closed")
"""Kinds of pages that a site may show in a frame: an embedded form, and where it leads to."""
_TEXTS = (".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml")
_PATH = re.compile(r"/(?:(?!\.{1,2}/)[A-Za-z0-9._~-]+/)*")
"""Paths that mean the same in every language of settings."""
_LEAST = 1_000
"""Bytes below which a packed file is hardly smaller once it is on the way."""
_HEAD = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255))
"""What a gzip file begins with (RFC 1952): no name, no time, so that equal input gives equal
bytes."""


def hosted(site: Site, outputs: Sequence[Output]) -> tuple[Output, ...]:
    """Return the files of a site and those that its host wants; notes say what it cannot do.

    Where not all surveys are built, only their own files are packed: others stay as they are,
    and so do control files, which speak of the whole site.
    """
    settings = site.project.settings
    if not settings.host:
        return tuple(outputs)
    host = hosts.find(settings.host)
    span = settings.host_span or Span(settings.path)
    if host is None:
        _unknown(site, span)
        return tuple(outputs)
    whole = len(site.surveys) == len(site.project.sources)
    found = list(outputs)
    if host.packed:
        own = outputs if whole else [one for one in outputs if _belongs(one, site)]
        found += _packed(own, site.project.root)
    shown = _described(site, found)
    if not _PATH.fullmatch(shown.base):
        site.notes.note(Code.HOST_PATH_ODD, settings.url_span or span, path=shown.base[:60])
        return tuple(outputs)
    _limits(host, shown, site, span)
    if whole:
        found += (one for one in host.files(shown) if not _kept_by_hand(one, host, site))
    return tuple(found)


def _kept_by_hand(output: Output, host: Host, site: Site) -> bool:
    """Tell whether somebody's own file stands where a control file would, and say so."""
    key = f"{output.root}/{output.path}"
    stands = foreign(site.project.root, key)
    if stands is None or stands == output.content or MADE.encode() in stands:
        return False
    site.notes.note(Code.HOST_FILE_KEPT, Span(key), path=key, host=host.title)
    return True


def _unknown(site: Site, span: Span) -> None:
    name = site.project.settings.host
    offer = close_to(name, hosts.names())
    known = ", ".join(hosts.names())
    site.notes.note(Code.UNKNOWN_HOST, span, text=name[:60], offer=offer, known=known)


def _belongs(output: Output, site: Site) -> bool:
    return not site.surveys.keys().isdisjoint(output.path.split("/")[:-1])


def _described(site: Site, outputs: Iterable[Output]) -> Hosted:
    """Return what hosts need to know.

    A public report stands also where this build does not make it: one made elsewhere is kept.
    """
    reports = [
        ("report", report_path(name, code))
        for name, survey in site.surveys.items()
        for code in site.spoken(name)
        if survey.settings.report.public
    ]
    pages = dict.fromkeys((*((page.kind, page.path) for page in site.pages), *reports))
    return Hosted(
        url=site.project.settings.url,
        languages=tuple(page.language for page in site.pages if page.kind == "list"),
        pages=tuple(pages),
        policies=_policies(site, (kind for kind, _ in pages)),
        files=tuple(output.path for output in outputs if output.root == "site"),
    )


def _policies(site: Site, kinds: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what a server says of each kind of page, the freest first.

    All forms have one policy: each may send to the hosts that all of them need.
    """
    through = _through(site)
    return tuple(
        (kind, header_policy(through, form=kind == "form", framed=kind in _ASKING))
        for kind in dict.fromkeys((*_ASKING, *kinds))
    )


def _through(site: Site) -> tuple[str, ...] | None:
    """Return every host that a form of the site posts through; None where one is not known."""
    found: list[str] = []
    for survey in site.surveys.values():
        for target in targets(site, survey, survey.languages).values():
            if target.hosts is None:
                return None
            found += target.hosts
    return tuple(dict.fromkeys(found))


def _limits(host: Host, shown: Hosted, site: Site, span: Span) -> None:
    """Say what the host cannot do, as far as this site would need it."""
    notes, name = site.notes, host.title
    if Limit.PATH in host.limits and shown.base != "/":
        place = site.project.settings.url_span or span
        notes.note(Code.HOST_WITHOUT_PATHS, place, path=shown.base, host=name)
    if Limit.HEADERS in host.limits:
        notes.note(Code.HOST_WITHOUT_HEADERS, span, host=name)
    if Limit.LANGUAGE in host.limits and len(shown.languages) > 1:
        address = f"{shown.url or 'https://…'}/{shown.languages[0]}/"
        notes.note(Code.HOST_WITHOUT_LANGUAGES, span, host=name, address=address)
    if Limit.TERMS in host.limits:
        notes.note(Code.HOST_NOT_FOR_SHOPS, span, host=name)
    if Limit.FOLDERS in host.limits:
        notes.note(Code.HOST_WITHOUT_FOLDERS, span, host=name, folder=f"hosting/{host.name}/")


# --- Packed files ----------------------------------------------------------------------------


def packed(content: bytes) -> bytes:
    """Return ``content`` as a gzip file, the same bytes each time."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeeze.compress(content) + squeeze.flush()
    size = len(content) & 0xFFFFFFFF
    return _HEAD + body + zlib.crc32(content).to_bytes(4, "little") + size.to_bytes(4, "little")


def _packed(outputs: Iterable[Output], root: Path) -> Iterator[Output]:
    """Yield what stands beside each longer text of the site."""
    for output in outputs:
        if output.root == "site" and len(output.content) > _LEAST and output.path.endswith(_TEXTS):
            path = f"{output.path}.gz"
            content = _kept(root / "site" / path, output.content) or packed(output.content)
            yield replace(output, path=path, content=content)


def _kept(path: Path, content: bytes) -> bytes | None:
    """Return the packed file of an earlier build where it still holds ``content``.

    To unpack takes a tenth of the time that packing takes.
    """
    try:
        found = path.read_bytes()
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        same = found.startswith(_HEAD) and unpack.decompress(found, len(content) + 1) == content
    except (OSError, zlib.error):
        return None
    return found if same and unpack.eof and not unpack.unused_data else None
