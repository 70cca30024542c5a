"""The command ``i18n fix``: words in one spelling, in surveys, settings and translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, show
from mati.cli.translation import i18n
from mati.diagnostics import Notebook, clean

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


def _text(path: Path) -> tuple[bytes, str] | None:
    """Return what a file holds, and its text with the line ends it has; None where it is no UTF-8.

    What else is wrong with the file is the business of ``check``.
    """
    try:
        data = path.read_bytes()
        return data, data.removeprefix(_MARK).decode("utf-8")
    except (OSError, ValueError):
        return None


def _language(path: Path, text: str) -> str:
    """Return the language of a file, "" where nobody says."""
    if path.suffix == ".po":
        return path.parent.name
    settings = _SETTINGS.match(text.replace("\r\n", "\n"))
    found = _LANG.search(settings[0]) if settings else None
    return found[1] if found else ""


def _mended(data: bytes, text: str, found: list[Change]) -> bytes:
    from mati.wording import mended

    mark = _MARK if data.startswith(_MARK) else b""
    return mark + mended(text, [change.slip for change in found]).encode("utf-8")


@i18n.command(
    short_help=_("Give Khmer and Lao words one spelling."),
    help=_(
        "Give Khmer and Lao words one spelling where letters look alike, in mati.yaml and all of"
        " content/ and locales/. What you see stays as it is; every change is shown. To leave a"
        " word alone, write <!-- keep: WORD --> into the survey, or '# keep: WORD' into mati.yaml"
        " or above the message.\n\n"
        "Example: mati i18n fix --dry-run"
    ),
)
@click.option("--dry-run", is_flag=True, help=_("Write nothing; show what would change."))
@click.pass_obj
def fix(shell: Shell, *, dry_run: bool) -> int:
    """Mend spellings."""
    from mati.build.translating import kept_by_authors
    from mati.wording import changes
    from mati.writer.rewrite import rewrite

    files = [(path, *read) for path in _files(shell.root) if (read := _text(path)) is not None]
    keep, count, problems = kept_by_authors(shell.root), 0, Notebook()
    for path, data, text in files:
        found = list(changes(path.name, text, _language(path, text), keep))
        shown = path.relative_to(shell.root).as_posix()
        if found and not dry_run:
            better = _mended(data, text, found)
            if not rewrite(shell.root, shown, data, better, problems):
                continue
        named = clean(shown)
        for change in found:
            click.echo(f"{named}:{change.line}:{change.column}: {change.before} → {change.after}")
        count += len(found)
    show(problems)
    if not count:
        click.echo(_("Nothing to mend."))
    elif dry_run:
        click.echo(_("To mend: {count}. Nothing was written.").format(count=count))
    else:
        click.echo(_("Mended: {count}.").format(count=count))
    return 1 if problems.has_errors() else 0


commands: tuple[click.Command, ...] = ()
