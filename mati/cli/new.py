"""The commands that begin something: ``new FOLDER`` a project, ``new survey NAME`` a survey."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, chosen_language, show
from mati.diagnostics import Diagnostic, Notebook, Severity, Source

if TYPE_CHECKING:
    from mati.catalog import Message
    from mati.model import ProjectSettings, Survey
    from mati.project import Project

__all__ = ["commands"]

_FIRST = ("en", "km", "lo")
"""Languages that the starters are written in."""
_ZONES = {"km": "Asia/Phnom_Penh", "lo": "Asia/Vientiane"}
_PAGES = "content/pages/"
_IGNORED = "/site/\n/private/\n/hosting/\n/.mati/\n"
_BUILD = '''"""The command mati: alone it builds the site, with arguments it is the command."""

try:
    from mati.cli import main
except ModuleNotFoundError:
    raise SystemExit("Mati is missing. Type: python -m pip install mati-survey") from None

main()
'''

Files = dict[str, str]
"""Text by path below the project's folder."""


def _is_error(note: Diagnostic) -> bool:
    return note.severity is Severity.ERROR


def _spoken() -> str:
    """Return the user's language where the starters speak it, else English."""
    return next((code for code in chosen_language(os.environ) if code in _FIRST), "en")


def _zone(language: str) -> str:
    """Return the timezone this computer is set to, else the one where the language is spoken."""
    from babel.localtime import get_localzone

    try:
        place = str(getattr(get_localzone(), "key", ""))
    except LookupError:  # a computer that names a zone which nobody knows
        place = ""
    known = "/" in place and not place.startswith("Etc/")
    return place if known else _ZONES.get(language, "UTC")


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write new files; one that stands already raises ``FileExistsError``."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _read(name: str, text: str, settings: ProjectSettings) -> Survey:
    from mati.reader import read

    found = read(Source(f"content/{name}.md", text), settings, Notebook())
    if found is None:
        raise click.UsageError(_("The survey to begin from is empty."))
    return found


def _from_starter(
    like: str, name: str, language: str, others: Sequence[str], settings: ProjectSettings
) -> Files:
    """Return a survey begun from a starter, and its translations into ``others``."""
    from mati import starters
    from mati.merge import paired, write_po

    known = starters.languages(like)
    source = language if language in known else "en"
    text = starters.text(like, source)
    survey, found = _read(name, text, settings), {f"content/{name}.md": text}
    for code in dict.fromkeys(others):
        if code in known and code != source:
            entries = paired(survey, _read(name, starters.text(like, code), settings))
            found[f"locales/{code}/{name}.po"] = write_po(_head(code, settings), entries, ())
    return found


def _head(code: str, settings: ProjectSettings) -> Message:
    from mati.merge import head_of

    head = head_of(code, settings.name.source if settings.name else "")
    remarks = "# Begun from a starter of Mati, not yet reviewed by a native speaker.\n#\n"
    return head._replace(remarks=remarks)


def _from_survey(project: Project, like: Source, name: str) -> Files:
    """Return a survey begun from another one of the project, with that one's translations."""
    from mati.catalog import decode_po, read_po
    from mati.merge import head_of, renamed, write_po

    survey = _read(name, like.text, project.settings)
    found, old = {f"content/{name}.md": like.text}, like.name
    for path in sorted(project.root.glob(f"locales/*/{old}.po")):
        code, notes = path.parent.name, Notebook()
        catalog = read_po(decode_po(path.name, path.read_bytes(), notes), notes)
        head = catalog.head or head_of(code, name)
        found[f"locales/{code}/{name}.po"] = write_po(head, renamed(survey, catalog, old), ())
    return found


def _offered() -> Iterator[str]:
    """Yield a line for each starter: its name and its title."""
    from mati import starters

    for name in starters.names():
        title = re.sub(r"\{\{[^|}]*\|?([^}]*)\}\}", r"\1", starters.title(name, _spoken()))
        yield f"  {name:<18} {title}"


def _check_like(like: str, known: Sequence[str]) -> None:
    """Refuse a starter that does not exist; without one say what there is."""
    if like in known:
        return
    from mati.settings import close_to

    lines = "\n".join(_offered())
    if not like:
        text = _("Say how the survey is called and what it begins from: NAME --like STARTER.")
        text += " " + _("There are:")
        raise click.UsageError(text + "\n\n" + lines)
    close = close_to(like, tuple(known))
    text = _("There is no starter called '{name}'.").format(name=like)
    meant = " " + _("Did you mean '{name}'?").format(name=close) if close else ""
    text = f"{text}{meant} " + _("There are:")
    raise click.UsageError(text + "\n\n" + lines)


class _New(click.Group):
    """``new FOLDER`` makes a project; what is no command of the group is a folder."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, and what is left for it."""
        if args and args[0] not in self.commands:
            return super().resolve_command(ctx, ["project", *args])
        return super().resolve_command(ctx, args)


@click.group(
    cls=_New,
    short_help=_("Begin a project or a survey."),
    help=_(
        "Begin a project in a new folder, or a survey from a starter.\n\n"
        'Example: mati new myshop --name "Sokha Coffee"\n\n'
        "Example: mati new survey visit --like customer-service"
    ),
    subcommand_metavar="FOLDER | survey NAME",
    no_args_is_help=True,
)
def new() -> None:
    """Hold the commands that begin something together."""


def _code(_context: click.Context, _option: click.Parameter, value: str) -> str:
    from mati.model import is_language

    for part in filter(None, re.split(r"[ ,]+", value)):
        if not is_language(part):
            text = _("'{text}' is no language code. Write for example: km, lo, fr, pt-BR")
            raise click.BadParameter(text.format(text=part))
    return value


@new.command(
    short_help=_("Begin a survey from a starter or from another survey."),
    help=_(
        "Begin a survey from a starter or from another survey of the project. Its translations "
        "come with it.\n\nExample: mati new survey visit --like customer-service"
    ),
)
@click.argument("name", metavar=_("NAME"), default="")
@click.option("--like", default="", metavar=_("STARTER"), help=_("What to begin from."))
@click.option("--lang", default="", metavar=_("LANGUAGE"), callback=_code, help=_("Its language."))
@click.pass_obj
def survey(shell: Shell, *, name: str, like: str, lang: str) -> int:
    """Write a survey and its translations."""
    from mati import starters
    from mati.project import name_is_good, open_project

    notes = Notebook()
    project = open_project(shell.root, notes)
    wrong = [note for note in notes if note.span.path == "mati.yaml" and _is_error(note)]
    own = {source.name: source for source in project.sources}
    _check_like(like if name else "", (*starters.names(), *own))
    if not any((shell.root / part).exists() for part in ("mati.yaml", "content")):
        text = _("Here is no project. Begin one: {command}").format(command=called("new FOLDER"))
        raise click.UsageError(text)
    settings, checked = project.settings, Notebook()
    name = name.removesuffix(".md")
    pages = {source.name for source in project.pages}
    spoken = {path.name for path in shell.root.glob("locales/*")}
    if wrong or not name_is_good(f"{name}.md", {*settings.languages, *spoken, *pages}, checked):
        show(wrong or checked)
        return 1
    language = lang or (*settings.languages, _spoken())[0]
    if like in own and not lang:
        files = _from_survey(project, own[like], name)
    elif like in starters.names():
        files = _from_starter(like, name, language, settings.languages, settings)
    else:
        raise click.UsageError(_("A survey of your own is copied as it is: leave --lang out."))
    taken = [path for path in files if os.path.lexists(shell.root / path)]
    # Translations of another survey that once had this name would be taken for this one's.
    old = sorted(shell.root.glob(f"locales/*/{name}.po"))
    if old and f"content/{name}.md" not in taken:
        text = _(
            "'{path}' is left from another survey called '{name}'. Delete it, or choose another "
            "name. Nothing was written."
        )
        path = old[0].relative_to(shell.root).as_posix()
        click.echo(text.format(path=path, name=name), err=True)
        return 1
    if taken:
        text = _("'{path}' is there already; nothing was written.")
        click.echo(text.format(path=taken[0]), err=True)
        return 1
    _write(shell.root, files)
    for path in files:
        click.echo(_("New: {path}").format(path=path))
    click.echo(_("To look at it: {command}").format(command=called("serve")))
    return 0


@new.command(
    short_help=_("Begin a project in a new folder."),
    help=_(
        "Begin a project in a new folder, with a first survey in your languages.\n\n"
        'Example: mati new project myshop --name "Sokha Coffee" --lang km'
    ),
)
@click.argument("folder", metavar=_("FOLDER"), type=click.Path(path_type=Path))
@click.option("--name", default="", metavar=_("NAME"), help=_("The shop's name."))
@click.option(
    "--lang",
    default="",
    metavar=_("LANGUAGE"),
    callback=_code,
    help=_("The language you write in; by default your computer's."),
)
@click.option(
    "--languages",
    default="",
    metavar=_("LANGUAGES"),
    callback=_code,
    help=_("All languages of the site, such as km,en; by default km, lo and en."),
)
@click.option("--like", default="visit", metavar=_("STARTER"), help=_("What to begin from."))
def project(*, folder: Path, name: str, lang: str, languages: str, like: str) -> int:
    """Write the files of a new project."""
    from mati import starters

    _check_like(like, starters.names())
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        text = _("'{path}' is there already and not empty. Name a new folder.")
        click.echo(text.format(path=folder), err=True)
        return 1
    source = lang or _spoken()
    wanted = [code for code in re.split(r"[ ,]+", languages) if code] or list(_FIRST)
    files = _project(name or folder.absolute().name, source, [source, *wanted], like)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, files)
    click.echo(_("New: {path}").format(path=folder))
    click.echo(_("Its first survey: {path}").format(path=folder / "content" / f"{like}.md"))
    click.echo(_("To look at it: {command}").format(command=_serving(folder)))
    return 0


def _serving(folder: Path) -> str:
    """Return what to type for a preview: in the folder, or here where Mati is not installed."""
    if folder.absolute() == Path.cwd():
        return called("serve")
    here = called(f'--project "{folder}" serve')
    return here if "build.py" in here else f'cd "{folder}" && mati serve'


def _project(name: str, source: str, codes: Sequence[str], like: str) -> Files:
    """Return the files of a new project: settings, a first survey, its translations."""
    import json

    from mati import starters
    from mati.settings import read_project

    languages = tuple(dict.fromkeys(codes))
    values = {
        "name": json.dumps(name, ensure_ascii=False),  # a string of JSON is one of YAML, too
        "timezone": _zone(source),
        "languages": ", ".join(languages),
        "survey": like,
    }
    files = {".gitignore": _IGNORED, "build.py": _BUILD}
    for path, text in starters.project_files(source).items():
        given = {**values, "name": name} if path.endswith(".md") else values
        pieces = re.split(r"\{([a-z]+)\}", text)
        pieces[1::2] = [given[piece] for piece in pieces[1::2]]
        files[path] = "".join(pieces)
    settings = read_project(Source("mati.yaml", files["mati.yaml"]), Notebook())
    site = _site(files, source, languages, settings)
    return {**files, **site, **_from_starter(like, like, source, languages, settings)}


def _site(files: Files, source: str, codes: Sequence[str], settings: ProjectSettings) -> Files:
    """Return the translations of the project's own words: its name stays, pages are written."""
    from mati import starters
    from mati.merge import paired, write_po
    from mati.reader import read_page

    def words(written: Files) -> tuple[object, ...]:
        pages = [(path, written[path]) for path in written if path.startswith(_PAGES)]
        return (settings, *(read_page(Source(*page), settings, Notebook()) for page in pages))

    own = source if source in _FIRST else "en"
    others = [code for code in codes if code in _FIRST and code != own]
    told = {code: words(starters.project_files(code)) for code in others}
    return {
        f"locales/{code}/site.po": write_po(
            _head(code, settings), paired(words(files), pages, site=True), ()
        )
        for code, pages in told.items()
    }


commands: tuple[click.Command, ...] = (new,)
