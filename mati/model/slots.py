"""A form page's body after compilation: literal HTML with places for words."""

from __future__ import annotations

from dataclasses import dataclass

from mati.model.text import Text

__all__ = ["Body", "Slot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place for words of a language.

    ``shape``: ``html`` (inline Markdown rendered; a fallback is marked with ``lang``), ``text``
    (escaped for an attribute, markup dropped), ``class`` (``long`` when one of ``texts`` is
    wider than ``limit`` cells in this language, else ``short``) ``wording`` (the hash of all
    ``texts``, which somebody agrees to), ``room`` (the ``maxlength`` for ``limit`` letters) or
    ``digits`` (the number in ``message``). An html or text slot holds either a ``text`` of the
    survey or a ``message`` of Mati's own with its ``values``.
    """

    shape: str
    text: Text | None = None
    message: str = ""
    values: tuple[tuple[str, str], ...] = ()
    texts: tuple[Text, ...] = ()
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """``parts`` of literal HTML with ``slots`` between them: one part more than slots.

    ``styles`` and ``scripts`` name the files of kinds and looks that the page needs, each once;
    some may not exist. ``rules`` is the CSS made from this survey's conditions; ``endings``
    are JSON for the script, the id of each and its condition, "" where there is no choice.
    """

    parts: tuple[str, ...]
    slots: tuple[Slot, ...]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    rules: str = ""
    endings: str = ""
