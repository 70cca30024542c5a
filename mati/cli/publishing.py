"""The command ``publish``: the site as it was built, brought to where people see it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from mati.cli import Shell, _, called, complain, show
from mati.cli.ids import freeze, is_new, ready
from mati.cli.site import build

if TYPE_CHECKING:
    from mati.diagnostics import Notebook
    from mati.errands import Plan, Refusal, Work
    from mati.model import Survey
    from mati.project import Project
    from mati.uploading import Job
    from mati.versions import Shape

__all__ = ["commands", "sentence"]

_KILO = 1000
_LOCAL = ".localhost"
_FEW = 10
"""Addresses shown at the end; a site of a hundred surveys has a page that lists them."""


# --- What went wrong, in words -----------------------------------------------------------------


def _of_programs() -> Mapping[str, str]:
    return {
        "no-program": _(
            "The program '{detail}' is not on this computer. Install it and give the command again."
        ),
        "no-program-there": _(
            "The server does not let '{detail}' in. "
            "Ask your host which of rsync and sftp it offers."
        ),
        "no-repository": _(
            "This project is not kept in git yet, so there is no branch to publish to. "
            "Begin with: git init; or choose another way behind 'publish:' in mati.yaml."
        ),
        "no-remote": _(
            "Git does not know yet where to send the branch. "
            "Make an empty repository at your Git host, then: git remote add origin ADDRESS"
        ),
        "branch-in-use": _(
            "You are working on the branch '{detail}' yourself; the site would lie on top of your "
            "work. Switch to another branch, or publish to one that need not exist yet."
        ),
        "in-the-way": _(
            "'{detail}' stands where the site needs the name, and it is not ours. "
            "Move it away or rename it."
        ),
        "others-came-first": _(
            "Somebody else changed the branch '{detail}' in this moment. "
            "Nothing of theirs was overwritten; give the command again."
        ),
        "login-refused": _(
            "The Git host does not know who you are, or no longer: {detail}. Renew your key or "
            "your token there, and try by hand: git push"
        ),
        "changed-meanwhile": _(
            "Somebody else published there in this moment. "
            "Nothing of theirs was lost; give the command again."
        ),
        "not-allowed": _(
            "The Git host did not take it: {detail}. Check that you may push to this repository."
        ),
    }


def _of_servers() -> Mapping[str, str]:
    return {
        "no-host": _("There is no server called '{detail}'. Check the name and your connection."),
        "no-connection": _("'{detail}' cannot be reached. Check your connection, then try again."),
        "host-unknown": _(
            "This computer does not know the server '{detail}', or it is another one than before. "
            "Connect to it once with ssh and compare its fingerprint with the one your host tells."
        ),
        "key-refused": _(
            "'{detail}' did not let us in: wrong name, key or password. "
            "Try the same with ssh or sftp by hand."
        ),
        "cannot-write": _(
            "Files cannot be written into '{detail}' there. "
            "Check that the folder is right and that it is yours."
        ),
        "disk-full": _("There is no more room on the server."),
        "program-failed": _("It did not work; the program says: {detail}"),
    }


def _of_hosts() -> Mapping[str, str]:
    return {
        "no-token": _(
            "The environment variable {detail} is not set. Make a token at your host and set it; "
            "never write it into a file of the project."
        ),
        "token-refused": _(
            "The host does not accept what {detail} holds. Make a new token and set it."
        ),
        "no-site": _("The host knows no site '{detail}' of yours. Check the name in mati.yaml."),
        "not-taken": _("The host did not take it: {detail}"),
        "busy": _("'{detail}' is asked too much at the moment. Try again in some minutes."),
        "not-trusted": _(
            "The certificate of '{detail}' is not good, so nothing was sent. "
            "Check the clock of this computer and who stands between it and the network."
        ),
        "not-ready": _(
            "All was sent, but the host does not show it yet ({detail}). Look again in a while."
        ),
        "reports-elsewhere": _(
            "Publishing here would take down the reports of: {detail}. This host always shows the "
            "whole site as it was sent last. Publish where the answers are (private/), "
            "or write 'public: false' below 'report:' in them."
        ),
    }


def _of_files() -> Mapping[str, str]:
    return {
        "unsafe-folder": _(
            "The site cannot be published into '{detail}': the project or something private would "
            "lie in it, or it is a folder of the project, or no folder. Choose one beside it."
        ),
        "unsafe-file": _("'{detail}' must not be published: it is a link, or private."),
        "not-as-built": _("'{detail}' is not as it was built. Give the command again."),
        "already-running": _("Another publish of this project is running. Wait for its end."),
        "samples": _(
            "'{detail}' shows sample answers that nobody gave; they are not for the public. "
            "Build without --sample."
        ),
    }


def sentence(refusal: Refusal) -> str:
    """Say why nothing was published, and what to do."""
    from mati.errands import Why

    sentences = {**_of_programs(), **_of_servers(), **_of_hosts(), **_of_files()}
    text = sentences[refusal.why.value].format(detail=refusal.detail)
    if refusal.why is Why.NO_PROGRAM and refusal.detail == "wrangler":
        more = _(
            "It is Cloudflare's own: install Node.js from nodejs.org, then: npm install -g wrangler"
        )
        return f"{text} {more}"
    return text


# --- What is there to do -----------------------------------------------------------------------


def _size(count: int) -> str:
    """Return bytes as people read them."""
    if count < _KILO:
        return f"{count} B"
    if count < _KILO * _KILO:
        return f"{count / _KILO:.1f} kB"
    return f"{count / _KILO / _KILO:.1f} MB"


def _tell(plan: Plan, work: Work, target: str, where: str, *, verbose: bool) -> None:
    """Show what would be done."""
    place = f"{target} ({_plain(where)})" if where else target
    click.echo(_("To: {target}").format(target=place))
    text = _("New: {new}, changed: {changed}, removed: {removed}, unchanged: {unchanged}.")
    click.echo(
        text.format(
            new=len(plan.new),
            changed=len(plan.changed),
            removed=len(plan.removed),
            unchanged=len(plan.unchanged),
        )
    )
    size = sum(work.files[path].size for path in plan.sent if path in work.files)
    click.echo(_("To send: {size}").format(size=_size(size)))
    if not plan.sure:
        words = _("What stands there cannot be asked; this is compared with the last time.")
        first = _(
            "What stands there cannot be asked. Whatever it shows that is not named here will be "
            "gone: from here it is the first time."
        )
        click.echo(words if work.known else first)
    if plan.stays:
        words = _("Published reports that this build did not make stay where they are: {count}.")
        click.echo(words.format(count=len(plan.stays)))
    if plan.strange:
        words = _(
            "Careful: files that no earlier publish is known to have brought would be replaced "
            "or removed: {count}, such as {path}"
        )
        click.echo(words.format(count=len(plan.strange), path=_plain(plan.strange[0])))
    if verbose:
        marks = (("+", plan.new), ("~", plan.changed), ("-", plan.removed), ("=", plan.unchanged))
        for mark, paths in (*marks, ("!", plan.stays)):
            for path in paths:
                click.echo(f"{mark} {_plain(path)}")


def _plain(text: str) -> str:
    """Return what a place says so that it can do nothing to a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _due(project: Project, opened: Notebook) -> list[tuple[str, Shape]] | None:
    """Return the surveys whose names are not frozen yet; None where one must be mended first."""
    found: list[tuple[str, Shape]] = []
    for source in project.sources:
        now = ready(project, source, opened)
        if now is None:
            return None
        if is_new(project, now, source.name):
            found.append((source.name, now))
    return found


def _absent(project: Project) -> tuple[str, ...]:
    """Return the surveys with public reports whose answers are not on this computer."""
    if project.has_private:
        return ()
    return tuple(name for name, one in _surveys(project).items() if one.settings.report.public)


def _surveys(project: Project) -> Mapping[str, Survey]:
    from mati.build import forms
    from mati.diagnostics import Notebook

    return forms.read(project, "", Notebook())


def _may_go_out(project: Project, notes: Notebook, *, local: bool, withdraw: bool) -> bool:
    """Say what would be wrong with a site that is published, whatever its pages hold.

    ``notes`` are those of the project as it was opened, and know its lines. ``local``: it stays
    on this computer, where the form service may be, too.
    """
    from mati.diagnostics import Code, Severity, Span

    settings = project.settings
    if not settings.url:
        notes.note(Code.NO_SITE_URL, Span(settings.path))
    if _at_home(settings.collect_url) and any(
        survey.settings.send == "own" for survey in _surveys(project).values()
    ):
        span = settings.collect_span or Span(settings.path)
        level = Severity.WARNING if local else None
        notes.note(Code.ANSWERS_STAY_HERE, span, severity=level, url=settings.collect_url)
    said = (Code.PUBLISH_ELSEWHERE, Code.NO_SITE_URL, Code.ANSWERS_STAY_HERE)
    show(found for found in notes if found.code in said)
    if withdraw and not project.has_private:
        click.echo(_("Reports can only be taken down where the answers are (private/)."), err=True)
        return False
    return not notes.has_errors()


def _at_home(address: str) -> bool:
    """Tell whether an address is that of whatever device asks for it."""
    from urllib.parse import urlsplit

    host = urlsplit(address).hostname or ""
    return host in ("0.0.0.0", "::1") or host.startswith("127.") or f".{host}".endswith(_LOCAL)  # noqa: S104


@contextlib.contextmanager
def _progress(job: Job, total: int) -> Iterator[None]:
    """Count what has gone its way, for a person who watches."""
    if not sys.stdout.isatty():
        yield
        return
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        click.echo(f"\r{min(count, total)}/{total}", nl=False)

    job.tick = tick
    yield
    click.echo("\r" + " " * (2 * len(str(total)) + 1) + "\r", nl=False)


def _addresses(project: Project, paths: Collection[str], own: tuple[str, ...]) -> list[str]:
    """Return where people see the site: its address and those of the surveys, or the host's."""
    url = project.settings.url
    if not url:
        return list(own)
    languages = project.settings.languages or (project.settings.defaults.lang,)
    pages = [
        f"{url}/{language}/{source.name}/"
        for source in project.sources
        for language in languages
        if f"{language}/{source.name}/index.html" in paths
    ]
    return [f"{url}/", *pages[:_FEW]]


# --- The command -------------------------------------------------------------------------------


def _tell_ends(
    project: Project, plan: Plan, due: list[tuple[str, Shape]], hosts: Sequence[str]
) -> None:
    """Show what else comes with it."""
    if due:
        names = ", ".join(name for name, _shape in due)
        click.echo(_("Names to be frozen, as by 'mati ids --release': {names}").format(names=names))
    if len(hosts) == 1 and not project.settings.host:
        words = _("To get all that this host offers, add to mati.yaml: host: {host}")
        click.echo(words.format(host=hosts[0]))
    if plan.stays and project.has_private:
        command = f"{called('publish')} --withdraw"
        click.echo(_("To take those reports down: {command}").format(command=command))


def _upload(shell: Shell, project: Project, job: Job, plan: Plan) -> int:
    """Send what is new, say where people see it; return the exit status."""
    from mati.errands import Refusal, Why

    try:
        with _progress(job, len(plan.sent)):
            own = job.publish(plan)
    except BrokenPipeError:
        raise
    except (Refusal, OSError) as problem:
        if isinstance(problem, OSError):
            complain(problem, shell.root)
        else:
            click.echo(sentence(problem), err=True)
        if not job.way.whole:
            text = _("Some files may be new there already; the next time goes on from here.")
            click.echo(text, err=True)
        elif isinstance(problem, OSError) or problem.why is not Why.NOT_READY:
            click.echo(_("The site there stands as it was."), err=True)
        return 1
    text = _("Published. Files sent: {sent}, removed: {removed}.")
    click.echo(text.format(sent=len(plan.sent), removed=len(plan.removed)))
    for address in _addresses(project, job.work.files, own):
        click.echo(address)
    for source in project.sources[:_FEW]:
        if project.settings.url and f"share/{source.name}/index.html" in job.work.files:
            words = _("To pass it on, words and codes: {path}")
            click.echo(words.format(path=f"{project.settings.url}/share/{source.name}/"))
    return 0


def _agreed() -> bool:
    """Ask; whoever leaves with Ctrl-C is told that nothing was done."""
    try:
        return click.confirm(_("Publish?"), default=False)
    except click.Abort:
        click.echo("\n" + _("Nothing was published."))
        raise


def _run(
    shell: Shell,
    project: Project,
    job: Job,
    due: list[tuple[str, Shape]],
    *,
    dry_run: bool,
    yes: bool,
    verbose: bool,
) -> int:
    """Compare, show, ask, freeze, publish; return the exit status."""
    plan = job.compare()
    where = str((shell.root / job.work.to).resolve()) if job.way.name == "folder" else plan.where
    _tell(plan, job.work, f"{job.way.name} {job.work.to}", where, verbose=verbose)
    _tell_ends(project, plan, due, job.way.hosts)
    if plan.idle and not due:
        click.echo(_("Nothing to publish: all of it stands there already."))
        return 0
    if dry_run:
        return 0
    if not (yes or _agreed()):
        click.echo(_("Nothing was published."))
        return 1
    if any(freeze(shell, project, shape, name, write=True) for name, shape in due):
        return 1
    return 0 if plan.idle else _upload(shell, project, job, plan)


@click.command(
    short_help=_("Bring the site to where people see it."),
    help=_(
        "Build the site and bring it to where 'publish:' in mati.yaml says: a branch of git, a "
        "server by rsync or sftp, Netlify, Cloudflare Pages, or another folder.\n\n"
        "It shows first what would change, and asks.\n\nExample: mati publish --dry-run"
    ),
)
@click.option("--dry-run", is_flag=True, help=_("Show what would change, and change nothing."))
@click.option("--yes", is_flag=True, help=_("Ask nothing; needed where no terminal is."))
@click.option("-v", "--verbose", is_flag=True, help=_("Name every file."))
@click.option("--again", is_flag=True, help=_("Send all files, whatever is remembered."))
@click.option(
    "--withdraw",
    is_flag=True,
    help=_("Take down published reports that this build did not make."),
)
@click.pass_context
def publish(
    ctx: click.Context, *, dry_run: bool, yes: bool, verbose: bool, again: bool, withdraw: bool
) -> int:
    """Publish the site."""
    from mati.diagnostics import Notebook
    from mati.errands import Refusal
    from mati.project import open_project
    from mati.uploading import begun

    shell: Shell = ctx.obj
    person = sys.stdin is not None and sys.stdin.isatty()
    if not (yes or dry_run or person):
        text = _("Nobody is here to be asked. Add --yes to publish, or --dry-run to look only.")
        raise click.UsageError(text, ctx)
    notes = Notebook()
    project = open_project(shell.root, notes)
    setting = project.settings.publish
    if setting is None and not notes.has_errors():
        _tell_ways()
        return 1
    status: int = ctx.invoke(build) or 0
    if status or setting is None:
        return status or 1
    due = _due(project, notes)
    if due is None:
        return 1
    if not _may_go_out(project, notes, local=setting.way == "folder", withdraw=withdraw):
        click.echo(_("Nothing was published."), err=True)
        return 1
    absent = _absent(project)
    try:
        with begun(
            shell.root, setting, again=again, withdraw=withdraw, person=person, absent=absent
        ) as job:
            return _run(shell, project, job, due, dry_run=dry_run, yes=yes, verbose=verbose)
    except Refusal as refusal:
        click.echo(sentence(refusal), err=True)
        click.echo(_("Nothing was published."), err=True)
        return 1


def _tell_ways() -> None:
    """Say what to write into ``mati.yaml``."""
    from mati.uploads import ways

    click.echo(_("Where to? Add one of these lines to mati.yaml:"), err=True)
    for way in ways.all():
        click.echo(f"  publish: {way.name} {way.example}", err=True)


commands: tuple[click.Command, ...] = (publish,)
