"""The shelf of form services: a name in, the service out. A module here is a service.

A service does no input or output: it says what a form page must hold to post to it, and it
reads the rows it hands out again from text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from mati.diagnostics import Notebook
from mati.model import FormTarget, ProjectSettings, RawRow, Survey
from mati.shelf import Shelf

__all__ = ["FormService", "Place", "services"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one form page stands: its language, and the site paths of itself and its thanks."""

    language: str
    form: str
    thanks: str


class FormService(Protocol):
    """A form service: a module of ``mati/services/`` that has ``service = Service()``.

    ``status`` says how the record was proven: ``verified`` (against the real thing),
    ``documented`` (from the vendor's pages, named in ``sources``) or ``unverified``.
    ``key``: what must stand after the colon of ``send: name:KEY``, "" when nothing.
    """

    name: str
    status: str
    sources: tuple[str, ...]
    key: str

    def target(
        self, survey: Survey, place: Place, project: ProjectSettings, notes: Notebook
    ) -> FormTarget | None:
        """Return what the form page at ``place`` must hold; None when a diagnostic says why not."""
        ...

    def rows(self, text: str, path: str, notes: Notebook) -> Iterator[RawRow]:
        """Read submissions from an export or a reply of the service; bad rows are diagnostics."""
        ...


services: Shelf[FormService] = Shelf(__name__, __path__, "service")
