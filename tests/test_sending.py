"""Messages about people to call back: sent for real, by mail, webhook and command, once each."""

from __future__ import annotations

import json
import logging
import re
import shutil
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from listeners import dripping, mail, port, web

from mati.accept import Limits, accept
from mati.cli import main
from mati.diagnostics import Notebook
from mati.followups import Alert, Row, alerts, case_id, notice
from mati.formservice import CollectFile, Teller
from mati.model import Collect, CollectFollowUp, Compared, Target
from mati.sending import send
from mati.settings import target_of
from mati.store import Store

ROOT = Path(__file__).parent.parent
ALERT = Alert(survey="visit", case="3f9a000000", key="k", id="i", reasons=("ពិន្ទុ: អន់ណាស់",))
MESSAGE = notice([ALERT], "mati followup", str)
NUMBER = "012 345 678"


# --- Targets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "to"),
    [
        ("owner@sokha.example", "email", "owner@sokha.example"),
        (" owner+calls@sokha.example ", "email", "owner+calls@sokha.example"),
        ("https://hooks.example/x?y=1", "webhook", "https://hooks.example/x?y=1"),
        ("http://localhost:9000/x", "webhook", "http://localhost:9000/x"),
        ("http://127.0.0.1/x", "webhook", "http://127.0.0.1/x"),
        ("command: ./ring.sh --loud", "command", "./ring.sh --loud"),
        ("$MATI_HOOK", "variable", "MATI_HOOK"),
    ],
)
def test_a_target_is_read(text, kind, to):
    assert target_of(text) == Target(kind, to)


@pytest.mark.parametrize(
    "text",
    ["", "owner", "owner@", "@x.y", "a@b", "http://hooks.example/x", "ftp://x.example", "https://",
     "https://me:secret@x.example", "https://x.example/a b", "command:", "command:x",
     "$lower", "$",
     "a@x.y\nBcc: b@x.y", "a@x.y, b@x.y", "https://[::1",
     "https://x.example:port/", "javascript:x"],
)  # fmt: skip
def test_what_is_none_is_refused(text):
    assert target_of(text) is None


@given(st.text())
def test_any_words_are_a_target_or_none(text):
    found = target_of(text)
    assert found is None or found.kind in {"email", "webhook", "command", "variable"}
    assert found is None or "\n" not in found.to


# --- Messages --------------------------------------------------------------------------------


def test_a_message_names_reasons_and_cases_and_nothing_more():
    assert "3f9a000000 · visit" in MESSAGE.text
    assert "ពិន្ទុ: អន់ណាស់" in MESSAGE.text
    assert MESSAGE.record["cases"] == [
        {"survey": "visit", "case": "3f9a000000", "reasons": ["ពិន្ទុ: អន់ណាស់"]}
    ]
    assert '"k"' not in json.dumps(dict(MESSAGE.record))


def test_a_message_lists_twenty_and_counts_the_rest():
    many = notice([replace(ALERT, case=f"{n:010}") for n in range(25)], "mati followup", str)
    assert many.text.count("· visit") == 20
    assert "And 5 more." in many.text
    assert many.record["count"] == 25


RULE = CollectFollowUp(
    condition=Compared(("overall",), "<=", "2", "number"),
    notify=(Target("command", "true"),),
    labels=(("overall", "All in all?"),),
    answers=(("overall=1", "Poor"),),
)


def test_a_rule_fires_without_a_survey_and_quotes_no_typed_words():
    rows = [
        Row(key="a", id="", values={"overall": ("1",), "phone": (NUMBER,)}),
        Row(key="b", id="", values={"overall": ("5",)}),
        Row(key="c", id="", values={"overall": ("1.5",)}),
        Row(key="d", id="", values={}),
    ]
    found = list(alerts("visit", RULE, rows))
    assert [(one.key, one.reasons) for one in found] == [
        ("a", ("All in all?: Poor",)), ("c", ("All in all?",)),
    ]  # fmt: skip


# --- Sent ------------------------------------------------------------------------------------


def test_mail_arrives_with_khmer_in_it(tmp_path):
    with mail() as server:
        environment = {"MATI_SMTP": f"smtp://127.0.0.1:{port(server)}"}
        to = Target("email", "owner@sokha.example")
        hostile = replace(MESSAGE, subject="ត្រូវហៅ 1\r\nBcc: x@y.example")
        assert send(to, hostile, tmp_path, environment) == "ValueError"
        assert send(to, MESSAGE, tmp_path, environment) == ""
    (found,) = server.got
    assert found["To"] == "owner@sokha.example"
    assert found["Subject"] == "To call back: 1 (visit)"
    assert "ពិន្ទុ: អន់ណាស់" in found.get_content()
    assert found["Bcc"] is None


@pytest.mark.parametrize(
    ("environment", "problem"),
    [({}, "MATI_SMTP"), ({"MATI_SMTP": "mail.example"}, "MATI_SMTP"),
     ({"MATI_SMTP": "smtp://me:secret@127.0.0.1:1"}, "ConnectionRefusedError")],
)  # fmt: skip
def test_a_mail_server_that_is_not_there_is_said_without_its_password(
    environment, problem, tmp_path
):
    found = send(Target("email", "owner@sokha.example"), MESSAGE, tmp_path, environment)
    assert found == problem
    assert "secret" not in found


def test_a_mail_server_that_refuses_is_said(tmp_path):
    with mail("554 no") as server:
        environment = {"MATI_SMTP": f"smtp://127.0.0.1:{port(server)}"}
        assert (
            send(Target("email", "a@b.example"), MESSAGE, tmp_path, environment) == "SMTPDataError"
        )


def test_a_webhook_gets_json(tmp_path):
    with web() as server:
        url = f"http://127.0.0.1:{port(server)}/x"
        assert send(Target("webhook", url), MESSAGE, tmp_path) == ""
        assert send(Target("variable", "HOOK"), MESSAGE, tmp_path, {"HOOK": url}) == ""
    assert [one["cases"][0]["case"] for one in server.got] == ["3f9a000000"] * 2


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_webhook_that_refuses_is_said(status, tmp_path):
    with web(status) as server:
        url = f"http://127.0.0.1:{port(server)}/x"
        assert send(Target("webhook", url), MESSAGE, tmp_path) == f"HTTP {status}"


def test_a_redirect_is_not_followed(tmp_path):
    with web() as other, web(302, ("Location", f"http://127.0.0.1:{port(other)}/y")) as server:
        found = send(Target("webhook", f"http://127.0.0.1:{port(server)}/x"), MESSAGE, tmp_path)
        assert found == "HTTPException"
        assert other.got == []


@pytest.mark.parametrize("kind", ["webhook", "email"])
def test_a_server_that_answers_a_sign_at_a_time_is_given_up(kind, tmp_path, monkeypatch):
    monkeypatch.setattr("mati.sending._WHOLE", 0.5)
    with dripping() as server:
        at = f"127.0.0.1:{port(server)}"
        target = Target(kind, f"http://{at}/x" if kind == "webhook" else "owner@sokha.example")
        start = time.monotonic()
        assert send(target, MESSAGE, tmp_path, {"MATI_SMTP": f"smtp://{at}"}) == "timeout"
        assert time.monotonic() - start < 5


def test_a_command_gets_json_and_no_shell(tmp_path):
    script = "import sys,pathlib;pathlib.Path(sys.argv[1]).write_text(sys.stdin.read(),'utf-8')"
    words = f'"{sys.executable}" -c "{script}" "out; rm -rf x"'
    assert send(Target("command", words), MESSAGE, tmp_path) == ""
    assert json.loads((tmp_path / "out; rm -rf x").read_text("utf-8"))["count"] == 1
    assert (
        send(Target("command", f'"{sys.executable}" -c "raise SystemExit(3)"'), MESSAGE, tmp_path)
        == "exit 3"
    )
    assert send(Target("command", "no-such-program"), MESSAGE, tmp_path) == "FileNotFoundError"
    assert send(Target("command", 'a "'), MESSAGE, tmp_path) == "ValueError"


@pytest.mark.parametrize("value", ["", "$OTHER", "nothing"])
def test_a_variable_that_holds_no_target_is_said(value, tmp_path):
    assert send(Target("variable", "HOOK"), MESSAGE, tmp_path, {"HOOK": value}) == "$HOOK"


# --- From answers to messages ----------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "customer-service.md", tmp_path / "content")
    shutil.copy(ROOT / "mati.yaml", tmp_path)
    return tmp_path


def tell(root: Path, *targets: str) -> None:
    survey = root / "content/customer-service.md"
    words = json.dumps(list(targets))
    text = re.sub(r"  notify: .*\n", "", survey.read_text("utf-8"))
    survey.write_text(text.replace("followup:\n", f"followup:\n  notify: {words}\n"), "utf-8")


def mati(root: Path, *words: str) -> Result:
    environment = {"LANGUAGE": "en", "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), *words], env=environment)


def pulled(root: Path, *keys: str) -> Result:
    rows = [{"key": key, "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "pairs": [
        ["mati_survey", "customer-service"], ["overall", "1"], ["phone", NUMBER],
        ["better", "a secret wish"], ["branch", "pp"]]} for key in keys]  # fmt: skip
    file = root / "e.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return mati(root, "pull", "--file", str(file))


def test_pull_tells_once_and_never_what_people_typed(root):
    with web() as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        assert pulled(root, "a").exit_code == 0
        assert pulled(root, "a").exit_code == 0
        assert pulled(root, "a", "b", "c").exit_code == 0
    assert [one["count"] for one in server.got] == [1, 2]
    said = json.dumps(server.got, ensure_ascii=False)
    assert "All in all, how would you rate our service?: Poor" in said
    for private in (NUMBER, "a secret wish", "345"):
        assert private not in said
    listed = mati(root, "followup").output
    assert server.got[0]["cases"][0]["case"] in listed


def test_a_case_has_one_name_wherever_it_is_told_of():
    """Who sends an id is on the list under it: collector and ``pull`` must mean the same."""
    rows = [Row(key="a-key", id="an-id", values={"overall": ("1",)})]
    assert [one.case for one in alerts("visit", RULE, rows)] == [case_id("visit", "an-id")]


def test_what_could_not_be_told_is_told_by_the_next_pull(root):
    tell(root, "http://127.0.0.1:9/x")
    found = pulled(root, "a")
    assert found.exit_code == 0
    assert "1 new" in found.output
    assert "Nobody could be told by webhook" in found.output
    with web() as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        again = pulled(root, "a")
        assert "To call back" not in again.output
    assert [one["count"] for one in server.got] == [1]


def test_only_who_could_not_be_told_is_told_again(root):
    with web() as one, web(503) as other:
        tell(root, f"http://127.0.0.1:{port(one)}/x", f"http://127.0.0.1:{port(other)}/x")
        assert "Nobody could be told by webhook" in pulled(root, "a").output
        other.answer = (200, ())
        assert "Nobody could be told" not in pulled(root, "a", "b").output
        pulled(root, "a", "b")
    assert [found["count"] for found in one.got] == [1, 1]
    assert [found["count"] for found in other.got] == [1, 2]  # the first was refused


def test_who_joins_later_hears_of_nothing_old(root):
    with web() as one, web() as other:
        tell(root, f"http://127.0.0.1:{port(one)}/x")
        pulled(root, "a")
        tell(root, f"http://127.0.0.1:{port(one)}/x", f"http://127.0.0.1:{port(other)}/x")
        pulled(root, "a", "b")
    assert [found["count"] for found in other.got] == [1]


def test_who_is_forgotten_is_forgotten_here_too(root):
    with web() as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        pulled(root, "person-one", "person-two")
    kept = root / "private/followups/customer-service.told.jsonl"
    assert len(kept.read_text("utf-8").splitlines()) == 2
    assert mati(root, "forget", "person-one").exit_code == 0
    assert "person-one" not in kept.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "column"),
    [("owner", 11), ("[owner@sokha.example, http://x.example]", 33), ("{a: b}", 11), ("''", 12)],
)
def test_a_wrong_target_is_said_at_its_place(root, words, column):
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8").replace("followup:\n", f"followup:\n  notify: {words}\n")
    survey.write_text(text, "utf-8")
    line = text[: text.index("notify:")].count("\n") + 1
    found = mati(root, "check")
    assert f"content/customer-service.md:{line}:{column}: error [wrong-setting]" in found.output
    assert ("notify: https://x.example" in found.output) == ("http://x.example" in words)


class Service:
    """A collector without HTTP: a store, its rules, and what tells."""

    def __init__(self, root: Path) -> None:
        assert mati(root, "build").exit_code == 0
        private = root / "private"
        self.rules = CollectFile(private / "collect.json")
        self.store = Store(private / "collect.db")
        self.teller = Teller(
            private, self.rules, str, "mati followup", gather=0.05, again=(0.1,), calm=0.1
        )

    def post(self, **answers: str) -> None:
        survey = self.rules().survey("customer-service")
        body = "&".join(f"{name}={value}" for name, value in answers.items()).encode()
        entry = accept(survey, body, datetime.now(UTC), Limits(), language="en")
        self.store.keep(entry).result(10)
        self.teller.wake()

    def end(self) -> None:
        self.teller.stop(5)
        self.store.close()


def until(holds, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def test_the_collector_tells_at_once_and_pull_not_again(root):
    with web() as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        service = Service(root)
        service.teller.start()
        service.post(overall="1", phone="012345678", mati_survey="customer-service")
        service.post(overall="5", mati_survey="customer-service")
        until(lambda: server.got)
        service.end()
        assert mati(root, "pull").exit_code == 0
    assert [one["count"] for one in server.got] == [1]
    said = json.dumps(server.got)
    assert "Poor" in said
    assert "012345678" not in said
    assert server.got[0]["cases"][0]["case"] in mati(root, "followup").output


def test_what_was_stored_while_nobody_told_is_told_at_the_start(root):
    with web() as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        service = Service(root)
        service.post(overall="2", mati_survey="customer-service")
        service.teller.start()
        until(lambda: server.got)
        service.end()
        again = Service(root)
        again.teller.start()
        again.post(overall="1", mati_survey="customer-service", mati_id="aaaaaaaa-1111")
        until(lambda: len(server.got) == 2)
        again.end()
    assert [one["count"] for one in server.got] == [1, 1]


def test_a_dead_webhook_is_tried_again_and_loses_nothing(root, caplog):
    with web(503) as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        service = Service(root)
        service.teller.start()
        with caplog.at_level(logging.WARNING, logger="mati.collect"):
            service.post(overall="1", phone="012345678", mati_survey="customer-service")
            until(lambda: len(server.got) >= 2)
        server.answer = (200, ())
        until((root / "private/followups/customer-service.told.jsonl").exists)
        service.end()
    assert "HTTP 503" in caplog.text
    assert "012345678" not in caplog.text


def test_a_flood_of_bad_marks_is_one_message(root):
    with web() as server:
        tell(root, f"http://127.0.0.1:{port(server)}/x")
        service = Service(root)
        service.teller._calm = 1.0
        service.teller.start()
        for at in range(6):
            service.post(overall="1", mati_survey="customer-service", mati_id=f"cccccccc-111{at}")
            time.sleep(0.1)
        until(lambda: sum(one["count"] for one in server.got) == 6)
        service.end()
    assert len(server.got) == 2


def settle(root: Path, target: str) -> None:
    settings = root / "mati.yaml"
    text = settings.read_text("utf-8")
    told = f"collect:\n  url: https://answers.sokha.example\n  notify: {target}\n"
    plain = re.sub(r"^collect:\n((?:  .*\n)*)", "", text, flags=re.MULTILINE)
    settings.write_text(plain + told, "utf-8")


def test_pull_says_how_many_answers_came(root):
    with web() as server:
        settle(root, f"http://127.0.0.1:{port(server)}/x")
        pulled(root, "a", "b")
        pulled(root, "a", "b")
        pulled(root, "a", "b", "c")
    assert [(one["event"], one["count"], one["surveys"]) for one in server.got] == [
        ("answers", 2, {"customer-service": 2}), ("answers", 1, {"customer-service": 1}),
    ]  # fmt: skip
    assert NUMBER not in json.dumps(server.got)


def test_the_collector_says_how_many_came_once_in_a_while(root):
    with web() as server:
        settle(root, f"http://127.0.0.1:{port(server)}/x")
        service = Service(root)
        service.post(overall="5", mati_survey="customer-service")  # before anybody told of it
        private = root / "private"
        service.teller = Teller(
            private,
            service.rules,
            str,
            "mati followup",
            gather=0.05,
            again=(0.1,),
            calm=0.1,
            pause=1.0,
        )
        service.teller.start()
        until(lambda: service.teller._counted is not None)
        service.post(overall="4", mati_survey="customer-service", mati_id="aaaaaaaa-1111")
        until(lambda: len(server.got) == 1)
        for at in range(3):
            service.post(overall="4", mati_survey="customer-service", mati_id=f"bbbbbbbb-111{at}")
        until(lambda: len(server.got) == 2)
        service.end()
    assert [one["count"] for one in server.got] == [1, 3]


def test_rules_travel_to_the_collector_whole(root):
    tell(root, "owner@sokha.example", "command: ./ring.sh")
    assert mati(root, "build").exit_code == 0
    text = (root / "private/collect.json").read_text("utf-8")
    collect = Collect.from_json(text)
    assert collect.to_json() == text
    rule = collect.survey("customer-service").follow_up
    assert [target.kind for target in rule.notify] == ["email", "command"]
    assert "phone" not in dict(rule.labels)
    with pytest.raises(ValueError, match=r"collect\.json"):
        Collect.from_json(text.replace('"email"', "5"))
    assert not list(Notebook())
