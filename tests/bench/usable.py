"""Pages in, milliseconds out until a phone far from the mast can use them.

A page is usable in the first frame in which a control for an answer has a box. Each run has a
fresh browser context (nothing cached, no connection open), a processor slowed four times and a
screen of 360 x 740; runs of all pages take turns, so that a busy minute hits all, and the
median counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from playwright.sync_api import Browser
from sheet import Sheet

__all__ = ["time_pages"]

LIMIT = 1.1
"""How many times longer than the bare HTML of the same form ours may take."""
PATIENCE = 60_000
SLOWER = 4

WATCH = """(() => {
  const look = () => {
    const control = document.querySelector("form input:not([type=hidden]), form textarea,"
      + " main input:not([type=hidden]), main textarea");
    const first = control && [...document.querySelectorAll("input:not([type=hidden]), textarea")]
      .find((one) => one.getBoundingClientRect().width > 0);
    if (first) window.usableAfter = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""

FIGURES = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  usable: window.usableAfter,
  load: performance.getEntriesByType("navigation")[0].loadEventStart,
})"""


def _once(browser: Browser, url: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(url, wait_until="load", timeout=PATIENCE)
        page.wait_for_function("window.usableAfter && performance.getEntriesByType('paint').length",
                               timeout=PATIENCE)  # fmt: skip
        return page.evaluate(FIGURES)
    finally:
        context.close()


def time_pages(
    sheet: Sheet, browser: Browser, pages: Mapping[str, str], bare: Mapping[str, str], runs: int
) -> None:
    """Print milliseconds for ``pages``, name to address.

    ``bare`` names, for each page of ours, the page that it is held to.
    """
    sheet.head(f"Slow 3G in ms, median of {runs}", "paint", "usable", "load", "x bare", "limit")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for url in list(pages.values())[:2]:  # a browser's first pages are slower than all others
        _once(browser, url)
    for _ in range(runs):
        for name, url in pages.items():
            found[name].append(_once(browser, url))
    middle = {
        name: {key: median(run[key] for run in runs_) for key in runs_[0]}
        for name, runs_ in found.items()
    }
    least = next(iter(bare.values()), "")
    for name, figures in middle.items():
        beside = middle[name if name in bare.values() else bare.get(name, least)]
        times = figures["usable"] / beside["usable"]
        held = sheet.held(name, times, LIMIT, f"{times:.2f}") if name in bare else f"{times:.2f}"
        cells = (f"{figures[key]:.0f}" for key in ("paint", "usable", "load"))
        sheet.row(name, *cells, held, LIMIT if name in bare else "")
