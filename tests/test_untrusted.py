"""Translations are untrusted: nothing planted in them reaches a page, none breaks one."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import html5lib
import pytest
from untrusted import ATTACKS, project, write

from mati.build import Options, build
from mati.catalog import faults, read_po, translator
from mati.diagnostics import Notebook, Severity, Source
from mati.merge import Unit
from mati.model import Output
from mati.project import open_project

CODES = str.split(
    "km lo fr de es it nl pt pl ru uk cs sk hr sr bg ro hu fi sv da nb et lv lt tr el he ar fa hi "
    "bn ta te th my vi id ms ja ko zh sw am ne si ka hy az kk uz mn ca eu gl is ga cy sq mk bs sl "
    "ur gu"
)
LANGUAGES = dict(zip(CODES, ATTACKS, strict=False))
PROSE = {"strong", "em", "code", "br", "a", "span"}
"""What a translation may have inside, where its source has it; ``span`` marks its language."""
LINKS = {"href", "src", "action", "formaction", "data", "poster", "srcset"}
TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufdd0-\ufdef\U000e0000-\U000e007f]")
SHAPES = ("{attack}", "{source} {attack}", "{attack} {source}")


def test_every_attack_has_a_language():
    assert len(LANGUAGES) == len(ATTACKS) == len(set(ATTACKS))


@dataclass
class Seen:
    """What a browser makes of a page."""

    elements: Counter[str] = field(default_factory=Counter)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    controls: list[tuple[str, ...]] = field(default_factory=list)
    comments: int = 0
    words: list[str] = field(default_factory=list)


def seen(html: str) -> Seen:
    found = Seen()
    walker = html5lib.getTreeWalker("etree")
    inside: list[str] = []
    for token in walker(html5lib.parse(html, treebuilder="etree")):
        kind = token["type"]
        if kind in {"StartTag", "EmptyTag"}:
            name = token["name"]
            values = {key: value for (_, key), value in token["data"].items()}
            found.elements[name] += 1
            found.attributes |= {(name, key) for key in values}
            found.links |= {value for key, value in values.items() if key in LINKS}
            found.words += values.values()
            if name in {"input", "select", "textarea", "button", "option", "form"}:
                keys = ("name", "value", "type", "required", "action", "method")
                hash_of = values.get("name", "").endswith(".wording")
                own = values.get("name") in {"mati_lang", "lang"} or hash_of
                found.controls.append(
                    (
                        name,
                        *("" if own and key == "value" else str(values.get(key)) for key in keys),
                    )
                )
            if kind == "StartTag":
                inside.append(name)
        elif kind == "EndTag":
            inside.pop()
        elif kind == "Comment":
            found.comments += 1
        elif kind in {"Characters", "SpaceCharacters"} and inside[-1:] not in (
            ["script"],
            ["style"],
        ):
            found.words.append(token["data"])
    return found


def pages(outputs: tuple[Output, ...], language: str) -> Iterator[tuple[str, str]]:
    """Every page of one language, private ones and those the form service answers with too."""
    for output in outputs:
        parts = output.path.split("/")
        kit = language == "en" and output.path == "share/visit/index.html"
        if parts[-1].endswith(".html") and (kit or language in parts):
            path = "/".join(part for part in parts if part != language)
            yield path, output.content.decode("utf-8")
        elif output.path == "collect.json":
            for survey in json.loads(output.content)["surveys"].values():
                words = survey["languages"][language]
                yield "collect", words["refusal"]
                for name, text in words["messages"].items():
                    yield name, f"<!doctype html><p>{text}"


@pytest.fixture(scope="module", params=range(len(SHAPES)))
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[Output, ...], Notebook, dict[str, tuple[Unit, ...]], int, Path]:
    """The site with an attack in every text of a language, in another shape from text to text."""
    root = tmp_path_factory.mktemp("untrusted")
    domains = project(root, LANGUAGES)
    for code, attack in LANGUAGES.items():

        def words(number: int, unit: Unit, attack: str = attack) -> str:
            shape = SHAPES[(number + request.param) % len(SHAPES)]
            return shape.replace("{attack}", attack).replace("{source}", unit.msgid)

        write(root, code, domains, words)
    notes = Notebook()
    outputs = build(open_project(root, notes), Options(sample=not request.param), notes)
    return outputs, notes, domains, request.param, root


def test_no_attack_breaks_the_build(built):
    outputs, notes, *_ = built
    assert [(d.code.slug, d.span, d.values) for d in notes if d.severity is Severity.ERROR] == []
    wanted = dict(pages(outputs, "en"))
    assert len(wanted) > 12
    for code in LANGUAGES:
        assert dict(pages(outputs, code)).keys() == wanted.keys()


def test_no_attack_reaches_a_browser(built):
    outputs, *_ = built
    wanted = {path: seen(html) for path, html in pages(outputs, "en")}
    for code, attack in LANGUAGES.items():
        for path, html in pages(outputs, code):
            found, source = seen(html), wanted[path]
            place = f"{attack!r} in {code}/{path}"
            extra = found.elements - source.elements
            assert not extra.keys() - PROSE, place
            assert found.comments == source.comments, place
            assert found.controls == source.controls, place
            odd = {
                (element, name)
                for element, name in found.attributes - source.attributes
                if (element, name) not in {("span", "lang"), ("span", "dir")}
            }
            assert not odd, place
            for link in found.links - source.links:
                assert "evil" not in re.split("[?#]", link)[0], place  # words to post stand behind
                assert not re.match(r"\s*(?:javascript|data|vbscript):", link, re.IGNORECASE), place
                assert not re.match(r"[/\\]{2}", link), place
            for words in found.words:
                assert not TURNING.search(words), place
                isolates = sum(map(words.count, "\u2066\u2067\u2068"))
                assert isolates == words.count("\u2069"), place
                assert str(7331 * 7) not in words, place


def test_no_attack_reaches_what_is_no_page(built):
    outputs, *_ = built
    obeyed = [o for o in outputs if o.path.rpartition(".")[2] in {"js", "svg", "xml", "txt"}]
    assert len(obeyed) > 4
    for output in obeyed:
        assert b"evil" not in output.content, output.path
        assert b"alert(1)" not in output.content, output.path


def test_what_was_not_shown_is_told_with_file_and_line(built):
    """Each text whose translation may not be shown has a warning on the line of its ``msgstr``."""
    _, notes, domains, shift, root = built
    told = {(d.span.path, d.span.line): d.severity for d in notes}
    for code in LANGUAGES:
        for domain in ("visit", "site", "mati"):
            path = f"locales/{code}/{domain}.po"
            made = read_po(Source(path, (root / path).read_text("utf-8")), Notebook())
            for unit in domains[domain]:
                found = made.find(unit.context, unit.msgid)
                if found is not None and any(faults(unit.msgid, found.string, rich=unit.rich)):
                    assert told[path, found.string_line] is Severity.WARNING, (path, unit, shift)


def test_no_sentence_of_a_command_obeys_an_attack(tmp_path):
    domains = project(tmp_path, LANGUAGES)
    for attack in ATTACKS:
        for shape in SHAPES:
            write(
                tmp_path,
                "km",
                {"mati-cli": domains["mati-cli"]},
                lambda _, unit, shape=shape, attack=attack: shape.replace(
                    "{attack}", attack
                ).replace("{source}", unit.msgid),
            )
            path = tmp_path / "locales" / "km" / "mati-cli.po"
            notes = Notebook()
            catalog = read_po(Source(path.name, path.read_text("utf-8", "replace")), notes)
            speak = translator(catalog)
            for unit in domains["mati-cli"]:
                said = speak(unit.msgid)
                assert said == unit.msgid or not TURNING.search(said), attack
                assert "__class__" not in said
