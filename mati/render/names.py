"""Our own JavaScript in, the same with short names out: names are a sixth of a form's script.

No minifier for any script, but exact in what it renames. A name the script declares is renamed
everywhere at once, whatever its scope; what cannot be told apart for sure keeps its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, product
from string import ascii_letters

__all__ = ["joined", "short_names"]

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'
    |(?<=[(,=:!&|?;\n])/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)
    |(?P<template>`(?:[^`\\]|\\.)*`)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<sign>\.\.\.|=>|[0-9][\w.]*|[^\s])
    |(?P<space>\s+)""",
    re.VERBOSE,
)
_INSERTED = re.compile(r"\$\{([^{}`]*)\}")
_KEYWORDS = frozenset({"do", "if", "in", "of", "as"})
_BROWSER = frozenset({"document", "fetch", "history", "location", "navigator", "window"})
_BROWSER |= {"parent", "self"}
"""What a script may mean as the browser's own although another part of it declares the name."""

Token = tuple[str, str]
"""Which group of ``_TOKEN`` it is, and its text."""


@lru_cache(maxsize=64)
def short_names(script: str) -> str:
    """Return ``script`` with the names it declares made short, the most used one a letter.

    It must hold no comment, and a ``${}`` no other one.
    """
    runs = list(_runs(_tokens(script)))
    uses = Counter(text for run in runs for text in _uses(run))
    declared = set(chain.from_iterable(map(_declared, runs)))
    kept = set(chain.from_iterable(map(_shorthand, runs))) | _BROWSER
    wanted = sorted((declared & uses.keys()) - kept, key=lambda name: (-uses[name], name))
    free = (name for name in _names() if name not in uses)
    new = {name: short for name, short in zip(wanted, free) if len(short) < len(name)}  # noqa: B905 -- endless
    return _renamed(_tokens(script), new)


def joined(script: str) -> str:
    """Return ``script`` with declarations that follow each other as one: ``let a=1,b=2``.

    It must hold no comment. Only ``let`` at the beginning of a statement counts, and only where
    the statement before it, ended by a semicolon, is one as well.
    """
    made: list[str] = []
    began = [""]  # how the statement under way began, for each bracket that is open
    for kind, text in _tokens(script):
        if text == "let" and made[-1:] == [";"] and began[-1] == "let;":
            made[-1] = ","
            began[-1] = "let"
            continue
        if made[-1:] == [","] and kind == "space" and began[-1] == "let":
            continue
        if text in {"(", "[", "{"}:
            began[-1] = began[-1] if began[-1] not in {"", "let;", ";"} else text
            began.append("")
        elif text in {")", "]", "}"}:
            began.pop()
        elif text == ";":
            began[-1] = "let;" if began[-1] == "let" else ";"
        elif kind != "space" and began[-1] in {"", ";", "let;"}:
            began[-1] = text
        made.append(text)
    return "".join(made)


def _tokens(script: str) -> list[Token]:
    return [(str(found.lastgroup), found[0]) for found in _TOKEN.finditer(script)]


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of a script without blanks, then those of each expression in a string."""
    yield [("sign", ";"), *(token for token in tokens if token[0] != "space"), ("sign", ";")]
    for kind, text in tokens:
        if kind == "template":
            for inserted in _INSERTED.findall(text):
                yield from _runs(_tokens(inserted))


def _is_use(before: str, token: Token, after: str) -> bool:
    """Tell whether a name stands for a value: it is no property and no key of an object."""
    return token[0] == "name" and before != "." and not (before in "{," and after == ":")


def _uses(run: Sequence[Token]) -> Iterator[str]:
    for before, token, after in zip(run, run[1:], run[2:], strict=False):
        if _is_use(before[1], token, after[1]):
            yield token[1]


def _declared(run: Sequence[Token]) -> Iterator[str]:
    """Yield the names after ``const`` and ``let``, and the parameters of arrow functions."""
    for at, (_, text) in enumerate(run):
        if text in {"const", "let"}:
            yield from _pattern(run, at + 1)
        elif text == "=>" and run[at - 1][1] == ")":
            yield from _pattern(run, _opening(run, at - 1))
        elif text == "=>":
            yield run[at - 1][1]


def _opening(run: Sequence[Token], at: int) -> int:
    """Return the place of the bracket that the one at ``at`` closes."""
    depth = 0
    while True:
        depth += (run[at][1] in {")", "]", "}"}) - (run[at][1] in {"(", "[", "{"})
        if not depth:
            return at
        at -= 1


def _pattern(run: Sequence[Token], at: int) -> Iterator[str]:
    """Yield the names of a pattern that begins at ``at``: one name, or a list in brackets."""
    depth = 0
    while True:
        (_, before), (kind, text) = run[at - 1], run[at]
        depth += (text in {"(", "[", "{"}) - (text in {")", "]", "}"})
        if kind == "name" and (not depth or before in {"(", "[", ",", "..."}):
            yield text
        if not depth:
            return
        at += 1


def _shorthand(run: Sequence[Token]) -> Iterator[str]:
    """Yield the names that stand alone between braces, where they are keys as well."""
    open_: list[str] = []
    for before, (kind, text), after in zip(run, run[1:], run[2:], strict=False):
        if text in {"(", "[", "{"}:
            open_.append(text)
        elif text in {")", "]", "}"} and open_:
            open_.pop()
        elif kind == "name" and open_[-1:] == ["{"] and before[1] in "{," and after[1] in ",}":
            yield text


def _names() -> Iterator[str]:
    """Yield names without end, the shortest first."""
    length = 1
    while True:
        for letters in product(ascii_letters, repeat=length):
            if (name := "".join(letters)) not in _KEYWORDS:
                yield name
        length += 1


def _renamed(tokens: Sequence[Token], new: dict[str, str]) -> str:
    made: list[str] = []
    solid = [at for at, token in enumerate(tokens) if token[0] != "space"]
    around = dict(zip(solid, zip([-1, *solid], [*solid[1:], -1], strict=False), strict=True))
    for at, (kind, text) in enumerate(tokens):
        before, after = around.get(at, (-1, -1))
        texts = [tokens[place][1] if place >= 0 else ";" for place in (before, after)]
        if kind == "template":
            made.append(_INSERTED.sub(lambda m: f"${{{_renamed(_tokens(m[1]), new)}}}", text))
        elif _is_use(texts[0], (kind, text), texts[1]):
            made.append(new.get(text, text))
        else:
            made.append(text)
    return "".join(made)
