"""Make the pictures of the documentation: the sample survey and every kind, as Chromium shows them.

The sample project is built in a temporary folder, so nothing of ``site/`` or ``private/`` is
touched. Each picture must stay small: a reader on a weak link opens the README, too.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

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
        height=900,
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
            content = _shoot(chromium, site, picture)
            if len(content) > LARGEST:
                sys.exit(f"{picture.name} has {len(content)} bytes, more than {LARGEST}")
            (PICTURES / f"{picture.name}.png").write_bytes(content)
            print(f"docs/images/{picture.name}.png  {len(content)} bytes")
        reference.main()
        drawn = kind_pictures.draw(chromium)
        if drawn > kind_pictures.LARGEST:
            sys.exit(f"the kinds' pictures have {drawn} bytes, more than {kind_pictures.LARGEST}")
        print(f"docs/kinds/pictures/  {drawn} bytes")
        chromium.close()


if __name__ == "__main__":
    main()
