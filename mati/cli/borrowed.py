"""The sentences of the command line that click says for us: in the user's language, too.

Click asks gettext for them, each of its modules by the name ``_``; ``speak`` puts our catalogue
in that place. What stands for a value in a usage line is no sentence of click's, so it is
given to each command by ``name_values``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import click

__all__ = ["borrowed", "commands", "name_values", "speak"]

Translate = Callable[[str], str]
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def borrowed(translate: Translate) -> tuple[str, ...]:
    """Return all that click may say to a person who runs a command of ours."""
    return (
        translate("Usage:"),
        translate("Options"),
        translate("Positional arguments"),
        translate("Commands"),
        translate("Show this message and exit."),
        translate("Show the version and exit."),
        translate("Try '{command} {option}' for help."),
        translate("Error: {message}"),
        translate("Error: invalid input"),
        translate("default: {default}"),
        translate("required"),
        translate("Aborted!"),
        translate("Missing command."),
        translate("Missing argument"),
        translate("Missing option"),
        translate("Missing parameter"),
        translate("Missing parameter: {param_name}"),
        translate("Missing {param_type}"),
        translate("No such option {name!r}."),
        translate("No such command {name!r}."),
        translate("Did you mean {possibility}?"),
        translate("(Did you mean one of: {possibilities}?)"),
        translate("Invalid value: {message}"),
        translate("Invalid value for {param_hint}: {message}"),
        translate("Got unexpected extra argument ({args})"),
        translate("Got unexpected extra arguments ({args})"),
        translate("Option {name!r} does not take a value."),
        translate("Option {name!r} requires an argument."),
        translate("Option {name!r} requires {nargs} arguments."),
        translate("Argument {name!r} takes {nargs} values."),
        translate("Choose from:\n\t{choices}"),
        translate("{value!r} is not {choice}."),
        translate("{value!r} is not one of {choices}."),
        translate("{value!r} does not match the format {format}."),
        translate("{value!r} does not match the formats {formats}."),
        translate("{value} is not in the range {range}."),
        translate("{value!r} is not a valid {number_type}."),
        translate("{name} {filename!r} does not exist."),
        translate("{name} {filename!r} is a file."),
        translate("{name} {filename!r} is a directory."),
        translate("{name} {filename!r} is not readable."),
        translate("{name} {filename!r} is not writable."),
        translate("Could not open file {filename!r}: {message}"),
        translate("unknown error"),
        translate("file"),
        translate("directory"),
        translate("path"),
        translate("Do you want to continue?"),
        translate("Confirm the action without prompting."),
    )


def speak(translate: Translate) -> None:
    """Let click ask ``translate`` for what it says, from now on."""

    def several(one: str, more: str, count: int) -> str:
        return translate(one if count == 1 else more)

    for name in _MODULES:
        module = importlib.import_module(f"click.{name}")
        for asked, ours in (("_", translate), ("ngettext", several)):
            if hasattr(module, asked):
                setattr(module, asked, ours)


def name_values(command: click.Command, translate: Translate) -> None:
    """Give a command, and those below it, the words that stand for values in its usage."""
    command.options_metavar = translate("[OPTIONS]")
    types = {"integer": translate("number"), "text": translate("text")}
    types["integer range"] = types["integer"]
    for parameter in command.params:
        kind = parameter.type
        if kind.name in types:
            kind.name = types[kind.name]
    if isinstance(command, click.Group):
        command.subcommand_metavar = translate("COMMAND [ARGUMENTS]…")
        for below in command.commands.values():
            name_values(below, translate)


commands: tuple[click.Command, ...] = ()
