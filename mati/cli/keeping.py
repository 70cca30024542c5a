"""Answers and contacts that are too old in; what was deleted, in words, out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, say

if TYPE_CHECKING:
    from mati.home import Expired
    from mati.model import Survey

__all__ = ["commands", "delete_old", "tell_old"]

_DATABASE = "private/collect.db"


def _old(shell: Shell, surveys: Iterable[Survey]) -> list[tuple[Survey, Expired]]:
    from mati import home

    now = datetime.now(UTC)
    found = []
    for survey in surveys:
        kept = survey.settings.retention
        if kept.answers_days is not None or kept.contacts_days is not None:
            found.append((survey, home.expired(shell.root, survey.name, kept, now)))
    return found


def tell_old(shell: Shell, surveys: Iterable[Survey]) -> None:
    """Say what would be deleted, and delete nothing."""
    for survey, old in _old(shell, surveys):
        text = _("{survey}: too old are {answers} answers and {contacts} contacts.")
        words = text.format(
            survey=survey.name, answers=len(old.answers), contacts=len(old.contacts)
        )
        click.echo(words)


def delete_old(shell: Shell, surveys: Iterable[Survey], *, always: bool = False) -> None:
    """Delete what the surveys say is too old, here and where the form service keeps it.

    ``sqlite3.Error`` and ``NotStoredError`` where the form service's database cannot be opened.
    """
    from mati import home
    from mati.store import Ledger, connect

    for survey, old in _old(shell, surveys):
        gone = old.answers | old.contacts
        path = shell.root / _DATABASE
        if gone and path.is_file():
            ledger = Ledger(connect(path))
            ledger.expire(old.answers, old.contacts)
            ledger.close()
        contacts = home.drop_contacts(shell.root, survey.name, old.contacts)
        answers = home.expire(shell.root, old.answers) if old.answers else 0
        if answers or contacts:
            text = _("{survey}: too old, and deleted: {answers} answers, {contacts} contacts.")
            words = text.format(survey=survey.name, answers=answers, contacts=contacts)
            say(words, always=True)
        elif always:
            say(_("{survey}: nothing is too old.").format(survey=survey.name))


commands: tuple[click.Command, ...] = ()
