"""A branch of the project's own git repository, pushed to its remote: Git hosts show it as pages.

Only plumbing of git is used, with an index of its own: working tree, index and the checked-out
branch are never touched. The new commit stands on what the remote has, so nothing is forced. Its
message names what lay there beside the site, so that no later publish removes what is not ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from mati.errands import Errands, Plan, Ran, Refusal, Run, Why, Work, difference, run
from mati.errands.remote import last_words, reason_of

__all__ = ["way"]

_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_LONGEST = 100
_BESIDE = "Mati-Beside: "
_NO_JEKYLL = ".nojekyll"
"""Tells GitHub Pages to show files as they are."""
_NO_BRANCH = 2
"""``git ls-remote --exit-code``: there is no such branch."""
_NOBODY = tuple(
    (f"GIT_{who}_{what}", value)
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "mati publish"), ("EMAIL", "mati@localhost"))
)
"""Who commits where git knows no name."""
_MESSAGE = "Publish the site\n\n"
_LOGIN = (
    "authentication failed", "could not read username", "could not read password",
    "permission denied (publickey", "access denied", "bad credentials", "token expired",
)  # fmt: skip
"""In the words of git and of Git hosts about who one is."""
_AFTERWARDS = ("error: failed to push some refs", "Everything up-to-date", "hint:")
"""Lines that say nothing of their own."""
_SURE = ("error:", "fatal:", "denied")
"""What stands in the line of a remote that says why, whatever it says around it."""
_LATE = ("(fetch first)", "(non-fast-forward)", "(stale info)")


class _Entry(NamedTuple):
    """A file of a commit."""

    mode: str
    blob: str


class _Branch:
    name = "branch"
    example = "gh-pages"
    hosts = ("github", "netlify", "cloudflare", "vercel")
    whole = True

    def accepts(self, to: str) -> bool:
        """Accept the name of a branch."""
        odd = ".." in to or to.endswith((".", ".lock")) or ".lock/" in to or to == "HEAD"
        return len(to) <= _LONGEST and _BRANCH.fullmatch(to) is not None and not odd

    def compare(self, work: Work) -> Errands[Plan]:
        """Fetch what the remote has, and compare blob by blob."""
        yield from _check_free(work)
        remote = yield from _remote()
        tip = yield from _tip(remote, work)
        there = yield from _tree(tip)
        ours = yield from _ours(tip, there)
        blobs = yield from _blobs(work, write=False)
        same = {
            path: work.files[path].digest if there[path].blob == blobs[path] else ""
            for path in work.files
            if path in there
        }
        plan = difference(work, {**dict.fromkeys(there, ""), **same}, ours)
        beside = [path for path in there if path not in ours and path not in work.files]
        _check_way(work, beside)
        address = yield from _address(remote)
        note = {"tip": tip, "remote": remote, "beside": json.dumps(sorted(beside))}
        lacks = _NO_JEKYLL not in there and _NO_JEKYLL not in work.files
        new = tuple(sorted((*plan.new, _NO_JEKYLL))) if lacks else plan.new
        return replace(plan, new=new, note=note, where=address)

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Commit the tree on top of what the remote has, and push it."""
        tip, remote = plan.note["tip"], plan.note["remote"]
        there = yield from _tree(tip)
        blobs = yield from _blobs(work, write=True)
        empty = yield from _git("hash-object", "-w", "--stdin")
        entries = {_NO_JEKYLL: _Entry("100644", _word(empty)), **there}
        for path in plan.removed:
            entries.pop(path, None)
        sent = blobs.keys() - set(plan.spared)
        entries.update({path: _Entry("100644", blobs[path]) for path in sent})
        tree = yield from _write_tree(entries, work.scratch)
        commit = yield from _commit(tree, tip, plan.note["beside"])
        yield from _push(remote, commit, work)
        if tip:
            # A branch of that name here follows, unless it holds something else.
            name = f"refs/heads/{work.to}"
            yield from run(_command("update-ref", name, commit, tip))
        return ()


# --- Asking git ------------------------------------------------------------------------------


def _command(*arguments: str, stdin: bytes = b"", inside: str = "project", index: str = "") -> Run:
    environment = (("GIT_INDEX_FILE", index),) if index else ()
    return Run(
        program="git", arguments=arguments, stdin=stdin, inside=inside, environment=environment
    )


def _git(
    *arguments: str, stdin: bytes = b"", inside: str = "project", index: str = ""
) -> Errands[Ran]:
    """Ask git for something that should not fail."""
    ran = yield from run(_command(*arguments, stdin=stdin, inside=inside, index=index))
    if ran.status:
        raise Refusal(Why.PROGRAM_FAILED, f"git: {last_words(_telling(ran.errors))}")
    return ran


def _word(ran: Ran) -> str:
    return ran.out.decode("utf-8", "replace").strip()


def _path(ran: Ran) -> str:
    return ran.out.decode("utf-8", "surrogateescape").removesuffix("\n")


def _lines(ran: Ran) -> list[str]:
    return ran.out.decode("utf-8", "surrogateescape").splitlines()


def _check_free(work: Work) -> Errands[None]:
    """Refuse where there is no repository, or where the branch is being worked on."""
    ran = yield from run(_command("worktree", "list", "--porcelain"))
    if ran.status:
        said = ran.errors.lower()
        why = Why.NO_REPOSITORY if "not a git repository" in said else Why.PROGRAM_FAILED
        raise Refusal(why, f"git: {last_words(_telling(ran.errors))}")
    if f"branch refs/heads/{work.to}" in _lines(ran):
        raise Refusal(Why.BRANCH_IN_USE, work.to)


def _remote() -> Errands[str]:
    """Return the remote to push to, as git itself chooses it for the branch one is on."""
    listed = yield from _git("remote")
    known = _lines(listed)
    here = yield from run(_command("symbolic-ref", "--quiet", "--short", "HEAD"))
    branch = f"branch.{_word(here)}"
    wanted = []
    for name in (f"{branch}.pushRemote", "remote.pushDefault", f"{branch}.remote"):
        chosen = yield from run(_command("config", "--get", name))
        wanted.append(_word(chosen))
    found = next((name for name in (*wanted, "origin", *known) if name in known), "")
    if not found or found.startswith("-"):
        raise Refusal(Why.NO_REMOTE)
    return found


def _address(remote: str) -> Errands[str]:
    """Return where the remote is; it may hold a name and a password, which nobody is shown."""
    ran = yield from run(_command("remote", "get-url", "--push", "--", remote))
    return _word(ran)


def _tip(remote: str, work: Work) -> Errands[str]:
    """Return the commit the branch has at the remote, brought here; "" where there is none."""
    name = f"refs/heads/{work.to}"
    ran = yield from run(_command("ls-remote", "--exit-code", remote, name))
    if ran.status == _NO_BRANCH:
        return ""
    if ran.status:
        raise _unreachable(ran)
    tip = _word(ran).split()[0]
    here = yield from run(_command("cat-file", "-e", f"{tip}^{{commit}}"))
    if here.status:
        fetched = yield from run(
            _command(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-prune",
                "--recurse-submodules=no", remote, name,
            )
        )  # fmt: skip
        if fetched.status:
            raise _unreachable(fetched)
    return tip


def _unreachable(ran: Ran) -> Refusal:
    """Return why the remote could not be asked."""
    why = reason_of(ran.errors)
    words = last_words(_telling(ran.errors))
    if why in (Why.NO_HOST, Why.NO_CONNECTION, Why.HOST_UNKNOWN):
        return Refusal(why, _host_in(ran.errors))
    if any(word in ran.errors.lower() for word in _LOGIN):
        return Refusal(Why.LOGIN_REFUSED, words)
    return Refusal(Why.NOT_ALLOWED, words)


def _telling(errors: str) -> str:
    """Return what git says first hand: a line of the remote, else its own fatal or error ones."""
    told = (line.strip() for line in errors.splitlines())
    lines = [line for line in told if not line.startswith(_AFTERWARDS)]
    remote = [line.removeprefix("remote:").strip() for line in lines if line[:7] == "remote:"]
    worded = [line for line in remote if line]
    if sure := [line for line in worded if any(word in line.lower() for word in _SURE)]:
        return sure[0]
    own = [line for line in lines if line.startswith(("fatal:", "error:", "ERROR:"))]
    return "\n".join(worded or own[:1] or lines)


def _host_in(errors: str) -> str:
    found = re.search(r"(?:connect to (?:host )?|host: |hostname |key for )'?([\w.-]+)", errors)
    return found[1] if found else "git"


def _tree(commit: str) -> Errands[dict[str, _Entry]]:
    """Return the files of a commit by path; none of "" ."""
    if not commit:
        return {}
    ran = yield from _git("ls-tree", "-r", "-z", "--full-tree", commit)
    found: dict[str, _Entry] = {}
    for line in ran.out.split(b"\0"):
        head, _, path = line.decode("utf-8", "surrogateescape").partition("\t")
        if path:
            mode, _sort, blob = head.split()
            found[path] = _Entry(mode, blob)
    return found


def _ours(tip: str, there: Mapping[str, _Entry]) -> Errands[frozenset[str]]:
    """Return which files of the branch earlier publishes brought, by what their message says."""
    if not tip:
        return frozenset()
    ran = yield from _git(
        "log",
        "-1",
        "--first-parent",
        "--basic-regexp",
        "--no-show-signature",
        "--no-color",
        f"--grep=^{_BESIDE}",
        "--format=%H%n%B",
        tip,
    )
    lines = _lines(ran)
    said = [line.removeprefix(_BESIDE) for line in lines if line.startswith(_BESIDE)]
    if not said:
        return frozenset()
    try:
        beside = {str(path) for path in json.loads(said[-1])}
    except (ValueError, TypeError, RecursionError):
        return frozenset()
    then = yield from _tree(lines[0])
    return frozenset(path for path in there if path in then and path not in beside) - {_NO_JEKYLL}


def _check_way(work: Work, beside: list[str]) -> None:
    """Refuse where others' file stands in place of a folder of the site, or the other way."""
    folders = {p.rsplit("/", n)[0] for p in work.files for n in range(1, p.count("/") + 1)}
    for path in beside:
        above = (path.rsplit("/", n)[0] for n in range(1, path.count("/") + 1))
        if path in folders or any(folder in work.files for folder in above):
            raise Refusal(Why.IN_THE_WAY, path)


# --- Writing ---------------------------------------------------------------------------------


def _blobs(work: Work, *, write: bool) -> Errands[dict[str, str]]:
    """Return what git calls each file's bytes, with ``write`` kept in the repository."""
    place = yield from _git("rev-parse", "--absolute-git-dir")
    paths = sorted(work.files)
    ran = yield from run(
        Run(
            program="git",
            arguments=(
                "hash-object", *(("-w",) if write else ()), "--no-filters", "--stdin-paths"
            ),
            stdin=_bytes("".join(f"{path}\n" for path in paths)),
            inside="site",
            # Else git would look for the paths from the top of the repository.
            environment=(("GIT_DIR", _path(place)), ("GIT_WORK_TREE", ".")),
        )
    )  # fmt: skip
    if ran.status:
        raise Refusal(Why.PROGRAM_FAILED, f"git: {last_words(ran.errors)}")
    return dict(zip(paths, _lines(ran), strict=True))


def _write_tree(entries: Mapping[str, _Entry], scratch: str) -> Errands[str]:
    index = f"{scratch}/index"
    listed = "".join(f"{e.mode} {e.blob}\t{path}\0" for path, e in sorted(entries.items()))
    yield from _git("read-tree", "--empty", index=index)
    yield from _git("update-index", "-z", "--index-info", stdin=_bytes(listed), index=index)
    ran = yield from _git("write-tree", index=index)
    return _word(ran)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _commit(tree: str, tip: str, beside: str) -> Errands[str]:
    known = yield from run(_command("var", "GIT_COMMITTER_IDENT"))
    arguments = ("commit-tree", tree, *(("-p", tip) if tip else ()))
    ran = yield from run(
        Run(
            program="git",
            arguments=arguments,
            stdin=_bytes(f"{_MESSAGE}{_BESIDE}{beside}\n"),
            inside="project",
            environment=_NOBODY if known.status else (),
        )
    )
    if ran.status:
        raise Refusal(Why.PROGRAM_FAILED, f"git: {last_words(ran.errors)}")
    return _word(ran)


def _push(remote: str, commit: str, work: Work) -> Errands[None]:
    ran = yield from run(
        _command(
            "push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no",
            remote, f"{commit}:refs/heads/{work.to}",
        )
    )  # fmt: skip
    if not ran.status:
        return
    said = ran.out.decode("utf-8", "replace") + ran.errors
    if any(word in said for word in _LATE):
        raise Refusal(Why.OTHERS_CAME_FIRST, work.to)
    refusals = [line.lstrip("!\t ") for line in said.splitlines() if line.startswith("!")]
    raise _unreachable(replace(ran, errors="\n".join((*refusals, ran.errors))))


way = _Branch()
