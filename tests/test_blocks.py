"""What every report block keeps to, found by looking at the shelf."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_surveys import (
    LAST,
    TEMPLATES,
    Tongue,
    choice,
    consent,
    counted,
    csat,
    everything,
    grid,
    load,
    multiple,
    nps,
    praise,
    ranking,
    responses,
    scale,
    section,
    survey,
    written,
)

from mati.blocks import blocks
from mati.model import Text, map_text
from mati.questions import kind_of
from mati.report import formats
from mati.samples import sample
from mati.summarise import summaries

QUESTIONS = (
    grid(na=True), replace(grid(), several=True), csat(), nps(), scale(), choice(), multiple(),
    written("why", "Why?"), praise(), ranking(),
    consent(),
)  # fmt: skip
ENVIRONMENT = TEMPLATES.environment(message=Tongue().message)
COUNTS = (0, 4, 9, 40, 240)


def views(question, number):
    wanted = survey(section("s", "Page", question))
    sums = counted(responses(sample(wanted, number, LAST), wanted), wanted)
    (summary,) = summaries(wanted, sums)
    for name in summary.shows:
        yield name, blocks.find(name).view(question, summary)


@pytest.mark.parametrize("block", blocks.all(), ids=lambda block: block.name)
def test_a_block_has_its_name_and_its_template(block):
    assert blocks.find(block.name) is block
    assert "macro block(view, f)" in load(f"blocks/{block.name}/block.html")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.kind}-{q.several}")
@pytest.mark.parametrize("number", COUNTS)
def test_every_kind_is_drawn_whatever_there_is_to_show(question, number):
    for name, view in views(question, number):
        assert view.block == name
        spoken = map_text(view, Tongue().words)
        drawn = ENVIRONMENT.get_template(f"blocks/{name}/block.html").module
        html = str(drawn.block(spoken, formats("en")))
        assert "None" not in html
        assert "nan" not in html.lower().split()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.kind}-{q.several}")
def test_no_word_of_a_survey_escapes_the_walk(question):
    for _, view in views(question, 240):
        left: list[Text] = []
        map_text(map_text(view, lambda text: text.source), left.append)
        assert left == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.kind}-{q.several}")
@pytest.mark.parametrize("number", COUNTS)
def test_every_bar_stays_inside_its_drawing(question, number):
    for _, view in views(question, number):
        chart = getattr(view, "chart", view)
        for item in getattr(chart, "items", ()):
            for level in item.levels:
                assert level.x >= -0.02
                assert level.x + level.width <= 100.05
        for bin_ in getattr(view, "bins", ()):
            assert 0 <= bin_.height <= 100
            assert bin_.x + bin_.width <= 100.05


def test_every_block_that_a_kind_wants_is_on_the_shelf():
    for question in everything().questions:
        for name in kind_of(question.kind).summarise(question, {}).shows:
            assert blocks.find(name) is not None


@pytest.mark.parametrize("number", [8, 16, 40, 240])
def test_a_share_that_put_something_first_is_the_one_its_bar_shows(number):
    wanted = survey(section("s", "Page", ranking(required=True)), least=1)
    sums = counted(responses(sample(wanted, number, LAST), wanted), wanted)
    (summary,) = summaries(wanted, sums)
    items = blocks.find("ranking").view(ranking(), summary).items
    assert [item.first for item in items] == [item.levels[0].percent for item in items]
    assert [item.mean for item in items] == sorted(item.mean for item in items)
