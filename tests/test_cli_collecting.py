"""``collect``, ``export`` and ``forget`` as a person uses them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from submissions import body, collect, exchange, post, status

from mati import home
from mati.diagnostics import Notebook, Span
from mati.model import Block, Input, Question, RawRow, Section, Survey, Text
from mati.services import services

ID = "5f0c1d9e-0000-4000-8000-000000000001"
REPOSITORY = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "mati"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "LANGUAGE": "en", "NO_COLOR": "1"}


def mati(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=root,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@contextmanager
def collecting(root: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run ``mati collect`` as a process of its own; yields its port."""
    process = subprocess.Popen(
        [*COMMAND, "collect", "--port", "0"],
        cwd=root,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        yield int(line.partition("127.0.0.1:")[2].partition("/")[0]), process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "ហាង shop"
    (root / "content").mkdir(parents=True)
    (root / "private").mkdir(mode=0o700)
    (root / "private" / "collect.json").write_text(collect().to_json(), "utf-8")
    return root


def words(source: str) -> Text:
    return Text(context="visit", source=source, span=Span("content/visit.md"))


def survey() -> Survey:
    span = Span("content/visit.md")
    line = Input()
    asked = (
        Question(
            id="best", kind="text", block=Block.LINES, label=words("b"), span=span, input=line
        ),
        Question(
            id="phone",
            kind="text",
            block=Block.LINES,
            label=words("p"),
            span=span,
            input=line,
            private=True,
        ),
    )
    return Survey(
        name="visit",
        language="en",
        languages=("en",),
        title=words("Visit"),
        sections=(Section(id="one", span=span, questions=asked),),
        path="content/visit.md",
        version="v1",
    )


def bring(root: Path) -> home.Brought:
    """Bring home what ``mati export`` prints."""
    own, notes = services.find("own"), Notebook()
    assert own is not None
    printed = mati(root, "export").stdout
    rows: list[RawRow] = list(own.rows(printed, "export", notes))
    return home.bring(root, survey(), rows, notes)


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_answers_are_taken_until_it_is_asked_to_stop(project):
    with collecting(project) as (port, process):
        assert status(exchange(port, post(body(mati_id=ID, best="good", phone="012")))) == 303
        # A post in mid-sentence is heard out.
        with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
            raw = post(body(best="late"))
            link.sendall(raw[:-3])
            exchange(port, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            process.send_signal(signal.SIGTERM)
            link.sendall(raw[-3:])
            assert status(link.recv(4096)) == 303
        assert process.wait(10) == 0
        log = process.stderr.read() if process.stderr else ""
    assert log.splitlines()[0].startswith("POST visit 303")
    assert "012" not in log
    done = mati(project, "export")
    assert (done.returncode, done.stderr) == (0, "")
    kept = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["pairs"] for one in kept] == [
        [["mati_id", ID], ["best", "good"], ["phone", "012"]],
        [["best", "late"]],
    ]


def test_a_port_in_use_is_said(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = mati(project, "collect", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "is in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_of_nothing_is_silent_and_leaves_nothing(project):
    done = mati(project, "export")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (project / "private" / "collect.db").exists()


def test_export_of_one_survey(project):
    with collecting(project) as (port, _):
        for name in ("visit", "other"):
            assert status(exchange(port, post(body(best=name), path=f"/f/{name}"))) == 303
    assert [
        json.loads(line)["survey"] for line in mati(project, "export", "other").stdout.splitlines()
    ] == ["other"]


def test_a_damaged_database_is_said(project):
    (project / "private" / "collect.db").write_bytes(b"no database" * 500)
    for command in (("export",), ("forget", ID)):
        done = mati(project, *command)
        assert done.returncode == 1
        assert "cannot be opened" in done.stderr
        assert "Traceback" not in done.stderr


def everything(root: Path) -> bytes:
    return b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())


def test_forget_removes_every_byte_and_it_does_not_come_back(project):
    with collecting(project) as (port, _):
        for number in range(30):
            good = body(mati_id=f"another-one-{number}", best="fine " * number)
            assert status(exchange(port, post(good))) == 303
        for best in ("SENTINEL-BEST", "SENTINEL-CHANGED"):
            sent = body(mati_id=ID, best=best, phone="SENTINEL-PHONE")
            assert status(exchange(port, post(sent))) == 303
        before = mati(project, "export").stdout
        assert bring(project).new == 32
        assert {b"SENTINEL" in file.read_bytes() for file in project.rglob("*.jsonl")} == {True}
        # While the service runs:
        done = mati(project, "forget", ID)
        assert (done.returncode, done.stderr) == (0, "")
        left = everything(project)
        assert b"SENTINEL" not in left
        assert ID.encode() not in left
        assert status(exchange(port, post(body(best="after")))) == 303
    own, notes = services.find("own"), Notebook()
    assert own is not None
    back = home.bring(project, survey(), list(own.rows(before, "export", notes)), notes)
    assert (back.new, back.forgotten) == (0, 2)
    assert b"SENTINEL" not in everything(project)
    assert len(mati(project, "export").stdout.splitlines()) == 31


def test_forget_says_what_it_does_not_know_and_what_it_cannot_remove(project):
    done = mati(project, "forget", ID)
    assert done.returncode == 1
    assert "no stored answer" in done.stderr
    inbox = project / "private" / "inbox"
    inbox.mkdir()
    (inbox / "export.csv").write_text(f"mati_id\n{ID}\n", "utf-8")
    done = mati(project, "forget", ID)
    assert done.returncode == 1
    assert os.path.join("private", "inbox", "export.csv") in done.stderr  # noqa: PTH118 - as shown


@pytest.mark.parametrize("command", ["collect", "export", "forget"])
def test_help_has_an_example(project, command):
    done = mati(project, command, "--help")
    assert done.returncode == 0
    assert f"Example: mati {command}" in done.stdout
