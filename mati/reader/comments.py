"""Text in, lines without comments out: each comment becomes blanks, so that columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mati.diagnostics import Code
from mati.reader.pieces import Piece, Reading

__all__ = ["Lines", "clear_comments"]

_TRANSLATORS = re.compile(r"\s*translators?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a body; ``first`` is the number of the first one.

    ``gone`` are line numbers that held nothing but a comment: they part nothing. ``words`` are
    authors' words to translators by the line their comment ends on.
    """

    texts: tuple[str, ...]
    first: int
    gone: frozenset[int] = frozenset()
    words: tuple[tuple[int, str], ...] = field(default=())


def clear_comments(reading: Reading, body: str, first: int) -> Lines:
    """Take the comments out of ``body``; one that is never closed ends with its line."""
    if "<!--" not in body:
        return Lines(tuple(body.split("\n")), first)
    kept: list[str] = []
    touched: list[int] = []
    words: list[tuple[int, str]] = []
    position, line, line_start = 0, first, 0
    while (start := body.find("<!--", position)) >= 0:
        end = body.find("-->", start + 4)
        line += body.count("\n", position, start)
        line_start = body.rfind("\n", 0, start) + 1
        kept.append(body[position:start])
        if end < 0:
            stop = body.find("\n", start)
            stop = len(body) if stop < 0 else stop
            place = Piece(body[start:stop], line, start - line_start + 1)
            reading.note(Code.COMMENT_NOT_CLOSED, place)
            kept.append(" " * (stop - start))
            touched.append(line)
            position = stop
            break
        inside, end = body[start + 4 : end], end + 3
        comment = body[start:end]
        kept.append("\n".join(" " * len(part) for part in comment.split("\n")))
        last = line + comment.count("\n")
        touched.extend(range(line, last + 1))
        match = _TRANSLATORS.match(inside)
        if match:
            words.append((last, " ".join(inside[match.end() :].split())))
        position, line = end, last
    kept.append(body[position:])
    lines = "".join(kept).split("\n")
    for number in touched:
        # A comment at the end of a line leaves no blanks that could mean a line break.
        lines[number - first] = lines[number - first].rstrip()
    texts = tuple(lines)
    gone = frozenset(n for n in touched if not texts[n - first].strip())
    return Lines(texts, first, gone, tuple(words))
