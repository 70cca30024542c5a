"""A version of Chromium years old in, a driven page out.

The programs come from npm packages made for small servers (``tests/npm/engines``): one binary
each, packed by brotli, for Linux on x86-64. They are driven as a person would, by mouse and
keys, over the pipe of the DevTools protocol: Playwright speaks only to newer ones. None of them
knows ``:has``. ``NotHere`` says why one cannot be had or does not start.
"""

from __future__ import annotations

import io
import json
import os
import platform
import select
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import brotli
from node_packages import INSTALLED, NotHere, packages

__all__ = ["VERSIONS", "Engine", "Report", "engine"]

VERSIONS = (72, 78, 92)
WIDTH, HEIGHT = 360, 740
PATIENCE = 30.0
"""Seconds an answer of the engine, or a change of the page, may take on a busy machine."""

FLAGS = (
    "--headless", "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu",
    "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars", "--lang=fr",
    "--remote-debugging-pipe",
)  # fmt: skip

# The engine reads commands from descriptor 3 and answers on 4; Python hands on no numbers.
LAUNCH = """
import os, sys
given, taken = (os.dup2(int(old), new) for old, new in zip(sys.argv[1:3], (60, 61)))
os.dup2(given, 3)
os.dup2(taken, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Report(Exception):  # noqa: N818 -- what is wrong with the page, not with us
    """The page is not as it should be in this engine."""


def _binary(version: int) -> Path:
    """Return the program of a version, unpacked now if need be; else raise ``NotHere``."""
    if platform.system() != "Linux" or platform.machine() not in {"x86_64", "AMD64"}:
        message = "the old engines run on Linux on x86-64 only"
        raise NotHere(message)
    source = packages("engines") / f"chromium-{version}" / "bin"
    folder = INSTALLED / "engines" / f"unpacked-{version}"
    program = folder / "chromium"
    if program.is_file():
        return program
    folder.mkdir(exist_ok=True)
    for archive in source.glob("*.tar.br"):
        content = io.BytesIO(brotli.decompress(archive.read_bytes()))
        with tarfile.open(fileobj=content) as found:
            found.extractall(folder, filter="data")
    packed = next(source.glob("chromium*.br"))
    fresh = folder / "fresh"
    fresh.write_bytes(brotli.decompress(packed.read_bytes()))
    fresh.chmod(0o755)
    fresh.rename(program)
    return program


class Engine:
    """One page in an old engine; ``problems`` are errors its console showed."""

    def __init__(self, given: int, taken: int) -> None:
        self.problems: list[str] = []
        self._given, self._taken = given, taken
        self._rest = b""
        self._number = 0
        self._session = ""

    def open(self, url: str, *, script: bool = True) -> None:
        """Show a page on a phone's screen and wait until it is loaded."""
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._ask("Target.attachToTarget", {"targetId": target})["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": True}
        self.send("Emulation.setDeviceMetricsOverride", **size)
        self.send("Emulation.setScriptExecutionDisabled", value=not script)
        self.send("Page.navigate", url=url)
        self.wait(f"location.href.startsWith({json.dumps(url)}) && document.readyState=='complete'")

    def send(self, method: str, **values: object) -> dict[str, Any]:
        """Send a command to the page; return its result."""
        self._number += 1
        inner = {"id": self._number, "method": method, "params": values}
        outer = {"sessionId": self._session, "message": json.dumps(inner)}
        wanted = self._number
        self._write("Target.sendMessageToTarget", outer)
        return self._read(lambda said: said.get("id") == wanted and "inside" in said)

    def run(self, expression: str) -> Any:  # noqa: ANN401 -- whatever the page says
        """Return the value of a JavaScript expression in the page."""
        said = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in said:
            raise Report(str(said["exceptionDetails"]))
        return said["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        self.until(lambda: bool(self.run(expression)), expression)

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is true while the page goes on."""
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end:
                message = f"waited in vain for: {what}"
                raise Report(message)
            time.sleep(0.05)

    def click(self, x: float, y: float) -> None:
        """Press and release the mouse at a place of the screen."""
        for kind in ("mousePressed", "mouseReleased"):
            place = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self.send("Input.dispatchMouseEvent", type=kind, **place)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        for letter in text:
            self.send("Input.dispatchKeyEvent", type="char", text=letter)

    def _ask(self, method: str, values: dict[str, object]) -> dict[str, Any]:
        self._number += 1
        wanted = self._number
        self._write(method, values)
        return self._read(lambda said: said.get("id") == wanted)

    def _write(self, method: str, values: dict[str, object]) -> None:
        # A message to the page has a number of its own inside; the envelope's is never waited for.
        number = self._number if method != "Target.sendMessageToTarget" else 0
        message = {"id": number, "method": method, "params": values}
        with suppress(BrokenPipeError):
            os.write(self._given, json.dumps(message).encode() + b"\0")

    def _read(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while True:
            while b"\0" in self._rest:
                raw, _, self._rest = self._rest.partition(b"\0")
                said = self._opened(json.loads(raw))
                if wanted(said):
                    if "error" in said:
                        raise Report(str(said["error"]))
                    return said["result"]
                self._keep(said)
            left = end - time.monotonic()
            ready = left > 0 and select.select([self._taken], [], [], left)[0]
            more = os.read(self._taken, 1 << 20) if ready else b""
            if not more:
                message = "the engine does not answer"
                raise Report(message)
            self._rest += more

    def _opened(self, said: dict[str, Any]) -> dict[str, Any]:
        if said.get("method") != "Target.receivedMessageFromTarget":
            return said
        return {**json.loads(said["params"]["message"]), "inside": True}

    def _keep(self, said: dict[str, Any]) -> None:
        """Keep what the console would show in red."""
        values = said.get("params", {})
        match said.get("method"):
            case "Runtime.exceptionThrown":
                thrown = values["exceptionDetails"]
                words = thrown.get("exception", {}).get("description") or thrown["text"]
                self.problems.append(words.splitlines()[0])
            case "Runtime.consoleAPICalled" if values["type"] == "error":
                self.problems.append(str(values["args"]))
            case "Log.entryAdded" if values["entry"]["level"] == "error":
                self.problems.append(values["entry"]["text"])


@contextmanager
def engine(version: int) -> Iterator[Engine]:
    """Start a version of Chromium for the length of a block; else raise ``NotHere``."""
    program = _binary(version)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        given, taken = os.pipe(), os.pipe()
        libraries = f"{program.parent / 'lib'}:{os.environ.get('LD_LIBRARY_PATH', '')}"
        command = [str(program), *FLAGS, f"--user-data-dir={folder}"]
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(given[0]), str(taken[1]), *command],
            env={**os.environ, "HOME": folder, "LD_LIBRARY_PATH": libraries},
            pass_fds=(given[0], taken[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(given[0])
        os.close(taken[1])
        try:
            started = Engine(given[1], taken[0])
            _greet(started, version)
            yield started
        finally:
            process.kill()
            process.wait()
            os.close(given[1])
            os.close(taken[0])


def _greet(started: Engine, version: int) -> None:
    try:
        said = started._ask("Browser.getVersion", {})["product"]
    except Report as silence:
        message = f"Chromium {version} does not start here"
        raise NotHere(message) from silence
    if f"/{version}." not in said:
        message = f"what should be Chromium {version} calls itself {said}"
        raise NotHere(message)
