"""What became of a submission in; status, headers and bytes of the reply out.

A plain post is sent on to the thanks page (303); a script that asks for JSON gets 200, since
a fetch across origins cannot follow the redirect. Where to go is never read from the request.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass

from mati.accept.reasons import Headers, Reason, Refused
from mati.accept.submission import Accepted
from mati.model import CollectLanguage, CollectSurvey

__all__ = ["Reply", "preflight", "reply_kept", "reply_refused", "wants_json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One HTTP reply."""

    status: int
    headers: Headers = ()
    body: bytes = b""


_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("Vary", "Accept"),
    ("X-Content-Type-Options", "nosniff"),
)
_ANY_ORIGIN = ("Access-Control-Allow-Origin", "*")
_JSON = ("Content-Type", "application/json; charset=UTF-8")
_HTML = ("Content-Type", "text/html; charset=UTF-8")

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{message}}</title></head>
<body><p>{{message}}</p></body></html>
"""
"""The refusal where no survey is known whose own page could be shown."""


def wants_json(headers: Headers) -> bool:
    """Tell whether the sender asks for JSON: our script does, a browser's own post never."""
    accepted = ",".join(value for name, value in headers if name == "accept")
    kinds = (part.split(";")[0].strip().lower() for part in accepted.split(","))
    return "application/json" in kinds


def reply_kept(entry: Accepted, survey: CollectSurvey, *, as_json: bool) -> Reply:
    """Return the reply to a submission that is on disk."""
    if as_json:
        return _json(200, {"ok": True, "ending": entry.ending})
    place = survey.language(entry.language).thanks
    place += f"#{entry.ending}" if entry.ending else ""
    return Reply(status=303, headers=(*_ALWAYS, ("Location", place)))


def reply_refused(refused: Refused, survey: CollectSurvey | None, *, as_json: bool) -> Reply:
    """Return the refusal in the language of the form, or in English where none is known."""
    extra: list[tuple[str, str]] = []
    if refused.retry_after is not None:
        extra.append(("Retry-After", str(refused.retry_after)))
    if refused.reason is Reason.WRONG_METHOD:
        extra.append(("Allow", "POST, OPTIONS"))
    words = survey.language(refused.language) if survey else None
    sentence = _sentence(refused.reason, words)
    status = refused.reason.status
    if as_json:
        message = html.unescape(sentence)
        record = {"ok": False, "error": refused.reason.slug, "message": message}
        return _json(status, record, *extra)
    page = (words.refusal if words else "") or _PAGE
    body = page.replace("{{message}}", sentence).encode()
    return Reply(status=status, headers=(*_ALWAYS, _HTML, *extra), body=body)


def _sentence(reason: Reason, words: CollectLanguage | None) -> str:
    """Return the sentence as HTML: the survey's own for the reason, else for the status."""
    known = dict(words.messages) if words else {}
    return (
        known.get(reason.slug)
        or known.get(str(reason.status))
        or html.escape(reason.sentence, quote=False)
    )


def _json(status: int, record: dict[str, object], *extra: tuple[str, str]) -> Reply:
    body = json.dumps(record, ensure_ascii=False).encode()
    return Reply(status=status, headers=(*_ALWAYS, _JSON, _ANY_ORIGIN, *extra), body=body)


def preflight() -> Reply:
    """Return the reply to OPTIONS. Our own script needs none: it sends a simple request."""
    allowed = (
        ("Access-Control-Allow-Methods", "POST"),
        ("Access-Control-Allow-Headers", "accept, content-type"),
        ("Access-Control-Max-Age", "86400"),
        ("Allow", "POST, OPTIONS"),
    )
    return Reply(status=204, headers=(*_ALWAYS, _ANY_ORIGIN, *allowed))
