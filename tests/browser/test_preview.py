"""The preview in a real browser: the page follows a save, problems lie over it and go again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from mati import devserver
from mati.diagnostics import Code, Notebook, Source, Span
from mati.model import Output

pytestmark = pytest.mark.browser

PAGE = (
    '<!doctype html><html lang="en"><head><title>Visit</title>'
    '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'
    "</head><body><main><h1>{text}</h1></main></body></html>"
)
SECOND = 1000


def make(root: Path) -> Callable[[Notebook], tuple[Output, ...]]:
    """A build of one page; "wrong" in its source is an error."""

    def build(notes: Notebook) -> tuple[Output, ...]:
        text = (root / "content/visit.md").read_text("utf-8")
        notes.open(Source("content/visit.md", text))
        if "wrong" in text:
            notes.note(Code.NO_SURVEYS, Span("content/visit.md", 1, 1, 5))
        return (Output(path="index.html", content=PAGE.replace("{text}", text).encode()),)

    return build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ"
    (folder / "content").mkdir(parents=True)
    (folder / "content/visit.md").write_text("first", "utf-8")
    return folder


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    """A preview in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    started = asyncio.run_coroutine_threadsafe(devserver.start(root, make(root)), loop).result(10)
    yield started.port
    asyncio.run_coroutine_threadsafe(started.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_a_page_follows_a_save_and_problems_lie_over_it(
    root: Path, port: int, context: Callable[..., BrowserContext]
):
    page = context().new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"http://localhost:{port}/")
    expect(page.locator("h1")).to_have_text("first")
    source = root / "content/visit.md"

    source.write_text("second", "utf-8")
    expect(page.locator("h1")).to_have_text("second", timeout=SECOND)

    source.write_text("wrong <b>&", "utf-8")
    box = page.locator("section")
    expect(box).to_contain_text("content/visit.md:1:1", timeout=SECOND)
    expect(box).to_contain_text("wrong <b>&")
    assert box.locator("b").count() == 0
    expect(page.locator("h1")).to_have_text("second")

    source.write_text("third", "utf-8")
    expect(page.locator("h1")).to_have_text("third", timeout=SECOND)
    expect(box).to_have_count(0)
    assert faults == []
