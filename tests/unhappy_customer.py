"""A page of the sample in an old engine in; filled in, sent and judged out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from old_engines import WIDTH, Report, engine
from samplesurvey import answers
from serving import Desk

__all__ = ["Visit", "visit"]

PATH = "customer-service/index.html"

# The box to press for a control: the label for what is chosen, else the control itself. It is
# brought to the middle of the screen, at once; ``hit`` tells whether a finger would meet it.
PLACE = """(() => {
  document.documentElement.style.scrollBehavior = "auto";
  const name = %s, value = %s;
  const control = [...document.getElementsByName(name)].find(
    (one) => !value || one.type != "radio" || one.value == value);
  if (!control) return null;
  const target = control.type == "radio" ? control.closest("label") || control.labels[0] : control;
  target.scrollIntoView({block: "center"});
  const {left, top, width, height} = target.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const met = document.elementFromPoint(x, y);
  return {x, y, width, height, hit: !!met && (target.contains(met) || met.contains(target))};
})()"""

BUTTON = """(() => {
  const button = document.querySelector("form [type=submit], form button:not([type=button])");
  button.scrollIntoView({block: "center"});
  const {left, top, width, height} = button.getBoundingClientRect();
  return {x: left + width / 2, y: top + height / 2, width, height};
})()"""

UNSEEN = """(() => {
  const seen = (part) => part.getBoundingClientRect().height > 0
    && getComputedStyle(part).visibility == "visible";
  const names = new Set(%s);
  return [...names].filter((name) => {
    const controls = [...document.getElementsByName(name)];
    return !controls.length || !controls.every((one) => seen(one.closest("fieldset") || one)
      && (one.type != "radio" || seen(one.closest("label") || one)));
  });
})()"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of a visit: whether the script ran, and all that was wrong."""

    ran: bool
    wrong: tuple[str, ...]


def visit(version: int, desk: Desk, page: str, code: str, *, script: bool) -> Visit:
    """Fill in and send a page in an old engine; ``script`` False switches JavaScript off.

    Raises ``NotHere`` where the engine cannot be had, ``Report`` where the page gets stuck.
    """
    expected = answers(code)
    wrong = []
    desk.posts.clear()
    with engine(version) as shown:
        shown.open(desk.show(f"{code}/{PATH}", page), script=script)
        for name, value in expected.items():
            place = shown.run(PLACE % (json.dumps(name), json.dumps(value)))
            if not place or min(place["width"], place["height"]) < 1 or not place["hit"]:
                message = f"{name} cannot be reached: {place}"
                raise Report(message)
            shown.click(place["x"], place["y"])
            if not value.isdigit():
                shown.type(value)
        unseen = shown.run(UNSEEN % json.dumps(list(expected)))
        wrong += [f"{name} is not to be seen" for name in unseen]
        wide = shown.run("document.scrollingElement.scrollWidth")
        if wide > WIDTH:
            wrong.append(f"the page is {wide} px wide")
        button = shown.run(BUTTON)
        shown.click(button["x"], button["y"])
        shown.until(lambda: bool(desk.posts), "a post")
        shown.wait("location.pathname.includes('/thanks/')")
        problems = list(shown.problems)
    posted = desk.posts[0]
    ran = bool(posted.get("mati_id"))
    # A script in words that an engine does not know is left alone as a whole: the plain form.
    wrong += [said for said in problems if ran or "SyntaxError" not in said]
    own = {name: value for name, value in posted.items() if value and not name.startswith("mati_")}
    if own != expected:
        wrong.append(f"posted {own} instead of {expected}")
    if len(desk.posts) != 1:
        wrong.append(f"{len(desk.posts)} posts")
    if posted.get("mati_lang") != code:
        wrong.append(f"posted as {posted.get('mati_lang')}")
    return Visit(ran=ran, wrong=tuple(wrong))
