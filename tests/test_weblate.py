"""The files for Weblate fit the folders of a project; Weblate itself is not asked.

What they may hold is told in Weblate's documentation: "Management commands" (``import_json``),
"Add-ons" (component discovery), "File format parameters" and "Customizing behavior using flags".
"""

from __future__ import annotations

import json
import re
import shutil
from fnmatch import fnmatch

import pytest
from click.testing import CliRunner
from formsite import ROOT

from mati.catalog import decode_po, placeholders, read_po
from mati.cli import Shell, main
from mati.cli.translation import i18n
from mati.diagnostics import Notebook
from mati.model import is_language

FOLDER = ROOT / "docs" / "weblate"
FILES = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("locales/*/*.po"))]


def component() -> dict[str, object]:
    (only,) = json.loads((FOLDER / "component.json").read_text("utf-8"))
    return only


def test_the_first_component_is_the_one_that_every_project_has():
    mask = str(component()["filemask"])
    assert [path for path in FILES if fnmatch(path, mask)] == [
        path for path in FILES if path.endswith("/site.po")
    ]
    assert component()["new_base"] == "locales/site.pot"
    assert component()["file_format_params"] == {"po_line_wrap": 65535}  # as we write them


def test_every_file_of_a_project_is_discovered_with_its_language():
    found = json.loads((FOLDER / "discovery.json").read_text("utf-8"))
    for path in FILES:
        match = re.fullmatch(found["match"], path)
        assert match, path
        assert is_language(match["language"])
        assert re.match(found["language_regex"], match["language"])
    assert found["new_base_template"].replace("{{ component }}", "site") == component()["new_base"]
    assert found["language_regex"] == component()["language_regex"]


def test_what_new_languages_begin_from_can_be_committed(tmp_path):
    """A tool that finds a change where there is none is switched off."""
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mati.yaml", tmp_path)

    def extracted() -> dict[str, bytes]:
        for path in tmp_path.glob("locales/*.pot"):
            path.unlink()
        CliRunner().invoke(
            i18n, ["extract"], obj=Shell(root=tmp_path), standalone_mode=False,
            catch_exceptions=False,
        )  # fmt: skip
        return {path.name: path.read_bytes() for path in tmp_path.glob("locales/*.pot")}

    first = extracted()
    assert {"site.pot", "customer-service.pot"} <= first.keys()
    assert extracted() == first
    assert not any(b"Date" in text for text in first.values())
    assert CliRunner().invoke(main, ["new", str(tmp_path / "shop")]).exit_code == 0
    ignored = (tmp_path / "shop/.gitignore").read_text("utf-8")
    assert "pot" not in ignored
    assert "locales" not in ignored


@pytest.mark.parametrize("path", FILES)
def test_weblate_watches_the_placeholders_that_we_watch(path):
    flags = str(component()["check_flags"])
    (pattern,) = re.findall(r'placeholders:r"(.*?)"', flags)
    catalog = read_po(decode_po(path, (ROOT / path).read_bytes(), Notebook()), Notebook())
    for message in catalog.messages.values():
        watched = placeholders(" ".join(re.findall(pattern, message.msgid)))
        assert watched <= placeholders(message.msgid)
        if "{{" in message.msgid and message.context:
            assert watched == placeholders(message.msgid)
