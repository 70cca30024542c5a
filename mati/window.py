"""How a program was started in; whether its window goes away with it, and one that stays, out.

A file manager starts ``build.py`` without arguments. On Windows the console is then made for it
alone: nothing but Python (and its launcher ``py``) is attached to it, while a command typed
somewhere shares the console of a shell. On Linux and macOS a terminal made for one program has
that program at the head of its session, where a shell stands otherwise. The Finder types a whole
path into a shell of Terminal, which keeps its window. Linux may also start it without any
terminal: then there is a desktop, no terminal at all, and nothing to read from.

Nothing here needs a package: it also speaks when those are missing.
"""

from __future__ import annotations

import contextlib
import ctypes
import ntpath
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn, Protocol

__all__ = ["Kernel", "Seen", "Way", "alone", "dialog", "hold", "look", "missing", "outlet", "way"]

MOST = 64
"""Processes of a console that are looked at; one that was double-clicked has three at most."""
LONGEST = 4000
"""Code points of a dialog: more does not fit on a screen."""
_QUERY = 0x1000
"""``PROCESS_QUERY_LIMITED_INFORMATION``"""
_LONGEST_PATH = 32768
_PYTHON = re.compile(r"py(thon|manager)?[\d.]*[tw]?\.exe")
"""Python, its launcher, its installation manager; ``python3.13t.exe`` is one, too."""


class Way(Enum):
    """How somebody started the program."""

    TYPED = "typed"
    """In a terminal, by a script, by another program: nothing is to be done."""
    WINDOW = "window"
    """In a window of its own, that closes when the program ends."""
    KEPT = "kept"
    """From the Finder, in a terminal that stays by itself; where it looks the same when typed."""
    BARE = "bare"
    """From a desktop, without any window."""


class Kernel(Protocol):
    """What is asked of ``kernel32``; names and numbers as in Microsoft's console functions."""

    def GetConsoleProcessList(self, found: Any, size: int) -> int:  # noqa: ANN401, N802
        """Fill in the ids of the processes on this console; return how many, 0 without one."""

    def OpenProcess(self, access: int, inherit: bool, process: int) -> int:  # noqa: FBT001, N802
        """Return a handle, 0 where it is refused."""

    def QueryFullProcessImageNameW(  # noqa: N802
        self,
        handle: int,
        flags: int,
        name: Any,  # noqa: ANN401
        size: Any,  # noqa: ANN401
    ) -> int:
        """Fill in the path of a program; return 0 where it is not told."""

    def CloseHandle(self, handle: int) -> int:  # noqa: N802
        """Give a handle back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a process sees of how it was started."""

    arguments: tuple[str, ...]
    """As in ``sys.argv``."""
    environment: Mapping[str, str]
    platform: str
    """As ``sys.platform`` says it."""
    terminal: bool
    """Whether it reads from and writes to a terminal."""
    controlled: bool = True
    """Whether there is a terminal at all."""
    silent: bool = False
    """Whether it reads from the null device."""
    leader: bool = False
    """Whether it is the head of its session."""
    service: bool = False
    """Whether systemd started it, by itself, every hour perhaps."""
    kernel: Kernel | None = None
    """``kernel32``, on Windows."""


def _program(kernel: Kernel, process: int) -> str:
    """Return the name of a program that runs, "" where the system does not tell it."""
    # A handle fits into 32 bits on every Windows, so the plain int of ctypes holds it.
    handle = kernel.OpenProcess(_QUERY, False, process)  # noqa: FBT003 - no names in ctypes
    if not handle:
        return ""
    name = ctypes.create_unicode_buffer(_LONGEST_PATH)
    size = ctypes.c_uint32(_LONGEST_PATH)
    told = kernel.QueryFullProcessImageNameW(handle, 0, name, ctypes.byref(size))
    kernel.CloseHandle(handle)
    return ntpath.basename(name.value).lower() if told else ""


def alone(kernel: Kernel) -> bool:
    """Tell whether nothing but Python is attached to the console of this process."""
    found = (ctypes.c_uint32 * MOST)()
    count = kernel.GetConsoleProcessList(found, MOST)
    if not 0 < count <= MOST:
        return False
    return all(_PYTHON.fullmatch(_program(kernel, process)) for process in found[:count])


def way(seen: Seen) -> Way:
    """Return how a program was started; whatever is not certain counts as typed."""
    clicked = len(seen.arguments) == 1 and Path(seen.arguments[0]).name == "build.py"
    if not clicked or seen.environment.get("MAKELEVEL") or seen.environment.get("CI"):
        return Way.TYPED
    if seen.platform == "win32":
        mine = seen.terminal and seen.kernel is not None and alone(seen.kernel)
        return Way.WINDOW if mine else Way.TYPED
    desktop = any(seen.environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if seen.terminal:
        # A container or a command over SSH is the head of its session, too: those have no desktop.
        mac = seen.platform == "darwin"
        if seen.leader and (desktop or mac):
            return Way.WINDOW
        whole = Path(seen.arguments[0]).is_absolute()
        finder = mac and whole and seen.environment.get("TERM_PROGRAM") == "Apple_Terminal"
        return Way.KEPT if finder else Way.TYPED
    nobody = seen.controlled or seen.service or not seen.silent
    return Way.BARE if desktop and not nobody else Way.TYPED


def _kernel() -> Kernel | None:
    found = getattr(ctypes, "windll", None)
    return None if found is None else found.kernel32


def _controlled() -> bool:
    """Tell whether there is a terminal to speak of, wherever the streams lead."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY))
    except OSError:
        return False
    return True


def _silent() -> bool:
    """Tell whether this process reads from the null device."""
    try:
        return os.path.samestat(os.fstat(sys.stdin.fileno()), Path(os.devnull).stat())
    except (OSError, ValueError, AttributeError):
        return False


@contextlib.contextmanager
def outlet() -> Iterator[None]:
    """Give what is said a way to go: none was there where a script started us with ``>&-``."""
    if sys.stdout is not None:
        yield
        return
    nowhere = Path(os.devnull)
    with nowhere.open("w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
        yield


def look() -> Seen:
    """Look at how this process was started."""
    streams = (sys.stdin, sys.stdout)
    posix = hasattr(os, "getsid")
    return Seen(
        arguments=tuple(sys.argv),
        environment=os.environ,
        platform=sys.platform,
        terminal=all(stream is not None and stream.isatty() for stream in streams),
        controlled=_controlled() if posix else True,
        silent=_silent() if posix else False,
        leader=posix and os.getsid(0) == os.getpid(),
        # What a desktop starts inherits this from the desktop, with another number.
        service=os.environ.get("SYSTEMD_EXEC_PID") == str(os.getpid()),
        kernel=_kernel(),
    )


def hold(words: str) -> None:
    """Keep the window open until Enter is pressed; ``words`` say so."""
    sys.stdout.write(f"\n{words} ")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt, OSError, ValueError):
        sys.stdin.readline()


_DIALOGS = (
    ("zenity", "--info", "--no-markup", "--title=Mati", "--text"),
    ("kdialog", "--title", "Mati", "--msgbox"),
    ("xmessage", "-center"),
)
"""What shows a message on a desktop, and takes it as its last argument."""


def dialog(words: str) -> bool:
    """Show words in a window that stays until it is closed; tell whether there is a way to."""
    for program, *options in _DIALOGS:
        path = shutil.which(program)
        if path is not None:
            nowhere = subprocess.DEVNULL
            shown = words if len(words) <= LONGEST else words[:LONGEST] + "…"
            subprocess.Popen(  # noqa: S603 - our own list
                [path, *options, shown],
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                start_new_session=True,
            )
            return True
    return False


def missing(words: str, hold_words: str) -> NoReturn:
    """Say what is missing, where nothing but Python is there, and end the program with status 1.

    Letters that the console cannot show are replaced; a window that would close stays open.
    """
    started = way(look())
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()
    if started is Way.WINDOW:
        hold(hold_words)
    elif started is Way.BARE:
        dialog(words)
    raise SystemExit(1)
