"""What is there is described, what is described is there, and every link and example holds."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from mati.accept import Reason
from mati.blocks import blocks
from mati.boards import boards
from mati.cli import main
from mati.diagnostics import Notebook, Severity, Source, human
from mati.engines import engines
from mati.hosts import Hosted, Limit, hosts
from mati.model import ProjectSettings
from mati.questions import kinds
from mati.reader import decode, read, read_page
from mati.services import services
from mati.settings import KEYS, PROJECT_KEYS, read_front_matter, read_project
from mati.settings.parts import PARTS
from mati.uploads import ways
from scripts import reference
from scripts.examples import all_examples

ROOT = Path(__file__).parent.parent
PAGES = (
    *sorted(path for path in ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("**/*.md")),
    *sorted((ROOT / "changelog.d").glob("*.md")),
    *sorted((ROOT / "mati").glob("questions/*/examples.md")),
)
FENCE = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1\s*$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^()\s]+)\)")
LONGEST_DECISION = 30


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def doc(page: str) -> str:
    return (ROOT / "docs" / page).read_text("utf-8")


def prose(text: str) -> str:
    """The page without its fenced examples and code spans."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def sections(text: str, level: int = 2) -> dict[str, str]:
    """The sections of a page by heading, each up to the next heading of its level."""
    parts = re.split(rf"^{'#' * level} (.+)$", FENCE.sub(_indented, text), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _indented(fence: re.Match[str]) -> str:
    """An example whose headings are no headings of the page."""
    return "\n".join(f"    {line}" for line in fence[0].splitlines())


def quoted(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def anchors(path: Path) -> set[str]:
    """What the headings of a page are called in links, as Git hosts do it."""
    headings = re.findall(r"^#{1,6} (.+)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


# --- Links and examples ----------------------------------------------------------------------


def links() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        text = prose(path.read_text("utf-8"))
        if path.name == "examples.md":  # its surveys have no folder that a picture could lie in
            text = re.sub(r"!\[[^]]*\]\([^)]*\)", "", text)
        for target in LINK.findall(text):
            if not re.match(r"[a-z]+:", target):
                yield name(path), target


@pytest.mark.parametrize(("page", "target"), sorted(set(links())))
def test_links_lead_somewhere(page, target):
    path, _, anchor = target.partition("#")
    there = (ROOT / page).parent / path if path else ROOT / page
    assert there.exists(), f"{page}: {target}"
    if anchor:
        assert anchor in anchors(there), f"{page}: {target}"


def examples() -> Iterator[tuple[str, str, str]]:
    for path in PAGES:
        for fence in FENCE.finditer(path.read_text("utf-8")):
            if fence[2].strip() in {"markdown survey", "markdown page"}:
                first = path.read_text("utf-8")[: fence.start()].count("\n") + 2
                yield f"{name(path)}:{first}", fence[2].strip(), fence[3]


@pytest.mark.parametrize(("place", "sort", "text"), list(examples()))
def test_examples_of_surveys_and_pages_read_without_a_mistake(place, sort, text):
    notes = Notebook()
    source = decode("content/example.md", text.encode(), notes)
    assert source is not None
    reader = read if sort == "markdown survey" else read_page
    survey = reader(source, ProjectSettings(), notes)
    found = [human(note) for note in notes if note.severity is not Severity.NOTE]
    assert survey is not None, place
    assert not found, f"{place}\n" + "\n".join(found)


# --- Everything is described -----------------------------------------------------------------


def commands(group: click.Group, prefix: str = "mati") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {word}")
        else:
            yield f"{prefix} {word}", command


@cache
def all_commands() -> dict[str, click.Command]:
    return dict(commands(main))


def described(command: str) -> str:
    return sections(doc("commands.md")).get(f"`{command}`", "")


def test_commands_that_are_described_are_there():
    found = {heading.strip("`") for heading in sections(doc("commands.md")) if "`" in heading}
    assert found == {"mati", *all_commands()}


@pytest.mark.parametrize("command", ["mati", *sorted(all_commands())])
def test_options_and_arguments_are_described(command):
    parameters = (main if command == "mati" else all_commands()[command]).params
    options = {
        option
        for parameter in parameters
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
    text = re.sub(r"`mati [^`]+`", "", described(command))
    assert text, f"{command} stands nowhere in docs/commands.md"
    assert set(re.findall(r"--[a-z][a-z-]*", text)) - {"--help"} == options - {"--help"}
    for parameter in parameters:
        if isinstance(parameter, click.Argument):
            assert (parameter.metavar or parameter.human_readable_name) in described(command)


@pytest.mark.parametrize("command", sorted(all_commands()))
def test_help_is_short_and_has_an_example(command):
    text = all_commands()[command].help or ""
    assert text.strip(), f"{command} has no help"
    assert "mati" in text, f"the help of {command} has no example"


def test_kinds_are_described():
    found = {heading.strip("`") for heading in sections(doc("kinds.md"))}
    assert found == set(kinds.names())


@pytest.mark.parametrize("kind", kinds.all(), ids=lambda kind: kind.name)
def test_looks_and_attributes_of_a_kind_are_described(kind):
    text = sections(doc("kinds.md"))[f"`{kind.name}`"]
    said = {re.split(r"[= ]", word)[0] for word in quoted(text)}
    assert set(kind.attributes) - said == set()
    assert {look for look in kind.looks if look} - said == set()


def test_the_reference_is_as_its_examples_make_it():
    stands = {path.name: path.read_text("utf-8") for path in reference.PAGES.glob("*.md")}
    assert stands == reference.pages(), "run: python scripts/reference.py"


def test_the_reference_has_a_small_picture_of_each_example():
    """Their bytes depend on the browser; ``make screenshots`` makes them."""
    stands = {path.stem for path in reference.PICTURES.glob("*")}
    assert stands == {example.slug for example in all_examples() if not example.wrong}
    assert sum(path.stat().st_size for path in reference.PICTURES.glob("*")) <= 600_000


def test_services_are_described_with_their_status():
    rows = re.findall(r"^\| `([^`]+)` \| ([a-z]+) \|", doc("services.md"), re.MULTILINE)
    assert sorted(rows) == sorted((service.name, service.status) for service in services.all())


def test_hosts_are_described_with_what_they_can():
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", doc("hosting.md"), re.MULTILINE)
    columns = {Limit.LANGUAGE: 1, Limit.HEADERS: 2, Limit.PATH: 3, Limit.TERMS: 4}
    assert sorted(name for name, _ in rows) == list(hosts.names())
    for name, row in rows:
        cells, host = row.split(" | "), hosts.find(name)
        assert cells[0] == host.status
        for limit, column in columns.items():
            assert cells[column].startswith("no") is (limit in host.limits), (name, limit)
        text = sections(doc("hosting.md"))[name]
        site = Hosted(url="https://a.example", languages=("km", "lo"), pages=(), policies=())
        files = host.files(site)
        said = quoted(text)
        assert {one.path.rpartition("/")[2] for one in files} <= said, name
        assert ("`.gz`" in text) is host.packed, name


def test_ways_to_publish_are_described_with_what_each_cannot_do():
    text = described("mati publish")
    rows = re.findall(r"^\| `([a-z]+) [^`]+` \|", text, re.MULTILINE)
    assert sorted(rows) == list(ways.names())
    limits = re.findall(r"^- `([a-z]+)`:", text, re.MULTILINE)
    assert {*limits, "folder"} == set(ways.names())


def keys_of_tables(text: str) -> set[str]:
    first = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    return {key for cell in first for key in quoted(cell)}


def test_settings_are_described():
    parts = sections(doc("settings.md"))
    survey, _, report = parts["Of a survey"].partition("### report")
    assert keys_of_tables(survey) == set(KEYS)
    assert keys_of_tables(report) == {
        "public", "hide_below", "segments", "themes", "trend", "waves", "invited",
    }  # fmt: skip
    whole, _, contact = parts["Of the whole site"].partition("### Ways to reach the shop")
    assert keys_of_tables(whole) == {*PROJECT_KEYS, "theme"}
    assert keys_of_tables(contact) == set(PARTS["contact"])


def test_examples_of_settings_read_without_a_mistake():
    notes = Notebook()
    fences = {fence[2].strip(): fence[3] for fence in FENCE.finditer(doc("settings.md"))}
    project = Source("mati.yaml", fences["yaml project"])
    settings = read_project(project, notes, zone=lambda _: UTC)
    text = fences["yaml survey"]
    survey = Source("content/example.md", text)
    read_front_matter(text, survey, 1, survey_name="example", project=settings, notes=notes)
    assert not [human(note) for note in notes]


def test_refusals_are_described():
    table = re.findall(r"^\| (\d{3}) \|", doc("collecting.md"), re.MULTILINE)
    assert [int(status) for status in table] == sorted({reason.status for reason in Reason})


def test_engines_and_blocks_are_described():
    rows = set(re.findall(r"^\| `([^`]+)` \|", doc("reporting.md"), re.MULTILINE))
    assert rows == {*blocks.names(), *boards.names(), *engines.names()}


def test_rooms_are_described():
    modules = (ROOT / "mati").glob("[a-z]*.py")
    packages = (ROOT / "mati").glob("[a-z]*/__init__.py")
    rooms = {path.stem for path in modules} | {path.parent.name for path in packages}
    rows = re.findall(r"^\| ((?:`[a-z]+`(?:, )?)+) \|", doc("architecture.md"), re.MULTILINE)
    assert {word for row in rows for word in quoted(row)} == rooms


def test_commands_of_the_makefile_are_described():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r'^\t@echo "make ([a-z-]+)', makefile, re.MULTILINE))
    said = quoted((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert {f"make {target}" for target in targets} - said <= {"make clean", "make help"}


def test_decisions_are_short():
    for heading, text in sections(doc("why.md")).items():
        assert len(text.strip().splitlines()) <= LONGEST_DECISION, heading


# --- Nothing that does not belong ------------------------------------------------------------


def test_requirements_name_versions_and_hashes_alone():
    line = re.compile(
        r"[a-z0-9.-]+==[\w.]+( ; [\w '<>=!.]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        for row in path.read_text("utf-8").splitlines():
            assert line.fullmatch(row), f"{name(path)}: {row}"


def test_every_dependency_is_pinned():
    def pinned(list_name: str) -> set[str]:
        text = (ROOT / "requirements" / f"{list_name}.txt").read_text("utf-8")
        return set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))

    project = (ROOT / "pyproject.toml").read_text("utf-8")

    def wanted(key: str) -> set[str]:
        array = re.search(rf"^{key} = (\[.*?\])$", project, re.DOTALL | re.MULTILINE)
        assert array is not None
        listed = ast.literal_eval(array[1])
        return {re.split(r"[<>=; \[]", entry)[0].lower().replace("_", "-") for entry in listed}

    assert wanted("dependencies") <= pinned("build")
    assert wanted("dependencies") | wanted("test") <= pinned("test")
    assert wanted("check") | wanted("test") <= pinned("check")


def named_in(page: str, language: str) -> set[str]:
    """What stays the same in every language of a page: files, settings, links to the survey."""
    code = (re.sub(r"--name \S.*\"|>[^<\n]+<|--lang \w+", "", f[3]) for f in FENCE.finditer(page))
    words = quoted(FENCE.sub("", page)) | set(code)
    same = (word.replace(f"/{language}/", "/en/") for word in words)
    return {word for word in same if re.fullmatch(r"[\x00-\x7f]+", word)}


@pytest.mark.parametrize("language", ["km", "lo"])
def test_the_way_online_is_told_in_the_same_steps(language):
    english = doc("publishing.md").split("## Before you publish")[0]
    told = doc(f"publishing.{language}.md")
    assert named_in(told, language) == named_in(english, "en")
    steps = re.compile(r"^(\d)\. ", re.MULTILINE)
    assert steps.findall(told) == steps.findall(english)
    pictures = re.compile(r"^ *!\[[^]]+\]\(images/([a-z-]+)", re.MULTILINE)
    assert len(pictures.findall(told)) == len(pictures.findall(english)) == 4


@pytest.mark.parametrize("language", ["km", "lo"])
def test_the_guide_for_translators_says_the_same_in_each_language(language):
    pictures = re.compile(r"^!\[[^]]+\]\(images/([a-z-]+)-(?:en|··)\.png\)", re.MULTILINE)

    def facts(page: str) -> dict[str, Any]:
        text = re.sub(r"\b(km|lo)\b", "··", doc(page))
        return {
            "commands": set(re.findall(r"`(?:python build\.py |--)[^`]+`", text)),
            "files": set(re.findall(r"`locales/[^`]+`", text)),
            "pictures": pictures.findall(text),
            "examples": len(FENCE.findall(text)),
            "parts": len(re.findall(r"^## ", text, re.MULTILINE)),
        }

    english, told = facts("translating.md"), facts(f"translating.{language}.md")
    english["parts"] -= 1  # the list of words holds all three languages already
    assert len(told["pictures"]) == 2
    assert told == english


def test_what_runs_by_itself_names_commands_that_exist():
    text = doc("automation.md")
    named = set(re.findall(r"(?:bin/|Scripts\\)mati ([a-z]+)", text))
    assert named == {"pull", "build"}
    assert named <= set(main.list_commands(None))
    (line,) = re.findall(r"^\d+ .*$", text, re.MULTILINE)
    assert re.fullmatch(r"\d+ \* \* \* \* cd \S+ && .+", line)
    units = re.findall(r"```ini\n(.*?)```", text, re.DOTALL)
    for unit in units:
        parsed = configparser.ConfigParser(strict=False, interpolation=None)
        parsed.optionxform = str
        parsed.read_string(unit)
        assert "Unit" in parsed
    assert len(units) == 2
