"""What several test modules share."""

from __future__ import annotations

import pytest

from scripts import browser


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that tests drive, for Playwright's ``executable_path``."""
    found = browser.find()
    if found is None:
        pytest.fail(browser.advice(None, ()))
    return found
