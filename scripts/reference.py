"""Make the reference of the kinds of questions: their examples in, a page for each kind out.

The words are checked by ``tests/test_docs.py``; ``scripts/screenshots.py`` makes the pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mati.diagnostics import Diagnostic, Severity, human  # noqa: E402 - found above
from mati.model import Block, Column, QuestionKind  # noqa: E402
from mati.questions import kind_of, kinds  # noqa: E402
from scripts.examples import Example, all_examples  # noqa: E402

__all__ = ["PAGES", "PICTURES", "main", "pages"]

PAGES = ROOT / "docs" / "kinds"
PICTURES = PAGES / "pictures"

_WRITTEN = {
    Block.ONE: "a list with codes in round brackets: `- (code) text`",
    Block.SEVERAL: "a list with codes in square brackets: `- [code] text`",
    Block.SCALE: "a scale with words at its ends: `- (1..7) low … high`",
    Block.RANKING: "a numbered list with codes: `1. (code) text`",
    Block.MATRIX: "a table with codes in its heading",
    Block.LINES: "lines to write on: `___`",
    Block.FIELDS: "a list of lines to write on: `- Name: ___ {#name}`",
}


def _read(example: Example) -> tuple[tuple[Column, ...], list[Diagnostic]]:
    """Return the columns of an example's questions, and what is wrong with it."""
    survey, notes = example.read()
    questions = survey.questions if survey else ()
    columns = tuple(column for one in questions for column in kind_of(one.kind).columns(one))
    return columns, [note for note in notes if note.severity is not Severity.NOTE]


def _fragment(example: Example) -> tuple[str, int]:
    """Return what an author writes, and how many lines of the example stand above it."""
    lines = example.text.rstrip().split("\n")
    start = next(number for number, line in enumerate(lines) if number and line.strip())
    return "\n".join(lines[start:]), start


def _facts(kind: QuestionKind) -> Iterator[tuple[str, str]]:
    forms = [_WRITTEN[block] for block in Block if block in kind.blocks]
    yield "written as", "; or ".join(forms)
    if not kind.default_for:
        yield "said by", f"`kind={kind.name}`"
    if kind.standard:
        yield "standard answers", "stand there, translated, where none are written"
    if any(kind.looks):
        yield "looks", ", ".join(f"`as={look}`" for look in kind.looks if look)
    if kind.attributes:
        yield "takes in `{…}`", ", ".join(f"`{name}`" for name in kind.attributes)
    if kind.private:
        yield "private", "always: kept with the contacts, in no report"


def _holds(column: Column) -> str:
    codes = ", ".join(f"`{code}`" for code in column.codes)
    return {"one": f"one of {codes}", "several": f"any of {codes}"}.get(column.shape, "words")


def _shown(example: Example) -> Iterator[str]:
    """Yield the parts of one example: what to write, the picture, the columns."""
    text, _ = _fragment(example)
    columns, _ = _read(example)
    yield f"## {example.title}"
    yield f"```markdown\n{text}\n```"
    if example.settings:
        yield f"In `mati.yaml` stands:\n\n```yaml\n{example.settings}\n```"
    yield f"![What it becomes on a phone: {example.title}](pictures/{example.slug}.png)"
    rows = [f"| `{column.name}` | {_holds(column)} |" for column in columns]
    yield "\n".join(("| column of the answers | holds |", "| --- | --- |", *rows))


def _mistake(example: Example) -> Iterator[str]:
    """Yield the parts of one mistake: what was written, and what is said of it."""
    text, above = _fragment(example)
    _, found = _read(example)
    moved = (replace(one, span=replace(one.span, line=one.span.line - above)) for one in found)
    yield f"### {example.title}"
    yield f"```markdown\n{text}\n```"
    yield "```text\n" + "\n".join(human(one) for one in moved) + "\n```"
    slugs = dict.fromkeys((one.code.slug, one.severity.name.lower()) for one in found)
    links = (f"[`{slug}`](../errors.md#{slug}-{severity})" for slug, severity in slugs)
    yield f"More about {', '.join(links)}."


def _page(kind: QuestionKind, found: tuple[Example, ...]) -> str:
    parts = [f"# `{kind.name}`", (kind.__doc__ or "").strip().split("\n")[0]]
    parts.append(
        f"What its report shows is told in [Kinds](../kinds.md#{kind.name}). This page is made\n"
        f"from `mati/questions/{kind.name}/examples.md`, which is also the kind's test."
    )
    facts = (f"| {name} | {text} |" for name, text in _facts(kind))
    parts.append("\n".join(("| | |", "| --- | --- |", *facts)))
    for example in found:
        if not example.wrong:
            parts.extend(_shown(example))
    wrong = [example for example in found if example.wrong]
    if wrong:
        parts.append("## Mistakes")
    for example in wrong:
        parts.extend(_mistake(example))
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return the text of every page by the name of its file."""
    found = all_examples()
    return {
        f"{kind.name}.md": _page(kind, tuple(one for one in found if one.kind == kind.name))
        for kind in kinds.all()
    }


def main() -> None:
    """Write every page; one of a kind that is gone is removed."""
    PAGES.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in PAGES.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
