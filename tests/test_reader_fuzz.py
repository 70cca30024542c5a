"""Whatever the bytes are, reading never raises, never takes long, never points outside the file.

Rules: 1. no exception; 2. every position lies inside the file; 3. hostile input of 100 kB is read
in under half a second; 4. what comes out can be walked.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hostile_texts import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from mati.diagnostics import Notebook, Source, human
from mati.model import ProjectSettings, Survey, texts
from mati.reader import decode, read
from mati.settings import read_project

SAMPLE = (Path(__file__).parent.parent / "content/customer-service.md").read_text("utf-8")
PROJECT = ProjectSettings()
ROUNDS = 1_500
HALF_A_SECOND = 0.5

SCRAPS = (
    "{", "}", "{{", "}}", "{#", '"', "“", "(", ")", "[", "]", "|", "\\|", "___", "---", "===", "#",
    "## ", "### ", "- ", "1. ", "១. ", "(5)", "[5]", "(0..10) a … b", "…", "...", "<!--", "-->",
    "if=", 'if="overall <= 2"', "kind=nps", "as=", "end", "private", "*", "and", "or", "not",
    "answered", " has ", " in (",
    "\t", "\n", "\n\n", "\u200b", "\u00a0", "\u2028", "\x85", "\ufeff",
    "é", "e\u0301", "ស្រី", "ໂລ", "៥", "໕", "🙂", ": ", "&a ", "*a", "!!x ", "? ", "%", "\\", "`",
)  # fmt: skip


def check(text: str) -> Survey | None:
    notes = Notebook()
    survey = read(Source("content/visit.md", text), PROJECT, notes)
    lines = text.split("\n")
    for diagnostic in notes:
        span = diagnostic.span
        assert 1 <= span.line <= len(lines), human(diagnostic)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, human(diagnostic)
        assert span.column + span.length <= len(lines[span.line - 1]) + 2, human(diagnostic)
    if survey is not None:
        contexts = [text.context for text in texts(survey)]
        if not notes.has_errors():
            assert len(contexts) == len(set(contexts))
    return survey


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(text) + 1)
        length = chance.choice((0, 0, 1, 1, 3, 40))
        match chance.randrange(4):
            case 0:
                text = text[:start] + text[start + length :]
            case 1:
                text = text[:start] + chance.choice(SCRAPS) + text[start + length :]
            case 2:
                lines = text.split("\n")
                chance.shuffle(lines[: len(lines) // 2])
                first, second = (chance.randrange(len(lines)) for _ in range(2))
                lines[first], lines[second] = lines[second], lines[first]
                text = "\n".join(lines)
            case _:
                end = min(len(text), start + length * 10)
                text = text[:end] + text[start:end] + text[end:]
    return text


@pytest.mark.parametrize("seed", range(4))
def test_mutations_of_the_sample(seed):
    chance = random.Random(seed)  # noqa: S311 — the same mutations on every run
    for _ in range(ROUNDS // 4):
        check(mutated(SAMPLE, chance))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=60))
def test_heaps_of_scraps(scraps):
    check("".join(scraps).replace("\r", "\n"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_settings(text):
    check(f"---\n{text}\n---\n\n# Visit\n".replace("\r", "\n"))
    source = Source("mati.yaml", text.replace("\r", "\n"))
    notes = Notebook()
    read_project(source, notes)
    lines = source.text.split("\n")
    assert all(1 <= d.span.line <= len(lines) for d in notes)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data):
    notes = Notebook()
    source = decode("content/visit.md", data, notes)
    if source is None:
        assert notes.has_errors()
    else:
        assert not set(source.text) & set("\r\x00\x1a")
        check(source.text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_in_under_half_a_second(name):
    best = 9.0
    for _ in range(3):
        # Processor time, the best of three: the machine may be busy with other work.
        start = time.process_time()
        check_quickly(HOSTILE[name])
        best = min(best, time.process_time() - start)
        if best < HALF_A_SECOND:
            break
    assert best < HALF_A_SECOND
    check(HOSTILE[name])


def check_quickly(text: str) -> None:
    read(Source("content/visit.md", text), PROJECT, Notebook())
