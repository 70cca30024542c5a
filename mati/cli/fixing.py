"""The command ``i18n fix``: words in one spelling, in surveys, settings and translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, save
from mati.cli.translation import i18n

if TYPE_CHECKING:
    from mati.wording import Change

__all__ = ["commands"]

_MARK = b"\xef\xbb\xbf"
_LANG = re.compile(r"^lang:[ \t]*[\"']?([A-Za-z-]+)", re.MULTILINE)
_SETTINGS = re.compile(r"---\n.*?^---", re.DOTALL | re.MULTILINE)


def _files(root: Path) -> Iterator[Path]:
    """Go through the surveys and pages and the settings, then their translations."""
    yield from sorted((root / "content").glob("**/*.md"))
    yield root / "mati.yaml"
    yield from sorted((root / "locales").glob("*/*.po"))


def _text(path: Path) -> str | None:
    """Return the text of a file with the line ends it has, None where it is no UTF-8.

    What else is wrong with the file is the business of ``check``.
    """
    try:
        return path.read_bytes().removeprefix(_MARK).decode("utf-8")
    except (OSError, ValueError):
        return None


def _language(path: Path, text: str) -> str:
    """Return the language of a file, "" where nobody says."""
    if path.suffix == ".po":
        return path.parent.name
    settings = _SETTINGS.match(text.replace("\r\n", "\n"))
    found = _LANG.search(settings[0]) if settings else None
    return found[1] if found else ""


def _mend(path: Path, text: str, found: list[Change]) -> None:
    from mati.wording import mended

    mark = _MARK if path.read_bytes().startswith(_MARK) else b""
    save(path, mark + mended(text, [change.slip for change in found]).encode("utf-8"))


@i18n.command(
    short_help=_("Give Khmer and Lao words one spelling."),
    help=_(
        "Give Khmer and Lao words one spelling where letters look alike, in all of content/ and"
        " locales/. What you see stays as it is; every change is shown. To leave a word alone,"
        " write <!-- keep: WORD --> into the survey, or '# keep: WORD' above the message.\n\n"
        "Example: mati i18n fix --dry-run"
    ),
)
@click.option("--dry-run", is_flag=True, help=_("Write nothing; show what would change."))
@click.pass_obj
def fix(shell: Shell, *, dry_run: bool) -> int:
    """Mend spellings."""
    from mati.wording import changes, kept_words

    files = [(path, text) for path in _files(shell.root) if (text := _text(path)) is not None]
    # A word that an author keeps is kept in its translations' msgids, too: else they lose it.
    keep = {
        word for path, text in files if path.suffix != ".po" for word in kept_words(path.name, text)
    }
    count = 0
    for path, text in files:
        found = list(changes(path.name, text, _language(path, text), keep))
        shown = path.relative_to(shell.root).as_posix()
        for change in found:
            click.echo(f"{shown}:{change.line}:{change.column}: {change.before} → {change.after}")
        if found and not dry_run:
            _mend(path, text, found)
        count += len(found)
    if not count:
        click.echo(_("Nothing to mend."))
    elif dry_run:
        click.echo(_("To mend: {count}. Nothing was written.").format(count=count))
    else:
        click.echo(_("Mended: {count}.").format(count=count))
    return 0


commands: tuple[click.Command, ...] = ()
