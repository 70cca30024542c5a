"""A source text and its translation in, whether they end with the same sign out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mati.catalog.faults import Fault
from mati.catalog.tongue import Tongue
from mati.diagnostics import Code

__all__ = ["wrong_end"]

_AROUND = ' \t\n\r\u00a0\u200b\u2060*_`~"»”’›)]）】」』'
"""What may stand behind the sign that ends a sentence; between ' and ' stands what people type."""
_SORTS = {
    **dict.fromkeys("?？؟፧", "?"),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：៖", ":"),
    **dict.fromkeys(".。．។៕။།।۔።։", "."),
    "…": "…",
}
_GREEK = {";": "?", "\u037e": "?"}
_TARGET = re.compile(r"\]\([^)\]]*\)")


def _sort(text: str, speech: Tongue | None = None) -> str:
    """Return the sort of sign that ends a text: ``. ? ! : …``, "" for none of them."""
    if "](" in text:
        text = _TARGET.sub("]", text)
    text = text.rstrip(_AROUND)
    last = text[-1:]
    if last == "." and (text.endswith("...")):
        return "…"
    if speech is not None and speech.question == ";" and last in _GREEK:
        return "?"
    return _SORTS.get(last, "")


def wrong_end(source: str, string: str, speech: Tongue) -> Iterator[Fault]:
    """Find a question without its mark, a sentence without its stop, a sign too many.

    A language that writes no full stops, or may do without a sign, may leave it out.
    """
    wanted, given = _sort(source), _sort(string, speech)
    loose = wanted != "" and wanted in speech.open
    if wanted == given or (loose and given in {"", "."}) or {wanted, given} == {"!", "."}:
        return  # how loud a sentence is differs from language to language
    offer = {".": speech.stop, "?": speech.question}.get(wanted, wanted)
    shown = string.rstrip(_AROUND)[-1:]
    yield Fault(Code.END_SIGN_DIFFERS, shown, offer)
