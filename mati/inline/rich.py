"""One message with inline Markdown in, HTML that passed a strict cleaner out."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree as ET

import nh3
from markdown import Markdown
from markdown.inlinepatterns import IMAGE_LINK_RE, LinkInlineProcessor

from mati.inline.schemes import SCHEMES

__all__ = ["render"]

_TAGS = {"a", "br", "code", "em", "strong"}
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}


class _Alternative(LinkInlineProcessor):
    """An image in a sentence shows its alternative text: pictures are placed by the reader."""

    def handleMatch(  # type: ignore[override] # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        text, index, closed = self.getText(data, m.end(0))
        if closed:
            _, _, index, closed = self.getLink(data, index)
        return (text, m.start(0), index) if closed else (None, None, None)


@cache
def _markdown() -> Markdown:
    """Make one converter that knows inline marks only, without raw HTML."""
    converter = Markdown()
    patterns = converter.inlinePatterns
    for name in ("html", "image_reference", "reference", "short_reference", "short_image_ref"):
        patterns.deregister(name, strict=False)
    patterns.register(_Alternative(IMAGE_LINK_RE, converter), "image_link", 150)
    return converter


def _keep(_tag: str, attribute: str, value: str) -> str | None:
    r"""Keep a link target unless it names another host without a scheme: ``//host``, ``/\host``.

    Asked after entities were decoded, so that no spelling of a slash slips through.
    """
    seen = "".join(c for c in value if c > " ").replace("\\", "/")
    return None if attribute != "href" or seen.startswith("//") else value


def render(source: str) -> str:
    """Return the HTML of ``source`` read as one paragraph; block marks have no meaning."""
    converter = _markdown()
    converter.reset()
    root = ET.Element("div")
    paragraph = ET.SubElement(root, "p")
    paragraph.text = source.strip("\n")
    converter.treeprocessors["inline"].run(root)
    converter.treeprocessors["unescape"].run(root)
    text = converter.serializer(paragraph)
    text = text.removeprefix("<p>").removesuffix("</p>")
    for processor in converter.postprocessors:
        text = processor.run(text)
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
