"""The sample form in real Chromium 72, 78 and 92, none of which knows ``:has``.

Every question can be seen, reached, answered and sent; the script runs, or leaves the plain
form to itself. Skipped where Node.js, the packages or the programs cannot be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from formsite import sample_forms
from node_packages import NotHere
from old_engines import VERSIONS, Report
from serving import Desk, serving
from unhappy_customer import Visit, visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with serving() as shown:
        yield shown


def visited(version: int, desk: Desk, page: str, code: str, *, script: bool) -> Visit:
    try:
        return visit(version, desk, page, code, script=script)
    except NotHere as reason:
        pytest.skip(f"Chromium {version}: {reason}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_engine_sends_the_whole_survey(version: int, desk: Desk, *, script: bool):
    for code, page in sample_forms().items():
        found = visited(version, desk, page, code, script=script)
        assert not found.wrong, (code, found.wrong)
        assert script or not found.ran


def loosened(page: str) -> str:
    """The page without its policy, so that a test may spoil it."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)


def test_an_error_of_a_script_is_seen(desk: Desk):
    page = loosened(sample_forms()["en"]).replace("</body>", "<script>gone.away</script></body>")
    found = visited(72, desk, page, "en", script=True)
    assert [one for one in found.wrong if "ReferenceError" in one]


def test_a_question_that_stays_hidden_is_seen(desk: Desk):
    hidden = "<style>#a-phone{display:none}</style></head>"
    page = loosened(sample_forms()["en"]).replace("</head>", hidden)
    with pytest.raises(Report, match="phone cannot be reached"):
        visited(72, desk, page, "en", script=True)
