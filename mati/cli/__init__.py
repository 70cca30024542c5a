"""The command line: arguments in, words for people and an exit status out.

Exit status: 0 all is well, 1 something has to be mended (or a check found something), 2 the
command was called in a wrong way, 70 a fault in Mati itself (``EX_SOFTWARE`` of sysexits.h; its
details are saved, without any answers), 130 stopped with Ctrl-C, 141 the reader of a pipe left.

Every module of this package offers ``commands: tuple[click.Command, ...]``. A command returns
its exit status, or None for 0. Heavy imports stand inside the commands, so that help is quick.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import pkgutil
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from mati import window

try:
    import click
except ModuleNotFoundError:  # a person who runs build.py with a bare Python sees no traceback
    _NEEDED = (
        "Mati needs a few packages. In a copy of its repository, type: make\n"
        "Elsewhere: python -m pip install mati-survey\n"
        "កម្មវិធីមតិត្រូវការកញ្ចប់បន្ថែម។ សូមវាយ៖ python -m pip install mati-survey\n"
        "ໂປຣແກຣມມະຕິຕ້ອງການແພັກເກດເພີ່ມ. ໃຫ້ພິມ: python -m pip install mati-survey"
    )
    window.missing(_NEEDED, "Enter ↵")

from mati import __version__
from mati.cli.borrowed import name_values, speak
from mati.diagnostics import Diagnostic, Notebook, Source, human, json_record
from mati.width import cells

if TYPE_CHECKING:
    from mati.catalog import Catalog
    from mati.project import Project

__all__ = [
    "Commands",
    "Shell",
    "_",
    "called",
    "chosen_language",
    "complain",
    "find_root",
    "in_words",
    "main",
    "message_language",
    "save",
    "say",
    "show",
    "speaking",
]

INTERNAL, STOPPED, BROKEN_PIPE = 70, 130, 141
MADE_UP = ("en-XA", "ar-XB", "km-XA")
"""Languages nobody speaks, which show what no catalogue was asked for (``mati.localise``)."""


# --- The language of the messages ------------------------------------------------------------


def _windows_language() -> str:
    """Return the language of the Windows user interface; "" elsewhere."""
    import ctypes
    import locale

    libraries = getattr(ctypes, "windll", None)
    if libraries is None:
        return ""
    number: int = libraries.kernel32.GetUserDefaultUILanguage()
    name = locale.windows_locale.get(number, "")
    return name.replace("kh_", "km_")  # Python's table has the country in the language's place


def chosen_language(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages wanted for messages, best first; () means English.

    ``MATI_LANG``, then what GNU gettext asks: ``LANGUAGE`` (a list), ``LC_ALL``,
    ``LC_MESSAGES``, ``LANG``. The first one that is set decides.
    """
    for name in ("MATI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").strip()
        if value:
            break
    else:
        value = _windows_language()
    wanted: list[str] = []
    for entry in value.split(":"):
        code = entry.split(".")[0].split("@")[0].replace("-", "_")
        if code.replace("_", "-") in MADE_UP:
            wanted.append(code)
            continue
        if code in {"", "C", "POSIX"} or code.split("_")[0] == "en":
            break
        wanted.extend(dict.fromkeys((code, code.split("_")[0])))
    return tuple(wanted)


def _read_catalog(path: Path) -> Catalog | None:
    from mati.catalog import read_po

    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError):
        return None
    return read_po(Source(path.name, text), Notebook())


def _files_of(language: str, root: Path) -> tuple[Path, ...]:
    from mati.writer import SHARED

    folders = dict.fromkeys((root / "locales", SHARED / "locales"))
    return tuple(folder / language / "mati-cli.po" for folder in folders)


def _translated(language: str) -> bool:
    if language.replace("_", "-") in MADE_UP:
        return True
    return any(path.is_file() for path in _files_of(language, _root_of_arguments()))


@cache
def _translator(languages: tuple[str, ...], root: Path) -> Callable[[str], str]:
    """Return what speaks ``mati-cli`` in the first language there is: the project's own words
    first, then Mati's.
    """
    from mati.catalog import translator

    for language in languages:
        if (code := language.replace("_", "-")) in MADE_UP:
            from mati.localise import pseudo

            return lambda message: pseudo(message, code) or message
        found = [_read_catalog(path) for path in _files_of(language, root)]
        catalogs = tuple(catalog for catalog in found if catalog is not None)
        if catalogs:
            return translator(*catalogs)
    return translator()


@cache
def _root_of_arguments() -> Path:
    """Return the project folder that the arguments of this process name, for its own words."""
    rest = sys.argv[1:]
    for at, argument in enumerate(rest):
        if argument == "--project" and at + 1 < len(rest):
            return Path(rest[at + 1])
        if argument.startswith("--project="):
            return Path(argument.partition("=")[2])
    return find_root(Path.cwd())


def _(message: str) -> str:
    """Return a message of the commands in the user's language, itself when there is none."""
    languages = chosen_language(os.environ)
    return _translator(languages, _root_of_arguments())(message) if languages else message


def speaking(language: str) -> Callable[[str], str]:
    """Return what says a message of the commands in ``language``, itself when there is none."""
    return _translator((language,), _root_of_arguments())


def message_language() -> str:
    """Return the language that messages are shown in: ``en`` where there is none of the wanted."""
    return next(filter(_translated, chosen_language(os.environ)), "en")


speak(_)


# --- What every command is given -------------------------------------------------------------


def find_root(start: Path) -> Path:
    """Return the project folder: ``start`` or the nearest above it with mati.yaml or content/.

    Where there is none, the folder of a ``build.py`` that was double-clicked, else ``start``.
    """
    script = Path(sys.argv[0]).absolute().parent if sys.argv[0].endswith("build.py") else start
    for folder in (start, *start.parents, script):
        if (folder / "mati.yaml").is_file() or (folder / "content").is_dir():
            return folder
    return start


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What a command knows of the world: ``@click.pass_obj`` hands it over."""

    root: Path
    """The project's folder, absolute."""
    clicked: bool = False
    """Whether it was started by a double click: whoever did so types no commands."""

    @property
    def terminal(self) -> bool:
        """Whether a person watches: progress and calm words are for people only."""
        return sys.stdout.isatty()


def say(text: str, *, always: bool = False) -> None:
    """Tell a person at a terminal what was done; silent when piped, unless ``always``."""
    if always or sys.stdout.isatty():
        click.echo(text)


def called(name: str) -> str:
    """Return what to type for a command: the way this process was called.

    Under make the packages are in ``.venv`` only, and ``serve`` has a word of its own.
    """
    if os.environ.get("MAKELEVEL"):
        return "make serve" if name == "serve" else f".venv/bin/python build.py {name}"
    return f"python build.py {name}" if sys.argv[0].endswith("build.py") else f"mati {name}"


def surveys_named(project: Project, names: Collection[str]) -> tuple[Source, ...]:
    """Return the surveys of these names, all where none is named; refuse one that is not there."""
    known = [source.name for source in project.sources]
    for name in names:
        if name not in known:
            text = _("There is no survey called '{name}'. There are: {names}")
            raise click.UsageError(text.format(name=name, names=", ".join(known)))
    return tuple(source for source in project.sources if not names or source.name in names)


def in_words(message: str) -> str:
    """Return a sentence of a diagnostic in the user's language.

    Where it names the command ``mati``, it names it as it was called.
    """
    return _(message).replace("'mati ", f"'{called('')}")


def _coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


_COLOURS = {"ERROR": "red", "WARNING": "yellow", "NOTE": "cyan"}


def _human(found: Diagnostic, *, colour: bool) -> str:
    text = human(found, in_words, cells)
    if not colour:
        return text
    first, newline, rest = text.partition("\n")
    place, mark, words = first.partition(": ")
    head = click.style(place, bold=True) + mark
    return head + click.style(words, fg=_COLOURS[found.severity.name]) + newline + rest


def show(notes: Iterable[Diagnostic], layout: str = "human", *, error: bool = True) -> None:
    """Print diagnostics in their order: ``human`` or ``json`` (one list).

    They go to standard error, or to standard output where they are what was asked for.
    """
    if layout == "json":
        import json

        records = [json_record(found, in_words) for found in notes]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1), err=error)
        return
    colour = _coloured(sys.stderr if error else sys.stdout)
    for found in notes:
        click.echo(_human(found, colour=colour), err=error)


def save(path: Path, data: bytes) -> None:
    """Put a whole file in the place of the old one, which keeps its permissions, or do nothing."""
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(data)
        if path.exists():
            shutil.copymode(path, draft)
        os.replace(draft, path)  # noqa: PTH105 -- the one that is atomic everywhere
    except OSError:
        draft.unlink(missing_ok=True)
        raise


# --- The group -------------------------------------------------------------------------------


def _utf8() -> None:
    """Write UTF-8 whatever the locale or the code page says; never fail on a letter."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _details(problem: BaseException) -> str:
    """Return where a fault happened: places and the kind of fault, never a value or an answer."""
    import traceback

    frames = traceback.extract_tb(problem.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    version = sys.version.split()[0]
    head = f"Mati {__version__}, Python {version}, {sys.platform}"
    return "\n".join((head, type(problem).__qualname__, *places, ""))


def _save_details(problem: BaseException, root: Path) -> str:
    """Write the details of a fault into the project, else a temporary file; return where."""
    import tempfile

    if (root / "mati.yaml").is_file() or (root / "content").is_dir():
        with contextlib.suppress(OSError):
            (root / ".mati").mkdir(exist_ok=True)
            (root / ".mati" / "last-error.txt").write_text(_details(problem), "utf-8")
            return ".mati/last-error.txt"
    handle, name = tempfile.mkstemp(prefix="mati-", suffix="-last-error.txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_details(problem))
    return name


def _system_words(problem: OSError) -> str:
    reason = problem.strerror or type(problem).__name__
    return f"{problem.filename}: {reason}" if problem.filename else reason


def complain(problem: BaseException, root: Path) -> int:
    """Say in one sentence what stopped the command; return the exit status."""
    if isinstance(problem, ModuleNotFoundError) and not (problem.name or "").startswith("mati"):
        text = _("The package '{name}' is missing. Install what Mati needs: {command}")
        command = "python -m pip install mati-survey"
        click.echo(text.format(name=problem.name, command=command), err=True)
        return 1
    if isinstance(problem, OSError):
        text = _("The computer refused: {reason}")
        click.echo(text.format(reason=_system_words(problem)), err=True)
        return 1
    where = _save_details(problem, root)
    text = _("Something went wrong inside Mati. It is not your fault; nothing was published.")
    more = _("The details, without any answers, are in {path}.").format(path=where)
    click.echo(f"{text} {more}", err=True)
    return INTERNAL


@contextlib.contextmanager
def _heard(said: TextIO) -> Iterator[None]:
    """Write down what is said on standard error, which still gets it."""
    with contextlib.redirect_stderr(said):
        yield
    if sys.stderr is not None:
        sys.stderr.write(cast("io.StringIO", said).getvalue())


def _last_words(status: int, root: Path, *, drawn: bool) -> str:
    """Return what somebody is told who double-clicked: what became of it, and what to do now.

    Few terminals draw Khmer or Lao well, an old Windows console not at all: there English stands
    below, so that nobody is left with boxes alone. What is ``drawn`` by a desktop needs none.
    """

    def told(translate: Callable[[str], str]) -> str:
        if status:
            return translate(
                "The site stands as it was. Mend what is named above, then open build.py again."
            )
        lines = (
            translate("The site is ready, in this folder: {path}").format(path=root / "site"),
            translate(
                "What comes next: drag this folder onto the page of your web host, for example "
                "app.netlify.com/drop"
            ),
        )
        return "\n".join(lines)

    plain = "" if drawn or message_language() == "en" else told(str)
    return "\n\n".join(filter(None, (told(_), plain)))


def _leave_quietly() -> int:
    """Let nothing complain at exit that the reader of our output has left."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return BROKEN_PIPE


class Commands(click.Group):
    """The command ``mati``: its commands are found by looking into this package."""

    root = Path()
    """The project's folder, once it is known."""
    clicked = False
    """Whether it was started by a double click."""

    @cache  # noqa: B019 - there is one group, and it lives as long as the process
    def _found(self) -> Mapping[str, click.Command]:
        found: dict[str, click.Command] = {}
        for entry in pkgutil.iter_modules(__path__):
            module = importlib.import_module(f"{__name__}.{entry.name}")
            offered = cast("tuple[click.Command, ...]", module.commands)
            found.update((str(command.name), command) for command in offered)
        for command in found.values():
            name_values(command, _)
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted(self._found())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called ``cmd_name``."""
        return self._found().get(cmd_name)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command; that the reader of a pipe has left is no fault of anyone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return _leave_quietly()

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:  # noqa: ANN401
        """Run a command line and leave the process; never with a traceback."""
        _utf8()
        extra["standalone_mode"] = False
        extra.setdefault("prog_name", "mati")
        started = window.way(window.look()) if args is None else window.Way.TYPED
        if started is window.Way.TYPED:
            with window.outlet():
                raise SystemExit(self._status(args, *rest, **extra))
        if started is not window.Way.KEPT:
            os.chdir(Path(sys.argv[0]).absolute().parent)
        self.clicked = True
        said = io.StringIO()
        with _heard(said) if started is window.Way.BARE else contextlib.nullcontext():
            status = self._status(args, *rest, **extra)
        last = _last_words(status, self.root, drawn=started is window.Way.BARE)
        if started is window.Way.BARE:
            window.dialog(f"{said.getvalue()}\n{last}".strip())
        else:
            click.echo(f"\n{last}")
        if started is window.Way.WINDOW:
            window.hold(_("Press Enter to close this window."))
        raise SystemExit(status)

    def _status(self, args: Sequence[str] | None, *rest: Any, **extra: Any) -> int:  # noqa: ANN401
        try:
            status = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except click.ClickException as problem:
            problem.show()
            return problem.exit_code
        except (click.Abort, KeyboardInterrupt):
            return STOPPED
        except BrokenPipeError:
            return _leave_quietly()
        except Exception as problem:  # noqa: BLE001 - the last resort, see the module's words
            return complain(problem, self.root)
        return status if isinstance(status, int) else 0


def _folder(ctx: click.Context, _option: click.Parameter, value: str | None) -> Path:
    if value is None:
        return find_root(Path.cwd())
    folder = Path(value)
    if not folder.is_dir():
        text = _("There is no folder '{path}'.").format(path=value)
        raise click.UsageError(text, ctx)
    return folder.absolute()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar=_("COMMAND [ARGUMENTS]…"),
    options_metavar=_("[OPTIONS]"),
    help=_(
        "Surveys in Markdown, forms and reports as static pages, in every language.\n\n"
        "Without a command the site is built.\n\nExample: mati serve"
    ),
)
@click.option(
    "--project",
    callback=_folder,
    metavar=_("FOLDER"),
    help=_("The project's folder; by default the nearest one above with mati.yaml or content/."),
)
@click.version_option(__version__, prog_name="mati", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, project: Path) -> object:
    """Run the command ``mati``; alone it builds."""
    group = cast("Commands", ctx.command)
    group.root = project
    ctx.obj = Shell(root=project, clicked=group.clicked)
    if ctx.invoked_subcommand is None:
        return ctx.invoke(group._found()["build"])  # noqa: SLF001
    return None
