"""What a way of publishing asks of the world, step by step, and what came of it.

A way (``mati/uploads/``) is pure: it is a generator that yields errands and is sent what came
of each. Whoever can touch the world (``mati/uploading/``) does them, one after the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, unique
from types import MappingProxyType
from typing import TypeVar, cast

__all__ = [
    "Answer",
    "Bring",
    "Call",
    "Errand",
    "Errands",
    "Keep",
    "Look",
    "Plan",
    "Put",
    "Ran",
    "Refusal",
    "Remove",
    "Run",
    "SiteFile",
    "Wait",
    "Why",
    "Work",
    "ask",
    "bring",
    "comes_last",
    "difference",
    "folders_of",
    "is_lasting",
    "is_report",
    "left_empty",
    "look",
    "may_be_published",
    "run",
    "shows_samples",
    "without_answers",
]

Found = TypeVar("Found")


@unique
class Why(Enum):
    """Why nothing was published; the commands have a sentence for each."""

    NO_PROGRAM = "no-program"
    """Detail: its name."""
    NO_PROGRAM_THERE = "no-program-there"
    """Detail: what the server lacks."""
    NO_REPOSITORY = "no-repository"
    NO_REMOTE = "no-remote"
    BRANCH_IN_USE = "branch-in-use"
    """Detail: the branch."""
    IN_THE_WAY = "in-the-way"
    """Detail: the path of what is not ours and stands where a page must."""
    OTHERS_CAME_FIRST = "others-came-first"
    CHANGED_MEANWHILE = "changed-meanwhile"
    LOGIN_REFUSED = "login-refused"
    """The Git host does not know who asks, or no longer. Detail: the program's words."""
    NOT_ALLOWED = "not-allowed"
    """Detail: the program's words."""
    NO_HOST = "no-host"
    """Detail: the host."""
    NO_CONNECTION = "no-connection"
    """Detail: the host."""
    HOST_UNKNOWN = "host-unknown"
    """The key of the server is not known here yet, or is another. Detail: the host."""
    KEY_REFUSED = "key-refused"
    """Detail: user and host."""
    CANNOT_WRITE = "cannot-write"
    """Detail: the folder there."""
    DISK_FULL = "disk-full"
    PROGRAM_FAILED = "program-failed"
    """Detail: the program and its last words."""
    NO_TOKEN = "no-token"  # noqa: S105 - the name of a reason
    """Detail: the environment variable."""
    TOKEN_REFUSED = "token-refused"  # noqa: S105 - the same
    """Detail: the environment variable."""
    NO_SITE = "no-site"
    """Detail: the name of the site there."""
    NOT_TAKEN = "not-taken"
    """Detail: what the service said."""
    BUSY = "busy"
    """Too many requests, also after waiting. Detail: the host."""
    NOT_TRUSTED = "not-trusted"
    """Its certificate is not good. Detail: the host."""
    NOT_READY = "not-ready"
    """All was sent, but it does not say that it shows it. Detail: what it said."""
    REPORTS_ELSEWHERE = "reports-elsewhere"
    """Detail: the names of surveys."""
    UNSAFE_FOLDER = "unsafe-folder"
    """Detail: the folder as written."""
    UNSAFE_FILE = "unsafe-file"
    """Detail: a path that must not be published."""
    NOT_AS_BUILT = "not-as-built"
    """Detail: a path below ``site/``."""
    ALREADY_RUNNING = "already-running"
    SAMPLES = "samples"
    """Detail: pages with sample answers."""


class Refusal(Exception):  # noqa: N818 - the glossary's word
    """Nothing more can be done; ``detail`` holds no secret."""

    def __init__(self, why: Why, detail: str = "") -> None:
        """Keep the reason and the words that belong to it."""
        super().__init__(why.value)
        self.why, self.detail = why, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """One file of the site: bytes, the build's own digest, the SHA-1 some hosts ask for."""

    size: int
    digest: str
    sha1: str = ""
    empty: bool = False
    """Whether it belongs to a report in which nobody has answered anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All that a way needs to know: where to, what, and what was there the last time."""

    to: str
    files: Mapping[str, SiteFile]
    """By path below ``site/``: exactly what the build made."""
    known: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Path and digest of what we brought there earlier, as far as is remembered."""
    mark: str = ""
    """What we left there the last time, to know the place again; "" for nothing."""
    next_mark: str = ""
    """What to leave there this time."""
    withdraw: bool = False
    """Whether published reports that this build did not make are to go, and with them the old
    assets that only they, or nobody, refers to."""
    person: bool = False
    """Whether somebody is here to type a password."""
    absent: tuple[str, ...] = ()
    """Surveys with public reports whose answers are not here."""
    scratch: str = ""
    """An absolute path beside the files that nothing else uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a publish would do; paths below ``site/``, sorted."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    """Reports this build did not make that stay where they are."""
    sure: bool = True
    """Whether the place itself was asked what stands there; else it is only remembered."""
    note: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the way found out and needs again."""
    spared: tuple[str, ...] = ()
    """Files of this build that do not travel: they would empty a report that stands there."""
    strange: tuple[str, ...] = ()
    """What is changed or removed although no earlier publish is known to have brought it."""
    where: str = ""
    """The place in words of its own, such as the address of a repository."""

    @property
    def sent(self) -> tuple[str, ...]:
        """What travels, pages after what they refer to."""
        return tuple(sorted((*self.new, *self.changed), key=lambda path: (comes_last(path), path)))

    @property
    def idle(self) -> bool:
        """Whether all stands there already."""
        return self.sure and not (self.new or self.changed or self.removed)


# --- Errands ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Start a program of the system, without any shell.

    ``inside``: ``site`` (the files to publish), ``project``, ``empty`` (a folder with nothing in
    it) or ``away`` (a folder outside the project). ``counts``: lines of its output that begin so
    are steps forward. ``secrets``: variables it may see, which others may not.
    """

    program: str
    arguments: tuple[str, ...]
    stdin: bytes = b""
    inside: str = "site"
    environment: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()
    counts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a program said; ``status`` is None where there is no such program."""

    status: int | None
    out: bytes = b""
    errors: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Ask an HTTPS service; ``file`` is sent in place of ``body`` where it is named.

    ``token`` names the environment variable that proves who asks; ``root`` may be replaced by
    that of the variable ``instead``, but only by one on this very machine.
    """

    root: str
    method: str
    path: str
    body: bytes = b""
    file: str = ""
    token: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service answered; ``status`` 0 when it did not, ``trouble`` then says why:
    ``host``, ``certificate`` or ``connection``.
    """

    status: int
    body: bytes = b""
    wait: float | None = None
    """Seconds it asks to wait."""
    following: int | None = None
    """The number of the next page of a list."""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Return the digests of files in another folder, by path; those that are not there lack."""

    folder: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Copy a file of the site into another folder: beside, then in its place."""

    folder: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Remove one file from another folder, and folders above it that it leaves empty."""

    folder: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Keep copies of files of the site for later publishes to this target."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bring:
    """Lay kept copies beside the files of the site; return the paths of those there are."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Let seconds go by."""

    seconds: float


Errand = Run | Call | Look | Put | Remove | Keep | Bring | Wait
Errands = Generator[Errand, object, Found]
"""Errands one after the other, and what they came to at the end."""


def run(errand: Run) -> Errands[Ran]:
    """Start a program; refuse where there is none."""
    found = cast("Ran", (yield errand))
    if found.status is None:
        raise Refusal(Why.NO_PROGRAM, errand.program)
    return found


def ask(errand: Call) -> Errands[Answer]:
    """Ask a service once."""
    return cast("Answer", (yield errand))


def look(errand: Look) -> Errands[Mapping[str, str]]:
    """Look what stands in a folder."""
    return cast("Mapping[str, str]", (yield errand))


def bring(errand: Bring) -> Errands[tuple[str, ...]]:
    """Fetch what was kept."""
    return cast("tuple[str, ...]", (yield errand))


# --- Lists -----------------------------------------------------------------------------------

_LAST = (".html", "sitemap.xml", "robots.txt")


def comes_last(path: str) -> int:
    """Tell whether a file refers to others and comes after them: 1, else 0; packed ones, too."""
    return int(path.removesuffix(".gz").endswith(_LAST))


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Return all folders above paths, outer ones first."""
    parts = (path.split("/")[:-1] for path in paths)
    found = {"/".join(p[:length]) for p in parts for length in range(1, len(p) + 1)}
    return tuple(sorted(found, key=lambda folder: (folder.count("/"), folder)))


def left_empty(work: Work, plan: Plan) -> tuple[str, ...]:
    """Return the folders that may be empty after the removals of a plan, inner ones first."""
    left = set(folders_of((*work.files, *plan.stays)))
    return tuple(f for f in reversed(folders_of(plan.removed)) if f not in left)


def is_report(path: str) -> bool:
    """Tell whether a file belongs to a published report."""
    return "report" in path.split("/")[1:-1]


def is_lasting(path: str) -> bool:
    """Tell whether a file stays where it is although this build did not make it: a report, or
    an asset under a name of its bytes, to which pages that somebody has open refer.
    """
    return path.startswith("a/") or is_report(path)


def difference(
    work: Work,
    there: Mapping[str, str],
    ours: Collection[str],
    brought: Collection[str] | None = None,
) -> Plan:
    """Compare the site with what stands there.

    ``there`` holds digests by path ("" for another than ours), ``ours`` is what may be removed:
    nothing else ever is. ``brought`` is what earlier publishes are known to have brought, where
    that is not the same.
    """
    gone = sorted(path for path in ours if path not in work.files)
    may_go = [p for p in gone if not is_lasting(p) or work.withdraw]
    same = {path for path, file in work.files.items() if there.get(path) == file.digest}
    spared = _spared(work, there, same)
    stays = {path for path in gone if is_report(path) and path not in may_go}
    rest = work.files.keys() - spared
    changed = tuple(sorted(path for path in rest if path in there and path not in same))
    known = ours if brought is None else brought
    return Plan(
        new=tuple(sorted(rest - there.keys())),
        changed=changed,
        unchanged=tuple(sorted(same & rest)),
        removed=tuple(may_go),
        stays=tuple(sorted(stays | (spared & there.keys()))),
        spared=tuple(sorted(spared)),
        strange=tuple(path for path in (*changed, *may_go) if path not in known),
    )


def _spared(work: Work, there: Mapping[str, str], same: Collection[str]) -> set[str]:
    """Return the files of reports without any answer that would replace others: whoever has not
    all answers must not empty what somebody else published.
    """
    empty = {path for path, file in work.files.items() if file.empty and not work.withdraw}
    folders = {_report_of(path) for path in empty if path in there and path not in same}
    return {path for path in empty if _report_of(path) in folders}


def _report_of(path: str) -> str:
    return path.partition("/report/")[0]


def without_answers(path: str, content: bytes) -> bool:
    """Tell whether a file of the site is the record of a report that counts nobody."""
    if not (is_report(path) and path.endswith("/results.json")):
        return False
    record = _record(content)
    return record.get("answers") == 0 and not isinstance(record["answers"], bool)


def _record(content: bytes) -> dict[str, object]:
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


_SAMPLE = re.compile(rb"<[a-z][^<>]*\sdata-sample[\s=>]")
"""How templates mark a page that shows sample answers."""


def shows_samples(path: str, content: bytes) -> bool:
    """Tell whether a file of the site says that its answers are made up."""
    if not is_report(path):
        return False
    if path.endswith(".json"):
        return _record(content).get("sample") is True
    return path.endswith(".html") and _SAMPLE.search(content) is not None


_NEVER = frozenset({".mati", ".git", ".gitignore"})


def may_be_published(path: str) -> bool:
    """Tell whether a path stays below ``site/`` and is nothing that must stay at home."""
    parts = path.split("/")
    small = [part.casefold() for part in parts]
    odd = {"", ".", ".."} & set(parts) or "\\" in path or not path.isprintable()
    return not odd and small[0] != "private" and not _NEVER & set(small)
