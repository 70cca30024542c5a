"""Whatever the bytes are, reading never raises, never takes long, never points outside the file.

Rules: 1. no exception; 2. every position lies inside the file; 3. hostile input is read in the
time of friendly input, nearly; 4. what comes out can be walked.
"""

from __future__ import annotations

import gc
import time

import pytest
from hostile_texts import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import PATH, PROJECT, SCRAPS, check, check_bytes, mutant, seeds

from mati.diagnostics import Notebook, Source
from mati.reader import read
from mati.settings import read_project

ROUNDS = 2_000
FRIENDLY = "# Visit\n" + "".join(
    f"\n### How was number {n}?\n\nTell us as you saw it. We read each word of it.\n"
    "\n- Good\n- Bad\n- Neither of them\n"
    for n in range(950)
)


@pytest.mark.parametrize("shard", range(4))
def test_mutants_of_every_sound_survey(shard):
    known = seeds()
    for number in range(shard, ROUNDS, 4):
        check_bytes(mutant(number, known))


def test_the_same_number_is_the_same_mutant():
    assert mutant(7, seeds()) == mutant(7, seeds()) != mutant(8, seeds())


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
    check_bytes(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_no_more_time_than_friendly_input_of_100_kb_eight_times(name):
    # How fast a machine is may change from one second to the next: compared in one breath, and the
    # best of five tries. Seconds are in tests/bench/reader.py.
    gc.collect()
    gc.freeze()  # what thousands of other tests keep is not the reader's to go through
    try:
        ratios = (seconds(HOSTILE[name]) / seconds(FRIENDLY) for _ in range(5))
        assert any(ratio < 8 for ratio in ratios)
    finally:
        gc.unfreeze()
    check(HOSTILE[name])


def seconds(text: str) -> float:
    """Read a text; return the processor time that it took, as the machine may have other work."""
    start = time.process_time()
    read(Source(PATH, text), PROJECT, Notebook())
    return time.process_time() - start
