"""Surveys that are wrong in a few places: the same ones for the same number, on every run."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Formatter

from test_corpus import CASES, planted

from mati.diagnostics import Diagnostic, Notebook, Source, Span, human, sentence
from mati.model import STANDARD, ProjectSettings, Survey, texts
from mati.reader import decode, read, read_page

REPOSITORY = Path(__file__).resolve().parent.parent
PROJECT = ProjectSettings(languages=("en", "km", "lo"))
PATH = "content/visit.md"
PAGE = "content/pages/visit.md"

SCRAPS = (
    "{", "}", "{{", "}}", "{#", '"', "“", "(", ")", "[", "]", "|", "\\|", "___", "---", "===", "#",
    "## ", "### ", "- ", "1. ", "១. ", "(5)", "[5]", "(0..10) a … b", "…", "...", "<!--", "-->",
    "if=", 'if="overall <= 2"', "kind=nps", "as=", "end", "private", "*", "and", "or", "not",
    "answered", " has ", " in (", "(quality)", "![", "](a.jpg)", "{na}", "{only}", " is ", "<b>",
    "\t", "\n", "\n\n", "\u200b", "\u00a0", "\u2028", "\x85", "\ufeff", "\u202e", "\u2066",
    "\u00ad", "é", "e\u0301", "ស្រី", "ໂລ", "៥", "໕", "（", "）", "：", "៖", "\u0430", "🙂", ": ",
    "2026-12-31", "&a ", "*a", "!!x ", "? ", "%", "\\", "`", "\r", "\r\n", "\0", "\x1a",
)  # fmt: skip
BYTES = (
    b"\xff",
    b"\x93",
    b"\xe1\x9e",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
)
_FENCES = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def seeds() -> tuple[str, ...]:
    """Return surveys of every shape: samples, starters, each kind's examples, single slips."""
    whole = [
        *(REPOSITORY / "content").glob("*.md"),
        *(REPOSITORY / "mati" / "starters").glob("*/[a-z][a-z].md"),
    ]
    found = [path.read_text("utf-8") for path in sorted(whole)]
    for path in sorted((REPOSITORY / "mati" / "questions").glob("*/examples.md")):
        bare = _FENCES.sub("", path.read_text("utf-8"))
        parts = re.split(r"^(?=# )", bare, flags=re.MULTILINE)
        found.extend(f"---\nlang: en\n---\n\n{part}" for part in parts if part.strip())
    found.extend(planted(number, language)[0] for number, language in CASES)
    return tuple(found)


def mutant(number: int, texts: Sequence[str]) -> bytes:
    """Return the ``number``-th survey: one of ``texts`` with one to six edits."""
    chance = random.Random(number)  # noqa: S311 — the same mutations on every run
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 6)):
        text = _edited(text, chance, texts)
    data = text.encode("utf-8", "surrogatepass")
    if not chance.randrange(8):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(BYTES) + data[at + chance.randrange(3) :]
    return data


def _edited(text: str, chance: random.Random, texts: Sequence[str]) -> str:
    start = chance.randrange(len(text) + 1)
    length = chance.choice((0, 0, 1, 1, 3, 40))
    match chance.randrange(6):
        case 0:
            return text[:start] + text[start + length :]
        case 1 | 2:
            return text[:start] + chance.choice(SCRAPS) + text[start + length :]
        case 3:
            lines = text.split("\n")
            first, second = (chance.randrange(len(lines)) for _ in range(2))
            lines[first], lines[second] = lines[second], lines[first]
            return "\n".join(lines)
        case 4:
            end = min(len(text), start + length * 10)
            return text[:end] + text[start:end] + text[end:]
        case _:
            other = chance.choice(texts).split("\n")
            at = chance.randrange(len(other))
            return text[:start] + "\n".join(other[at : at + chance.randint(1, 8)]) + text[start:]


def check(text: str) -> Survey | None:
    """Read a text; whatever it is, nothing raises and no message points outside of it."""
    notes = Notebook()
    survey = read(Source(PATH, text), PROJECT, notes)
    check_places(text, notes)
    if survey is not None:
        lines = text.split("\n")
        for found in texts(survey):
            check_span(lines, found.span, found.context)
        # The labels of a standard scale are the same wherever it is asked.
        own = (text for text in texts(survey) if not text.context.startswith(STANDARD))
        contexts = [text.context for text in own]
        if not notes.has_errors():
            assert len(contexts) == len(set(contexts))
    return survey


def check_bytes(data: bytes) -> Survey | None:
    """Decode a file, read it as a survey and as a page; what is no text is said to be none."""
    notes = Notebook()
    source = decode(PATH, data, notes)
    if source is None:
        assert notes.has_errors()
        return None
    assert not set(source.text) & set("\r\x00\x1a")
    check_places(source.text, notes)
    aside = Notebook()
    read_page(Source(PAGE, source.text), PROJECT, aside)
    check_places(source.text, aside)
    return check(source.text)


def check_places(text: str, notes: Notebook) -> None:
    """Assert that each message stands inside the file, and can be shown."""
    lines = text.split("\n")
    for diagnostic in notes:
        _check_place(lines, diagnostic)


def check_span(lines: list[str], span: Span, shown: str) -> None:
    """Assert that a stretch lies inside of one line of the file."""
    assert 1 <= span.line <= len(lines), shown
    long = len(lines[span.line - 1])
    assert span.length >= 0, shown
    assert 1 <= span.column <= long + 1, shown
    assert span.column + span.length <= long + 1, shown


def _check_place(lines: list[str], diagnostic: Diagnostic) -> None:
    shown = human(diagnostic)
    check_span(lines, diagnostic.span, shown)
    templates: list[str] = []
    sentence(diagnostic, lambda template: templates.append(template) or template)
    slots = {slot for template in templates for _, slot, _, _ in Formatter().parse(template)}
    assert slots - {None} <= {name for name, _ in diagnostic.values}, shown
