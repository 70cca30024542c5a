"""The command ``check``: what needs mending, and what a change does to results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, show
from mati.cli.githost import LAYOUT, remarks_of, tell
from mati.cli.site import counted, make_outputs, strict_notes
from mati.diagnostics import (
    Diagnostic,
    Notebook,
    Remark,
    Severity,
    Source,
    Span,
    clean,
)

if TYPE_CHECKING:
    from mati.model import Output, ProjectSettings, Survey
    from mati.project import Project
    from mati.revisions import Revision
    from mati.versions import Change

__all__ = ["commands"]

_SHOWN = 80
"""Code points of an author's words that a sentence quotes at most."""


# --- What a change does to results -----------------------------------------------------------


def _words() -> Mapping[str, str]:
    """Return what is said of each sort of change, by its slug."""
    return {
        "question-gone": _("'{name}' ({old}) is gone; its answers drop out of the results"),
        "renamed": _("'{name}' is called '{offer}' now; old answers are not counted with new ones"),
        "kind-changed": _(
            "'{name}' was {old} and is {new} now; old and new answers cannot be counted together"
        ),
        "one-became-several": _(
            "'{name}' had {old} and has {new} now; old and new answers cannot be counted together"
        ),
        "row-gone": _("'{name}' ({old}) is gone; its answers drop out of the results"),
        "row-renamed": _(
            "'{name}' is called '{offer}' now; old answers are not counted with new ones"
        ),
        "code-gone": _("the answer '{name}' ({old}) is gone; who gave it is not counted any more"),
        "code-renamed": _("the answer '{name}' has the code '{offer}' now; both are counted apart"),
        "code-reused": _(
            "the answer '{name}' was '{old}' and is '{new}' now; old answers change their meaning"
        ),
        "scale-reversed": _("the scale of '{name}' is turned round; good answers count as bad"),
        "consent-changed": _(
            "the words people agree to in '{name}' changed; older consents are for the old ones"
        ),
        "reworded": _("the words of '{name}' changed: '{old}', now '{new}'"),
        "answer-reworded": _(
            "the answer '{name}' was '{old}' and is '{new}' now; is it still the same?"
        ),
        "question-added": _("'{name}' ({new}) is new; earlier answers are without it"),
        "row-added": _("'{name}' ({new}) is new; earlier answers are without it"),
        "code-added": _("the answer '{name}' ({new}) is new; nobody could give it before"),
        "order-changed": _(
            "the questions stand in another order; people may answer a little differently"
        ),
        "answers-order-changed": _(
            "what belongs to '{name}' stands in another order; people may answer a bit differently"
        ),
        "condition-changed": _("'{name}' is shown to other people than before"),
        "survey-gone": _("the survey is gone; its answers are in no report any more"),
        "survey-added": _("the survey is new"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One difference as it is told."""

    sort: str
    span: Span
    survey: str
    breaks: bool
    values: Mapping[str, str]

    @property
    def message(self) -> str:
        """The sentence, with the alias that heals a rename."""
        shown = {name: clean(value, _SHOWN) for name, value in self.values.items()}
        inside = self.sort == "order-changed" and shown["name"]
        text = _words()[f"answers-{self.sort}" if inside else self.sort].format(**shown)
        if self.breaks and shown.get("offer"):
            heal = _("to count them together: aliases: {{{name}: {offer}}}").format(**shown)
            return f"{text} ({heal})"
        return text

    def record(self) -> dict[str, object]:
        """Return it for programs, with stable keys."""
        return {
            "file": self.span.path,
            "line": self.span.line,
            "column": self.span.column,
            "survey": self.survey,
            "change": self.sort,
            "breaks": self.breaks,
            **self.values,
            "message": self.message,
        }


def _read(source: Source | None, settings: ProjectSettings, notes: Notebook) -> Survey | None:
    from mati.reader import read

    return read(source, settings, notes) if source is not None else None


def _then(revision: Revision, path: str) -> Source | None:
    """Return a text of the project as it was."""
    from mati.reader import decode

    data = revision.read(path)
    return decode(path, data, Notebook()) if data is not None else None


def _settings_then(project: Project, revision: Revision) -> ProjectSettings:
    """Return the project's settings with the scales of that time: answers depend on them."""
    from mati.settings import read_project

    yaml = _then(revision, "mati.yaml") or Source("mati.yaml", "")
    scales = read_project(yaml, Notebook()).scales
    return replace(project.settings, scales=scales)


def _compared(project: Project, revision: Revision, notes: Notebook) -> Iterator[_Told]:
    """Compare every survey with what it was; mistakes of today's go to ``notes``."""
    from mati.project import name_is_good

    then, taken = _settings_then(project, revision), frozenset(project.settings.languages)
    now = {source.path: source for source in project.sources}
    names = (path for path in revision.names("content") if path.endswith(".md"))
    old = {path for path in names if name_is_good(path.rpartition("/")[2], taken, Notebook())}
    for path in sorted(old | now.keys()):
        name = path.rpartition("/")[2].removesuffix(".md")
        survey = _read(now.get(path), project.settings, notes)
        before = _read(_then(revision, path), then, Notebook()) if path in old else None
        if survey is not None and before is not None:
            yield from _changes(name, before, survey)
        elif path not in now and before is not None:
            yield _Told(sort="survey-gone", span=Span(path), survey=name, breaks=True, values={})
        elif survey is not None:
            yield _Told(sort="survey-added", span=Span(path), survey=name, breaks=False, values={})


def _changes(name: str, before: Survey, survey: Survey) -> Iterator[_Told]:
    from mati.versions import BREAKING, aliases_of, compare, placed, source_shape

    places, top = placed(survey), survey.title.span
    aliases = aliases_of(survey)
    for change in compare(source_shape(before), source_shape(survey), aliases):
        yield _Told(
            sort=change.sort.value,
            span=places.get(change.offer, places.get(change.name, places.get(change.near, top))),
            survey=name,
            breaks=change.sort in BREAKING,
            values=_values(change),
        )


def _values(change: Change) -> dict[str, str]:
    return {"name": change.name, "old": change.old, "new": change.new, "offer": change.offer}


def _tell(found: list[_Told], revision: str) -> None:
    """Say it to people: first what breaks results, then what does not."""
    for survey in dict.fromkeys(one.survey for one in found):
        head = _("{survey}, compared with {revision}:")
        click.echo(head.format(survey=survey, revision=revision))
        own = [one for one in found if one.survey == survey]
        for breaks, lead in (
            (True, _("This breaks results:")),
            (False, _("Results stay comparable:")),
        ):
            lines = [one for one in own if one.breaks is breaks]
            if lines:
                click.echo(f"  {lead}")
            for one in lines:
                click.echo(f"    {one.span.path}:{one.span.line}: {one.message}")
    if not found:
        click.echo(_("Nothing that answers depend on has changed."))


def _remark(one: _Told) -> Remark:
    return Remark(
        level="error" if one.breaks else "notice",
        path=one.span.path,
        line=one.span.line,
        column=one.span.column,
        title=one.sort,
        text=one.message,
    )


def _diff(shell: Shell, name: str, layout: str) -> int:
    """Say what became of the surveys since a revision; return the exit status."""
    from mati.project import open_project
    from mati.revisions import RevisionError, find

    try:
        revision = find(shell.root, name)
    except RevisionError as problem:
        text = _("There is no revision '{name}' to compare with. {reason}")
        raise click.UsageError(text.format(name=name, reason=problem).strip()) from None
    notes = Notebook()
    found = list(_compared(open_project(shell.root, notes), revision, notes))
    urgent: list[Diagnostic] = [d for d in notes if d.severity is Severity.ERROR]
    if layout == "json":
        records = [one.record() for one in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif layout == "github":
        tell((*map(_remark, found), *remarks_of(urgent)), shell.root)
    else:
        _tell(found, name)
    if layout != "github":
        show(urgent)
    return 1 if urgent or any(one.breaks for one in found) else 0


def _previews(shell: Shell, outputs: Sequence[Output], notes: Notebook) -> str:
    from mati.cli.previews import check_previews
    from mati.project import open_project

    project = open_project(shell.root, Notebook())
    return check_previews(outputs, project.sources, project.settings.url, notes)


# --- The command ------------------------------------------------------------------------------


@click.command(
    short_help=_("Find everything that needs mending."),
    help=_(
        "Find everything an author can get wrong. Nothing is written.\n\n"
        "Example: mati check --format github"
    ),
)
@LAYOUT
@click.option("--strict", is_flag=True, help=_("Take every warning for an error."))
@click.option(
    "--diff",
    "revision",
    default="",
    metavar=_("REVISION"),
    help=_("Say what changed since a revision in git, and what that does to results."),
)
@click.option(
    "--share",
    is_flag=True,
    help=_("Also look at every page as robots do that show links, and follow all links."),
)
@click.pass_obj
def check(shell: Shell, *, layout: str, strict: bool, revision: str, share: bool) -> int:
    """Check the project, or compare it with what it was."""
    if revision:
        return _diff(shell, revision, layout)
    notes = Notebook()
    outputs, _surveys, _private = make_outputs(shell.root, notes, sample=False)
    told = _previews(shell, outputs, notes) if share and not notes.has_errors() else ""
    notes = strict_notes(notes) if strict else notes
    if layout == "github":
        tell(remarks_of(notes), shell.root)
    else:
        show(notes, layout, error=False)
    if layout == "human":
        click.echo(" ".join(filter(None, (told, counted(notes) or _("No problems.")))))
    return 1 if notes.has_errors() else 0


commands: tuple[click.Command, ...] = (check,)
