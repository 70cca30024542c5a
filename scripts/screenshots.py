"""Make the pictures of the documentation: the sample survey and every kind, as Chromium shows them.

The sample project is built in a temporary folder, so nothing of ``site/`` or ``private/`` is
touched. Each picture must stay small: a reader on a weak link opens the README, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import browser, kind_pictures, reference  # noqa: E402 - found just above

__all__ = ["build_sample", "main"]

PICTURES = ROOT / "docs" / "images"
LARGEST = 120_000
"""Bytes a picture may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: which page, how large a screen in CSS pixels, which of them is shown."""

    name: str
    page: str
    width: int
    height: int
    dark: bool = False
    sharp: float = 1
    filled: bool = True


WANTED = (
    Picture(name="form-km-phone", page="km/customer-service/", width=360, height=720, sharp=1.5),
    Picture(
        name="form-lo-phone-dark",
        page="lo/customer-service/",
        width=360,
        height=720,
        sharp=1.5,
        dark=True,
    ),
    Picture(name="form-en-wide", page="en/customer-service/", width=1200, height=900),
    Picture(
        name="report-km-wide",
        page="km/customer-service/report/",
        width=1000,
        height=780,
        filled=False,
    ),
)
CHOSEN = {"prompt": 5, "welcome": 5, "friendly": 4, "answers": 5, "knowledge": 3}


def build_sample(folder: Path) -> Path:
    """Build the sample project in ``folder``; return its site."""
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mati.yaml", folder)
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(folder)]
    done = subprocess.run(
        [*command, "build", "--sample"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return folder / "site"


def _shoot(chromium: Browser, site: Path, picture: Picture) -> bytes:
    """Return the picture as PNG."""
    context = chromium.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.sharp,
        color_scheme="dark" if picture.dark else "light",
    )
    page = context.new_page()
    page.goto((site / picture.page / "index.html").as_uri())
    if picture.filled:
        for row, code in CHOSEN.items():
            page.check(f'[name="staff.{row}"][value="{code}"]')
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur(); scrollTo({top: 0, behavior: 'instant'})")
    content = page.screenshot()
    context.close()
    return content


FOLDER = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px 20px; font: 17px/1.9 "Noto Sans", "DejaVu Sans", sans-serif;
  color: #222; background: #fff }
ul { list-style: none; margin: 0; padding: 0 }
ul ul { margin-left: 26px }
svg { width: 22px; height: 18px; vertical-align: -3px; margin-right: 8px }
mark { background: #d8efe9; color: inherit; border-radius: 6px; padding: 4px 12px 4px 6px;
  margin-left: -6px }
</style><ul>%s</ul>"""
FOLLOWS = 3000
"""Milliseconds after which the preview has followed a save, with time to spare."""
SHAPES = {
    True: '<path d="M1 3h7l2 2h11v12H1z" fill="#e2ad3b"/>',
    False: '<path d="M5 1h8l4 4v12H5z" fill="#fff" stroke="#8a8a8a"/>',
}


def _folder_page(project: Path) -> str:
    """Return a page that shows a project as a file manager does, with what is published marked."""

    def row(path: Path) -> str:
        name = f'<svg viewBox="0 0 22 18">{SHAPES[path.is_dir()]}</svg>{path.name}'
        return f"<mark>{name}</mark>" if path.name == "site" else name

    entries = sorted(
        (path for path in project.iterdir() if not path.name.startswith(".")),
        key=lambda path: (path.is_file(), path.name.lower()),
    )
    inside = "".join(f"<li>{row(path)}</li>" for path in entries)
    return FOLDER % f"<li>{row(project)}<ul>{inside}</ul></li>"


def _own(folder: Path, language: str, *more: str, url: str = "") -> Path:
    """Begin a project as somebody begins one, and build it; return its folder."""
    project = folder / "myshop"
    told = {**os.environ, "MATI_LANG": language}
    command = [sys.executable, str(ROOT / "build.py")]
    begun = ("new", "--template", str(project), "--lang", language, *more)
    subprocess.run([*command, *begun], env=told, check=True, capture_output=True)
    if url:
        settings = project / "mati.yaml"
        text = settings.read_text("utf-8")
        settings.write_text(re.sub(r"(?m)^# url: .*$", f"url: {url}", text), "utf-8")
    built = ("--project", str(project), "build")
    subprocess.run([*command, *built], env=told, check=True, capture_output=True)
    return project


@contextmanager
def _served(project: Path, language: str, *words: str) -> Iterator[str]:
    """Serve the preview of a project, by ``serve`` or by other ``words``; yield its address."""
    command = [sys.executable, "-u", str(ROOT / "build.py"), "--project", str(project)]
    with subprocess.Popen(
        [*command, *(words or ("serve",))],
        env={**os.environ, "MATI_LANG": language}, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, encoding="utf-8",
    ) as server:  # fmt: skip
        assert server.stdout is not None  # noqa: S101 - it was asked for
        found = (re.search(r"http://localhost:\d+/", line) for line in server.stdout)
        try:
            yield next(match[0] for match in found if match)
        finally:
            server.terminate()


def _mistake(chromium: Browser, folder: Path, language: str) -> bytes:
    """Return a picture of the preview that names a mistake, in the language of its author."""
    project = _own(folder, language)
    survey = project / "content/visit.md"
    right = survey.read_text("utf-8")
    context = chromium.new_context(viewport={"width": 760, "height": 660})
    page = context.new_page()
    with _served(project, language) as address:
        page.goto(f"{address}{language}/visit/")
        survey.write_text(right.replace("kind=csat", "kind=csta"), "utf-8")
        page.wait_for_timeout(FOLLOWS)
        content = page.screenshot()
        context.close()
    return content


REWORDED = {"What could we do better?": "What should we do better?"}
"""What the author changed since it was translated."""
UNTRANSLATED = ("visit.overall.option.3", "visit.found.label")
"""What nobody translated yet."""


def _half_translated(folder: Path, language: str) -> Path:
    """Begin a project in which something of one language is missing, something outdated."""
    project = _own(folder, "en")
    survey = project / "content/visit.md"
    text = survey.read_text("utf-8")
    for old, new in REWORDED.items():
        text = text.replace(old, new)
    survey.write_text(text, "utf-8")
    catalogue = project / f"locales/{language}/visit.po"
    text = catalogue.read_text("utf-8")
    for context in UNTRANSLATED:
        text = re.sub(rf'(msgctxt "{re.escape(context)}"\nmsgid .*\nmsgstr ).*', r'\1""', text)
    catalogue.write_text(text, "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(project)]
    subprocess.run([*command, "i18n", "update"], check=True, capture_output=True)
    return project


def _translating(chromium: Browser, folder: Path, reader: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of docs/translating.md by name, as who reads it in ``reader`` sees them.

    Who reads English is shown Lao pages.
    """
    language = "lo" if reader == "en" else reader
    project = _half_translated(folder, language)
    context = chromium.new_context(viewport={"width": 760, "height": 760})
    page = context.new_page()
    with _served(project, reader, "i18n", "preview", language) as address:
        page.goto(f"{address}{language}/visit/")
        page.wait_for_selector("[data-mati-text]")
        for _text in UNTRANSLATED:
            page.keyboard.press("F8")
        page.wait_for_timeout(FOLLOWS)
        yield f"translation-preview-{reader}", page.screenshot()
        page.set_viewport_size({"width": 900, "height": 1400})  # nothing floats over the part
        page.goto(f"{address}mati-preview/translations/")
        part = page.locator(f"section:has(#of-{language})")
        part.locator("summary").first.click()
        box = part.bounding_box()
        assert box is not None  # noqa: S101 - it was clicked into
        yield (
            f"translation-status-{reader}",
            page.screenshot(
                clip={
                    "x": box["x"] - 16,
                    "y": box["y"] - 8,
                    "width": box["width"] + 32,
                    "height": box["height"] + 16,
                }
            ),
        )
    context.close()


SHOPS = {"en": "Sokha Coffee", "km": "កាហ្វេសុខា", "lo": "ກາເຟຄຳ"}
ADDRESS = "https://sokha-coffee.netlify.app"


@contextmanager
def _hosted(site: Path) -> Iterator[str]:
    """Serve built pages as a host does; yield their address."""
    handler = partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Hands out files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


def _kit(chromium: Browser, folder: Path, language: str) -> bytes:
    """Return a picture of the page for sharing, in the language of its owner."""
    project = _own(folder, language, "--name", SHOPS[language], url=ADDRESS)
    context = chromium.new_context(viewport={"width": 560, "height": 900})
    page = context.new_page()
    with _hosted(project / "site") as address:
        page.goto(f"{address}share/visit/")
        content = page.screenshot()
    context.close()
    return content


def _folder(chromium: Browser, project: Path) -> bytes:
    """Return a picture of what lies in a project's folder."""
    context = chromium.new_context(viewport={"width": 340, "height": 200}, device_scale_factor=1.5)
    page = context.new_page()
    page.set_content(_folder_page(project))
    content = page.screenshot(full_page=True)
    context.close()
    return content


def _publishing(chromium: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of docs/publishing.md by name."""
    for language in ("en", "km", "lo"):
        yield f"preview-mistake-{language}", _mistake(chromium, folder / language, language)
        yield f"share-kit-{language}", _kit(chromium, folder / f"kit-{language}", language)
    yield "site-folder", _folder(chromium, _own(folder / "folder", "en"))


def _save(name: str, content: bytes) -> None:
    if len(content) > LARGEST:
        sys.exit(f"{name} has {len(content)} bytes, more than {LARGEST}")
    (PICTURES / f"{name}.png").write_bytes(content)
    print(f"docs/images/{name}.png  {len(content)} bytes")


def main() -> None:
    """Make every picture; exits with a message when one cannot be made or is too large."""
    path = browser.find()
    if path is None:
        sys.exit(browser.advice(None, ()))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        site = build_sample(Path(name))
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for picture in WANTED:
            _save(picture.name, _shoot(chromium, site, picture))
        with tempfile.TemporaryDirectory() as own:
            for made, content in _publishing(chromium, Path(own)):
                _save(made, content)
            for reader in ("en", "km", "lo"):
                begun = Path(own) / f"translating-{reader}"
                for made, content in _translating(chromium, begun, reader):
                    _save(made, content)
        reference.main()
        drawn = kind_pictures.draw(chromium)
        if drawn > kind_pictures.LARGEST:
            sys.exit(f"the kinds' pictures have {drawn} bytes, more than {kind_pictures.LARGEST}")
        print(f"docs/kinds/pictures/  {drawn} bytes")
        chromium.close()


if __name__ == "__main__":
    main()
