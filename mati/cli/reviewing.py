"""The command for people's words: what a report may quote, what it praises, what they are about."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, say, show
from mati.cli.words import (
    COLUMNS,
    Heap,
    called_as,
    decided,
    differs,
    from_row,
    heap_of,
    may_hold,
    read_sheet,
    refused,
    row_of,
    same_twice,
)
from mati.diagnostics import Notebook, clean

if TYPE_CHECKING:
    from mati.model import Survey
    from mati.reviews import Words

__all__ = ["commands"]

_FEWEST = 4
_LONGEST = 2_000
"""Signs of somebody's words that are shown at once."""
_KEYS = {"q": "quote", "p": "praise", "n": "no"}


def _state(one: Words) -> str:
    states = {
        "quote": _("shown below the question"),
        "praise": _("shown as praise"),
        "no": _("not shown"),
        "open": _("not decided"),
    }
    return states[one.made.decision if one.made else "open"]


def _lines(one: Words) -> Iterator[str]:
    """Yield what is to be known of somebody's words."""
    yield " · ".join((one.id, one.survey, _state(one)))
    yield f"  {called_as(one)}"
    yield f"  > {one.text}"
    if one.flags:
        yield "  ! " + _("may hold {what}").format(what=may_hold(one))
    if one.made is not None and one.made.text not in ("", one.text):
        yield "  " + _("shown as: {words}").format(words=one.made.text)
    if one.made is not None and one.made.themes:
        yield "  " + _("about: {themes}").format(themes=", ".join(one.made.themes))


def _show(one: Words) -> None:
    click.echo("\n".join(clean(line, _LONGEST) for line in _lines(one)))


def _stopped(found: Heap) -> bool:
    show(found.notes)
    return found.notes.has_errors()


def _unknown(survey: Survey, themes: Sequence[str]) -> str:
    """Return which themes the survey does not know, in words; "" where it knows all."""
    known = [code for code, _words in survey.settings.report.themes]
    wrong = [clean(theme) for theme in themes if theme not in known]
    if not wrong:
        return ""
    text = _("No theme is called {names}. The survey knows: {known}")
    return text.format(names=", ".join(wrong), known=", ".join(known) or _("none; add 'themes'"))


def _find(found: Heap, name: str) -> Words:
    fitting = [one for one in found.words if one.id.startswith(name.lower())]
    if len(name) >= _FEWEST and len(fitting) == 1:
        return fitting[0]
    if len(name) >= _FEWEST and fitting:
        text = _("'{name}' is the beginning of several. Write more of it.")
    else:
        text = _("There are no words called '{name}'. To see them: {command}")
    raise click.UsageError(text.format(name=clean(name), command=called("review list")))


def _list(shell: Shell, survey: str, *, every: bool) -> int:
    found = heap_of(shell, survey)
    if _stopped(found):
        return 1
    for one in found.words:
        if every or one.waits:
            _show(one)
            click.echo()
    waiting = [one for one in found.words if one.waits]
    text = _("To read: {count}. Decided: {decided}.")
    click.echo(text.format(count=len(waiting), decided=len(found.words) - len(waiting)))
    if waiting:
        example = called(f"review approve {waiting[0].id[:_FEWEST]} --as quote")
        say(_("To show one: {command}").format(command=example))
    return 0


def _ask(shell: Shell, found: Heap) -> int:
    """Go through what waits, one after the other."""
    waiting = [one for one in found.words if one.waits]
    for at, one in enumerate(waiting, 1):
        click.echo(f"\n{at}/{len(waiting)}")
        _show(one)
        if not _decide(shell, found.surveys[one.survey], one):
            break
    click.echo(_("The next build shows what you approved."))
    return 0


def _decide(shell: Shell, survey: Survey, one: Words) -> bool:
    """Ask what becomes of somebody's words until it can be taken; False to stop."""
    from mati import home

    question = _("q = quote, p = praise, n = never, t = themes, s = skip, x = stop")
    text, themes = "", None
    while True:
        key = click.prompt(question, type=click.Choice([*_KEYS, "t", "s", "x"]), default="s")
        if key == "x":
            return False
        if key == "t":
            names = click.prompt(_("Themes, with commas between"), default="", show_default=False)
            themes = tuple(dict.fromkeys(names.replace(",", " ").split()))
            if wrong := _unknown(survey, themes):
                click.echo(wrong, err=True)
                themes = None
            continue
        if key == "s":
            if themes is not None:
                home.note_decisions(shell.root, one.survey, [decided(one, themes=themes)])
            return True
        if key != "n":
            text = click.prompt(_("Words to show"), default=clean(one.text, _LONGEST))
        made = decided(one, decision=_KEYS[key], text=text, themes=themes)
        wrong = refused(one, made, anyway=False)
        if wrong and not click.confirm(clean(wrong) + " " + _("Show them anyway?"), default=False):
            continue
        home.note_decisions(shell.root, one.survey, [made])
        return True


def _at_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@click.group(
    invoke_without_command=True,
    short_help=_("Read what people wrote, and choose what a report may show."),
    help=_(
        "Read what people wrote, one after the other, and choose what a report may quote, what it"
        " shows as praise, and what the words are about.\n\n"
        "Nothing is shown that nobody approved. Private questions are never offered.\n\n"
        "Example: mati review"
    ),
)
@click.pass_context
def review(context: click.Context) -> int:
    """Ask in a terminal, list elsewhere."""
    if context.invoked_subcommand is not None:
        return 0
    if not _at_terminal():
        return _list(context.obj, "", every=False)
    found = heap_of(context.obj, "")
    return 1 if _stopped(found) else _ask(context.obj, found)


@review.command(
    "list",
    short_help=_("Show what people wrote."),
    help=_("Show what people wrote.\n\nExample: mati review list customer-service --all"),
)
@click.argument("survey", default="", metavar=_("[SURVEY]"))
@click.option("--all", "every", is_flag=True, help=_("Show what is decided, too."))
@click.pass_obj
def list_(shell: Shell, *, survey: str, every: bool) -> int:
    """Show the words."""
    return _list(shell, survey, every=every)


def _take(shell: Shell, name: str, *, decision: str = "", text: str = "",
          themes: tuple[str, ...] = (), anyway: bool = False) -> int:  # fmt: skip
    """Write a decision down, or say why not."""
    from mati import home

    found = heap_of(shell, "")
    if _stopped(found):
        return 1
    one = _find(found, name)
    if wrong := _unknown(found.surveys[one.survey], themes):
        raise click.UsageError(wrong)
    made = decided(one, decision=decision, text=text, themes=themes or None)
    if wrong := refused(one, made, anyway=anyway):
        raise click.UsageError(clean(wrong, _LONGEST))
    home.note_decisions(shell.root, one.survey, [made])
    say(_("Noted. The next build shows it."))
    return 0


_NAME = click.argument("name", metavar=_("WORDS"))


@review.command(
    short_help=_("Let a report show somebody's words."),
    help=_(
        "Let a report show somebody's words, as they are or in words of yours.\n\n"
        'Example: mati review approve 3f9a --as quote --text "The coffee was hot." --theme coffee'
    ),
)
@_NAME
@click.option(
    "--as", "kind", type=click.Choice(["quote", "praise"]), default="quote",
    help=_("Below the question, or on the board of praise."),
)  # fmt: skip
@click.option("--text", default="", metavar=_("WORDS"), help=_("What to show in place of it."))
@click.option("--theme", "themes", multiple=True, metavar=_("CODE"), help=_("What it is about."))
@click.option("--anyway", is_flag=True, help=_("Show it although it may hold personal data."))
@click.pass_obj
def approve(
    shell: Shell, *, name: str, kind: str, text: str, themes: tuple[str, ...], anyway: bool
) -> int:
    """Approve words."""
    return _take(shell, name, decision=kind, text=text, themes=themes, anyway=anyway)


@review.command(
    short_help=_("Say what somebody's words are about."),
    help=_(
        "Say what somebody's words are about; whether they are shown stays as it was.\n\n"
        "Example: mati review sort 3f9a --theme price --theme waiting"
    ),
)
@_NAME
@click.option("--theme", "themes", multiple=True, metavar=_("CODE"), required=True,
              help=_("What it is about."))  # fmt: skip
@click.pass_obj
def sort(shell: Shell, *, name: str, themes: tuple[str, ...]) -> int:
    """Give words their themes."""
    return _take(shell, name, themes=themes, anyway=True)


@review.command(
    short_help=_("Never show somebody's words."),
    help=_("Never show somebody's words.\n\nExample: mati review reject 3f9a"),
)
@_NAME
@click.pass_obj
def reject(shell: Shell, *, name: str) -> int:
    """Reject words."""
    return _take(shell, name, decision="no")


@review.command(
    short_help=_("Take a decision back."),
    help=_(
        "Take a decision back: the words are gone from the next report and wait to be read"
        " again.\n\nExample: mati review withdraw 3f9a"
    ),
)
@_NAME
@click.pass_obj
def withdraw(shell: Shell, *, name: str) -> int:
    """Withdraw a decision."""
    return _take(shell, name, decision="open")


@review.command(
    short_help=_("Write what people wrote for a spreadsheet."),
    help=_(
        "Write what people wrote into private/approved/, for a spreadsheet. Fill in the columns"
        " 'decision' (quote, praise or no), 'shown' and 'themes', and bring it back with"
        " 'review import'.\n\nExample: mati review export customer-service"
    ),
)
@click.argument("survey", default="", metavar=_("[SURVEY]"))
@click.option("--all", "every", is_flag=True, help=_("Write what is decided, too."))
@click.pass_obj
def export(shell: Shell, *, survey: str, every: bool) -> int:
    """Write a sheet that only its owner may read."""
    from mati import home
    from mati.spreadsheet import table

    found = heap_of(shell, survey)
    if _stopped(found):
        return 1
    rows = [row_of(one) for one in found.words if every or one.waits]
    path = home.write_words(shell.root, f"{survey or 'words'}.csv", table([COLUMNS, *rows]))
    click.echo(str(path))
    return 0


@review.command(
    "import",
    short_help=_("Take decisions from a spreadsheet."),
    help=_(
        "Take decisions from a spreadsheet that 'review export' wrote. Nothing is taken while one"
        " row is wrong.\n\nExample: mati review import words.csv"
    ),
)
@click.argument(
    "sheet",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("SHEET"),
)
@click.pass_obj
def import_(shell: Shell, *, sheet: Path) -> int:
    """Take a sheet."""
    from mati import home

    found, notes = heap_of(shell, ""), Notebook()
    if _stopped(found):
        return 1
    read = [
        (line, *pair)
        for line, row in read_sheet(sheet, notes)
        if (pair := from_row(row, line, sheet.name, found, notes)) is not None
    ]
    taken = same_twice(read, sheet.name, notes)
    show(notes)
    if notes.has_errors():
        click.echo(_("No decision was taken."), err=True)
        return 1
    fresh = [(one, made) for one, made in taken if differs(one, made)]
    for survey in found.surveys:
        home.note_decisions(shell.root, survey, [m for one, m in fresh if one.survey == survey])
    text = _("Taken: {count}. As they were: {same}.")
    click.echo(text.format(count=len(fresh), same=len(taken) - len(fresh)))
    return 0


commands: tuple[click.Command, ...] = (review,)
