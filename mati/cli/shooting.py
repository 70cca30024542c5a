"""The command ``i18n shots``: a picture of every text where it stands, for those who translate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mati.cli import Shell, _, say, show
from mati.cli.browsers import SETTING, find
from mati.cli.looking import seen_language, spoken, written_to
from mati.cli.site import make_outputs
from mati.cli.translation import i18n

if TYPE_CHECKING:
    from mati.localise import Traced

__all__ = ["commands"]

_WIDTH, _HEIGHT, _AROUND = 480, 900, 90
"""Pixels of the window, and of what is shown above and below a text."""
_ORIGIN = "http://mati.invalid/"
"""Never asked: every page is handed over from memory (RFC 2606, 2)."""
_KINDS = ("", "thanks/", "closed/", "again/", "report/")
"""Pages of a survey below its folder, the one where a text is seen best first."""

_PREPARE = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("[data-shot]{outline:4px solid #d0413a!important;outline-offset:3px;" +
    "border-radius:3px} *{animation:none!important;transition:none!important}");
  document.adoptedStyleSheets = [sheet];
}"""
_POINT = """(numbers) => {
  for (const one of document.querySelectorAll("[data-shot]")) one.removeAttribute("data-shot");
  const carries = (one) => (one.dataset.matiAttributes || "").split(" ")
    .some((pair) => numbers.includes(pair.split(":")[1]));
  const all = [
    ...document.querySelectorAll("body [data-mati-text]"),
    ...document.querySelectorAll("body [data-mati-attributes]")
  ].filter((one) => numbers.includes(one.dataset.matiText) || carries(one))
    .map((one) => one.tagName === "OPTION" ? one.closest("select") : one);
  const seen = () => all.filter((one) => {
    return one && one.checkVisibility() && one.getBoundingClientRect().height > 1;
  });
  for (const one of document.querySelectorAll("[data-opened]")) {
    one.style.removeProperty("display");
    one.removeAttribute("data-opened");
  }
  // where no place of it is seen, what hides it is opened for this one picture
  if (!seen().length) {
    for (const one of all) {
      for (let part = one; part && part !== document.body; part = part.parentElement) {
        if (getComputedStyle(part).display === "none") {
          part.style.setProperty("display", "revert", "important");
          part.setAttribute("data-opened", "");
        }
      }
    }
  }
  const found = seen();
  if (!found.length) return null;
  for (const one of found) one.setAttribute("data-shot", "");
  found[0].scrollIntoView({block: "center"});
  const box = found[0].getBoundingClientRect();
  return [box.top, box.bottom];
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """The pages of one language that texts are looked for on, best first, and whose texts."""

    language: str
    pages: Mapping[str, str]
    numbers: Mapping[str, tuple[int, ...]]
    """By context."""


def _pages(files: Mapping[str, bytes], language: str) -> Iterator[str]:
    """Yield the paths of a language's pages, forms first."""
    found = [path for path in files if path.endswith("index.html")]
    own = [path for path in found if path.startswith(f"{language}/")]
    kits = [path for path in found if path.startswith("share/") and f"/{language}/" in path]

    def rank(path: str) -> tuple[int, str]:
        below = path.removesuffix("index.html").split("/", 2)[-1]
        return (_KINDS.index(below) if below in _KINDS else len(_KINDS), path)

    yield from (*sorted(own, key=rank), *kits)


def _book(files: Mapping[str, bytes], texts: Sequence[Traced], language: str) -> _Book:
    from mati.inline.traces import annotated

    numbers: dict[str, tuple[int, ...]] = {}
    for number, one in enumerate(texts):
        if one.language == language and one.context:
            numbers[one.context] = (*numbers.get(one.context, ()), number)
    pages = {
        path: annotated(files[path].decode("utf-8"), lambda number: texts[number].state)
        for path in _pages(files, language)
    }
    return _Book(language=language, pages=pages, numbers=numbers)


def _name(context: str) -> str:
    """Return the name of a picture: the context, in signs that every disk takes."""
    return re.sub(r"[^a-z0-9_.-]", "_", context, flags=re.IGNORECASE) + ".png"


def _shoot(book: _Book, files: Mapping[str, bytes], folder: Path, browser: Any) -> int:  # noqa: ANN401
    """Take the pictures of one language; return how many."""

    def answer(route: Any) -> None:  # noqa: ANN401
        path = route.request.url.removeprefix(_ORIGIN).partition("?")[0]
        if path in book.pages:
            route.fulfill(body=book.pages[path], content_type="text/html; charset=utf-8")
        elif path in files:
            route.fulfill(body=files[path])
        else:
            route.fulfill(status=404, body="")

    # without its script a form shows all its parts at once
    context = browser.new_context(
        viewport={"width": _WIDTH, "height": _HEIGHT},
        device_scale_factor=2,
        java_script_enabled=False,
    )
    context.route("**/*", answer)
    page, left = context.new_page(), dict(book.numbers)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in book.pages.items():
        here = {name: found for name, found in left.items() if _stands(found, text)}
        if not here:
            continue
        page.goto(_ORIGIN + path)
        page.evaluate(_PREPARE)
        for name, found in here.items():
            box = page.evaluate(_POINT, [str(number) for number in found])
            if box is None:
                continue
            top = max(0, box[0] - _AROUND)
            height = min(_HEIGHT, box[1] + _AROUND) - top
            clip = {"x": 0, "y": top, "width": _WIDTH, "height": max(height, _AROUND)}
            page.screenshot(path=folder / _name(name), clip=clip)
            del left[name]
    context.close()
    return len(book.numbers) - len(left)


def _stands(numbers: Sequence[int], html: str) -> bool:
    return any(f'data-mati-text="{n}"' in html or f":{n}" in html for n in numbers)


def _driver() -> Any:  # noqa: ANN401
    """Return what drives a browser; a usage error says what is missing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        text = _('Pictures need one more package. To install it: pip install "mati-survey[shots]"')
        raise click.ClickException(text) from None
    return sync_playwright


@i18n.command(
    short_help=_("Take a picture of every text where it stands."),
    help=_(
        "Take a picture of every text where it stands on its page, outlined, named after its\n"
        "context, so that Weblate and translators can show it beside the text. Needs Chromium or\n"
        "Google Chrome.\n\nExample: mati i18n shots km"
    ),
)
@click.argument("language", metavar=_("[LANGUAGE]"), required=False, callback=seen_language)
@click.option(
    "--to", "folder", default="", metavar=_("FOLDER"), help=_("Write here, not into .mati/shots/.")
)
@click.pass_obj
def shots(shell: Shell, *, language: str, folder: str) -> int:
    """Write one picture for each message context."""
    from mati.diagnostics import Notebook
    from mati.localise import Traces, is_pseudo

    if language:
        spoken(shell.root, language)
    place, program, driver = written_to(shell.root, folder, ".mati/shots"), find(), _driver()
    if program is None:
        text = _(
            "Pictures need Chromium or Google Chrome, and none was found. Install one, or set "
            "{variable} to its path."
        )
        raise click.ClickException(text.format(variable=SETTING))
    notes, traces = Notebook(), Traces()
    made = make_outputs(
        shell.root, notes, sample=True, preview=True, traces=traces, invented=True,
        pseudo=(language,) if is_pseudo(language) else (),
    )[0]  # fmt: skip
    if notes.has_errors():
        show(notes)
        return 1
    files = {one.path: one.content for one in made if one.root == "site"}
    spoken_here = dict.fromkeys(one.language for one in traces.found if one.state != "source")
    with driver() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for code in (language,) if language else tuple(spoken_here):
            book = _book(files, traces.found, code)
            say(_("Taking pictures of {language} …").format(language=code))
            count = _shoot(book, files, place / code, browser)
            text = _("{path}: {count} pictures; texts that stand on no page: {rest}")
            rest = len(book.numbers) - count
            say(text.format(path=place / code, count=count, rest=rest))
        browser.close()
    return 0


commands: tuple[click.Command, ...] = ()
