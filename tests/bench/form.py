"""Measure the form page of the sample survey beside libraries from npm: same survey, same run.

Run by ``make bench`` or alone: ``python tests/bench/form.py``; name tables to print only those:
``python tests/bench/form.py weight looks``. Weight needs nothing but Python; looks and slow 3G
need Chromium; Lighthouse, old engines and all peers need Node.js with npm, which fetches them
once into ``build/npm/``. What cannot be had is left out with a word; exits 1 when a limit of
our own is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from formsite import sample_forms  # noqa: E402 - found just above
from lighthouse import score  # noqa: E402
from looked_at import look_at  # noqa: E402
from node_packages import NotHere  # noqa: E402
from old_engines import VERSIONS, Report  # noqa: E402
from peers import LANGUAGE, Peer, peers  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from serving import Desk, serving  # noqa: E402
from sheet import Sheet  # noqa: E402
from slow_link import slow  # noqa: E402
from unhappy_customer import visit  # noqa: E402
from usable import time_pages  # noqa: E402
from weight import bare, weigh, weigh_peers  # noqa: E402

from scripts.browser import advice, find  # noqa: E402

SCORED = ("GOV.UK Frontend", "USWDS", "SurveyJS")
SURVEY = "customer-service/index.html"


@dataclass
class Bench:
    """What all tables share: our pages, the peers', and where both are served."""

    sheet: Sheet
    desk: Desk
    runs: int
    forms: dict[str, dict[str, str]]
    peers: tuple[Peer, ...] = ()
    without_peers: str = ""
    ours: dict[str, str] = field(default_factory=dict)
    """Our pages with script: name to address."""
    bare: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    def serve(self) -> None:
        """Put every page on the desk."""
        for code, page in self.forms["with script"].items():
            self.ours[f"Mati {code}"] = self.desk.show(f"{code}/{SURVEY}", page)
            self.bare[f"bare HTML {code}"] = self.desk.show(f"bare/{code}/{SURVEY}", bare(page))
        for peer in self.peers:
            for name, content in peer.files.items():
                self.desk.files[f"{peer.slug}/{name}"] = content
            if peer.whole:
                self.theirs[peer.name] = f"{self.desk.url}/{peer.slug}/"


def _weight(bench: Bench) -> None:
    weigh(bench.sheet, bench.forms)
    weigh_peers(bench.sheet, bench.peers, bench.forms["with script"][LANGUAGE])
    if bench.without_peers:
        bench.sheet.skip("peers", bench.without_peers)


def _looks(bench: Bench) -> None:
    with _chromium(bench.sheet) as browser:
        if browser:
            pages = {**bench.ours, **bench.theirs}
            look_at(bench.sheet, browser, bench.desk, pages, frozenset(bench.ours))


def _slow(bench: Bench) -> None:
    with _chromium(bench.sheet) as browser, slow(bench.desk.url) as far:
        if browser:
            near = {**bench.bare, **bench.ours, **bench.theirs}
            pages = {name: url.replace(bench.desk.url, far) for name, url in near.items()}
            held = dict(zip(bench.ours, bench.bare, strict=True))
            time_pages(bench.sheet, browser, pages, held, bench.runs)


def _lighthouse(bench: Bench) -> None:
    chromium = find()
    pages = {**bench.ours, **{n: u for n, u in bench.theirs.items() if n in SCORED}}
    try:
        if chromium:
            score(bench.sheet, chromium, pages, frozenset(bench.ours))
        else:
            bench.sheet.skip("Lighthouse", "there is no Chromium here")
    except NotHere as reason:
        bench.sheet.skip("Lighthouse", reason)


def _old(bench: Bench) -> None:
    sheet = bench.sheet
    sheet.head("Old engines: whole survey filled in and sent", "script", "JS off", "limit")
    for version in VERSIONS:
        for code, page in bench.forms["with script"].items():
            name = f"Chromium {version}, no :has, {code}"
            try:
                cells = [_sent(bench, version, page, code, script=on) for on in (True, False)]
            except NotHere as reason:
                sheet.skip(f"Chromium {version}", reason)
                break
            sheet.row(name, *cells, "sent")


def _sent(bench: Bench, version: int, page: str, code: str, *, script: bool) -> str:
    """Return how a survey was sent: by our script, or as a plain form; else what was wrong."""
    try:
        found = visit(version, bench.desk, page, code, script=script)
    except Report as problem:
        wrong: tuple[str, ...] = (str(problem),)
    else:
        if not found.wrong:
            return "runs" if found.ran else "plain"
        wrong = found.wrong
    bench.sheet.broken.append(f"Chromium {version}, {code}: {'; '.join(wrong)[:300]}")
    return "no !"


@contextmanager
def _chromium(sheet: Sheet) -> Iterator[Browser | None]:
    path = find()
    if path is None:
        sheet.say(f"\n{advice(None, ())}")
        yield None
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


TABLES: dict[str, Callable[[Bench], None]] = {
    "weight": _weight,
    "looks": _looks,
    "slow": _slow,
    "lighthouse": _lighthouse,
    "old": _old,
}


def _table(name: str) -> str:
    if name not in TABLES:
        message = f"there is no table {name!r}; choose from {', '.join(TABLES)}"
        raise argparse.ArgumentTypeError(message)
    return name


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the form page beside its peers.")
    parser.add_argument(
        "tables", nargs="*", type=_table, metavar="TABLE", help=f"some of: {', '.join(TABLES)}"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs on the slow network per page")
    return parser.parse_args()


def main() -> int:
    """Print the tables; return 1 when a limit of ours is broken."""
    options = _options()
    sheet = Sheet()
    forms = {
        "with script": sample_forms(),
        "without script": sample_forms(script=False),
    }
    with serving() as desk:
        bench = Bench(sheet, desk, options.runs, forms)
        try:
            bench.peers = peers()
        except NotHere as reason:
            bench.without_peers = str(reason)
        bench.serve()
        sheet.say("The form page of the sample survey; ! marks what is over a limit of ours")
        for name in options.tables or TABLES:
            TABLES[name](bench)
    for line in sheet.broken:
        sheet.say(f"Over its limit: {line}")
    return int(bool(sheet.broken))


if __name__ == "__main__":
    sys.exit(main())
