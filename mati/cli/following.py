"""The command of the call-back list: who, how, why, until when, and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, say, show
from mati.cli.asked import surveys_of
from mati.diagnostics import Notebook, clean

if TYPE_CHECKING:
    from mati.followups import Case
    from mati.localise import Language
    from mati.model import FollowUp, Survey
    from mati.project import Project

__all__ = ["commands", "tell_waiting"]

_SHEETS = ("csv", "hubspot", "odoo", "paper", "vcard", "zoho")
_ENDS = {"vcard": "vcf"}
_DAYS = re.compile(r"([0-9]{1,3})(?:\s*days?)?")
_LONGEST = 2_000
"""Signs of a line that are shown."""
_FEWEST = 4
"""Signs of a case's name that are enough, where no other begins with them."""


@dataclass(slots=True)
class _Lists:
    """The cases of every survey that was asked for, in words the user reads."""

    notes: Notebook = field(default_factory=Notebook)
    surveys: list[Survey] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    project: Project | None = None
    speakers: dict[str, Language] = field(default_factory=dict)
    """The language that each survey's cases are told in."""
    tongues: dict[str, str] = field(default_factory=dict)
    """Languages by code, each by its own name."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


def _lists(shell: Shell, wanted: str) -> _Lists:
    """Read surveys, answers, contacts and log; show what is wrong with any."""
    from mati import home
    from mati.followups import cases
    from mati.localise import localise
    from mati.responses import as_of_today

    found = _Lists()
    asked = surveys_of(shell, wanted, found.notes)
    found.project = asked.project
    found.now = datetime.now(UTC).astimezone(asked.project.settings.zone or UTC)
    for name, survey, speaker in asked:
        follow_up = survey.settings.follow_up
        if follow_up is None or follow_up.rule is None:
            continue  # it does not say whom to call
        found.surveys.append(survey)
        answers = as_of_today(home.load(shell.root, name, found.notes), survey)
        contacts = home.contacts_of(shell.root, name, found.notes)
        log = home.log_of(shell.root, name, found.notes)
        found.tongues |= {code: each.endonym for code, each in asked.languages[name].items()}
        found.speakers[name] = speaker
        made = cases(survey, answers, contacts, log, found.now)
        found.cases += [localise(case, speaker) for case in made]
    return found


def tell_waiting(shell: Shell, survey: str, *, quiet: bool = False) -> None:
    """Tell whom a survey names of new cases; say how many wait for a call, where any do.

    "" is for all surveys; ``quiet``: say nothing.
    """
    found = _lists(shell, survey)
    _notify(shell, found)
    left = [] if quiet else [case for case in found.cases if case.open]
    if left:
        text = _("To call back: {count}, overdue: {overdue}. To see them: {command}")
        late = sum(case.overdue for case in left)
        click.echo(text.format(count=len(left), overdue=late, command=called("followup")))


def _notify(shell: Shell, found: _Lists) -> None:
    """Tell whom the surveys name of cases that nobody was told of."""
    from mati import home
    from mati.followups import Alert, alert_of, notice
    from mati.model import Target
    from mati.sending import send

    def sent(target: Target, due: Sequence[Alert]) -> str:
        return send(target, notice(due, called("followup"), _), shell.root)

    for survey in found.surveys:
        follow_up = survey.settings.follow_up
        if follow_up is None or not follow_up.notify:
            continue
        waiting = [
            alert_of(case) for case in found.cases if case.survey == survey.name and not case.state
        ]
        problems = home.tell(shell.root, survey.name, waiting, follow_up.notify, sent)[1]
        for kind, problem in problems:
            text = _("Nobody could be told by {kind}: {problem}. The next 'pull' tries again.")
            click.echo(text.format(kind=kind, problem=problem), err=True)


def _state(case: Case) -> str:
    words = {
        "": _("new"),
        "assigned": _("assigned"),
        "contacted": _("called; to ask if satisfied now"),
        "unreachable": _("not reached yet"),
        "done": _("done"),
        "dropped": _("let go"),
    }
    return words[case.state]


def _ways(case: Case) -> str:
    if not case.may_call:
        return _("gave no leave to be called")
    ways = (*case.names, *case.phones, *case.emails)
    return " · ".join(ways) or _("left no way to be reached")


def _lines(case: Case, tongues: Mapping[str, str]) -> Iterator[str]:
    """Yield what is to be known of one person; whatever they wrote is cleaned of signals."""
    from mati.followups.sheets import label_words, reason_words, reply_words

    due = _("overdue since {day}") if case.overdue else _("until {day}")
    until = due.format(day=case.due.isoformat()) if case.open else ""
    yield " · ".join(filter(None, (case.id, case.survey, until, _state(case), case.owner)))
    yield f"  {_ways(case)}"
    for consent in case.refused:
        yield "  " + _("did not agree to: {what}").format(what=label_words(consent))
    for reply in case.others:
        yield f"  {reply_words(reply)}"
    tongue = tongues.get(case.language, case.language)
    came = " · ".join(filter(None, (tongue, case.channel, *(f"{n}={v}" for n, v in case.hidden))))
    yield "  " + _("answered {day}, {how}").format(day=case.at.strftime("%Y-%m-%d %H:%M"), how=came)
    for reason in case.reasons:
        yield f"  ! {reason_words(reason)}"
    for reply in case.replies:
        yield f"  > {reply_words(reply)}"
    if case.promised:
        yield "  " + _("promised: {what}").format(what=case.promised)
    if case.satisfied:
        yield "  " + (
            _("satisfied now: yes") if case.satisfied == "yes" else _("satisfied now: no")
        )
    for note in case.notes:
        yield "  " + _("note: {words}").format(words=note)


def _stopped(found: _Lists) -> bool:
    """Show what is wrong; tell whether nothing can be done before it is mended."""
    show(found.notes)
    return found.notes.has_errors()


def _print(shell: Shell, survey: str, *, closed: bool) -> int:
    found = _lists(shell, survey)
    if _stopped(found):
        return 1
    if not found.surveys:
        text = _(
            "No survey says which answers ask for a call back. Add to its settings, such as:\n"
            "followup:\n  if: overall <= 2\n  within: 2 days"
        )
        click.echo(text, err=True)
        return 1
    for case in found.cases:
        if case.open or closed:
            click.echo(
                "\n".join(clean(line, _LONGEST) for line in _lines(case, found.tongues)) + "\n"
            )
    left = [case for case in found.cases if case.open]
    text = _("To call: {count}. Overdue: {overdue}. Done or let go: {closed}.")
    late, over = sum(case.overdue for case in left), len(found.cases) - len(left)
    click.echo(text.format(count=len(left), overdue=late, closed=over))
    if left:
        example = called(f"followup done {left[0].id[:_FEWEST]}")
        say(_("When you have called: {command}").format(command=example))
    return 0


@click.group(
    invoke_without_command=True,
    short_help=_("Show whom to call back, and note what was done."),
    help=_(
        "Show whom to call back: everybody whose answers meet 'followup.if' of a survey, the most"
        " urgent first.\n\n"
        "Only you see it; nothing of it is ever in site/.\n\n"
        'Example: mati followup done 3f9a --promised "a new cup"'
    ),
)
@click.pass_context
def followup(context: click.Context) -> int:
    """Show the list where nothing else is asked for."""
    if context.invoked_subcommand is None:
        return _print(context.obj, "", closed=False)
    return 0


@followup.command(
    "list",
    short_help=_("Show whom to call back."),
    help=_("Show whom to call back.\n\nExample: mati followup list customer-service --all"),
)
@click.argument("survey", default="", metavar=_("[SURVEY]"))
@click.option("--all", "closed", is_flag=True, help=_("Show those that are done, too."))
@click.pass_obj
def list_(shell: Shell, *, survey: str, closed: bool) -> int:
    """Show the list."""
    return _print(shell, survey, closed=closed)


def _case(found: _Lists, name: str) -> Case:
    """Return the case that a name, or its beginning, means."""
    fitting = [case for case in found.cases if case.id.startswith(name.lower())]
    if len(name) >= _FEWEST and len(fitting) == 1:
        return fitting[0]
    if len(name) >= _FEWEST and fitting:
        text = _("'{name}' is the beginning of several. Write more of it.")
    else:
        text = _("There is nobody called '{name}' on the list. To see it: {command}")
    raise click.UsageError(text.format(name=clean(name), command=called("followup")))


def _day(text: str, today: date) -> str:
    """Return a day in ISO 8601 from a date, or from a number of days from today."""
    from mati.model import plain_digits

    plain = plain_digits(text.strip())
    try:
        count = _DAYS.fullmatch(plain)
        day = today + timedelta(days=int(count[1])) if count else date.fromisoformat(plain)
    except ValueError:
        day = None
    if day is None or day < today:
        words = _("'{text}' is no day to come. Write it like this: --again 2027-01-31, or: 14")
        raise click.UsageError(words.format(text=clean(text)))
    return day.isoformat()


def _ask_again(follow_up: FollowUp, case: Case, satisfied: str) -> str:
    """Return in how many days to ask again where nobody says it; "" for not at all.

    Who is not satisfied yet stays on the list; who was asked once, and did not say no, does not.
    """
    if satisfied == "no":
        return str(follow_up.again_days or follow_up.within_days)
    return str(follow_up.again_days or "") if not (satisfied or case.ask) else ""


def _note(shell: Shell, name: str, *, state: str, again: str = "", **words: str) -> int:
    """Write down what was done for one person."""
    from mati import home
    from mati.followups import Entry

    found = _lists(shell, "")
    if _stopped(found):
        return 1
    case = _case(found, name)
    survey = next(one for one in found.surveys if one.name == case.survey)
    follow_up = survey.settings.follow_up
    if state == "done" and follow_up is not None:
        again = again or _ask_again(follow_up, case, words.get("satisfied", ""))
        state = "contacted" if again else state
    day = _day(again, found.now.date()) if again else ""
    entry = Entry(
        key=case.key,
        id=case.response,
        case=case.id,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        state=state,
        again=day,
        **{key: " ".join(value.split()) for key, value in words.items()},
    )
    home.note_done(shell.root, case.survey, [entry])
    if day:
        say(_("Noted. Ask on {day} if they are satisfied now.").format(day=day))
    else:
        say(_("Noted."))
    return 0


_CASE = click.argument("case", metavar=_("CASE"))
_NOTE = click.option("--note", default="", metavar=_("WORDS"), help=_("Anything to remember."))


@followup.command(
    short_help=_("Note that somebody was called."),
    help=_(
        "Note that somebody was called. Where the survey says 'again', they come back on the list"
        " on that day, to be asked if they are satisfied now.\n\n"
        'Example: mati followup done 3f9a --promised "a new cup" --again "14 days"'
    ),
)
@_CASE
@click.option("--promised", default="", metavar=_("WORDS"), help=_("What was promised."))
@click.option("--again", default="", metavar=_("DAY"), help=_("When to ask again."))
@click.option("--satisfied", type=click.Choice(["yes", "no"]), help=_("Are they satisfied now?"))
@_NOTE
@click.pass_obj
def done(
    shell: Shell, *, case: str, promised: str, again: str, satisfied: str | None, note: str
) -> int:
    """Note a call."""
    words = {"promised": promised, "satisfied": satisfied or "", "note": note}
    return _note(shell, case, state="done", again=again, **words)


@followup.command(
    short_help=_("Say who will call."),
    help=_("Say who will call.\n\nExample: mati followup assign 3f9a Dara"),
)
@_CASE
@click.argument("owner", metavar=_("NAME"))
@click.pass_obj
def assign(shell: Shell, *, case: str, owner: str) -> int:
    """Give somebody the call."""
    return _note(shell, case, state="assigned", owner=owner)


@followup.command(
    short_help=_("Note that somebody could not be reached."),
    help=_(
        "Note that somebody could not be reached; they stay on the list.\n\n"
        "Example: mati followup missed 3f9a"
    ),
)
@_CASE
@_NOTE
@click.pass_obj
def missed(shell: Shell, *, case: str, note: str) -> int:
    """Note a call that nobody took."""
    return _note(shell, case, state="unreachable", note=note)


@followup.command(
    short_help=_("Let somebody go without a call."),
    help=_(
        "Let somebody go without a call, such as an answer given for fun.\n\n"
        'Example: mati followup drop 3f9a --note "our own test"'
    ),
)
@_CASE
@_NOTE
@click.pass_obj
def drop(shell: Shell, *, case: str, note: str) -> int:
    """Close a case without a call."""
    return _note(shell, case, state="dropped", note=note)


def _papers(found: _Lists, cases: Sequence[Case]) -> dict[str, str]:
    """Return a page to print for every survey."""
    from mati.build.callsheet import callsheet

    made = {}
    for survey in found.surveys:
        kept = [case for case in cases if case.survey == survey.name]
        if found.project is not None:
            speaker = found.speakers[survey.name]
            made[f"{survey.name}.html"] = callsheet(found.project, survey, kept, speaker, found.now)
    return made


def _sheets(surveys: Sequence[Survey], cases: Sequence[Case], name: str) -> dict[str, str]:
    from mati.followups import sheet

    end = _ENDS.get(name, "csv")
    middle = "" if name in ("csv", "vcard") else f".{name}"
    return {
        f"{survey.name}{middle}.{end}": sheet(name, [c for c in cases if c.survey == survey.name])
        for survey in surveys
    }


@followup.command(
    short_help=_("Write the list for a spreadsheet, an address book or a CRM."),
    help=_(
        "Write the list into private/followups/, for a spreadsheet (csv), paper, the address"
        " book of a telephone (vcard), or the import of HubSpot, Zoho or Odoo. What is done is"
        " left out.\n\n"
        "Example: mati followup export --for vcard"
    ),
)
@click.argument("survey", default="", metavar=_("[SURVEY]"))
@click.option(
    "--for", "name", type=click.Choice(_SHEETS), default="csv", help=_("What will read it.")
)
@click.option("--all", "closed", is_flag=True, help=_("Write those that are done, too."))
@click.pass_obj
def export(shell: Shell, *, survey: str, name: str, closed: bool) -> int:
    """Write sheets that only their owner may read."""
    from mati import home

    found = _lists(shell, survey)
    if _stopped(found):
        return 1
    kept = [case for case in found.cases if case.open or closed]
    sheets = _papers(found, kept) if name == "paper" else _sheets(found.surveys, kept, name)
    for path in home.write_sheet(shell.root, sheets):
        click.echo(str(path))
    return 0


commands: tuple[click.Command, ...] = (followup,)
