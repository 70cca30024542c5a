"""A double click on build.py: known for what it is, told in the window, held until Enter.

Rules: 1. arguments, make, CI and anything that is not certain count as typed; 2. on Windows a
console with nothing but Python on it is ours; 3. elsewhere a terminal that we are the head of, on
a desktop, or what the Finder types; 4. without any terminal a dialog. Windows is asked through a
stand-in for ``kernel32``.
"""

from __future__ import annotations

import ctypes
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from mati import cli, window
from mati.cli import Shell, main
from mati.cli.new import new
from mati.window import Seen, Way, alone, way

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")


@dataclass
class Kernel32:
    """What stands in for kernel32: the programs on a console, and what became of handles."""

    programs: tuple[str, ...]
    count: int = -1
    open: list[int] = field(default_factory=list)

    def GetConsoleProcessList(self, found, size):  # noqa: N802
        assert size == len(found)
        for at, _name in enumerate(self.programs[:size]):
            found[at] = 100 + at
        return len(self.programs) if self.count < 0 else self.count

    def OpenProcess(self, access, inherit, process):  # noqa: N802
        assert (access, inherit) == (0x1000, False)
        if not self.programs[process - 100]:
            return 0
        self.open.append(process)
        return process

    def QueryFullProcessImageNameW(self, handle, flags, name, size):  # noqa: N802
        path = self.programs[handle - 100]
        size = ctypes.cast(size, ctypes.POINTER(ctypes.c_uint32))
        assert size[0] == len(name)
        name.value, size[0] = path, len(path)
        return 0 if path == "?" else 1

    def CloseHandle(self, handle):  # noqa: N802
        self.open.remove(handle)
        return 1


PY, PYTHON = r"C:\Windows\py.exe", r"C:\Users\ហាង\.venv\Scripts\Python.exe"


@pytest.mark.parametrize(
    ("programs", "ours"),
    [
        ((PYTHON,), True),
        ((PYTHON, PY), True),
        ((r"D:\python3.13t.exe", PYTHON, PY), True),
        ((PYTHON, r"C:\JetBrains\pycharm64.exe"), False),
        ((PYTHON, r"C:\Windows\System32\cmd.exe"), False),
        ((PYTHON, PY, r"C:\Program Files\PowerShell\7\pwsh.exe"), False),
        ((PYTHON, r"C:\pythons\bash.exe"), False),
        ((PYTHON, ""), False),  # a process we may not ask
        ((PYTHON, "?"), False),  # one that tells nothing
        ((), False),  # no console at all
    ],
)
def test_a_windows_console_with_nothing_but_python_is_ours(programs, ours):
    kernel = Kernel32(programs)
    assert alone(kernel) is ours
    assert kernel.open == []


def test_a_console_with_more_programs_than_we_look_at_is_not_ours():
    assert not alone(Kernel32((PYTHON,) * 70))


WINDOWS = Seen(
    arguments=(r"build.py",), environment={}, platform="win32", terminal=True,
    kernel=Kernel32((PYTHON, PY)),
)  # fmt: skip
LINUX = Seen(
    arguments=("/home/dara/shop/build.py",), environment={"DISPLAY": ":0"}, platform="linux",
    terminal=True, leader=True,
)  # fmt: skip
MAC = replace(
    LINUX, platform="darwin", leader=False, environment={"TERM_PROGRAM": "Apple_Terminal"}
)
BARE = replace(
    LINUX, terminal=False, leader=False, controlled=False, silent=True,
    environment={"WAYLAND_DISPLAY": "wayland-0"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (WINDOWS, Way.WINDOW),
        (replace(WINDOWS, terminal=False), Way.TYPED),  # into a file
        (replace(WINDOWS, kernel=None), Way.TYPED),
        (replace(WINDOWS, kernel=Kernel32((PYTHON, "cmd.exe"))), Way.TYPED),
        (LINUX, Way.WINDOW),
        (replace(LINUX, leader=False), Way.TYPED),  # a shell is
        (replace(LINUX, environment={}), Way.TYPED),  # a container, SSH
        (replace(LINUX, environment={}, platform="darwin"), Way.WINDOW),
        (replace(MAC, arguments=("build.py",)), Way.TYPED),
        (replace(MAC, environment={"TERM_PROGRAM": "iTerm.app"}), Way.TYPED),
        (replace(MAC, platform="linux"), Way.TYPED),
        (MAC, Way.KEPT),
        (BARE, Way.BARE),
        (replace(BARE, environment={}), Way.TYPED),  # cron, systemd
        (replace(BARE, service=True), Way.TYPED),
        (replace(BARE, controlled=True), Way.TYPED),  # piped in a terminal
        (replace(BARE, silent=False), Way.TYPED),  # started by a program that speaks to it
    ],
)
def test_how_it_was_started(seen, found):
    assert way(seen) is found


@pytest.mark.parametrize("seen", [WINDOWS, LINUX, BARE])
def test_what_is_called_by_name_or_by_make_is_never_held(seen):
    assert way(replace(seen, arguments=(*seen.arguments, "build"))) is Way.TYPED
    assert way(replace(seen, arguments=("/usr/bin/mati",))) is Way.TYPED
    for name in ("MAKELEVEL", "CI"):
        more = {**seen.environment, name: "1"}
        assert way(replace(seen, environment=more)) is Way.TYPED


def test_a_service_is_known_by_its_number(monkeypatch):
    for number, service in ((os.getpid(), True), (os.getppid(), False)):
        monkeypatch.setenv("SYSTEMD_EXEC_PID", str(number))
        assert window.look().service is service


def test_enter_is_waited_for_and_so_is_no_answer(monkeypatch, capsys):
    class Closed:
        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Closed())
    window.hold("Press Enter.")
    assert capsys.readouterr().out == "\nPress Enter. "


@posix
@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")
def test_a_dialog_shows_it_and_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not window.dialog("x")
    note = tmp_path / "note"
    tool = tmp_path / "kdialog"
    tool.write_text(f'#!/bin/sh\nfor last; do :; done\nprintf %s "$last" > "{note}"\n', "utf-8")
    tool.chmod(0o755)
    assert window.dialog("រួច" * 3000)
    for _ in range(100):
        if note.exists() and note.stat().st_size:
            break
        time.sleep(0.05)
    assert note.read_text("utf-8") == ("រួច" * 3000)[:4000] + "…"


# --- The real thing ----------------------------------------------------------------------------


@pytest.fixture
def shop(tmp_path) -> Path:
    folder = tmp_path / "ហាង"
    made = CliRunner().invoke(new, [str(folder), "--lang", "km"], obj=Shell(root=tmp_path))
    assert made.exit_code == 0
    return folder


def environment(**more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "MATI_", "MAKE", "CI", "DISPLAY", "WAYLAND"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **more}


def in_a_window(
    command: list[str], folder: Path, *, leader: bool, wait: str = "", **more: str
) -> tuple[int, str, bool]:
    """Run a command in a terminal of its own.

    Return its exit status, what it said, and whether it still ran at ``wait``, before Enter.
    """
    mine, its = os.openpty()
    if not leader:
        command = ["sh", "-c", '"$@"; exit $?', "sh", *command]
    script = (
        "import fcntl, os, sys, termios\n"
        "os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "os.execvp(sys.argv[1], sys.argv[1:])"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", script, *command], stdin=its, stdout=its, stderr=its, cwd=folder,
        env=environment(**more),
    )  # fmt: skip
    os.close(its)
    said, held, until = b"", False, time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([mine], [], [], 0.1)[0]:
            try:
                piece = os.read(mine, 4096)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            said += piece
        elif wait and wait in said.decode() and not held:
            time.sleep(0.3)
            held = started.poll() is None
            os.write(mine, b"\n")
        elif started.poll() is not None:
            break
    status = started.wait(timeout=10)
    os.close(mine)
    return status, said.decode(), held


BUILD = [sys.executable, "build.py"]


@posix
def test_a_double_click_builds_says_where_and_waits(shop, tmp_path):
    status, said, held = in_a_window(
        [sys.executable, str(shop / "build.py")], tmp_path, leader=True, wait="Press Enter",
        DISPLAY=":0",
    )  # fmt: skip
    assert (status, held) == (0, True)
    assert f"The site is ready, in this folder: {shop / 'site'}" in said
    assert "drag this folder" in said
    assert (shop / "site/km/visit/index.html").is_file()


@posix
def test_a_double_click_shows_notes_themselves_and_no_command_to_type(shop):
    for _ in range(2):  # also where nothing has changed
        status, said, _held = in_a_window(
            BUILD, shop, leader=True, wait="Press Enter", DISPLAY=":0"
        )
        assert status == 0
        assert "[no-site-url]" in said
        assert "python build.py" not in said
    with (shop / "mati.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nurl: https://sokha.example\n")
    _status, said, _held = in_a_window(BUILD, shop, leader=True, wait="Press Enter", DISPLAY=":0")
    assert "https://sokha.example/share/visit/\r\n" in said


@posix
def test_a_double_click_shows_mistakes_and_waits(shop):
    survey = shop / "content/visit.md"
    survey.write_text(survey.read_text("utf-8").replace("kind=csat", "kind=csta"), "utf-8")
    status, said, held = in_a_window(BUILD, shop, leader=True, wait="Press Enter", DISPLAY=":0")
    assert (status, held) == (1, True)
    assert "content/visit.md:" in said
    assert "'csat'" in said
    assert "Mend what is named above" in said
    assert not (shop / "site").exists()


@posix
def test_what_is_typed_ends_by_itself(shop):
    for leader, more in ((False, {"DISPLAY": ":0"}), (True, {}), (True, {"MAKELEVEL": "1"})):
        status, said, held = in_a_window(BUILD, shop, leader=leader, wait="Press Enter", **more)
        assert (status, held) == (0, False)
        assert "Enter" not in said
        assert "drag" not in said


@posix
def test_without_a_terminal_a_dialog_says_it(shop, tmp_path):
    note = tmp_path / "note"
    tool = tmp_path / "tools/zenity"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nfor last; do :; done\nprintf %s "$last" > "{note}"\n', "utf-8")
    tool.chmod(0o755)
    survey = shop / "content/visit.md"
    survey.write_text(survey.read_text("utf-8").replace("kind=csat", "kind=csta"), "utf-8")
    told = environment(DISPLAY=":0", PATH=f"{tool.parent}:{os.environ['PATH']}")
    done = subprocess.run(
        [sys.executable, str(shop / "build.py")], cwd=tmp_path, env=told, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", start_new_session=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    for _ in range(100):
        if note.exists() and note.stat().st_size:
            break
        time.sleep(0.05)
    for said in (done.stderr, note.read_text("utf-8")):
        assert "content/visit.md:" in said
    assert "Mend what is named above" in note.read_text("utf-8")


@posix
@pytest.mark.parametrize("held", [True, False])
def test_without_mati_it_says_so_in_three_languages(shop, held):
    alone = [sys.executable, "-S", "-E", "build.py"]
    status, said, waited = in_a_window(
        alone, shop, leader=held, wait="Enter", LANG="C", PYTHONIOENCODING="ascii"
    )
    assert (status, waited) == (1, held)
    assert "Traceback" not in said
    lines = said.splitlines()
    assert lines[0].startswith("Mati is missing. Open a terminal and type: ")
    assert all("-m pip install mati-survey" in line for line in lines[:3])
    assert ("មតិ" in lines[1], "ມະຕິ" in lines[2]) == (True, True)


@posix
@pytest.mark.parametrize("desktop", [True, False])
def test_without_its_packages_it_says_so_in_three_languages(tmp_path, desktop):
    (tmp_path / "build.py").write_bytes((ROOT / "build.py").read_bytes())
    (tmp_path / "mati").symlink_to(ROOT / "mati")
    more = {"PYTHONIOENCODING": "ascii", "LANG": "C", **({"DISPLAY": ":0"} if desktop else {})}
    status, said, waited = in_a_window(
        [sys.executable, "-S", "build.py"], tmp_path, leader=True, wait="Enter", **more
    )
    assert (status, waited) == (1, desktop)
    assert said.startswith("Mati needs a few packages.")
    assert "មតិ" in said
    assert "ມະຕິ" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("language", ["km", "lo"])
def test_a_terminal_that_draws_our_letters_badly_says_it_in_english_too(
    tmp_path, monkeypatch, language
):
    monkeypatch.setenv("MATI_LANG", language)
    for status, words in ((0, "The site is ready, in this folder: "), (1, "The site stands as it")):
        assert words in cli._last_words(status, tmp_path, drawn=False)
    monkeypatch.setattr(cli, "_", lambda _message: "{path}")
    assert cli._last_words(0, tmp_path, drawn=True).splitlines()[0] == str(tmp_path / "site")
    assert "The site" not in cli._last_words(0, tmp_path, drawn=True)
    monkeypatch.setenv("MATI_LANG", "en")
    assert "The site" not in cli._last_words(0, tmp_path, drawn=False)


def test_the_language_of_windows_decides_where_nothing_else_does(monkeypatch):
    class Windll:
        class kernel32:  # noqa: N801
            @staticmethod
            def GetUserDefaultUILanguage() -> int:  # noqa: N802
                return 0x0453

    monkeypatch.setattr(ctypes, "windll", Windll, raising=False)
    assert cli.chosen_language({}) == ("km_KH", "km")
    assert cli.chosen_language({"LANG": "lo_LA"}) == ("lo_LA", "lo")
    monkeypatch.setattr(Windll.kernel32, "GetUserDefaultUILanguage", staticmethod(lambda: 0x454))
    assert cli.chosen_language({}) == ("lo_LA", "lo")
    monkeypatch.setattr(Windll.kernel32, "GetUserDefaultUILanguage", staticmethod(lambda: 0x409))
    assert cli.chosen_language({}) == ()


def test_the_way_it_was_started_does_not_change_what_a_program_calls(shop, monkeypatch):
    monkeypatch.setattr(window, "way", lambda _seen: pytest.fail("asked"))
    assert CliRunner().invoke(main, ["--project", str(shop), "build"]).exit_code == 0
