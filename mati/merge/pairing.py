"""One text in two languages in, the translation of the first into the second out."""

from __future__ import annotations

from mati.catalog import Catalog, Message
from mati.merge.extract import of_node
from mati.merge.merging import merge
from mati.model import Survey, texts

__all__ = ["paired", "renamed"]


def paired(node: object, other: object, *, site: bool = False) -> tuple[Message, ...]:
    """Return an entry for each text of ``node``, translated by ``other``'s in its context.

    Both are surveys with the same ids and codes, or (``site``) what has words of a project; a
    text that ``other`` lacks stays untranslated.
    """
    spoken = {text.context: text.source for text in texts(other)}
    return tuple(
        Message(
            unit.context,
            unit.msgid,
            (spoken.get(unit.context, ""),),
            remarks="".join(f"#. {note}\n" for note in unit.notes)
            + "".join(f"#: {path}\n" for path in unit.files),
        )
        for unit in of_node(node, site=site)
    )


def renamed(survey: Survey, catalog: Catalog, old: str) -> tuple[Message, ...]:
    """Return the entries of ``survey``, translated as ``catalog`` translates the survey ``old``."""
    moved = {}
    for message in catalog.messages.values():
        context = message.context
        if context.startswith(f"{old}."):
            context = survey.name + context.removeprefix(old)
        entry = message._replace(context=context)
        moved[entry.key] = entry
    head = Catalog(language=catalog.language, path=catalog.path, messages=moved)
    return merge(of_node(survey), head)[0]
