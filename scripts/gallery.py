"""Make a picture of everything people see: every page, kind and look, to be looked at.

The sample project and the examples of the kinds are built in a temporary folder; the pictures go
to ``build/gallery`` beside an ``index.html`` that shows them all: 360 and 1200 CSS pixels, light
and dark, Khmer, Lao and English, untouched, with every branch open, and with errors.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import browser, kind_pictures, screenshots  # noqa: E402 - found just above
from scripts.examples import all_examples  # noqa: E402

__all__ = ["main"]

GALLERY = ROOT / "build" / "gallery"
WIDTHS, SCHEMES = (360, 1200), ("light", "dark")
LANGUAGES = ("km", "lo", "en")
FORMS = ("customer-service", "after-sales", "kiosk")
ASIDE = ("thanks", "again", "report")

OPEN = """document.querySelectorAll('[data-if]').forEach((part) => { part.hidden = false });
document.head.append(Object.assign(document.createElement('meta'), { name: 'open' }));"""
"""Every branch open, whatever was answered; pages are loaded without their policy for it."""
UNHIDE = "form [id^=q-], form [id^=a-] { display: block !important }"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page, what is done to it before."""

    name: str
    page: str
    state: str = "untouched"


def _shots(site: Path) -> Iterator[Shot]:
    for survey, language in product(FORMS, LANGUAGES):
        path = f"{language}/{survey}/"
        for state in ("untouched", "open", "errors"):
            yield Shot(f"{survey}-{language}-{state}", path, state)
        for page in ASIDE:
            if (site / path / page / "index.html").is_file():
                yield Shot(f"{survey}-{language}-{page}", f"{path}{page}/")
    for language in LANGUAGES:
        yield Shot(f"list-{language}", f"{language}/")
        for page in ("privacy", "accessibility"):
            yield Shot(f"{page}-{language}", f"{language}/{page}/")
    yield Shot("chooser", "")
    yield Shot("missing", "404.html")


def _prepare(page: Page, state: str) -> None:
    """Bring a page into a state."""
    if state == "open":
        page.evaluate(OPEN)
        page.add_style_tag(content=UNHIDE)
    if state == "errors" and page.locator(".send:visible").count():
        page.click(".send")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_function("[...document.images].every((one) => one.complete)")


def _draw(chromium: Browser, site: Path, shots: list[Shot]) -> list[str]:
    """Make the pictures of some pages of a site; return their file names."""
    made = []
    for width, scheme in product(WIDTHS, SCHEMES):
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=True,
        )
        page = context.new_page()
        for shot in shots:
            path = site / shot.page
            page.goto((path if path.is_file() else path / "index.html").as_uri())
            _prepare(page, shot.state)
            name = f"{shot.name}-{width}-{scheme}.png"
            page.screenshot(path=GALLERY / name, full_page=True)
            made.append(name)
        context.close()
    return made


def _sheet(names: list[str]) -> str:
    """Return a page that shows all pictures."""
    shown = "\n".join(
        f'<figure><img src="{html.escape(name)}" alt="" loading="lazy"><figcaption>'
        f"{html.escape(name.removesuffix('.png'))}</figcaption></figure>"
        for name in names
    )
    style = "body{display:flex;flex-wrap:wrap;gap:1rem}img{width:18rem}figure{margin:0}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>\n{shown}\n"


def main() -> None:
    """Make every picture anew; exits with a message when there is no browser."""
    path = browser.find()
    if path is None:
        sys.exit(browser.advice(None, ()))
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    examples = tuple(example for example in all_examples() if not example.wrong)
    names: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        site = screenshots.build_sample(Path(folder) / "sample")
        names += _draw(chromium, site, list(_shots(site)))
        for settings in dict.fromkeys(one.settings for one in examples):
            same = tuple(one for one in examples if one.settings == settings)
            place = Path(folder) / str(len(names))
            site = kind_pictures.build_examples(place, same, chromium)
            shots = [
                Shot(f"kind-{one.slug}-{state}", f"{one.language}/{one.slug}/", state)
                for one in same
                for state in ("untouched", "errors")
            ]
            names += _draw(chromium, site, shots)
        chromium.close()
    (GALLERY / "index.html").write_text(_sheet(sorted(names)), "utf-8")
    print(f"build/gallery/index.html  {len(names)} pictures")


if __name__ == "__main__":
    main()
