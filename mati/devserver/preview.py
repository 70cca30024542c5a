"""A way to build in, the pages of the preview out: the last good ones, and what is wrong now."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from mati.catalog import Fault
from mati.devserver.places import Locate, Places, nowhere
from mati.devserver.status import STATUS, Progress, status_page
from mati.diagnostics import Diagnostic, Notebook, Severity, Span, excerpt, sentence
from mati.inline.traces import annotated, numbers, untraced
from mati.localise import Traced, Traces
from mati.model import Collect, Output

__all__ = ["Make", "MakePart", "MakeTraced", "Preview", "Translate"]

Make = Callable[[Notebook], tuple[Output, ...]]
"""Builds everything in memory; mistakes go to the notebook."""
MakeTraced = Callable[[Notebook, Traces], tuple[Output, ...]]
"""The same, with every text of a page accounted for."""
MakePart = Callable[[Notebook, str, Traces | None], tuple[Output, ...]]
"""Builds the pages of one survey, by its name."""
Translate = Callable[[str], str]
_DEPTH = 2
"""Slashes in the path of a list of reports: ``reports/km/index.html``."""
_MOST = 100
"""Problems that are shown; whoever has more begins with these."""


@dataclass(slots=True, kw_only=True)
class Preview:
    """What the preview shows: files by address, the form service's rules, the problems."""

    make: Make
    translate: Translate
    language: str = "en"
    """The language of the sentences."""
    locate: Locate = nowhere
    site: Mapping[str, bytes] = field(default_factory=dict)
    reports: Mapping[str, bytes] = field(default_factory=dict)
    collect: Collect = field(default_factory=Collect)
    problems: tuple[Mapping[str, object], ...] = ()
    more: int = 0
    """How many problems there are beyond those that are shown."""
    built: bool = False
    """Whether there are good pages at all."""
    make_traced: MakeTraced | None = None
    make_part: MakePart | None = None
    progress: Callable[[], Sequence[Progress]] | None = None
    """Tells how far each translation is."""
    marked: bool = False
    """Whether pages show translators what is left, for a browser that said nothing else."""
    editor: str = ""
    """An address that opens ``{path}`` at ``{line}`` in an editor, "" for none."""
    root: str = ""
    """The project's folder, for an editor."""
    traced: bool = False
    """Whether texts are accounted for: from the first time that a browser asks."""
    texts: Sequence[Traced] = ()
    _status: bytes = b""
    _building: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def rebuild(self) -> Notebook:
        """Build; keep the last good pages when there is an error. Never raises."""
        with self._building:
            return self._rebuilt()

    def _rebuilt(self) -> Notebook:
        notes, traces = Notebook(), Traces()
        self._status = b""
        try:
            tracing = self.make_traced if self.traced or self.marked else None
            outputs = tracing(notes, traces) if tracing else self.make(notes)
        except Exception as fault:  # noqa: BLE001 - the preview outlives whatever a build meets
            self.problems, self.more = (self._fault(fault),), 0
            return notes
        if not notes.has_errors():
            self._take(outputs)
            self.texts, self.traced = traces.found, tracing is not None
        self.problems = self._described(notes)
        shown = sum(one.severity is not Severity.NOTE for one in notes)
        self.more = shown - len(self.problems)
        return notes

    def refresh(self, survey: str) -> bool:
        """Build the pages of one survey and show them; tell whether that went well. Never raises.

        What is wrong is left for ``rebuild`` to say, which follows.
        """
        with self._building:
            try:
                return self._refreshed(survey)
            except Exception:  # noqa: BLE001 - the whole build meets it again, and says so
                return False

    def _refreshed(self, survey: str) -> bool:
        part = f"/{survey}/"
        if self.make_part is None or not any(part in path for path in self.site):
            return False
        notes, traces = Notebook(), Traces(found=list(self.texts)) if self.traced else None
        outputs = self.make_part(notes, survey, traces)
        if notes.has_errors():
            return False
        for root, known in (("site", dict(self.site)), ("private", dict(self.reports))):
            fresh = {one.path: one.content for one in outputs if one.root == root}
            known.update((path, found) for path, found in fresh.items() if part in path)
            if root == "site":
                self.site = known
            else:
                self.reports = known
        self.texts = traces.found if traces else ()
        return True

    def _take(self, outputs: tuple[Output, ...]) -> None:
        """Put new pages in the place of the old ones, all at once."""
        found: dict[str, dict[str, bytes]] = {"site": {}, "private": {}}
        for output in outputs:
            found[output.root][output.path] = output.content
        rules = found["private"].pop("collect.json", None)
        self.collect = Collect.from_json(untraced(rules.decode("utf-8"))) if rules else Collect()
        self.site, self.reports, self.built = found["site"], found["private"], True

    def _described(self, notes: Notebook) -> tuple[Mapping[str, object], ...]:
        """Return errors, then warnings, in the user's words; notes are for the terminal."""
        order = [Severity.ERROR, Severity.WARNING]
        kept = (one for one in notes if one.severity in order)
        found = sorted(kept, key=lambda one: order.index(one.severity))[:_MOST]
        places = {one.span.path: self.locate(one.span.path) for one in found}
        return tuple(self._record(one, places[one.span.path]) for one in found)

    def _record(self, one: Diagnostic, places: Places) -> Mapping[str, object]:
        message, hint = sentence(one, self.translate)
        span = one.span
        return {
            "severity": one.severity.name.lower(),
            "place": f"{span.path}:{span.line}:{span.column}",
            "quote": excerpt(one),
            "message": message,
            "hint": hint,
            "jump": self._jump(places, span.line),
        }

    def _jump(self, places: Places, line: int) -> Mapping[str, str] | None:
        """Return by language the address of what a line asks; None where no page shows it."""
        for path, anchor in places.anchors(line):
            wanted = f' id="{anchor}"'.encode()
            found = {
                language: f"/{language}/{path}#{anchor}"
                for language in sorted({page.partition("/")[0] for page in self.site})
                if wanted in self.site.get(f"{language}/{path}index.html", b"")
            }
            if found:
                return found
        return None

    def _fault(self, fault: Exception) -> Mapping[str, object]:
        """Describe a fault of Mati's own, without any values it may quote."""
        step, place = fault.__traceback__, ""
        while step is not None:
            place = f"{step.tb_frame.f_globals.get('__name__', '')}:{step.tb_lineno}"
            step = step.tb_next
        return {
            "severity": "error",
            "place": place,
            "quote": ("", "", ""),
            "message": self.translate("Something went wrong inside Mati. It is not your fault."),
            "hint": type(fault).__name__,
            "jump": None,
        }

    def account(self) -> None:
        """Build anew with every text accounted for, where that was not asked before."""
        if not self.traced and self.make_traced is not None:
            self.traced = True
            self.rebuild()

    def file(self, address: str, *, marked: bool = False) -> bytes | None:
        """Return the file that an address (``/km/visit/``) leads to, None without one.

        ``marked``: a page shows translators which of its texts are whose.

        Addresses are looked up, never joined to a folder: there is nothing to climb out of.
        Below ``/private/`` only reports can be found.
        """
        if address == STATUS:
            return self.status()
        return self._shown(self._made(address), marked=marked)

    def _made(self, address: str) -> bytes | None:
        """Return the file as it was built."""
        path = address.removeprefix("/")
        if not path.startswith("private/"):
            return self._find(self.site, path)
        path = path.removeprefix("private/")
        return self._find(self.reports, path) if path.startswith("reports/") else None

    def _shown(self, content: bytes | None, *, marked: bool) -> bytes | None:
        """Return a file without the traces of its texts, or (``marked``) with what they tell."""
        if content is None or not self.texts:
            return content
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:  # a picture
            return content
        if not marked or not text.lstrip()[:9].lower().startswith("<!doctype"):
            return untraced(text).encode("utf-8")
        return (annotated(text, self._state) + self._told(text)).encode("utf-8")

    def _state(self, number: int) -> str:
        return self.texts[number].state if number < len(self.texts) else "good"

    def _told(self, text: str) -> str:
        """Return what the script of the marks must know of a page's texts, as a data block."""
        found = {str(n): self._text(self.texts[n]) for n in numbers(text) if n < len(self.texts)}
        data = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
        return f'<script type="application/json" id="mati-texts">{data}</script>'

    def _text(self, one: Traced) -> Mapping[str, object]:
        told: dict[str, object] = {"state": one.state, "source": one.source, "in": one.written_in}
        if one.state != "source":
            told |= {"language": one.language, "context": one.context, "string": one.string}
            told |= {"before": one.before, "path": one.path, "line": one.line}
            told["why"] = [self._why(one, fault) for fault in one.faults]
            if self.editor and one.path:
                place = self.editor.replace("{path}", quote(f"{self.root}/{one.path}"))
                told["editor"] = place.replace("{line}", str(one.line or 1))
        return told

    def _why(self, one: Traced, fault: Fault) -> tuple[str, str]:
        """Say in the user's words what keeps a translation from being shown, and what to write."""
        values = {"context": one.context or one.source, "text": fault.text, "offer": fault.offer}
        found = Diagnostic(
            code=fault.code,
            span=Span(one.path),
            values=tuple(values.items()),
            severity=Severity.WARNING,
        )
        return sentence(found, self.translate)

    def status(self) -> bytes:
        """Return the page that shows how far each translation is."""
        if not self._status:
            found = self.progress() if self.progress else ()
            self._status = status_page(found, self.site, self.translate, self.language)
        return self._status

    @staticmethod
    def _find(files: Mapping[str, bytes], path: str) -> bytes | None:
        if not path or path.endswith("/"):
            path += "index.html"
        return files.get(path)

    def mark(self, address: str, *, marked: bool = False) -> str:
        """Return what tells one state of a page from another, for a browser that shows it."""
        content = self.file(address)
        if content is None:
            content = b"?" + self.site.get("404.html", b"") if self.built else b""
        if marked and self.texts:
            # what is told of the texts, whatever their numbers are this time
            made = (self._made(address) or b"").decode("utf-8", "replace")
            told = [self._text(self.texts[n]) for n in numbers(made) if n < len(self.texts)]
            content += json.dumps(told, ensure_ascii=False).encode("utf-8")
        return hashlib.sha256(content).hexdigest()[:16]

    def report_pages(self) -> tuple[str, ...]:
        """Return the addresses of the lists of private reports, or else of all, sorted."""
        pages = [path for path in self.reports if path.endswith("index.html")]
        lists = [path for path in pages if path.count("/") == _DEPTH]
        found = (path.removesuffix("index.html") for path in lists or pages)
        return tuple(sorted(f"/private/{path}" for path in found))

    def problems_json(self) -> str:
        """Return the problems as one line of JSON."""
        found = {"problems": self.problems, "more": self.more}
        return json.dumps(found, ensure_ascii=False)
