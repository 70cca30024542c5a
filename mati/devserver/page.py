"""A built page in, the page as the preview shows it out: with the live script, nothing else.

The page keeps its own content security policy, so that the preview shows what visitors will
see; it only lets one more script in, and lets that one listen.
"""

from __future__ import annotations

import html
import re

__all__ = ["EVENTS", "SCRIPT", "SCRIPT_TEXT", "live", "waiting_page"]

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


def live(content: bytes, mark: str) -> bytes:
    """Return a page with the script that follows each save; ``mark`` is the page's state."""
    content = _POLICY.sub(_replace, content, count=1)
    tag = f'<script src="{SCRIPT}" data-mark="{html.escape(mark)}" defer></script>'.encode()
    head, end, rest = content.rpartition(b"</body>")
    return head + tag + end + rest if end else content + tag


def waiting_page(title: str, links: tuple[str, ...] = ()) -> bytes:
    """Return a plain page of the preview itself: a sentence, and links where there are any."""
    listed = "".join(f'<li><a href="{html.escape(a)}">{html.escape(a)}</a>' for a in links)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><h1>{html.escape(title)}</h1>"
        f"<ul>{listed}</ul>"
    ).encode()


SCRIPT_TEXT = """\
(function () {
  "use strict";
  var own = document.currentScript, mark = own.dataset.mark;
  var host = document.createElement("div"), root = host.attachShadow({mode: "open"});
  var sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ":host{all:initial}" +
    "section{position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:2147483647;" +
    "background:#fff;color:#1b1b1b;border-top:4px solid #b3261e;padding:12px 16px;" +
    "font:16px/1.5 system-ui,sans-serif;box-shadow:0 -4px 24px #0004}" +
    "section.mild{border:2px solid #9a6700;border-radius:8px;inset:auto auto 8px 8px;" +
    "padding:4px 12px;max-width:calc(100vw - 16px);box-sizing:border-box}" +
    "article{margin:8px 0 14px}p{margin:2px 0}code,pre{font:14px/1.6 ui-monospace,monospace}" +
    "pre{margin:2px 0;white-space:pre-wrap;overflow-wrap:anywhere}" +
    "pre{background:#f3f3f3;padding:2px 6px}" +
    "summary{cursor:pointer;font-weight:600;min-height:24px}" +
    "@media (prefers-color-scheme:dark){section{background:#1f1f1f;color:#f2f2f2}" +
    "pre{background:#333}}");
  root.adoptedStyleSheets = [sheet];
  function add(parent, name, text) {
    var element = document.createElement(name);
    if (text) { element.textContent = text; }
    parent.appendChild(element);
    return element;
  }
  function show(problems) {
    root.textContent = "";
    if (!problems.length) { host.remove(); return; }
    var errors = problems.filter(function (one) { return one.error; }).length;
    var section = add(root, "section");
    section.className = errors ? "" : "mild";
    section.setAttribute("role", "status");
    var details = add(section, "details");
    details.open = errors > 0;
    add(details, "summary", (errors ? "✗ " + errors : "! " + problems.length));
    problems.forEach(function (one) {
      var article = add(details, "article");
      add(add(article, "p"), "code", one.place);
      add(article, "p", one.message);
      if (one.line) { add(article, "pre", one.line); }
      if (one.hint) { add(article, "p", "→ " + one.hint); }
    });
    document.documentElement.appendChild(host);
  }
  var here = encodeURIComponent(location.pathname);
  var events = new EventSource("/mati-preview/events?page=" + here);
  events.addEventListener("mark", function (event) {
    if (event.data !== mark) { events.close(); location.reload(); }
  });
  events.addEventListener("problems", function (event) { show(JSON.parse(event.data)); });
  addEventListener("pagehide", function () { events.close(); });
}());
"""
"""Listens for saves; shows problems as text only, in a box no style of the page can reach."""
