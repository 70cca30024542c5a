"""Annotations of a Git host: read back by its own rules, the first ten of a level, all in a table.

Format: GitHub Docs, "Workflow commands for GitHub Actions" and "Usage limits".
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import cmarkgfm
import pytest
from click.testing import CliRunner, Result

from mati.cli import main
from mati.cli.githost import folder_of
from mati.diagnostics import Remark, annotated, below, summary

SURVEY = "---\nlang: en\n---\n\n# Visit\n\n"
WORDS = {
    "where": "Where", "what": "What", "instead": "Instead",
    "error": "error", "warning": "warning", "notice": "note",
}  # fmt: skip
HOST = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "sokha/visit",
    "GITHUB_SHA": "abc123",
}


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the host reads it: level, properties, text."""
    found = re.fullmatch(r"::(error|warning|notice)(?: ([^:]*))?::(.*)", line)
    assert found is not None, line
    pairs = (pair.split("=", 1) for pair in (found[2] or "").split(",") if pair)
    return found[1], {name: plain(value, ":,") for name, value in pairs}, plain(found[3])


def plain(text: str, further: str = "") -> str:
    for char in further + "\n\r%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def said(level: str = "error", path: str = "content/a.md", line: int = 1, **more: str) -> Remark:
    return Remark(level=level, path=path, line=line, column=2, **{"text": "text", **more})


def nowhere(_one: Remark) -> str:
    """No address for a place."""
    return ""


def lines(*remarks: Remark) -> list[str]:
    return list(annotated(remarks, lambda level, count: f"{count} more: {level}"))


@pytest.mark.parametrize(
    "text",
    ["50%", "%0A", "a\r\nb", "::error::x", "a,b:c=d", "%25", "តម្លៃ ៥០% ຳ", "##[error]x", "\n"],
)
def test_what_is_said_comes_out_as_it_was(text):
    (line,) = lines(said(text=text, title=text, path=text))
    level, properties, message = parsed(line)
    assert (level, message) == ("error", text)
    assert properties == {"file": text, "line": "1", "col": "2", "title": text}
    assert "\n" not in line
    assert "\r" not in line


def test_ten_of_a_level_are_annotations():
    found = lines(*(said(line=n, text=str(n)) for n in range(10)))
    assert [parsed(line)[2] for line in found] == [str(n) for n in range(10)]


def test_of_more_the_most_urgent_nine_and_how_many_there_are_besides():
    translations = [said("warning", "locales/km/visit.po", n) for n in range(20)]
    surveys = [said("warning", line=n) for n in range(5)]
    errors = [said(line=n) for n in range(3)]
    found = lines(*translations, *surveys, *errors)
    commands = [parsed(line) for line in found if line.startswith("::")]
    assert Counter(level for level, _, _ in commands) == {"error": 3, "warning": 10}
    assert [level for level, _, _ in commands[:3]] == ["error"] * 3
    assert [place.get("file") for _, place, _ in commands[3:8]] == ["content/a.md"] * 5
    assert commands[-1] == ("warning", {"title": "Mati"}, "16 more: warning")
    rest = [line for line in found if not line.startswith("::")]
    assert len(rest) == 16  # 25 warnings, nine of them annotations
    assert rest[0].startswith("locales/km/visit.po:4:2: warning")


def test_a_line_of_the_log_is_no_command():
    for line in lines(*(said(text="##[stop-commands]x") for _ in range(12)))[10:]:
        assert not line.startswith("::")
        assert "##[" not in line


def test_the_table_shows_words_as_they_are():
    words = "a|b <b>c</b> `d` *e* [f](http://x.example) @me &amp; \\ ~~g~~\nh"
    table = summary([said(text=words, hint="| x")], WORDS, nowhere, str)
    html = cmarkgfm.github_flavored_markdown_to_html(table)
    cells = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)
    assert cells == [
        "error",
        "content/a.md:1",
        "a|b &lt;b&gt;c&lt;/b&gt; `d` *e* [f](http://x.example) @me &amp;amp; \\ ~~g~~ h",
        "| x",
    ]


def test_the_table_has_the_most_urgent_first_and_an_end():
    notes = [said("notice", line=n) for n in range(400)]
    table = summary([*notes, said()], WORDS, nowhere, lambda count: f"{count} more")
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert rows[1].startswith("| error |")
    assert len(rows) == 1 + 300
    assert table.endswith("\n101 more\n")
    assert summary([], WORDS, nowhere, str) == ""


def test_a_project_in_a_folder_of_the_repository(tmp_path):
    shop = tmp_path / "repo" / "shops" / "ហាង"
    shop.mkdir(parents=True)
    folder = folder_of(shop, {"GITHUB_WORKSPACE": str(tmp_path / "repo")})
    assert below(folder, said()).path == "shops/ហាង/content/a.md"
    assert folder_of(shop, {"GITHUB_WORKSPACE": str(shop)}) == ""
    assert folder_of(shop, {"GITHUB_WORKSPACE": str(tmp_path / "other")}) == ""
    assert folder_of(shop, {}) == ""


def shop(folder: Path, mistakes: int) -> Path:
    """Make a project with as many questions of a kind that there is not."""
    (folder / "content").mkdir(parents=True)
    questions = (
        f"### Q{n} {{#q{n} kind=csta}}\n\n- (5) Good\n- (1) Bad\n" for n in range(mistakes)
    )
    right = "### Good? {#q}\n\n- (5) Good\n- (1) Bad\n"
    (folder / "content/visit.md").write_text(SURVEY + "\n".join([*questions, right]), "utf-8")
    (folder / "mati.yaml").write_text(
        "url: https://sokha.example\nlanguages: [en]\nsend: netlify\n", "utf-8"
    )
    return folder


def check(root: Path, **environment: str) -> Result:
    names = ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", *HOST)
    nothing: dict[str, str | None] = dict.fromkeys(names)
    runner = CliRunner(env={**nothing, "MATI_LANG": "en", **environment})
    return runner.invoke(main, ["--project", str(root), "check", "--format", "github"])


def test_the_command_annotates_and_writes_the_summary(tmp_path):
    root, told = shop(tmp_path / "repo" / "shop", 1), tmp_path / "summary.md"
    told.write_text("before\n", "utf-8")
    done = check(
        root,
        GITHUB_WORKSPACE=str(tmp_path / "repo"),
        GITHUB_STEP_SUMMARY=str(told),
        **HOST,
    )
    assert done.exit_code == 1
    level, place, text = parsed(done.stdout.splitlines()[0])
    assert (level, place["file"], place["line"]) == ("error", "shop/content/visit.md", "7")
    column, end = int(place["col"]), int(place["endColumn"])
    line = (root / "content/visit.md").read_text("utf-8").splitlines()[6]
    assert line[column - 1 : end] == "csta"
    assert "did you mean 'csat'?" in text
    table = told.read_text("utf-8")
    assert table.startswith("before\n### Mati: Errors: 1.")
    (address,) = re.findall(r"\]\((\S+)\)", table.splitlines()[-1])
    parts = urlsplit(address)
    assert (parts.query, parts.fragment) == ("plain=1", "L7")
    assert unquote(parts.path) == "/sokha/visit/blob/abc123/shop/content/visit.md"


def test_many_mistakes_are_told_in_ten_annotations(tmp_path):
    done = check(shop(tmp_path / "shop", 14))
    commands = [parsed(line) for line in done.stdout.splitlines() if line.startswith("::error")]
    assert len(commands) == 10
    assert commands[-1][2] == "Further errors: 5. The summary of this run lists all of them."


def test_without_a_mistake_the_summary_says_so(tmp_path):
    told = tmp_path / "summary.md"
    done = check(shop(tmp_path / "shop", 0), GITHUB_STEP_SUMMARY=str(told))
    assert (done.exit_code, done.stdout) == (0, "")
    assert told.read_text("utf-8") == "### Mati: No problems.\n"


def test_a_summary_that_cannot_be_written_stops_nothing(tmp_path):
    done = check(shop(tmp_path / "shop", 0), GITHUB_STEP_SUMMARY=str(tmp_path))
    assert done.exit_code == 0
    assert "The computer refused" in done.stderr
