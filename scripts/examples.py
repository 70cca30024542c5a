"""The examples of the kinds of questions: a kind's ``examples.md`` in, each example apart out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import mati.questions
from mati.diagnostics import Notebook, Source
from mati.model import Survey
from mati.questions import kinds
from mati.reader import read
from mati.settings import read_project

__all__ = ["SHELF", "Example", "all_examples", "examples"]

SHELF = Path(mati.questions.__file__).parent
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SCRIPTS = (("km", "\u1780", "\u17ff"), ("lo", "\u0e80", "\u0eff"))


@dataclass(frozen=True)
class Example:
    """A title, a fragment of a survey, and what must come of it, by the word of its fence."""

    kind: str
    title: str
    text: str
    fences: Mapping[str, tuple[str, ...]]

    def __str__(self) -> str:
        """Return what to call it in a test."""
        return f"{self.kind}: {self.title}"

    @property
    def wrong(self) -> bool:
        """Whether it shows a mistake."""
        return "diagnostics" in self.fences

    @property
    def settings(self) -> str:
        """What must stand in ``mati.yaml`` for it."""
        return "\n".join(self.fences.get("settings", ()))

    def read(self) -> tuple[Survey | None, Notebook]:
        """Return the survey it is, and what is wrong with it."""
        notes = Notebook()
        yaml = Source("mati.yaml", f"lang: en\n{self.settings}")
        project = read_project(yaml, Notebook())
        return read(Source("content/visit.md", self.text), project, notes), notes

    @property
    def slug(self) -> str:
        """A name for files."""
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"{self.kind}-{words}"

    @property
    def language(self) -> str:
        """The language it is written in, by its letters."""
        for code, first, last in _SCRIPTS:
            if any(first <= char <= last for char in self.text):
                return code
        return "en"


def examples(kind: str, text: str) -> Iterator[Example]:
    """Part the text of an ``examples.md``; the lines of each example keep their numbers."""
    for part in re.split(r"^(?=# )", text, flags=re.MULTILINE):
        if not part.strip():
            continue
        fences = {m[1]: tuple(m[2].strip().split("\n")) for m in _FENCE.finditer(part)}
        bare = _FENCE.sub(lambda m: "\n" * m[0].count("\n"), part)
        yield Example(kind, part.split("\n", 1)[0][2:], bare, fences)


def all_examples() -> tuple[Example, ...]:
    """Return the examples of every kind."""
    return tuple(
        example
        for name in kinds.names()
        for example in examples(name, (SHELF / name / "examples.md").read_text("utf-8"))
    )
