"""What several test modules share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from scripts import browser

os.environ.pop("MAKELEVEL", None)  # under make commands name themselves otherwise: tests are alike

SLOW = frozenset(
    {
        "test_bins",  # loads numpy
        "test_blocks",  # draws every block in every state
        "test_build",  # builds the sample many times
        "test_cli",  # starts whole commands
        "test_cli_answers",
        "test_cli_collecting",
        "test_cli_reviewing",
        "test_cli_publishing",  # builds, asks git and servers
        "test_cli_looking",  # builds small sites, drives a browser
        "test_cli_new",  # builds many small sites
        "test_cli_translation",  # keeps catalogues of whole projects
        "test_codes",  # renders posters, worse and worse
        "test_devserver",  # waits for a preview to follow
        "test_figures",  # loads scipy and statsmodels
        "test_formservice",  # waits for deadlines
        "test_glyphs",  # draws every word of ours
        "test_hostile_output",  # builds every starter
        "test_marks",  # builds the sample many times
        "test_packaging",
        "test_press",  # draws hundreds of cards
        "test_previews",  # builds the sample, looks at every page
        "test_reader_fuzz",  # reads thousands of broken texts
        "test_render",  # parses every page
        "test_releases",  # solves hundreds of linear programs
        "test_report",  # builds whole reports in three languages
        "test_runners",  # starts PostgreSQL
        "test_untrusted",  # builds the site in sixty languages
        "test_uploading",  # starts an SSH server, git, stand-ins of hosts
        "test_traces",  # solves hundreds of linear programs
        "test_sending",  # starts servers, waits for what is told
        "test_sharing",  # builds whole sites
        "test_summarise",  # works through whole tables by brute force
        "test_wholeness",  # builds whole sites, starts every command
        "test_webservers",  # starts nginx and Apache
        "test_window",  # starts whole commands, waits for keys
        "test_writer",  # ends a build after every step
        "browser",
        "durability",
    }
)
"""Modules and folders that take seconds each: ``pytest --quick`` leaves them unread."""


# A busy machine is no fault of what is tested: how long one example takes is not judged.
settings.register_profile("mati", deadline=None)
settings.load_profile("mati")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take ``--quick``."""
    parser.addoption("--quick", action="store_true", help="leave out what takes seconds")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what ``--quick`` leaves out."""
    return True if config.getoption("--quick") and collection_path.stem in SLOW else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the browser's tests last: while Playwright is open no other event loop may run.

    ``--quick`` also leaves out tests that are marked ``slow`` or try hundreds of inputs.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.getoption("--quick"):
        slow = {item for item in items if _takes_long(item)}
        config.hook.pytest_deselected(items=list(slow))
        items[:] = [item for item in items if item not in slow]


def _takes_long(item: pytest.Item) -> bool:
    """Tell whether a test takes long: marked so, or asked with hundreds of inputs."""
    open_ended = getattr(getattr(item, "obj", None), "hypothesis", None)
    return open_ended is not None or item.get_closest_marker("slow") is not None


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that tests drive, for Playwright's ``executable_path``."""
    found = browser.find()
    if found is None:
        pytest.fail(browser.advice(None, ()))
    return found
