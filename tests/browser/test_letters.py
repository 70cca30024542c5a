"""Letters that come along: one file for the words of a page, however its languages are offered."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from formsite import ROOT
from playwright.sync_api import BrowserContext

from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample site with letters of its own."""
    root = tmp_path_factory.mktemp("letters")
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, root / folder)
    settings = re.sub(r"^theme:.*\n(?:[ ].*\n)*", "", (ROOT / "mati.yaml").read_text("utf-8"),
                      flags=re.MULTILINE)  # fmt: skip
    Path(root / "mati.yaml").write_text(f"{settings}\ntheme: {{font: bundled}}\n", "utf-8")
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(), notes)
    return {output.path: output.content for output in outputs if output.root == "site"}


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("km", {"khmer-400", "khmer-700"}), ("lo", {"lao-400", "lao-700"}), ("en", set())],
)
def test_a_page_fetches_the_letters_of_its_own_words_only(
    context: Callable[..., BrowserContext], desk, files, language, wanted
):
    """Its menu has a word of each language: no file is worth one word."""
    desk.files = files
    page = context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{desk.url}{language}/customer-service/", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    found = {m[1] for url in asked if (m := re.search(r"/a/([a-z]+-\d+)\.", url))}
    assert found == wanted
