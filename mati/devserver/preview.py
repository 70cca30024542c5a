"""A way to build in, the pages of the preview out: the last good ones, and what is wrong now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mati.devserver.places import Locate, Places, nowhere
from mati.diagnostics import Diagnostic, Notebook, Severity, excerpt, sentence
from mati.model import Collect, Output

__all__ = ["Make", "Preview", "Translate"]

Make = Callable[[Notebook], tuple[Output, ...]]
"""Builds everything in memory; mistakes go to the notebook."""
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

    def rebuild(self) -> Notebook:
        """Build; keep the last good pages when there is an error. Never raises."""
        notes = Notebook()
        try:
            outputs = self.make(notes)
        except Exception as fault:  # noqa: BLE001 - the preview outlives whatever a build meets
            self.problems, self.more = (self._fault(fault),), 0
            return notes
        if not notes.has_errors():
            self._take(outputs)
        self.problems = self._described(notes)
        shown = sum(one.severity is not Severity.NOTE for one in notes)
        self.more = shown - len(self.problems)
        return notes

    def _take(self, outputs: tuple[Output, ...]) -> None:
        """Put new pages in the place of the old ones, all at once."""
        found: dict[str, dict[str, bytes]] = {"site": {}, "private": {}}
        for output in outputs:
            found[output.root][output.path] = output.content
        rules = found["private"].pop("collect.json", None)
        self.collect = Collect.from_json(rules.decode("utf-8")) if rules else Collect()
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

    def file(self, address: str) -> bytes | None:
        """Return the file that an address (``/km/visit/``) leads to, None without one.

        Addresses are looked up, never joined to a folder: there is nothing to climb out of.
        Below ``/private/`` only reports can be found.
        """
        path = address.removeprefix("/")
        if path.startswith("private/"):
            path = path.removeprefix("private/")
            return self._find(self.reports, path) if path.startswith("reports/") else None
        return self._find(self.site, path)

    @staticmethod
    def _find(files: Mapping[str, bytes], path: str) -> bytes | None:
        if not path or path.endswith("/"):
            path += "index.html"
        return files.get(path)

    def mark(self, address: str) -> str:
        """Return what tells one state of a page from another, for a browser that shows it."""
        content = self.file(address)
        if content is None:
            content = b"?" + self.site.get("404.html", b"") if self.built else b""
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
