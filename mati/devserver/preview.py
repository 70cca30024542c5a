"""A way to build in, the pages of the preview out: the last good ones, and what is wrong now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mati.diagnostics import Notebook, Severity, sentence
from mati.model import Collect, Output

__all__ = ["Make", "Preview", "Translate"]

Make = Callable[[Notebook], tuple[Output, ...]]
"""Builds everything in memory; mistakes go to the notebook."""
Translate = Callable[[str], str]


@dataclass(slots=True, kw_only=True)
class Preview:
    """What the preview shows: files by address, the form service's rules, the problems."""

    make: Make
    translate: Translate
    site: Mapping[str, bytes] = field(default_factory=dict)
    reports: Mapping[str, bytes] = field(default_factory=dict)
    collect: Collect = field(default_factory=Collect)
    problems: tuple[Mapping[str, object], ...] = ()
    built: bool = False
    """Whether there are good pages at all."""

    def rebuild(self) -> Notebook:
        """Build; keep the last good pages when there is an error. Never raises."""
        notes = Notebook()
        try:
            outputs = self.make(notes)
        except Exception as fault:  # noqa: BLE001 - the preview outlives whatever a build meets
            self.problems = (self._fault(fault),)
            return notes
        self.problems = self._described(notes)
        if not notes.has_errors():
            self._take(outputs)
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
        found = sorted(kept, key=lambda one: order.index(one.severity))
        return tuple(
            {
                "error": one.severity is Severity.ERROR,
                "place": f"{one.span.path}:{one.span.line}:{one.span.column}",
                "line": one.line.strip()[:300],
                "message": sentence(one, self.translate)[0],
                "hint": sentence(one, self.translate)[1],
            }
            for one in found
        )

    def _fault(self, fault: Exception) -> Mapping[str, object]:
        """Describe a fault of Mati's own, without any values it may quote."""
        step, place = fault.__traceback__, ""
        while step is not None:
            place = f"{step.tb_frame.f_globals.get('__name__', '')}:{step.tb_lineno}"
            step = step.tb_next
        message = self.translate("Something went wrong inside Mati. It is not your fault.")
        kind = type(fault).__name__
        return {"error": True, "place": place, "line": "", "message": message, "hint": kind}

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
        """Return the addresses of all private reports, sorted."""
        pages = (path for path in self.reports if path.endswith("index.html"))
        return tuple(sorted("/private/" + path.removesuffix("index.html") for path in pages))

    def problems_json(self) -> str:
        """Return the problems as one line of JSON."""
        return json.dumps(self.problems, ensure_ascii=False)
