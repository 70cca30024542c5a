"""The commands for translators: the group ``i18n``, and what it checks."""

from __future__ import annotations

import click

from mati.cli import Shell, _, exchanging, show, standing, updating
from mati.cli.catalogs import LANGUAGE, asked_for

__all__ = ["commands"]


@click.group(
    short_help=_("Translate surveys and the site."),
    help=_("Translate surveys and the site.\n\nExample: mati i18n update"),
)
def i18n() -> None:
    """Hold the commands for translators together."""


@i18n.command(
    short_help=_("Find everything a translator should mend."),
    help=_("Find everything a translator should mend.\n\nExample: mati i18n check km"),
)
@LANGUAGE
@click.pass_obj
def check(shell: Shell, *, language: str) -> int:
    """Check every message; anything found fails."""
    from mati.build.translating import each, work_of
    from mati.diagnostics import Notebook
    from mati.merge import check_units

    notes = Notebook()
    work = work_of(shell.root, Notebook())
    asked_for(shell.root, work, language)
    for domain, catalog in each(shell.root, work, language, notes):
        check_units(work.units(domain, catalog.path.split("/")[1]), catalog, notes)
    show(notes, error=False)
    if len(notes):
        return 1
    click.echo(_("No problems."))
    return 0


for _command in (
    updating.extract,
    updating.update,
    updating.new,
    standing.status,
    standing.prune,
    exchanging.export,
    exchanging.import_,
):
    i18n.add_command(_command)

commands: tuple[click.Command, ...] = (i18n,)
