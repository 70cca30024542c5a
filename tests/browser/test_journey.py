"""The whole way, for real: a Khmer form is filled in, sent, kept, and counted in the Lao report."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parent.parent.parent
SURVEY = "customer-service"
ROWS = ("prompt", "welcome", "friendly", "answers", "knowledge", "advice", "polite")
ENOUGH = 30
"""Seconds a started process may take on a busy machine."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project somewhere else, in a folder with a blank and Khmer letters."""
    folder = tmp_path_factory.mktemp("somewhere") / "ហាង កាហ្វេ"
    folder.mkdir()
    for name in ("content", "locales"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "mati.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def url(project: Path) -> Iterator[str]:
    """The address of ``mati serve``, a process of its own."""
    command = [sys.executable, "build.py", "--project", str(project), "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "LC_ALL": "C"}
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        said, found = "", None
        while found is None:
            line = process.stdout.readline() if process.stdout else ""
            assert line, f"the preview did not start:\n{said}"
            said += line
            found = re.search(r"http://\S+?/(?=\s)", said)
        yield found.group(0)
        process.terminate()


def post(url: str, pairs: list[tuple[str, str]]) -> None:
    """Send a form as a browser without script does."""
    body = urlencode(pairs).encode()
    with urllib.request.urlopen(f"{url}f/{SURVEY}", body) as reply:  # noqa: S310 -- our own server
        assert reply.status == 200


def answers(language: str, rating: str) -> list[tuple[str, str]]:
    rows = [(f"staff.{row}", rating) for row in ROWS]
    own = [("mati_id", ""), ("mati_lang", language), ("mati_survey", SURVEY)]
    return [*own, *rows, ("overall", rating)]


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'[name="{name}"][value="{value}"]').check(force=True)


def fill_in(page: Page, url: str, rating: str) -> None:
    """Fill in the Khmer form as an unhappy customer would."""
    page.goto(f"{url}km/{SURVEY}/")
    assert page.locator("html").get_attribute("lang") == "km"
    for row in ROWS:
        choose(page, f"staff.{row}", rating)
    choose(page, "overall", rating)
    page.locator('[name="better"]').fill("សូមបន្ថែមបុគ្គលិកនៅពេលព្រឹក")
    page.locator('[name="phone"]').fill("012 345 678")


def counted(url: str, language: str) -> int:
    """The number of answers that the public report shows; without answers there is none yet."""
    address = f"{url}{language}/{SURVEY}/report/results.json"
    try:
        with urllib.request.urlopen(address) as reply:  # noqa: S310 -- our own server
            found = json.load(reply)["answers"]
    except urllib.error.HTTPError as refused:
        if refused.code != HTTPStatus.NOT_FOUND:
            raise
        return 0
    return found or 0


def wait_for(count: int, url: str) -> None:
    until = time.monotonic() + ENOUGH
    while counted(url, "lo") != count:
        assert time.monotonic() < until, f"{counted(url, 'lo')} instead of {count}"
        time.sleep(0.1)


def test_answers_with_and_without_script_are_stored_and_counted(
    url: str, project: Path, context: Callable[..., BrowserContext]
):
    for number in range(9):
        post(url, answers("en", "54345"[number % 5]))
    post(url, answers("lo", "4"))
    post(url, answers("lo", "4"))  # another customer at the same address, the same answers

    plain = context(java_script_enabled=False, locale="fr-FR").new_page()
    fill_in(plain, url, "1")
    plain.locator("form [type=submit], form button:not([type=button])").first.click()
    expect(plain).to_have_url(re.compile(rf"/km/{SURVEY}/thanks/#thanks$"))
    expect(plain.locator("#thanks")).to_be_visible()
    assert plain.locator("html").get_attribute("lang") == "km"

    scripted = context().new_page()
    fill_in(scripted, url, "2")
    button = scripted.locator("form [type=submit], form button:not([type=button])").first
    button.evaluate("b => { b.click(); b.click(); b.click(); }")
    expect(scripted).to_have_url(re.compile(rf"/km/{SURVEY}/thanks/#thanks$"))

    wait_for(13, url)
    report = context().new_page()
    report.goto(f"{url}lo/{SURVEY}/report/")
    assert report.locator("html").get_attribute("lang") == "lo"
    expect(report.locator("main")).to_contain_text("13")

    lines = (project / "private/responses" / SURVEY).glob("*.jsonl")
    kept = [json.loads(line) for path in lines for line in path.read_text("utf-8").splitlines()]
    assert len(kept) == 13
    assert sum(bool(one["id"]) for one in kept) == 1, "three clicks with script count once"
    assert not any("012 345 678" in json.dumps(one) for one in kept)
    contacts = (project / f"private/contacts/{SURVEY}.jsonl").read_text("utf-8")
    assert contacts.count("012 345 678") == 2
    for path in (project / "site").rglob("*"):
        assert not path.is_file() or b"012 345 678" not in path.read_bytes()


def test_happy_customers_are_asked_for_no_number(url: str, context: Callable[..., BrowserContext]):
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{url}km/{SURVEY}/")
    phone = page.locator('[name="phone"]')
    expect(phone).to_be_hidden()
    choose(page, "overall", "2")
    expect(phone).to_be_visible()
    choose(page, "overall", "5")
    expect(phone).to_be_hidden()
    choose(page, "staff.polite", "1")
    expect(phone).to_be_visible()
