"""The files of a site in; what previews, search engines and readers would stumble over, out.

What previews ask for: Open Graph protocol (ogp.me); Meta, "Images in Link Shares" and "Meta Web
Crawlers"; X, "Cards markup".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from mati.images import image
from mati.share.pages import Read, read_page

__all__ = ["Fault", "faults"]

_EARLY = 4096
"""Bytes in which all tags of a preview stand; Meta reads a million, others fewer."""
_WANTED = (
    "og:title", "og:url", "og:type", "og:locale", "og:image", "og:image:width",
    "og:image:height", "og:image:alt", "twitter:card",
)  # fmt: skip
_TITLE, _TEXT = 70, 200
"""Signs that previews show of a title and a text (X, "Cards markup")."""
_HEAVY = 290_000
"""Bytes of a picture from which on some chats show none."""
_LEAST = (600, 315)
"""Pixels below which Meta shows a small picture beside the words."""
_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?\Z")
_SHOWN = ("png", "jpg", "gif", "webp")
"""Pictures that previews show, told by their bytes."""
_OTHERS = ("mailto:", "tel:", "sms:", "data:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing: ``sort`` is ``tag``, ``address``, ``picture``, ``long`` or ``link``; ``page`` the
    file it is in, ``name`` which tag or part, ``value`` what stands there.
    """

    sort: str
    page: str
    name: str
    value: str = ""


def faults(files: Mapping[str, bytes], url: str) -> Iterator[Fault]:
    """Go through all pages: ``files`` by path from the root of the site, whose address is ``url``.

    Tags are asked of pages that want to be found; links are followed everywhere.
    """
    read = {path: read_page(content) for path, content in files.items() if path.endswith(".html")}
    for path, page in sorted(read.items()):
        if not page.unlisted and url:
            yield from _tags(path, page, url)
            yield from _picture(path, page, files, url)
        yield from _links(path, page, read, files, url)


def _own(path: str, url: str) -> str:
    return f"{url}/{path.removesuffix('index.html')}"


def _tags(path: str, page: Read, url: str) -> Iterator[Fault]:
    for name in _WANTED:
        found = page.tags.get(name, [])
        if len(found) != 1 or not found[0].strip():
            yield Fault(sort="tag", page=path, name=name, value=" · ".join(found))
    own = _own(path, url)
    for name, value in (("og:url", page.tag("og:url")), ("canonical", page.canonical)):
        if value != own:
            yield Fault(sort="address", page=path, name=name, value=value)
    long = tuple(
        Fault(sort="long", page=path, name=name, value=value)
        for name, value, most in (
            ("og:title", page.tag("og:title"), _TITLE),
            ("og:description", page.tag("og:description"), _TEXT),
        )
        if len(value) > most
    )
    yield from long
    if page.last > _EARLY and not long:  # long words, which are said, move all tags down
        yield Fault(sort="tag", page=path, name="<head>", value=f"{page.last} B")
    yield from _odd_tags(path, page)


def _odd_tags(path: str, page: Read) -> Iterator[Fault]:
    """Go through what is none, or has crawlers ask for what no file answers."""
    if page.tag("og:locale") and not _LOCALE.match(page.tag("og:locale")):
        yield Fault(sort="tag", page=path, name="og:locale", value=page.tag("og:locale"))
    if "og:locale:alternate" in page.tags:
        value = page.tag("og:locale:alternate")
        yield Fault(sort="tag", page=path, name="og:locale:alternate", value=value)


def _picture(path: str, page: Read, files: Mapping[str, bytes], url: str) -> Iterator[Fault]:
    """Hold what is said of the picture against the picture itself."""
    address = page.tag("og:image")
    if not address:
        return
    start = f"{url}/"
    content = files.get(unquote(address.removeprefix(start))) if address.startswith(start) else None
    if content is None:
        yield Fault(sort="picture", page=path, name="og:image", value=address)
        return
    found = image(content)
    said = (page.tag("og:image:width"), page.tag("og:image:height"))
    real = (str(found.width), str(found.height)) if found and found.ending in _SHOWN else ()
    if found is None or said != real:
        yield Fault(sort="picture", page=path, name="og:image:width", value=" ".join(said))
    elif found.width < _LEAST[0] or found.height < _LEAST[1]:
        yield Fault(sort="picture", page=path, name="px", value=f"{found.width} × {found.height}")
    if len(content) > _HEAVY:
        yield Fault(sort="picture", page=path, name="kB", value=str(round(len(content) / 1000)))


def _links(
    path: str, page: Read, read: Mapping[str, Read], files: Mapping[str, bytes], url: str
) -> Iterator[Fault]:
    """Follow every link that stays in the site."""
    root = urlsplit(url).path.rstrip("/") if url else ""
    own = _own(path, url or "https://site.invalid")
    base = url or "https://site.invalid"
    for link in dict.fromkeys(page.links):
        if not link or link.lower().startswith(_OTHERS):
            continue
        whole = urlsplit(urljoin(own, link))
        if f"{whole.scheme}://{whole.netloc}" != base.removesuffix(root):
            continue
        if urlsplit(link).netloc and not f"{whole.path}/".startswith(f"{root}/"):
            continue  # another part of the same website, such as the shop's first page
        inside = unquote(whole.path).removeprefix(root).lstrip("/")
        file = inside + "index.html" if not inside or inside.endswith("/") else inside
        goal = read.get(file)
        if file not in files or (goal and whole.fragment and not _stands(goal, whole.fragment)):
            yield Fault(sort="link", page=path, name="href", value=link)


def _stands(goal: Read, fragment: str) -> bool:
    return unquote(fragment) in goal.places
