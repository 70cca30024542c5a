"""The commands that make the site: ``build``, ``check`` and ``serve``."""

from __future__ import annotations

import click

from mati.cli import _

__all__ = ["commands"]


@click.command(
    help=_(
        "Build the site from content/ into site/, private reports into private/reports/.\n\n"
        "Example: mati build --strict"
    )
)
def build() -> int:
    """Build the site."""
    return 0


commands: tuple[click.Command, ...] = (build,)
