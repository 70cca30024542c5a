"""A built page in, the page as the preview shows it out: with the live script, nothing else.

The page keeps its own content security policy, so that the preview shows what visitors will
see; it only lets one more script in, and lets that one listen.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from mati.cldr import direction
from mati.devserver.marks import MARKS_SCRIPT, filled

__all__ = ["EVENTS", "SCRIPT", "live", "script", "waiting_page"]

SCRIPT = "/mati-preview/live.js"
EVENTS = "/mati-preview/events"

_POLICY = re.compile(
    rb'(<meta http-equiv="?Content-Security-Policy"? content=")([^"]*)(")', re.IGNORECASE
)


def _opened(policy: str) -> str:
    """Let a script and a connection of the page's own origin into a policy."""
    wanted = {"script-src": "'self'", "connect-src": "'self'"}
    parts = []
    for directive in policy.split(";"):
        name, _, sources = directive.strip().partition(" ")
        own = wanted.pop(name, "")
        if own and own not in sources.split():
            sources = f"{sources} {own}".replace("'none' ", "")
        parts.append(f"{name} {sources}".strip())
    parts += [f"{name} {own}" for name, own in wanted.items()]
    return "; ".join(part for part in parts if part)


def _replace(match: re.Match[bytes]) -> bytes:
    policy = _opened(html.unescape(match[2].decode("utf-8")))
    return match[1] + html.escape(policy, quote=True).encode("utf-8") + match[3]


def live(content: bytes, mark: str, *, marks: bool = False) -> bytes:
    """Return a page with the script that follows each save; ``mark`` is the page's state.

    ``marks``: texts are marked, and one more script tells of them.
    """
    content = _POLICY.sub(_replace, content, count=1)
    scripts = [f'<script src="{SCRIPT}" data-mark="{html.escape(mark)}" defer></script>']
    scripts += [f'<script src="{MARKS_SCRIPT}" defer></script>'] if marks else []
    tag = "".join(scripts).encode()
    head, end, rest = content.rpartition(b"</body>")
    return head + tag + end + rest if end else content + tag


def waiting_page(
    title: str, text: str = "", links: Sequence[str] = (), language: str = ""
) -> bytes:
    """Return a plain page of the preview itself: a sentence, and links where there are any.

    With ``text`` it stands for a page that is not there yet, and the problems stand alone on it.
    """
    listed = "".join(f'<li><a href="{html.escape(a)}">{html.escape(a)}</a>' for a in links)
    lang = html.escape(language or "en")
    alone = " data-mati-alone" if text else ""
    return (
        f'<!doctype html><html lang="{lang}" dir="{direction(lang)}"{alone}><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{html.escape(title)}</title><h1>{html.escape(title)}</h1>"
        f"<p>{html.escape(text)}</p><ul>{listed}</ul>"
    ).encode()


def script(translate: Callable[[str], str], language: str) -> str:
    """Return the live script with its look and its sentences in the language of the commands.

    It listens for saves and shows problems as text only, in a box no style of the page can reach.
    """
    words = {
        "language": language,
        "direction": direction(language),
        "title": translate("Problems"),
        "error": translate("error"),
        "warning": translate("warning"),
        "errors": translate("Errors: {count}."),
        "warnings": translate("Warnings: {count}."),
        "jump": translate("Show the question"),
        "stays": translate("The last good pages stay until this is mended."),
        "more": translate("And more: {count}."),
    }
    return filled("live", words)
