"""One small site with every kind in three languages, held to what it was.

``MATI_GOLDEN=write`` writes the expected files anew; look at what changed before you keep them.
Styles and scripts are left out: they have tests of their own, and change for better looks.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from mati.build import Options, build
from mati.diagnostics import Notebook
from mati.project import open_project

GOLDEN = Path(__file__).parent / "golden"
PROJECT, EXPECTED = GOLDEN / "project", GOLDEN / "expected"
KEPT = (
    "private/collect.json",
    "site/404.html",
    "site/en/data/index.html",
    "site/en/index.html",
    "site/en/repair/index.html",
    "site/en/repair/report/index.html",
    "site/en/repair/report/results.csv",
    "site/en/repair/report/results.json",
    "site/index.html",
    "site/km/repair/index.html",
    "site/km/repair/thanks/index.html",
    "site/lo/data/index.html",
    "site/lo/repair/index.html",
)
CUT = (
    (re.compile(r"(<style>).*?(</style>)", re.DOTALL), r"\1…\2"),
    (re.compile(r"(<script type=.?module.?>).*?(</script>)", re.DOTALL), r"\1…\2"),
    (re.compile(r"\b(a/\w+)\.[0-9a-f]{8,}(\.png)"), r"\1.…\2"),
    (re.compile(r"sha256-[A-Za-z0-9+/=]+"), "sha256-…"),
)


def settled(content: bytes) -> str:
    """A file without what its own tests hold, with an HTML element a line."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    for pattern, kept in CUT:
        text = pattern.sub(kept, text)
    return text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("golden") / "project"
    shutil.copytree(PROJECT, root)  # drawn cards are kept beside the project
    outputs = build(open_project(root, Notebook()), Options(sample=True), Notebook())
    kept = (o for o in outputs if o.path.endswith((".html", ".json", ".csv")))
    return {f"{o.root}/{o.path}": settled(o.content) for o in kept}


@pytest.mark.parametrize("path", KEPT)
def test_the_site_is_as_it_was(path, made):
    place = EXPECTED / path
    if os.environ.get("MATI_GOLDEN") == "write":
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(made[path], "utf-8")
    assert made[path] == place.read_text("utf-8")


def test_no_page_is_forgotten(made):
    languages = ("en", "km", "lo")
    pages = ("", "thanks/", "report/")
    forms = {f"site/{code}/repair/{page}index.html" for code in languages for page in pages}
    assert forms <= set(made)
