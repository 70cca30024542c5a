"""Our style sheets know no left and no right, so that a page mirrors by its direction alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHEETS = sorted((*ROOT.glob("templates/**/*.css"), *ROOT.glob("mati/**/*.css")))
PHYSICAL = re.compile(
    r"(?<![\w.-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
FOUR = re.compile(
    r"(?:margin|padding|inset|border-radius)\s*:\s*([^;{}]+?)\s*(?:!important)?\s*[;}]"
)


def physical(css: str) -> list[str]:
    """Declarations that mean a side of the screen: by name, or by four unlike values.

    Widths of borders are left out: ticks and arrows are drawn with them, and mean no side.
    """
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = [match[0] for match in PHYSICAL.finditer(bare)]
    for match in FOUR.finditer(bare):
        sides = re.sub(r"\([^()]*\)", "()", match[1]).split()
        if len(sides) == 4 and sides[1] != sides[3]:
            found.append(match[0])
    return found


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sheet_means_a_side_of_the_screen(path):
    found = physical(path.read_text("utf-8"))
    if path.name == "form.css":
        found.remove("float: left")  # a legend as wide as its box: which side makes no difference
    assert found == []


def test_what_means_a_side_is_found():
    for css in ("a{margin-left:1px}", "a{ left : 0}", "a{text-align:right}",
                "a{padding:1px 2px 1px 3px}",
                "a{border-right-width:0}", "a{float:left}"):  # fmt: skip
        assert len(physical(css)) == 1, css
    for css in ("a{inset-inline-start:0}", "a{margin:1px 2px 3px 2px}", "a{text-align:start}",
                "a{--left:1}", "/* left: 0 */"):  # fmt: skip
        assert physical(css) == [], css
