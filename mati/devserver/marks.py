"""Marked pages for translators: the script that tells of each text, and their files by line."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from mati.catalog import decode_po
from mati.cldr import direction
from mati.diagnostics import Notebook
from mati.writer import SHARED

__all__ = [
    "CATALOGUES",
    "MARKS",
    "MARKS_COOKIE",
    "MARKS_SCRIPT",
    "catalogue_page",
    "filled",
    "script",
]

MARKS = "/mati-preview/marks"
MARKS_SCRIPT = "/mati-preview/marks.js"
MARKS_COOKIE = "mati-marks"
CATALOGUES = "/mati-preview/file/"
"""Where a file of translations is shown; its path below the project's folder follows."""

_LOOKS = """
:root{color-scheme:light dark}
body{margin:0;font-size:15px;line-height:1.75;
font-family:ui-monospace,"DejaVu Sans Mono","Noto Sans Khmer","Noto Sans Lao",monospace}
h1{font-size:1rem;margin:0;padding:12px 16px}
ol{margin:0;padding:0;list-style:none;counter-reset:line}
li{counter-increment:line;padding:0 16px 0 5.5em;text-indent:-4.5em;white-space:pre-wrap;
overflow-wrap:anywhere;min-height:1.75em;scroll-margin-block:40vh}
li::before{content:counter(line);display:inline-block;inline-size:3.5em;margin-inline-end:1em;
text-indent:0;text-align:end;opacity:.6}
li:target{background:#ffe9a8;color:#1b1b1b;outline:2px solid #7a5200;outline-offset:-2px}
"""


def filled(name: str, words: Mapping[str, str]) -> str:
    """Return the script ``name`` of this folder with its sentences and its own style."""
    here = Path(__file__)
    text = here.with_name(f"{name}.js").read_text("utf-8")
    looks = here.with_name(f"{name}.css").read_text("utf-8")
    return text.replace(
        'words = {}, looks = "";', f"words = {_quoted(words)}, looks = {_quoted(looks)};"
    )


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def script(translate: Callable[[str], str], language: str) -> str:
    """Return the script of marked pages in the language of the commands."""
    words = {
        "language": language,
        "direction": direction(language),
        "title": translate("Translation"),
        "missing": translate("Not translated"),
        "outdated": translate("Outdated"),
        "broken": translate("Cannot be shown"),
        "lost": translate("Lacks a link"),
        "good": translate("Translated"),
        "source": translate("As the author wrote it"),
        "all": translate("Everything on this page is translated."),
        "back": translate("Previous"),
        "next": translate("Next"),
        "original": translate("Original"),
        "before": translate("Original before"),
        "written": translate("Translation so far"),
        "absent": translate("Not in the file yet. To add it: mati i18n update"),
        "copy": translate("Copy"),
        "copied": translate("Copied"),
        "edit": translate("Open in the editor"),
        "status": translate("All translations"),
        "off": translate("Hide marks"),
        "close": translate("Close"),
        "at": translate("{number} of {count}"),
        "text": translate("in the head of the page or in a list"),
        "content": translate("for search engines and shared links"),
        "alt": translate("in the place of a picture"),
        "placeholder": translate("inside an empty field"),
        "title-of": translate("shown when the mouse rests on it"),
        "aria-label": translate("read aloud only"),
        "script": translate("said by the script of the page"),
    }
    return filled("marks", words)


def catalogue_page(root: str, path: str) -> bytes | None:
    """Return a catalogue as a page, each line with its number as an id; None without one.

    ``path`` was matched by the rule that leads here: ``locales/<language>/<name>.po``. Mati's
    own stands in where the project has none; a link that leads out of ``locales/`` is not followed.
    """
    for folder in (Path(root), SHARED):
        place = folder / path
        try:
            if not place.resolve().is_relative_to((folder / "locales").resolve()):
                continue
            text = decode_po(path, place.read_bytes(), Notebook()).text
        except OSError:
            continue
        lines = enumerate(text.removesuffix("\n").split("\n"), 1)  # as the reader counts them
        listed = "".join(f'<li id="L{n}">{html.escape(x)}' for n, x in lines)
        name = html.escape(path)
        return (
            f'<!doctype html><html lang="{path.split("/")[1]}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{name}</title><style>{_LOOKS}</style><h1>{name}</h1><ol>{listed}</ol>"
        ).encode()
    return None
