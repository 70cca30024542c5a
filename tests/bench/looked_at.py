"""Pages in; out come what axe finds, how small a tap target is, and how many files were asked.

On a phone's screen, 360 px wide. A target is the larger of a control and its label; links
inside a sentence are left out, as WCAG 2.5.8 does. An accessible page may still be hard to use:
these figures find what machines can find.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page
from serving import Desk
from sheet import Sheet

__all__ = ["look_at"]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SMALLEST = 44

TARGETS = """() => {
  const size = (part) => {
    const {left, top, right, bottom, width, height} = part.getBoundingClientRect();
    const there = width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0;
    return there && getComputedStyle(part).visibility == "visible" ? Math.min(width, height) : 0;
  };
  const inText = (part) => part.matches("a") && part.closest("p");
  const controls = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, [role=button], [role=radio]");
  return [...controls]
    .filter((one) => one.tabIndex >= 0 || one.matches("[type=radio]"))
    .filter((one) => !inText(one))
    .map((one) => Math.max(...[one, ...one.labels || [], one.closest("label")]
      .filter(Boolean).map(size)))
    .filter(Boolean);
}"""

FAULTS = """() => axe.run({resultTypes: ["violations"]}).then((found) =>
  found.violations.map((rule) => [rule.id, rule.nodes.length]))"""


def _axe(page: Page) -> list[tuple[str, int]]:
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(FAULTS)


def _stirred(page: Page) -> list[tuple[str, int]]:
    """Return what axe finds after the empty form was sent and every low rating given."""
    page.locator("form [type=submit], form button:not([type=button])").first.click()
    found = _axe(page)
    for low in page.locator('form [type=radio][value="2"]').all():
        low.check(force=True)
    return found + _axe(page)


def look_at(
    sheet: Sheet, browser: Browser, desk: Desk, pages: Mapping[str, str], ours: frozenset[str]
) -> None:
    """Print the figures of ``pages``, name to address; those in ``ours`` have limits."""
    title = "At 360 px"
    sheet.head(title, "requests", "axe", "stirred", "min px", "under 44", "targets", "height")
    for name, url in pages.items():
        screen = {"width": 360, "height": 740}
        context = browser.new_context(viewport=screen, reduced_motion="reduce")
        page = context.new_page()
        desk.asked.clear()
        page.goto(url, wait_until="networkidle")
        asked = len(desk.asked)
        sizes = page.evaluate(TARGETS)
        height = page.evaluate("document.documentElement.scrollHeight")
        faults = _axe(page)
        least, under = round(min(sizes), 1), sum(size < SMALLEST for size in sizes)
        cells: list[object] = [asked, len(faults), "", f"{least:g}"]
        if name in ours:
            again = _stirred(page)
            cells = [
                sheet.held(f"{name}, requests", asked, 1),
                sheet.held(f"{name}, axe", len(faults), 0),
                sheet.held(f"{name}, axe, with errors and the branch open", len(again), 0),
                sheet.least(f"{name}, smallest target", least, SMALLEST),
            ]
        note = ", ".join(f"{rule} ({count})" for rule, count in faults)
        sheet.row(name, *cells, under, len(sizes), height, note=note)
        context.close()
    sheet.row("  limit for ours", 1, 0, 0, SMALLEST)
