"""Marked pages: what visitors get is what it was without, and no policy of the site is weaker."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mati.build import Options, build
from mati.cli.site import make_outputs
from mati.devserver.marks import catalogue_page
from mati.devserver.page import live
from mati.devserver.preview import Preview
from mati.diagnostics import Notebook
from mati.inline.traces import numbers, untraced
from mati.localise import Traces
from mati.model import Output
from mati.project import open_project
from mati.writer import SHARED

ROOT = Path(__file__).parent.parent
POLICY = re.compile(r'Content-Security-Policy" content="([^"]*)"')


def made(traces: Traces | None = None) -> dict[tuple[str, str], bytes]:
    project = replace(open_project(ROOT, Notebook()), invented=True)
    options = Options(sample=True, release=False, only="customer-service", traces=traces)
    found = build(project, options, Notebook())
    return {(one.root, one.path): one.content for one in found}


@pytest.fixture(scope="module")
def both() -> tuple[dict, dict, Traces]:
    traces = Traces()
    return made(), made(traces), traces


def text_of(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def test_without_its_traces_every_file_is_what_it_was(both):
    plain, traced, _ = both
    assert plain.keys() == traced.keys()
    for key, content in traced.items():
        text = text_of(content)
        bare = content if text is None else untraced(text).encode("utf-8")
        assert bare == plain[key], key


def test_every_text_tells_its_file_line_and_state(both):
    _, traced, traces = both
    for (_, path), content in traced.items():
        if path.startswith("km/") and path.endswith(".html"):
            seen = [traces.found[number] for number in numbers(content.decode("utf-8"))]
            assert len(seen) > 5, path
            for one in seen:
                if one.language == "km":
                    line = (ROOT / one.path).read_text("utf-8").splitlines()[one.line - 1]
                    assert line.startswith("msgid "), one
                    assert one.state in ("good", "outdated", "missing", "broken")


def shown(both, address: str, *, marked: bool) -> str:
    _, traced, traces = both
    outputs = tuple(Output(path=p, content=c, root=r) for (r, p), c in traced.items())

    def make(notes: Notebook, given: Traces) -> tuple[Output, ...]:
        given.found.extend(traces.found)
        return outputs

    preview = Preview(make=lambda _: (), translate=str, make_traced=make, marked=True)
    preview.rebuild()
    return preview.file(address, marked=marked).decode("utf-8")


def test_the_preview_shows_either(both):
    plain, _, _ = both
    page = shown(both, "/km/customer-service/", marked=False)
    assert page.encode("utf-8") == plain["site", "km/customer-service/index.html"]
    page = shown(both, "/km/customer-service/", marked=True)
    assert page.count("data-mati-text=") > 20
    assert not re.search("[\ufdd0-\ufdef]", page)
    # the policy of the form is the same, but for what the preview always lets in
    policy = POLICY.search(page)[1]
    assert policy == POLICY.search(plain["site", "km/customer-service/index.html"].decode())[1]
    opened = POLICY.search(live(page.encode(), "m", marks=True).decode())[1]
    assert opened == POLICY.search(live(page.encode(), "m").decode())[1]


def test_a_text_cannot_leave_its_data_block():
    traces = Traces()
    project = replace(open_project(ROOT, Notebook()), invented=True)
    hostile = "</script><script>alert(1)</script>"
    preview = Preview(make=lambda _: (), translate=str)
    found = build(project, Options(only="customer-service", traces=traces, sample=True), Notebook())
    preview.texts = [replace(one, source=hostile, string=hostile) for one in traces.found]
    preview.site = {one.path: one.content for one in found}
    page = preview.file("/km/customer-service/", marked=True).decode("utf-8")
    assert "<script>alert" not in page


def test_a_line_is_the_one_that_the_reader_counts(tmp_path):
    (tmp_path / "locales/km").mkdir(parents=True)
    text = '# a\u2028b\x0cc\x85\r\nmsgid "A"\r\nmsgstr "ក"\r\n'
    (tmp_path / "locales/km/a.po").write_bytes(text.encode())
    page = catalogue_page(str(tmp_path), "locales/km/a.po").decode("utf-8")
    assert '<li id="L2">msgid &quot;A' in page
    assert "L4" not in page


def test_only_catalogues_are_shown_line_by_line(tmp_path):
    (tmp_path / "locales/km").mkdir(parents=True)
    (tmp_path / "locales/km/a.po").write_text('msgid "<b>"\nmsgstr ""\n', "utf-8")
    page = catalogue_page(str(tmp_path), "locales/km/a.po").decode("utf-8")
    assert '<li id="L1">msgid &quot;&lt;b&gt;&quot;' in page
    assert catalogue_page(str(tmp_path), "locales/km/none.po") is None
    secret = tmp_path / "secret.po"
    secret.write_text("secret", "utf-8")
    (tmp_path / "locales/km/link.po").symlink_to(secret)
    assert catalogue_page(str(tmp_path), "locales/km/link.po") is None
    ours = catalogue_page(str(tmp_path), "locales/km/mati.po")
    assert ours is not None
    assert SHARED.joinpath("locales/km/mati.po").exists()


@pytest.mark.parametrize("traced", [False, True])
def test_one_survey_is_shown_before_all_others_as_it_will_be(tmp_path, traced):
    for name in ("content", "mati.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    for language in ("km", "lo"):
        (tmp_path / "locales" / language).mkdir(parents=True)
        for path in (ROOT / "locales" / language).glob("*.po"):
            if not path.name.startswith("mati"):
                (tmp_path / "locales" / language / path.name).write_bytes(path.read_bytes())

    def part(notes: Notebook, survey: str, given: Traces | None) -> tuple[Output, ...]:
        return make_outputs(
            tmp_path, notes, sample=True, preview=True, only=survey, traces=given
        )[0]  # fmt: skip

    preview = Preview(
        make=lambda notes: part(notes, "", None),
        translate=str,
        make_traced=lambda notes, given: part(notes, "", given),
        make_part=part,
        marked=traced,
    )
    preview.rebuild()
    page, other = "/km/kiosk/", "/km/customer-service/"
    before = preview.mark(page, marked=traced), preview.mark(other, marked=traced)
    place = tmp_path / "locales/km/kiosk.po"
    text = place.read_text("utf-8")
    old = re.search(r'msgid "Before you go"\nmsgstr "(.+)"', text)[1]
    place.write_text(text.replace(old, "ថ្មីៗ"), "utf-8")
    assert preview.refresh("kiosk")
    quick = preview.mark(page, marked=traced), preview.mark(other, marked=traced)
    assert quick[0] != before[0]
    assert quick[1] == before[1]
    assert "ថ្មីៗ" in preview.file(page, marked=traced).decode("utf-8")
    preview.rebuild()
    whole = preview.mark(page, marked=traced), preview.mark(other, marked=traced)
    assert whole == quick  # so that no page is loaded twice
    assert not preview.refresh("nothing")
