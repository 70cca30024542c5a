"""Every message is explained, and every example does what its page says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from mati.diagnostics import Code, Notebook, Source
from mati.model import ProjectSettings, Settings
from mati.reader import read
from mati.settings import read_project

PAGE = (Path(__file__).parent.parent / "docs/errors.md").read_text("utf-8")
HEADING = re.compile(r"^### `([a-z0-9-]+)` \((error|warning|note)\)$", re.MULTILINE)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASK = "### All in all? {#overall}\n\n- (5) Very good\n- (3) So-so\n- (1) Bad\n\n"
MARKS = read_project(
    Source("mati.yaml", "scales:\n  marks: {5: Good, 1: Bad}\n"), Notebook()
).scales
PROJECT = ProjectSettings(
    timezone="UTC",
    zone=UTC,
    defaults=replace(Settings(), lang=""),
    languages=("en",),
    scales=MARKS,
)


def entries() -> dict[str, tuple[str, str]]:
    """Severity and text of each entry by slug."""
    parts = HEADING.split(PAGE)
    return {
        slug: (severity, text)
        for slug, severity, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    }


ENTRIES = entries()
EXAMPLES = [
    (slug, number, language, text)
    for slug, (_, entry) in ENTRIES.items()
    for number, (language, text) in enumerate(FENCE.findall(entry))
]


def whole(language: str, text: str) -> str:
    if text.startswith(("---\n", "–––\n")) or "---\nlang:" in text:
        return text
    if language == "yaml":
        settings, body = text, ASK.replace("{#overall}", "{#visit}")
    else:
        settings, body = "", ASK + text
    return f"---\nlang: en\n{settings}---\n\n# Visit\n\n{body}"


@pytest.mark.parametrize("code", Code, ids=lambda code: code.slug)
def test_every_message_is_explained(code):
    assert code.slug in ENTRIES, "explain it in docs/errors.md"
    severity, text = ENTRIES[code.slug]
    assert severity == code.severity.value
    assert code.message in text, "quote the message as it is"
    prose = FENCE.sub("", text).replace(code.message, "")
    assert len(prose.split()) >= 8, "say why it matters"


def test_nothing_is_explained_that_does_not_exist():
    assert set(ENTRIES) == {code.slug for code in Code}
    assert len(HEADING.findall(PAGE)) == len(ENTRIES)


@pytest.mark.parametrize(
    ("slug", "number", "language", "text"),
    EXAMPLES,
    ids=[f"{slug}-{'right' if number else 'wrong'}" for slug, number, *_ in EXAMPLES],
)
def test_an_example_gives_its_message_and_the_better_one_none(slug, number, language, text):
    notes = Notebook()
    read(Source("content/visit.md", whole(language, text)), PROJECT, notes)
    # A setting that has no effect yet may stand in an example; it is no mistake.
    plain = Code.SETTING_WITHOUT_EFFECT
    found = [d.code.slug for d in notes if d.code is not plain or plain.slug == slug]
    assert found == ([] if number else [slug])


def test_most_messages_of_the_reader_have_an_example():
    assert len({slug for slug, *_ in EXAMPLES}) >= 80
