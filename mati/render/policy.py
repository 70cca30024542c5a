"""The style and script of a page in, its content security policy out."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable

from markupsafe import Markup

__all__ = ["form_policy", "header_policy", "page_policy"]


def _hash(text: str) -> str:
    """Return the source expression for an inline element holding ``text`` (CSP level 3, 2.3.1)."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def page_policy(style: str, script: str = "") -> Markup:
    """Return the policy of a page that only shows something, ready for an attribute."""
    scripts = (f"script-src {_hash(script)}",) if script else ()
    return _attribute((*_start(style), *scripts, "base-uri 'none'"))


def form_policy(style: str, script: str, hosts: Iterable[str] | None) -> Markup:
    """Return the policy of a form that posts through ``hosts``, ready for an attribute.

    Unknown hosts (None) leave ``form-action`` out, and let the script connect anywhere by
    HTTPS: there is nothing to compare with.
    """
    parts = [*_start(style)]
    if script:
        parts.append(f"script-src {_hash(script)}")
    if hosts is None:
        parts.append("connect-src 'self' https:")
    else:
        allowed = " ".join(("'self'", *hosts))
        parts += [f"form-action {allowed}", f"connect-src {allowed}"]
    return _attribute((*parts, "base-uri 'none'"))


def _attribute(parts: Iterable[str]) -> Markup:
    """Join the directives for an attribute in double quotes: apostrophes may stand as they are."""
    return Markup(html.escape("; ".join(parts), quote=False).replace('"', "&quot;"))  # noqa: S704


def _start(style: str) -> tuple[str, ...]:
    return (
        "default-src 'none'",
        "img-src 'self' data:",
        "font-src 'self'",
        f"style-src {_hash(style)}",
    )


def header_policy(hosts: Iterable[str] | None, *, form: bool, framed: bool) -> str:
    """Return the part of a policy that a server sends along.

    Servers know of kinds of pages only: what belongs to one page (its style, its script) stays
    in the page itself, and a browser holds to both. ``frame-ancestors`` counts in a header alone
    (CSP level 3, 6.4.2). ``framed``: other sites may show the page in theirs. ``hosts`` are those
    that a form posts through; unknown ones (None) leave ``form-action`` out.
    """
    parts = ["object-src 'none'", "base-uri 'none'"]
    if not form:
        parts.append("form-action 'none'")
    elif hosts is not None:
        parts.append(" ".join(("form-action 'self'", *hosts)))
    if not framed:
        parts.append("frame-ancestors 'none'")
    return "; ".join(parts)
