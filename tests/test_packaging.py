"""The package works away from the repository: a wheel, installed elsewhere, builds a project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "km", "lo")


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Run a command without any pip configuration; its output, or a failure that shows it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return built_wheel(tmp_path_factory.mktemp("wheel"))


def built_wheel(folder: Path) -> Path:
    """Make the wheel of this repository in a folder."""
    quiet = ("--quiet", "--disable-pip-version-check")
    apart = ("--no-deps", "--no-build-isolation")
    run(sys.executable, "-m", "pip", "wheel", *quiet, *apart, "-w", folder, ROOT, cwd=folder)
    return next(folder.glob("mati_survey-*.whl"))


@pytest.fixture(scope="module")
def names(wheel) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the sample project, without Mati's own templates, in a folder like people's."""
    folder = tmp_path_factory.mktemp("elsewhere") / "ហាង របស់ខ្ញុំ" / "my shop"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "mati.yaml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    for catalog in ROOT.glob("locales/*/*.po"):
        if catalog.stem not in ("mati", "mati-cli"):
            target = folder / catalog.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(catalog, target)
    return folder


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """A fresh Python with the wheel in it; libraries are lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("venv ថ្មី")
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    quiet = ("--quiet", "--disable-pip-version-check")
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", *quiet, "--no-deps", wheel, cwd=folder)
    return python


@pytest.fixture(scope="module")
def built(python, project) -> str:
    """What ``mati build --sample`` says in that folder."""
    return run(python, "-m", "mati", "build", "--sample", cwd=project, PYTHONPATH=libraries())


def libraries() -> str:
    return sysconfig.get_path("purelib")


def files(folder: str, *patterns: str) -> set[str]:
    """Paths of the repository's files, as the wheel should name them."""
    found = (path for pattern in patterns for path in (ROOT / folder).rglob(pattern))
    return {path.relative_to(ROOT).as_posix() for path in found if path.is_file()}


def test_the_wheel_holds_what_stands_on_the_shelves(names):
    wanted = files("mati", "*.py", "*.html", "*.css", "*.js", "*.md", "*.yaml", "py.typed")
    wanted |= files("mati", "*.toml", "*.txt", "*.yml")
    wanted |= files("mati", "*.ttf", "*.woff2", "OFL.txt")
    assert wanted - names == set()


def test_the_wheel_holds_the_page_layouts_and_our_own_words(names):
    layouts = {f"mati/shared/{name}" for name in files("templates", "*.html", "*.css", "*.js")}
    assert layouts
    assert layouts - names == set()
    words = {f"mati/shared/{name}" for name in files("locales", "mati.po", "mati-cli.po")}
    assert {f"mati/shared/locales/{code}/mati.po" for code in LANGUAGES[1:]} <= words
    assert words - names == set()


def test_the_wheel_holds_nothing_of_the_sample_project(names):
    for name in names:
        assert name.startswith("mati/") or re.match(r"mati_survey-[^/]+\.dist-info/", name), name
        assert not name.endswith(("customer-service.po", "site.po", ".pyc")), name
        assert "private" not in name.split("/"), name


def test_another_folder_finds_the_pages(built, project):
    site = project / "site"
    for language in LANGUAGES:
        page = site / language / "customer-service" / "index.html"
        assert f'lang="{language}"' in page.read_text("utf-8")
        assert (site / language / "customer-service" / "thanks" / "index.html").is_file()
    assert (site / "index.html").is_file()


def test_building_twice_changes_nothing(built, python, project):
    def state() -> dict[Path, tuple[int, bytes]]:
        found = (path for path in (project / "site").rglob("*") if path.is_file())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}

    before = state()
    run(python, "-m", "mati", "build", "--sample", cwd=project, PYTHONPATH=libraries())
    assert state() == before


def test_the_command_is_installed(python, project):
    command = python.with_name("mati.exe" if os.name == "nt" else "mati")
    assert "build" in run(command, "--help", cwd=project, PYTHONPATH=libraries())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_begins_and_builds_in_the_language_of_its_owner(python, tmp_path, language):
    words = {"PYTHONPATH": libraries(), "MATI_LANG": language}
    run(python, "-m", "mati", "new", "ហាង ថ្មី", cwd=tmp_path, **words)
    shop = tmp_path / "ហាង ថ្មី"
    run(python, "-m", "mati", "new", "survey", "service", "--like=staff", cwd=shop, **words)
    run(python, "build.py", "build", "--sample", "--strict", cwd=shop, **words)
    for code in LANGUAGES:
        for name in ("service", "privacy"):
            page = shop / "site" / code / name / "index.html"
            assert f'lang="{code}"' in page.read_text("utf-8")


def test_the_source_archive_is_whole_and_clean(tmp_path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    wanted = {
        "LICENSE", "Makefile", "PKG-INFO", "README.md", "build.py", "content/customer-service.md",
        "locales/km/mati.po", "mati.yaml", "pyproject.toml", "requirements/build.txt",
    }  # fmt: skip
    assert wanted - held == set()
    for name in held:
        assert not name.startswith((".venv", ".mati", "private/", "dist/")), name
        assert not name.startswith("site/") or name == "site/.gitignore", name
        assert not name.endswith(".pyc"), name
