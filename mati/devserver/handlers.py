"""Requests of a browser in, pages and events of the preview out."""

from __future__ import annotations

import asyncio
import mimetypes
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.routing import Matcher
from tornado.web import RequestHandler

from mati.devserver.marks import CATALOGUES, MARKS, MARKS_COOKIE, MARKS_SCRIPT, catalogue_page
from mati.devserver.marks import script as marks_script
from mati.devserver.page import EVENTS, SCRIPT, live, script, waiting_page
from mati.devserver.preview import Preview

__all__ = ["Listeners", "foreign", "refusing", "rules"]

_BREATH = 15.0
"""Seconds after which a silent connection is told that we live."""


class Listeners:
    """The open pages: each waits for a nudge and then asks what is new."""

    def __init__(self, preview: Preview) -> None:
        """Start with none."""
        self.preview = preview
        self.open = True
        self._waiting: set[asyncio.Event] = set()

    def tell(self) -> None:
        """Nudge every open page."""
        for event in self._waiting:
            event.set()

    def close(self) -> None:
        """Let every open page go."""
        self.open = False
        self.tell()

    def add(self) -> asyncio.Event:
        """Return what a page waits on; it is nudged at once."""
        event = asyncio.Event()
        event.set()
        self._waiting.add(event)
        return event

    def drop(self, event: asyncio.Event) -> None:
        """Forget a page that was closed."""
        self._waiting.discard(event)


class _Handler(RequestHandler):
    """What all answers have in common: kept nowhere, shown in no frame of others."""

    def set_default_headers(self) -> None:
        """Say it in the header."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Frame-Options", "SAMEORIGIN")

    def compute_etag(self) -> None:
        """Nothing is cached."""

    def wants_marks(self, preview: Preview) -> bool:
        """Tell whether this browser wants to see what translators see."""
        said = self.get_cookie(MARKS_COOKIE)
        return preview.make_traced is not None and (said == "1" if said else preview.marked)

    def write_error(self, status_code: int, **_named: Any) -> None:  # noqa: ANN401
        """Say no more than the status."""
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish(f"{status_code}\n")


class _Refusing(_Handler):
    """Whoever asks under another name than this computer's own, or from a page elsewhere."""

    def initialize(self, status: int = 421) -> None:
        """Take over what to say."""
        self.status = status

    def prepare(self) -> None:
        """Refuse."""
        self.send_error(self.status)


class _Foreign(Matcher):
    """Posts that a page of another origin makes a browser send (Fetch standard, 3.2).

    The form service proper takes posts from everywhere; here they would put made-up answers
    among those of whoever runs the preview and reads a stranger's page beside it.
    """

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Match what carries the origin of another page."""
        said = request.headers.get("Origin")
        own = said is None or said.lower() == f"http://{request.headers.get('Host', '').lower()}"
        return None if own or request.method in {"GET", "HEAD"} else {}


def refusing() -> type[RequestHandler]:
    """Return the handler for requests under any name that is not this computer's own."""
    return _Refusing


def foreign() -> tuple[Matcher, type[RequestHandler], dict[str, int]]:
    """Return the rule that refuses posts from pages of another origin; it stands first."""
    return (_Foreign(), _Refusing, {"status": 403})


class _Script(_Handler):
    """The script that follows each save."""

    def initialize(self, preview: Preview) -> None:
        """Take over what is shared."""
        self.preview = preview

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=UTF-8")
        self.finish(script(self.preview.translate, self.preview.language))


class _Events(_Handler):
    """Server-sent events (HTML standard, 9.2): the state of one page, and all problems."""

    def initialize(self, listeners: Listeners) -> None:
        """Take over what is shared."""
        self.listeners = listeners

    async def get(self) -> None:
        """Tell the page of each change until it is closed."""
        page = self.get_query_argument("page", "/")
        self.set_header("Content-Type", "text/event-stream; charset=UTF-8")
        nudge = self.listeners.add()
        try:
            while self.listeners.open:
                await self._tell(page, nudge)
        except StreamClosedError:
            return
        finally:
            self.listeners.drop(nudge)

    async def _tell(self, page: str, nudge: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(nudge.wait(), _BREATH)
        except TimeoutError:
            self.write(": still here\n\n")
            await self.flush()
            return
        nudge.clear()
        preview = self.listeners.preview
        self.write(f"event: problems\ndata: {preview.problems_json()}\n\n")
        state = preview.mark(page, marked=self.wants_marks(preview))
        self.write(f"event: mark\ndata: {state}\n\n")
        await self.flush()


class _Files(_Handler):
    """The pages of the site, and the owner's reports below ``/private/reports/``."""

    def initialize(self, preview: Preview) -> None:
        """Take over what is shared."""
        self.preview = preview

    async def get(self) -> None:
        """Send a page or file; the site's own page for what is not there."""
        address, marked = self.request.path, self.wants_marks(self.preview)
        if marked and not self.preview.traced:
            await asyncio.to_thread(self.preview.account)
        content = self.preview.file(address, marked=marked)
        if content is None and self.preview.file(address + "/") is not None:
            self.redirect(address + "/")
        elif content is not None:
            self._send(address, content, 200)
        elif address == "/private/reports/" and self.preview.built:
            self._send(address, waiting_page("Reports", links=self.preview.report_pages()), 200)
        elif not self.preview.built:
            self._send(address, self._not_yet(), 503)
        else:
            missing = self.preview.file("/404.html", marked=marked)
            self._send("/404.html", missing or b"404", 404)

    head = get

    def _not_yet(self) -> bytes:
        text = self.preview.translate("This page appears as soon as the errors are mended.")
        return waiting_page("Mati", text, language=self.preview.language)

    def _send(self, address: str, content: bytes, status: int) -> None:
        """Send with the type that the name says; pages get the live script."""
        name = address + "index.html" if address.endswith("/") else address
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            marked = self.wants_marks(self.preview)
            state = self.preview.mark(self.request.path, marked=marked)
            content = live(content, state, marks=b' id="mati-texts">' in content)
        charset = "; charset=UTF-8" if kind.startswith("text/") else ""
        self.set_status(status)
        self.set_header("Content-Type", kind + charset)
        self.finish(content)


class _MarksScript(_Script):
    """The script that shows translators which text is which."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=UTF-8")
        self.finish(marks_script(self.preview.translate, self.preview.language))


class _Marks(_Handler):
    """The switch between pages as visitors see them and as translators do."""

    def get(self) -> None:
        """Remember the wish in this browser and go where it came from, on this computer only."""
        wish = "1" if self.get_query_argument("on", "1") == "1" else "0"
        self.set_cookie(MARKS_COOKIE, wish, httponly=True, samesite="Strict")
        to = self.get_query_argument("to", "/")
        here = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
        self.redirect(to if here else "/")


class _Catalogue(_Handler):
    """A translator's file, line by line, so that a link can lead to one."""

    def initialize(self, preview: Preview) -> None:
        """Take over what is shared."""
        self.preview = preview

    async def get(self, path: str) -> None:
        """Send the file as a page; nothing but catalogues is ever read."""
        found = await asyncio.to_thread(catalogue_page, self.preview.root, path)
        if found is None:
            self.send_error(404)
            return
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(found)


def rules(preview: Preview, listeners: Listeners) -> list[Any]:
    """Return the rules of the preview for a Tornado application; the last one takes the rest."""
    return [
        (SCRIPT, _Script, {"preview": preview}),
        (MARKS_SCRIPT, _MarksScript, {"preview": preview}),
        (MARKS, _Marks),
        (CATALOGUES + r"(locales/[A-Za-z0-9-]+/[a-z0-9-]+\.po)", _Catalogue, {"preview": preview}),
        (EVENTS, _Events, {"listeners": listeners}),
        (r".*", _Files, {"preview": preview}),
    ]
