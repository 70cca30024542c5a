"""A folder in, the project in it out: settings, survey texts, catalogues, templates.

Reads the author's and the translators' files, never an answer. Whatever is wrong with a name,
a link or a file becomes a diagnostic; nothing raises for a person's mistake.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import mati
import mati.blocks
import mati.boards
import mati.questions
from mati import settings as project_settings
from mati.catalog import Catalog, decode_po, read_po
from mati.diagnostics import Code, Notebook, Severity, Source, Span
from mati.localise import pseudo_catalog
from mati.model import ProjectSettings
from mati.project.folder import (
    LARGEST,
    bytes_of,
    forget,
    names_in,
    shown,
    size_of,
    stays_inside,
    template_text,
    text_of,
)
from mati.project.naming import CONTENT, ENDINGS, name_is_good, suggestion
from mati.reader import decode
from mati.settings import close_to
from mati.uploads import check as check_publish

__all__ = ["Project", "name_is_good", "open_project"]

_PACKAGE = Path(mati.__file__).parent
_SHARED = _PACKAGE / "shared" if (_PACKAGE / "shared").is_dir() else _PACKAGE.parent
"""Mati's own templates and catalogues: inside the package of a wheel, else the repository."""

_SHELVES = {"questions": mati.questions, "blocks": mati.blocks, "boards": mati.boards}
"""Where templates stand that belong to one thing on a shelf."""
_PAGES, _REPORTS = f"{CONTENT}/pages", f"{CONTENT}/reports"
_MADE = frozenset({".gitignore", "collect.json", "reports"})
"""What a build itself may leave in ``private/``."""
_README = "readme.md"
_ALIKE = re.compile(r"mati\.ya?ml(\.[a-z]+)?|mati\.(txt|md)")
"""What editors and people make of the name ``mati.yaml``."""
_DOCUMENTS = frozenset({"doc", "docx", "odt", "rtf", "pages", "txt", "html", "htm", "pdf"})
"""Endings of what people write texts with, and Mati does not read."""
_TEMPLATES = frozenset({".html", ".css", ".js"})
_HEAVY = 300_000
"""Bytes of a picture for which people on a weak line wait too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project folder, opened.

    ``sources`` are the surveys' texts by file name; a survey's name is its file's stem.
    """

    root: Path
    settings: ProjectSettings
    sources: tuple[Source, ...] = ()
    pages: tuple[Source, ...] = ()
    """Texts of the plain pages, as ``sources`` are those of surveys."""
    reports: tuple[Source, ...] = ()
    """Words around reports; each has the name of its survey."""
    locks: Mapping[str, Source] = field(default_factory=dict)
    """What was released of the surveys, by their names."""
    has_private: bool = False
    """Whether ``private/`` is here, with more in it than builds leave there: reports are built
    only where it is."""
    invented: bool = False
    """Whether answers are made up although there may be real ones, which others must not see."""
    pseudo: tuple[str, ...] = ()
    """Made-up languages to speak besides the sources, in place of those that are translated."""
    known: Mapping[str, Container[tuple[str, str]]] = field(default_factory=dict, repr=False)
    """By domain what translators are asked for, where made-up languages shall know no more."""
    _read: dict[tuple[str, str], Catalog | None] = field(default_factory=dict, repr=False)

    @property
    def answers(self) -> Path:
        """Where ``private/`` with the answers is; a folder without any where all is invented."""
        return self.root / ".mati" / "nobody" if self.invented else self.root

    def template(self, name: str) -> str | None:
        """Return a template's text by name (``questions/choice/form.html``), None without one.

        The project's own comes first, then the folder of the kind or block, then Mati's.
        """
        if not stays_inside(name):
            return None
        for place, base in self._places(name):
            text = template_text(place, base)
            if text is not None:
                return text
        return None

    def _places(self, name: str) -> Iterator[tuple[Path, Path]]:
        """Go through where ``name`` may stand, each with the folder it must not leave."""
        yield self.root / "templates" / name, self.root
        shelf, _, rest = name.partition("/")
        for folder in _SHELVES[shelf].__path__ if shelf in _SHELVES else ():
            yield Path(folder) / rest, Path(folder)
        yield _SHARED / "templates" / name, _SHARED

    def picture(self, path: str, span: Span, notes: Notebook) -> bytes | None:
        """Return what a picture holds that an author names at ``span``; None when notes say why.

        ``path`` is that of the project; a name composed in another way is the same name.
        """
        folder, _, name = path.rpartition("/")
        known = names_in(self.root, folder, notes)
        same = {unicodedata.normalize("NFC", entry): entry for entry in known}
        if name not in same:
            offer = close_to(name, tuple(n for n in same if not n.lower().endswith(ENDINGS)))
            notes.note(Code.IMAGE_MISSING, span, name=path, offer=offer)
            return None
        found = f"{folder}/{same[name]}"
        size = size_of(self.root / found)
        if size > _HEAVY:
            level = Severity.ERROR if size > LARGEST else None
            kilobytes, most = round(size / 1000), _HEAVY // 1000
            notes.note(
                Code.IMAGE_TOO_HEAVY, span, severity=level, name=path, size=kilobytes, most=most
            )
        return None if size > LARGEST else bytes_of(self.root, found, notes, span)

    def survey_catalog(self, survey: str, language: str, notes: Notebook) -> Catalog | None:
        """Return the translation of a survey; None, with a warning, where there is none.

        Read anew each time: of a thousand surveys only one catalogue need be in memory.
        """
        path = f"locales/{language}/{survey}.po"
        if language in self.pseudo:
            return pseudo_catalog(language, path, self.known.get(survey))
        found = _read_catalog(self.root, path, notes)
        if found is None and not (self.root / path).exists():
            span = Span(path)  # one for each language
            notes.note(Code.NO_TRANSLATION, span, survey=survey, language=language, path=path)
        return found

    def site_catalog(self, language: str, notes: Notebook) -> Catalog | None:
        """Return the translation of the project's own words (``site.po``), None without one."""
        return self._kept(language, "site", notes)

    def mati_catalog(self, language: str, notes: Notebook, domain: str = "mati") -> Catalog | None:
        """Return Mati's own words, each message of the project's ``mati.po`` before ours."""
        return self._kept(language, domain, notes)

    def _kept(self, language: str, domain: str, notes: Notebook) -> Catalog | None:
        """Return a catalogue that many pages share, read once."""
        key, path = (language, domain), f"locales/{language}/{domain}.po"
        if language in self.pseudo:
            return pseudo_catalog(language, path, self.known.get(domain))
        if key not in self._read:
            own = _read_catalog(self.root, path, notes)
            if domain != "site" and self.root.resolve() != _SHARED.resolve():
                # of two files with one path only the project's lines are quoted
                heard = notes if own is None else Notebook()
                own = _laid_over(own, _read_catalog(_SHARED, path, heard))
            self._read[key] = own
        return self._read[key]


def _laid_over(own: Catalog | None, ours: Catalog | None) -> Catalog | None:
    """Return ``ours`` with the messages that the project translated itself in their place."""
    if own is None or ours is None:
        return own or ours
    wanted = {key: message for key, message in own.messages.items() if message.string}
    return replace(ours, messages={**ours.messages, **wanted})


def _read_catalog(root: Path, path: str, notes: Notebook) -> Catalog | None:
    """Read one .po file; None where there is none or it cannot be read (that is noted)."""
    if not os.path.lexists(root / path):
        return None
    data = bytes_of(root, path, notes)
    if data is None:
        return None
    # What cannot be read, or must not be shown, costs only the message it stands in; so only a
    # file that can hold none is judged as a whole.
    whole = b"msgid" in data
    source = decode_po(path, data, notes) if whole else decode(path, data, notes)
    return read_po(source, notes) if source is not None else None


def _texts(root: Path, folder: str, taken: Collection[str], notes: Notebook) -> Iterator[Source]:
    """Read every text of a folder; none may have a name that is ``taken``.

    Names that begin with ``.#`` or ``._`` are an editor's, not a person's.
    """
    names = [n for n in names_in(root, folder, notes) if n.lower().endswith(ENDINGS)]
    names = [n for n in names if not n.startswith((".#", "._"))]
    stray = _check_strays(root, folder, notes, others=bool(names))
    if not names and folder == CONTENT and not stray:
        notes.note(Code.NO_SURVEYS, Span(folder))
    for name in names:
        path = f"{folder}/{shown(name)}"
        if (root / folder / name).is_dir():
            notes.note(Code.NOT_A_FILE, Span(path), name=path)
        elif name_is_good(name, taken, notes, folder=folder):
            source = text_of(root, path, notes)
            if source is not None:
                yield source


def _reports(root: Path, sources: Sequence[Source], notes: Notebook) -> Iterator[Source]:
    """Read the words around reports; each must have the name of a survey."""
    names = [source.name for source in sources]
    for source in _texts(root, _REPORTS, (), notes):
        if source.name in names:
            yield source
        else:
            offer = close_to(source.name, tuple(names)) or next(iter(names), "visit")
            notes.note(Code.REPORT_WITHOUT_SURVEY, Span(source.path), name=source.name, offer=offer)


def _check_strays(root: Path, folder: str, notes: Notebook, *, others: bool) -> bool:
    """Say which texts lie where none is looked for, or are no Markdown; tell whether any does.

    Where there are no ``others``, one of them is most likely the survey.
    """
    level, found = Severity.WARNING if others else Severity.ERROR, False
    for name in names_in(root, folder, notes):
        path, place = f"{folder}/{shown(name)}", root / folder / name
        stem, dot, ending = name.rpartition(".")
        if name.startswith(".") or path in (_PAGES, _REPORTS):
            continue
        if place.is_dir():
            inside = (n for n in names_in(root, path, Notebook()) if n.lower().endswith(".md"))
            for each in inside:
                if each.lower() != _README:
                    found, span = True, Span(f"{path}/{shown(each)}")
                    better = f"{folder}/{shown(each)}"
                    notes.note(
                        Code.TEXT_IN_FOLDER, span, severity=level, name=span.path, better=better
                    )
        elif dot and ending.lower() in _DOCUMENTS and not name.lower().endswith(ENDINGS):
            found, better = True, f"{suggestion(stem, 'survey')}.md"
            notes.note(
                Code.NOT_MARKDOWN, Span(path), severity=level, name=shown(name), better=better
            )
    return found


def _locks(root: Path, sources: Iterable[Source], notes: Notebook) -> Iterator[tuple[str, Source]]:
    """Read what was released of each survey; of one that is gone it is said."""
    surveys = {source.path.removesuffix(".md") for source in sources}
    for name in names_in(root, "content", notes):
        path = f"content/{shown(name)}"
        stem = path.removesuffix(".lock")
        if stem == path or name.startswith("."):
            continue
        if stem in surveys:
            source = text_of(root, path, notes)
            if source is not None:
                yield stem.rpartition("/")[2], source
        elif not (root / f"{stem}.md").exists():
            notes.note(Code.LOCK_WITHOUT_SURVEY, Span(path), name=stem.rpartition("/")[2])


def _check_templates(root: Path, notes: Notebook) -> None:
    """Note templates of the project that cannot be used: unreadable, not text, or leading outside.

    Else Mati's own would stand in for them without a word.
    """
    if not names_in(root, "templates", notes):
        return
    for folder, folders, files in os.walk(root / "templates"):
        for name in sorted((*folders, *files)):
            place = Path(folder, name)
            path = place.relative_to(root).as_posix()
            try:
                leads_out = not place.resolve().is_relative_to(root.resolve())
            except OSError:
                leads_out = True
            if leads_out:
                notes.note(Code.LINK_LEADS_OUTSIDE, Span(path), name=path)
            elif not os.access(place, os.R_OK):
                notes.note(Code.FILE_UNREADABLE, Span(path), name=path, reason="?")
            elif place.suffix in _TEMPLATES and place.is_file():
                text_of(root, path, notes)


def _check_apart(root: Path, notes: Notebook) -> None:
    """Insist that what is private and what is public lie beside each other, links followed."""
    site, private = root / "site", root / "private"
    if site.exists() and not site.is_dir():
        notes.note(Code.OUTPUT_IN_THE_WAY, Span("site"), path="site")
        return
    real_site, real_private = site.resolve(), private.resolve()
    for entry in names_in(root, "site", notes):
        if entry.casefold() == "private" and (site / entry).is_dir():
            path = f"site/{entry}"
            notes.note(Code.PRIVATE_IN_SITE, Span(path), name=path)
    if real_private.is_relative_to(real_site):
        notes.note(Code.PRIVATE_IN_SITE, Span("private"), name="private")
    elif real_site.is_relative_to(real_private):
        notes.note(Code.SITE_IN_PRIVATE, Span("site"), name="site")
    elif not real_private.is_relative_to(root.resolve()):
        notes.note(Code.LINK_LEADS_OUTSIDE, Span("private"), name="private")


def _zone(name: str) -> ZoneInfo | None:
    """Look up a timezone in the system's list; None where there is none of this name."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return None


def _check_alike(root: Path, notes: Notebook) -> None:
    """Say that a file was surely meant to be ``mati.yaml``, as ``mati.yml`` is."""
    for name in names_in(root, ".", notes):
        if _ALIKE.fullmatch(name.lower()):
            notes.note(Code.NO_PROJECT_FILE, Span("mati.yaml"), offer=shown(name))


def open_project(root: Path, notes: Notebook) -> Project:
    """Open the project in ``root``: everything but answers is found, mistakes go to ``notes``."""
    forget()
    there = os.path.lexists(root / "mati.yaml")
    yaml = text_of(root, "mati.yaml", notes) if there else None
    settings = project_settings.read_project(yaml or Source("mati.yaml", ""), notes, zone=_zone)
    if yaml is None:
        settings = replace(settings, missing=not there, broken=there)
    if settings.publish is not None:
        check_publish(settings.publish, notes, settings.host)
    if settings.missing:
        _check_alike(root, notes)
    folders = (n for n in names_in(root, "locales", notes) if (root / "locales" / n).is_dir())
    taken = {*settings.languages, *folders}
    sources = tuple(_texts(root, CONTENT, taken, notes))
    locks = dict(_locks(root, sources, notes))
    taken |= {source.name for source in sources}
    pages = tuple(_texts(root, _PAGES, taken, notes))
    reports = tuple(_reports(root, sources, notes))
    _check_templates(root, notes)
    _check_apart(root, notes)
    has_private = not _MADE.issuperset(names_in(root, "private", Notebook()))
    return Project(
        root=root,
        settings=settings,
        sources=sources,
        pages=pages,
        reports=reports,
        locks=locks,
        has_private=has_private,
    )
