"""The search for a browser and for letters: what is found, what is said when it is not."""

from __future__ import annotations

import pytest

from scripts.browser import advice, find, packages


def nowhere(name: str) -> str | None:
    return None


def test_a_browser_on_the_path_is_found():
    found = find({}, {"google-chrome": "/opt/chrome"}.get, ())
    assert found == "/opt/chrome"


def test_the_setting_wins():
    places = {"chromium": "/usr/bin/chromium", "/my/chrome": "/my/chrome"}
    assert find({"MATI_CHROMIUM": "/my/chrome"}, places.get, ()) == "/my/chrome"


def test_a_wrong_setting_is_not_papered_over():
    assert find({"MATI_CHROMIUM": "/gone"}, {"chromium": "/usr/bin/chromium"}.get, ()) is None


def test_places_off_the_path_come_last(tmp_path):
    place = tmp_path / "Google Chrome"
    place.touch()
    assert find({}, nowhere, (str(place),)) == str(place)
    assert find({}, nowhere, (str(tmp_path / "gone"),)) is None


@pytest.mark.parametrize(
    ("browser", "letters", "wanted"),
    [
        ("/usr/bin/chromium", (), ()),
        (None, (), ("chromium",)),
        ("/usr/bin/chromium", ("km",), ("fontconfig", "fonts-noto-core")),
        (None, ("km", "lo"), ("chromium", "fontconfig", "fonts-noto-core")),
    ],
)
def test_only_what_is_missing_is_installed(browser, letters, wanted):
    assert packages(browser, letters) == wanted


def test_advice_names_what_is_missing():
    assert advice("/usr/bin/chromium", ()) == ""
    assert "MATI_CHROMIUM" in advice(None, ())
    assert "Khmer" not in advice(None, ())
    assert "km, lo" in advice("/usr/bin/chromium", ("km", "lo"))
