"""What is to be written: a page (which, where, in which language) and an output (its bytes)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["FormTarget", "Output", "Page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the site before it has a look.

    ``kind`` is form, thanks, report, plain, list, chooser or missing (the 404); ``survey`` names
    the survey, or the plain page; ``path`` is relative to the site's root and ends in ``/`` or
    ``.html``; ``alternates`` are (language, path) of
    the same page in every language it exists in, itself included.
    """

    kind: str
    path: str
    language: str
    survey: str = ""
    alternates: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """The file that serves ``path``."""
        return self.path + "index.html" if self.path.endswith("/") or not self.path else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file to be written: path relative to its root, and its bytes.

    ``root`` is ``site``, ``private`` (mode 0600, never under ``site/``) or ``hosting`` (for whoever
    looks after the server). ``until`` is the
    moment from which time alone makes it another; None: never.
    """

    path: str
    content: bytes
    root: str = "site"
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTarget:
    """What a form page needs to know about the service it posts to.

    ``hosts``: every origin the post passes through (for the content security policy; None:
    unknown, the policy then leaves ``form-action`` out). ``script``: ``fetch`` (the reply can
    be read), ``native`` (let the browser post), ``blind`` (success is never known).
    ``without_script``: what a respondent without JavaScript sees after sending.
    ``dot``: what stands for ``.`` in wire names; ``distinct``: one field name per option of a
    multiple choice (``id--code=1``, see ``option``) for services that drop repeated names.
    """

    service: str
    action: str
    hosts: tuple[str, ...] | None
    script: str
    without_script: str
    hidden: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    honeypot: str = "mati_trap"
    thanks_field: str = ""
    """Name of a hidden field that carries the absolute URL of our thanks page."""
    thanks_action: bool = False
    """True: the form's action is our own thanks page."""
    dot: str = "."
    distinct: bool = False

    def spell(self, name: str) -> str:
        """Return a wire name as this service wants it."""
        return name.replace(".", self.dot)

    def option(self, name: str, code: str) -> tuple[str, str]:
        """Return (name, value) of the box for ``code`` where ``name`` takes several answers.

        No id holds a hyphen, so the first ``--`` parts name and code again on reading.
        """
        return (f"{self.spell(name)}--{code}", "1") if self.distinct else (self.spell(name), code)
