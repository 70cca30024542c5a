"""How far translations are in, the page of the preview that shows it out."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mati.cldr import direction

__all__ = ["STATUS", "Left", "Progress", "status_page"]

STATUS = "/mati-preview/translations/"
_FILE, _MARKS = "/mati-preview/file/", "/mati-preview/marks"
_MOST = 200
"""Texts that are listed of one file; whoever has more begins with these."""
_MANY = 4
"""Languages from which on a list of them leads to each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One text that wants a translator; ``state`` as ``mati.catalog.state_of`` has it."""

    state: str
    context: str
    source: str
    line: int = 0
    """Of its ``msgid``; 0 where the file does not have it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one file of translations is: counts of texts, ``words`` of those that are left.

    ``address`` is the page it is best seen on, below the folder of its language.
    """

    language: str
    endonym: str
    domain: str
    path: str
    total: int
    good: int
    outdated: int
    missing: int
    identical: int
    problems: int
    words: int
    begun: bool = True
    """Whether there is a file."""
    address: str = ""
    source: str = ""
    """The language that its texts are written in."""
    left: tuple[Left, ...] = ()


def status_page(
    found: Sequence[Progress],
    site: Mapping[str, object],
    translate: Callable[[str], str],
    language: str,
) -> bytes:
    """Return the page: a part for each language, a row for each file, what is left below it.

    ``site`` are the pages there are, so that no link leads nowhere.
    """
    title = html.escape(translate("Translations"))
    languages = list(dict.fromkeys((one.language, one.endonym) for one in found))
    parts = [
        _part(code, endonym, [one for one in found if one.language == code], site, translate)
        for code, endonym in languages
    ]
    nothing = translate("This project speaks one language. To add another: mati i18n new fr")
    looks = Path(__file__).with_name("status.css").read_text("utf-8")
    body = "".join(parts) or f"<p>{html.escape(nothing)}</p>"
    if len(languages) >= _MANY:
        body = _index(found, languages, title, translate) + body
    return (
        f'<!doctype html><html lang="{html.escape(language)}" dir="{direction(language)}"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{looks}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    ).encode()


def _index(
    found: Sequence[Progress],
    languages: Sequence[tuple[str, str]],
    title: str,
    translate: Callable[[str], str],
) -> str:
    """Lead to the part of each language, with how far it is."""
    listed = []
    for code, endonym in languages:
        done = _done([one for one in found if one.language == code], translate)
        name = f'<a href="#of-{code}" lang="{code}">{html.escape(endonym)}</a>'
        listed.append(f"<li>{name} <small>{code} · {done}</small></li>")
    return f'<nav aria-label="{title}"><ul>{"".join(listed)}</ul></nav>'


def _done(files: Sequence[Progress], translate: Callable[[str], str]) -> str:
    total, good = sum(one.total for one in files), sum(one.good for one in files)
    return html.escape(translate("{good} of {total}").format(good=good, total=total))


def _part(
    code: str,
    endonym: str,
    files: Sequence[Progress],
    site: Mapping[str, object],
    translate: Callable[[str], str],
) -> str:
    said = {
        "good": translate("Translated"),
        "outdated": translate("Outdated"),
        "missing": translate("Missing"),
        "identical": translate("As the original"),
        "problems": translate("Problems"),
        "words": translate("Words left"),
    }
    heads = {name: html.escape(words) for name, words in said.items()}
    rows = "".join(_row(one, site, heads, translate) for one in files)
    name, done = html.escape(endonym), _done(files, translate)
    first = html.escape(translate("File"))
    columns = "".join(f'<th scope="col">{words}</th>' for words in (first, *heads.values()))
    left = "".join(_left(one, translate) for one in files if one.left)
    return (
        f'<section aria-labelledby="of-{code}"><h2 id="of-{code}"><span lang="{code}">{name}</span>'
        f" <small>{code} · {done}</small></h2>{_bar(files)}"
        f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>{left}</section>"
    )


def _bar(files: Sequence[Progress]) -> str:
    """Draw the states as lengths; the numbers stand in the table, so this is for the eye only."""
    total = sum(one.total for one in files) or 1
    made = []
    for state in ("good", "outdated", "missing"):
        share = 100 * sum(getattr(one, state) for one in files) / total
        if share:
            made.append(f'<i class="{state}" style="flex-grow:{share:.2f}"></i>')
    return f'<div class="bar" aria-hidden="true">{"".join(made)}</div>'


def _row(
    one: Progress,
    site: Mapping[str, object],
    heads: Mapping[str, str],
    translate: Callable[[str], str],
) -> str:
    cells = "".join(
        f'<td data-of="{words}"{"" if getattr(one, name) else " class=none"}>'
        f"{getattr(one, name)}</td>"
        for name, words in heads.items()
    )
    page = f"/{one.language}/{one.address}"
    there = f"{page.removeprefix('/')}index.html" in site
    seen = html.escape(translate("See the pages"))
    to = f"{_MARKS}?on=1&amp;to={quote(page, safe='')}"
    look = f' <a href="{to}">{seen}</a>' if there else ""
    name = f"<code>{html.escape(one.path)}</code>"
    if one.begun:
        name = f'<a href="{_FILE}{html.escape(one.path)}">{name}</a>'
    return f'<tr><th scope="row">{html.escape(one.domain)}<br>{name}{look}</th>{cells}</tr>'


def _place(one: Progress, each: Left) -> str:
    """Lead to the line of a text, or to its file; a text that is in no file has its context."""
    if not one.begun:
        return f"<code>{html.escape(each.context)}</code>"
    place = f"{one.path}:{each.line}" if each.line else one.path
    href = f"{_FILE}{one.path}#L{each.line or 1}"
    return f'<a href="{html.escape(href)}"><code>{html.escape(place)}</code></a>'


def _left(one: Progress, translate: Callable[[str], str]) -> str:
    """List what is left in a file, each with its line."""
    states = {
        "missing": translate("Not translated"),
        "outdated": translate("Outdated"),
        "broken": translate("Cannot be shown"),
        "lost": translate("Lacks a link"),
    }
    spoken = f' lang="{html.escape(one.source)}"' if one.source else ""
    listed = [
        f'<li class="{each.state}"><b>{html.escape(states[each.state])}</b> {_place(one, each)} '
        f'<span dir="auto"{spoken}>{html.escape(each.source)}</span></li>'
        for each in one.left[:_MOST]
    ]
    more = len(one.left) - len(listed)
    if more > 0:
        listed.append(f"<li>{html.escape(translate('And more: {count}.').format(count=more))}</li>")
    said = translate("Still to do in {path}: {count}").format(path=one.path, count=len(one.left))
    return f"<details><summary>{html.escape(said)}</summary><ul>{''.join(listed)}</ul></details>"
