"""A project in, everything that is to be translated in it, and the catalogues so far, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel.languages import get_official_languages

import mati
from mati.build import forms
from mati.build import plain as plain_pages
from mati.catalog import Catalog, Message, decode_po, read_po
from mati.diagnostics import Notebook
from mati.merge import Unit, from_codes, from_python, from_templates, of_node, united
from mati.project import Project, open_project
from mati.reader import decode
from mati.settings import close_to
from mati.wording import kept_words
from mati.writer import SHARED

__all__ = [
    "OWN",
    "OWN_COMMANDS",
    "SITE",
    "Work",
    "catalog_of",
    "each",
    "held",
    "kept_by_authors",
    "strays",
    "work_of",
]

_OURS = (
    "mati/cli/**/*.py",
    "mati/devserver/*.py",
    "mati/formservice/*.py",
    "mati/followups/notices.py",
    "mati/diagnostics/*.py",
)
"""Where the sentences of the commands stand."""
_PAGES = (
    "templates/**/*.html",
    "mati/questions/*/*.html",
    "mati/blocks/*/*.html",
    "mati/boards/*/*.html",
)
_PAGES_IN_CODE = (
    "mati/render/*.py",
    "mati/build/*.py",
    "mati/report/*.py",
    "mati/pages.py",
    "mati/questions/*/*.py",
)
"""Where the words of pages and of scripts stand: a script is given its words by a page."""
_SENTENCES = "mati/diagnostics/sentences/"
OWN, OWN_COMMANDS, SITE = "mati", "mati-cli", "site"
_OWN_DOMAINS = (OWN, OWN_COMMANDS)
_FIRST = "en"
"""What Mati's own words are written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be translated: the languages wanted, and the texts of each domain.

    ``name`` is the project's. Not every domain is wanted in every language: see ``wants``.
    """

    languages: tuple[str, ...]
    domains: Mapping[str, tuple[Unit, ...]]
    name: str
    sources: Mapping[str, str] = field(default_factory=dict)
    """Domain -> the language it is written in."""
    spoken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Domain -> the languages it is to be translated into."""
    shipped: Mapping[str, Mapping[tuple[str, str], Message]] = field(default_factory=dict)
    """Language -> Mati's own words in it, that need no translating; of the repository none."""
    ours: tuple[Unit, ...] = ()
    """All of Mati's own words, for languages in which they do not come with it."""

    @property
    def written(self) -> frozenset[str]:
        """The languages that the project's own words are written in."""
        return frozenset(c for domain, c in self.sources.items() if domain not in _OWN_DOMAINS)

    def units(self, domain: str, language: str) -> tuple[Unit, ...]:
        """Return the texts of a domain that are to be translated into a language.

        Of Mati's own words those that do not come with it.
        """
        own = self.domains[domain]
        if domain != OWN or not (self.shipped or self.ours):
            return own
        there = self.shipped.get(language)
        if there is not None:
            return tuple(unit for unit in own if (unit.context, unit.msgid) not in there)
        return united((*own, *self.ours))

    def translates(self, domain: str, language: str) -> bool:
        """Tell whether anything of a domain can be translated into a language."""
        source = self.sources.get(domain, "")
        own = domain in _OWN_DOMAINS  # there is one English for all of its countries
        other = (language.partition("-")[0] if own else language) != source
        return other and bool(self.units(domain, language))

    def wants(self, root: Path, language: str) -> Iterator[str]:
        """Go through the domains of a language: those asked for, those begun, of a new one all."""
        new = language not in self.languages
        for domain in self.domains:
            begun = (root / f"locales/{language}/{domain}.po").is_file()
            left = begun and domain == SITE and self.sources.get(domain) != language
            if not (self.translates(domain, language) or left):  # what is left will be gone
                continue
            if new or begun or language in self.spoken.get(domain, self.languages):
                yield domain


def _texts(root: Path, patterns: Iterable[str], notes: Notebook) -> dict[str, str]:
    """Return the texts of files by their paths; one that cannot be read is noted."""
    found = {}
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        name = path.relative_to(root).as_posix()
        source = decode(name, path.read_bytes(), notes)
        if source is not None:
            found[name] = source.text
    return found


_PLACE = Path(mati.__file__).parent.parent
"""The folder in which ``mati/`` is called so: the repository, or where packages are installed."""


def _words_of_pages(root: Path, shared: Path, notes: Notebook) -> tuple[Unit, ...]:
    """Return all words that Mati puts on pages itself; ``shared`` holds its page layouts."""
    layouts = _texts(shared, _PAGES[:1], notes)
    pages = from_templates({**layouts, **_texts(root, _PAGES[1:], notes)}, notes)
    return united((*pages, *from_python(_texts(root, _PAGES_IN_CODE, notes), notes)))


def _own_domains(root: Path, notes: Notebook) -> dict[str, tuple[Unit, ...]]:
    """Return Mati's own two domains, in its repository; of a project what it adds to them."""
    if (root / _SENTENCES).is_dir():
        sentences = from_python(_texts(root, _OURS, notes), notes)
        ours = united((*sentences, *from_codes(_SENTENCES)))
        return {OWN: _words_of_pages(root, root, notes), OWN_COMMANDS: ours}
    return {OWN: from_templates(_texts(root, _PAGES[:1], notes), notes)}


def work_of(root: Path, notes: Notebook, also: str = "") -> Work:
    """Read the project: what has words, and which languages are wanted; ``also`` is a new one."""
    project = open_project(root, notes)
    surveys = forms.read(project, "", notes)
    plain = plain_pages.read(project, notes)
    words = plain_pages.read_reports(project, surveys, notes)
    domains = {name: of_node(survey) for name, survey in surveys.items()}
    texts = (*surveys.values(), *plain.values(), *words.values())
    domains[SITE] = of_node((project.settings, *texts), site=True)
    sources = {name: survey.language for name, survey in surveys.items()}
    spoken = {name: frozenset(survey.languages) for name, survey in surveys.items()}
    every = frozenset(project.settings.languages).union(*spoken.values())
    sources[SITE] = _first(project, sources.values())
    spoken[SITE] = every
    work = Work(
        languages=(),
        domains=domains,
        name=project.settings.name.source if project.settings.name else root.name,
        sources=sources,
        spoken=spoken,
    )
    return _with_own_words(work, root, every, also, notes)


def _first(project: Project, sources: Iterable[str]) -> str:
    """Return the language in which the words of the whole project are written."""
    settings, written = project.settings, tuple(dict.fromkeys(sources))
    named = (settings.defaults.lang, *settings.languages)
    return next((code for code in (*written[:1], *named) if code), _FIRST)


def _with_own_words(
    work: Work, root: Path, every: frozenset[str], also: str, notes: Notebook
) -> Work:
    """Add Mati's own words, and settle which languages there are to translate into."""
    own = _own_domains(root, notes)
    repository = OWN_COMMANDS in own
    domains = {**work.domains, **own}
    sources = {**work.sources, **dict.fromkeys(own, _FIRST)}
    spoken = {**work.spoken, **dict.fromkeys(own, every)}
    begun = {path.name for path in root.glob("locales/*") if path.is_dir()}
    shipped: dict[str, Mapping[tuple[str, str], Message]] = {}
    ours: tuple[Unit, ...] = ()
    if not repository:
        for path in sorted((SHARED / "locales").glob(f"*/{OWN}.po")):
            shipped[path.parent.name] = _shipped(path)
        if {*every, *begun, also} - {"", _FIRST, *shipped}:
            ours = _words_of_pages(_PLACE, SHARED, Notebook())
    made = replace(
        work, domains=domains, sources=sources, spoken=spoken, shipped=shipped, ours=ours
    )
    wanted = {
        code for domain, codes in spoken.items() for code in codes if made.translates(domain, code)
    }
    return replace(made, languages=tuple(sorted(wanted)))


def _shipped(path: Path) -> Mapping[tuple[str, str], Message]:
    return read_po(decode_po(path.name, path.read_bytes(), Notebook()), Notebook()).messages


def kept_by_authors(root: Path) -> frozenset[str]:
    """Return the words that surveys, pages and settings ask to leave as they are spelled.

    They hold for all files: in translations they stand as sources, too, which must not change
    unless the survey does.
    """
    found: set[str] = set()
    for place in (*root.glob("content/**/*.md"), root / "mati.yaml"):
        with suppress(OSError):  # what cannot be read asks for nothing here
            found |= kept_words(place.name, place.read_bytes().decode("utf-8", "replace"))
    return frozenset(found)


def held(root: Path, path: str) -> bytes | None:
    """Return what a file holds, None where there is none."""
    place = root / path
    return place.read_bytes() if place.is_file() else None


def catalog_of(path: str, data: bytes | None, language: str, notes: Notebook) -> Catalog:
    """Return the catalogue that a file holds, an empty one where there is no file."""
    if data is None:
        return Catalog(language=language, path=path)
    return read_po(decode_po(path, data, notes), notes)


def strays(root: Path, work: Work) -> Iterator[tuple[str, str]]:
    """Go through the .po files that nobody reads: each with the path most likely meant, or ""."""
    read = {f"locales/{code}/{d}.po" for code in work.languages for d in work.wants(root, code)}
    spoken = {*work.languages, *work.written}
    read |= {f"locales/{code}/{domain}.po" for code in spoken for domain in _OWN_DOMAINS}
    for place in sorted((root / "locales").glob("**/*.po")):
        path = place.relative_to(root).as_posix()
        if path not in read:
            folder = place.parent.name
            country = get_official_languages(folder.upper())  # kh for km, la for lo
            code = next((one for one in (folder, *country) if one in work.languages), "")
            domain = close_to(place.stem, tuple(work.domains))
            offer = f"locales/{code}/{domain}.po"
            yield path, offer if offer in read else ""


def each(root: Path, work: Work, wanted: str, notes: Notebook) -> Iterator[tuple[str, Catalog]]:
    """Go through the catalogues of one language, or of all, each with its domain."""
    for language in (wanted,) if wanted else work.languages:
        for domain in work.wants(root, language):
            path = f"locales/{language}/{domain}.po"
            yield domain, catalog_of(path, held(root, path), language, notes)
