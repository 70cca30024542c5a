"""A folder in, the project in it out: each thing a person can get wrong there is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import mati.questions
from mati.catalog import usable
from mati.diagnostics import Diagnostic, Notebook, Severity
from mati.project import open_project

posix = pytest.mark.skipif(os.name == "nt", reason="links, modes and names of POSIX")
SURVEY = "---\nlang: en\n---\n\n# Visit\n\n### How was it? {#mood}\n\n- (5) Good\n- (1) Bad\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ហាង កាហ្វេ ຮ້ານ"
    (folder / "content").mkdir(parents=True)
    (folder / "content/visit.md").write_text(SURVEY, "utf-8")
    return folder


def opened(root: Path):
    notes = Notebook()
    return open_project(root, notes), list(notes)


def slugs(found: list[Diagnostic]) -> list[str]:
    return [one.code.slug for one in found]


def value(found: Diagnostic, name: str) -> str:
    return dict(found.values)[name]


def test_a_project_in_a_folder_with_blanks_and_khmer_letters(root: Path):
    (root / "content/after-sales.md").write_text(SURVEY, "utf-8")
    (root / "content/pages").mkdir()
    (root / "content/visit.lock").write_text("", "utf-8")
    (root / "content/.#visit.md").write_text("", "utf-8")
    project, found = opened(root)
    assert found == []
    assert [s.path for s in project.sources] == ["content/after-sales.md", "content/visit.md"]
    assert project.sources[1].text == SURVEY
    assert project.has_private is False


@posix
@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("..md", "survey.md"),
        (".md", "survey.md"),
        ("Ünï code.md", "uni-code.md"),
        ("Visit.MD", "visit.md"),
        ("visit-us.md.txt", "visit-us.md"),
        ("After.MD.TXT", "after.md"),
        ("after.markdown", "after.md"),
        ("visit_us.md", "visit-us.md"),
        ("9lives.md", "survey-9lives.md"),
        ("ការចូលមើល.md", "survey.md"),
        ("-visit.md", "visit.md"),
        ("a b\n\x1b[31m.md", "a-b-31m.md"),
        ("km visit.md", "km-visit.md"),
        ("Share.md", "share-survey.md"),
    ],
)
def test_a_bad_file_name_is_said_with_a_better_one(root: Path, name: str, better: str):
    (root / "content" / name).write_text(SURVEY, "utf-8")
    project, found = opened(root)
    assert slugs(found) == ["bad-file-name"]
    assert value(found[0], "better") == better
    assert [s.path for s in project.sources] == ["content/visit.md"]


@pytest.mark.parametrize("name", ["a", "share", "thanks", "report", "km", "con", "lpt1"])
def test_a_reserved_name_is_said(root: Path, name: str):
    (root / "locales/km").mkdir(parents=True)
    (root / "content" / f"{name}.md").write_text(SURVEY, "utf-8")
    _, found = opened(root)
    assert slugs(found) == ["reserved-name"]
    assert value(found[0], "better") == f"{name}-survey.md"


@posix
def test_a_name_of_bytes_that_are_no_text(root: Path):
    try:
        Path(os.fsdecode(os.fsencode(root / "content") + b"/\xff\xfe.md")).write_text("", "utf-8")
    except OSError:
        pytest.skip("this file system takes text only")
    _, found = opened(root)
    assert slugs(found) == ["bad-file-name"]
    assert "\ufffd" in value(found[0], "name")


def test_a_folder_named_like_a_survey(root: Path):
    (root / "content/x.md").mkdir()
    _, found = opened(root)
    assert slugs(found) == ["not-a-file"]


@pytest.mark.parametrize("gone", ["content", "files"])
def test_without_surveys(root: Path, gone: str):
    (root / "content/visit.md").unlink()
    if gone == "content":
        (root / "content").rmdir()
    _, found = opened(root)
    assert slugs(found) == ["no-surveys"]


@pytest.mark.parametrize(
    ("stray", "slug", "better"),
    [
        ("2026/event.md", "text-in-folder", "content/event.md"),
        ("pages/more/about.md", "text-in-folder", "content/pages/about.md"),
        ("Visit us.docx", "not-markdown", "visit-us.md"),
        ("visit.txt", "not-markdown", "visit.md"),
        ("pictures/README.md", "", ""),
        ("cup.jpg", "", ""),
        (".notes.txt", "", ""),
    ],
)
@pytest.mark.parametrize("alone", [False, True])
def test_a_text_that_is_not_looked_at_is_said(
    root: Path, stray: str, slug: str, better: str, *, alone: bool
):
    if alone:
        (root / "content/visit.md").unlink()
    path = root / "content" / stray
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SURVEY, "utf-8")
    _, found = opened(root)
    lost = alone and (not slug or stray.startswith("pages/"))
    assert sorted(slugs(found)) == sorted(filter(None, (slug, "no-surveys" if lost else "")))
    if slug:
        told = next(one for one in found if one.code.slug == slug)
        assert value(told, "better") == better
        page = stray.startswith("pages/")
        assert told.severity is (Severity.ERROR if alone or page else Severity.WARNING)


@pytest.mark.parametrize("name", ["mati.yml", "mati.yaml.txt", "Mati.yaml", "mati.txt"])
def test_a_file_that_was_meant_to_be_the_settings_is_named(root: Path, name: str):
    (root / "mati.yaml").unlink(missing_ok=True)
    (root / name).write_text("name: Sokha", "utf-8")
    if (root / "mati.yaml").exists():
        pytest.skip("capitals and small letters are one here")
    _, found = opened(root)
    assert [(d.code.slug, value(d, "offer")) for d in found] == [("no-project-file", name)]


def test_content_is_a_file(root: Path):
    (root / "content/visit.md").unlink()
    (root / "content").rmdir()
    (root / "content").write_text("x", "utf-8")
    _, found = opened(root)
    assert set(slugs(found)) == {"file-unreadable", "no-surveys"}


def test_a_file_much_too_large(root: Path):
    with (root / "content/big.md").open("wb") as file:
        file.truncate(5_000_000)
    _, found = opened(root)
    assert slugs(found) == ["file-too-large"]


@posix
def test_links_that_lead_outside(root: Path, tmp_path: Path):
    secret = tmp_path / "secret.md"
    secret.write_text("# secret\n", "utf-8")
    (root / "content/x.md").symlink_to(secret)
    (root / "content/y.md").symlink_to(tmp_path / "nowhere.md")
    (root / "content/z.md").symlink_to(root / "content/z.md")
    (root / "content/same.md").symlink_to(root / "content/visit.md")
    (root / "templates").mkdir()
    (root / "templates/form.html").symlink_to(secret)
    project, found = opened(root)
    assert sorted(slugs(found)) == [
        "file-unreadable",
        "file-unreadable",
        "link-leads-outside",
        "link-leads-outside",
    ]
    assert [s.path for s in project.sources] == ["content/same.md", "content/visit.md"]
    assert "secret" not in (project.template("form.html") or "")


@posix
def test_a_pipe_does_not_hang_and_a_closed_file_is_said(root: Path):
    os.mkfifo(root / "content/pipe.md")
    _, found = opened(root)
    assert slugs(found) == ["not-a-file"]
    (root / "content/pipe.md").unlink()
    (root / "content/shut.md").write_text(SURVEY, "utf-8")
    (root / "content/shut.md").chmod(0)
    if os.geteuid() == 0:
        pytest.skip("nothing is shut to root")
    _, found = opened(root)
    assert slugs(found) == ["file-unreadable"]


def test_binary_bytes_are_said_not_raised(root: Path):
    (root / "content/photo.md").write_bytes(bytes(range(256)) * 40)
    project, found = opened(root)
    assert found
    assert all(one.span.path == "content/photo.md" for one in found)
    assert [s.path for s in project.sources] == ["content/visit.md"]


def test_settings_are_read_and_their_mistakes_said(root: Path):
    (root / "mati.yaml").write_text("languages: [km, lo]\ncolour: red\n", "utf-8")
    project, found = opened(root)
    assert project.settings.languages == ("km", "lo")
    assert slugs(found) == ["unknown-setting"]
    assert found[0].span.line == 2


# --- Private and public ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["private", "Private"])
def test_private_inside_site(root: Path, name: str):
    (root / "site" / name).mkdir(parents=True)
    _, found = opened(root)
    assert slugs(found) == ["private-in-site"]


@posix
def test_private_inside_site_through_a_link(root: Path):
    (root / "site/x").mkdir(parents=True)
    (root / "private").symlink_to(root / "site/x")
    _, found = opened(root)
    assert slugs(found) == ["private-in-site"]


@posix
def test_site_is_a_file(root: Path):
    (root / "site").write_text("", "utf-8")
    _, found = opened(root)
    assert slugs(found) == ["output-in-the-way"]


@posix
def test_site_inside_private_through_a_link(root: Path):
    (root / "private/x").mkdir(parents=True)
    (root / "site").symlink_to(root / "private/x")
    _, found = opened(root)
    assert slugs(found) == ["site-in-private"]


@posix
def test_private_elsewhere(root: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (root / "private").symlink_to(tmp_path / "elsewhere")
    _, found = opened(root)
    assert slugs(found) == ["link-leads-outside"]


# --- Catalogues ------------------------------------------------------------------------------


def po(path: Path, *entries: tuple[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    text += "".join(f'\nmsgid "{msgid}"\nmsgstr "{string}"\n' for msgid, string in entries)
    path.write_text(text, "utf-8")


def test_catalogues_of_surveys(root: Path):
    po(root / "locales/km/visit.po", ("Visit", "ការចូលមើល"))
    project, found = opened(root)
    notes = Notebook()
    catalog = project.survey_catalog("visit", "km", notes)
    assert catalog is not None
    message = catalog.find("", "Visit")
    assert message is not None
    assert message.string == "ការចូលមើល"
    assert project.survey_catalog("visit", "lo", notes) is None
    assert slugs([*found, *notes]) == ["no-translation"]


def test_a_broken_catalogue_is_a_warning(root: Path):
    (root / "locales/km").mkdir(parents=True)
    (root / "locales/km/visit.po").write_bytes(b'msgid "a\nmsgstr "\xff\xfe"\n\x00')
    notes = Notebook()
    project, _ = opened(root)
    project.survey_catalog("visit", "km", notes)
    assert len(notes)
    assert not notes.has_errors()
    (root / "locales/lo/visit.po").mkdir(parents=True)
    project.survey_catalog("visit", "lo", notes)
    assert "not-a-file" in slugs(list(notes))
    assert not notes.has_errors()


def test_bytes_that_are_not_utf8_cost_only_their_own_messages(root: Path):
    path = root / "locales/km/visit.po"
    po(path, ("Visit", "ការចូលមើល"), ("How was it?", "DAMAGED"))
    path.write_bytes(path.read_bytes().replace(b"DAMAGED", b"\xe1\x9e"))
    project, notes = opened(root)[0], Notebook()
    catalog = project.survey_catalog("visit", "km", notes)
    assert catalog is not None
    kept, lost = catalog.find("", "Visit"), catalog.find("", "How was it?")
    assert kept is not None
    assert lost is not None
    assert usable("Visit", kept)
    assert not usable("How was it?", lost)
    assert [(d.code.slug, d.span.line) for d in notes] == [("po-not-utf8", 8)]
    assert not notes.has_errors()


def test_a_picture_called_a_catalogue_is_none(root: Path):
    (root / "locales/km").mkdir(parents=True)
    (root / "locales/km/visit.po").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    project, notes = opened(root)[0], Notebook()
    assert project.survey_catalog("visit", "km", notes) is None
    assert "binary-file" in slugs(list(notes))
    assert not notes.has_errors()


def test_own_words_lie_over_those_of_mati(root: Path, monkeypatch: pytest.MonkeyPatch):
    shared = root.parent / "shared"
    po(shared / "locales/km/mati.po", ("Send", "ផ្ញើ"), ("Thanks", "អរគុណ"))
    po(root / "locales/km/mati.po", ("Send", "បញ្ជូន"), ("Thanks", ""))
    monkeypatch.setattr("mati.project._SHARED", shared)
    project, _ = opened(root)
    catalog = project.mati_catalog("km", Notebook())
    assert catalog is not None
    found = [catalog.find("", msgid) for msgid in ("Send", "Thanks")]
    assert [message.string for message in found if message] == ["បញ្ជូន", "អរគុណ"]
    assert project.site_catalog("km", Notebook()) is None
    assert project.mati_catalog("km", Notebook()) is catalog


# --- Templates -------------------------------------------------------------------------------


def test_templates_of_the_project_come_first(root: Path):
    project, _ = opened(root)
    own = project.template("questions/choice/form.html")
    assert own
    (root / "templates/questions/choice").mkdir(parents=True)
    (root / "templates/questions/choice/form.html").write_text("mine", "utf-8")
    assert project.template("questions/choice/form.html") == "mine"
    assert project.template("questions/nothing/form.html") is None


def test_a_kind_on_a_shelf_elsewhere_brings_its_templates(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "shelf/stars").mkdir(parents=True)
    (tmp_path / "shelf/stars/form.html").write_text("stars", "utf-8")
    path = [*mati.questions.__path__, str(tmp_path / "shelf")]
    monkeypatch.setattr(mati.questions, "__path__", path)
    project, _ = opened(root)
    assert project.template("questions/stars/form.html") == "stars"


@pytest.mark.parametrize(
    "name", ["../content/visit.md", "/etc/passwd", "", "a//b", "..", "C:/x", "a\\b", "questions/.."]
)
def test_a_template_cannot_lead_elsewhere(root: Path, name: str):
    project, _ = opened(root)
    assert project.template(name) is None


def test_no_answers_are_read(root: Path):
    (root / "private/responses/visit").mkdir(parents=True)
    (root / "private/responses/visit/2026-11.jsonl").write_bytes(b"\xff not read")
    project, found = opened(root)
    assert found == []
    assert project.has_private is True


def test_a_template_that_is_not_text_is_an_error(root: Path):
    (root / "templates/questions/choice").mkdir(parents=True)
    (root / "templates/form.html").write_bytes(b"\x00\xff" * 40)
    (root / "templates/questions/choice/form.html").write_bytes(b"caf\xe9 au lait, plain words")
    notes = Notebook()
    open_project(root, notes)
    found = {(note.span.path, note.code.slug) for note in notes if "templates" in note.span.path}
    assert found == {
        ("templates/form.html", "binary-file"),
        ("templates/questions/choice/form.html", "western-encoding"),
    }
