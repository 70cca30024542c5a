"""Measure share cards and posters: time, first and later ones, and weight.

Prints what each figure is and its share of the limit, 1 being the limit itself; exit status 1
when one is over. Cards carry questions of our own catalogues in three languages. Times are the
middle of all cards in CPU time, each the quickest of three: a busy computer needs more of that,
too. The first card of a process is timed with the opening of typst, ICU and the fonts, Python and
Mati being there.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import segno  # noqa: E402 -- found by the line above
from PIL import Image, ImageDraw  # noqa: E402
from share_texts import texts  # noqa: E402
from sheet import Sheet  # noqa: E402

from mati.press import Press  # noqa: E402
from mati.share import Card, Figure, Poster, Sign, neutral  # noqa: E402

EACH = 20
COLD_RUNS = 7
SHOPS = {"en": "Sokha Coffee & Bakery", "km": "សុខា កាហ្វេ និងនំប៉័ង", "lo": "ກາເຟ ແລະ ເບເກີຣີ ສຸຂາ"}
ADDRESS = "https://sokha.example/km/customer-service/?via=qr"
ENGLISH = (
    "How happy are you with our service?",
    "How did you like your visit today?",
    "What should we do better next time?",
    "After-sales service: tell us how it went",
)
COLD = """
import sys, time
sys.path.insert(0, {root!r})
from mati.press import Press
from mati.share import Card
card = Card(language={language!r}, shop={shop!r}, title={title!r}, text={text!r})
start = time.process_time()
Press().card(card)
print((time.process_time() - start) * 1000)
"""


def cards(language: str) -> list[Card]:
    """Return cards of a language, every fourth with a figure."""
    known = ENGLISH * 10 if language == "en" else texts(language)
    said = [text for text in known if 18 <= len(text) <= 70 and "{" not in text]
    return [
        Card(
            language=language,
            shop=SHOPS[language],
            title=f"{said[number]} {number}",
            text=said[-1 - number],
            figure=Figure(value=f"{60 + number} %", words=said[number + 1])
            if number % 4 == 3
            else None,
        )
        for number in range(EACH)
    ]


def taken(work: Callable[[], object]) -> float:
    """Return the milliseconds some work takes."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def warm(press: Press, cards: list[Card]) -> float:
    """Return the milliseconds of a middling card: the quickest of six that differ by a sign."""
    return statistics.median(
        min(
            taken(lambda c=c, m=mark: press.card(replace(c, title=c.title + m)))
            for mark in ("", ".", "!", ":", ";", "…")
        )
        for c in cards
    )


def cold(card: Card) -> float:
    """Return the milliseconds of the first card of a process, typst and ICU opened for it."""
    program = COLD.format(
        root=str(ROOT), language=card.language, shop=card.shop, title=card.title, text=card.text
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(COLD_RUNS)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def code() -> bytes:
    """Return a QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(ADDRESS, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()


@cache
def sign() -> Sign:
    """Return a sign as shops have them: one colour on no ground, 400 pixels high."""
    picture = Image.new("RGBA", (900, 400), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, 880, 380), fill=(180, 70, 20, 255))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return Sign(name="sign", content=file.getvalue(), width=900, height=400)


@cache
def photo() -> Sign:
    """Return a sign as telephones take them: heavy, every pixel another colour."""
    size = (560, 420)
    noise = hashlib.shake_128(b"photo").digest(size[0] * size[1] * 3)
    picture = Image.frombytes("RGB", size, noise)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return Sign(name="photo", content=file.getvalue(), width=size[0], height=size[1])


def main() -> int:
    """Measure all of it."""
    sheet = Sheet()
    press = Press()
    press.card(Card(language="en", shop="", title=""))

    def row(name: str, figure: float, limit: float, unit: str) -> None:
        share = figure / limit
        cell = sheet.held(name, share, 1, f"{share:.2f}")
        sheet.row(name, cell, note=f"{figure:.1f} {unit} of {limit:g}")

    sheet.head("Share cards, as shares of their limits", "share")
    for language in SHOPS:
        wanted = cards(language)
        row(
            f"{language}: a card",
            warm(press, wanted),
            15,
            "ms",
        )
        row(f"{language}: the first one", cold(wanted[0]), 60, "ms")
        row(f"{language}: the heaviest", max(len(press.card(c)) for c in wanted) / 1024, 90, "KiB")
        signed = [replace(card, sign=sign()) for card in wanted]
        row(
            f"{language}: one with a sign",
            warm(press, signed),
            15,
            "ms",
        )
        heaviest = max(len(press.card(c)) for c in signed) / 1024
        row(
            f"{language}: one with a photo",
            warm(press, [replace(card, sign=photo()) for card in wanted[:5]]),
            25,
            "ms",
        )
        row(f"{language}: the heaviest with one", heaviest, 90, "KiB")
        counted = [card for card in wanted if card.figure]
        row(
            f"{language}: one of a report",
            warm(press, [replace(card, shop="A") for card in counted]),
            15,
            "ms",
        )
    with tempfile.TemporaryDirectory() as folder:
        keeping = Press(Path(folder) / ".mati" / "cards")
        wanted = cards("km")
        for card in wanted:
            keeping.card(card)
        again = statistics.median(taken(lambda c=c: keeping.card(c)) for c in wanted)
    row("a kept card", again, 1, "ms")
    row("without words", taken(lambda: neutral("#1a4fa0")), 100, "ms")
    row("without words, weight", len(neutral("")) / 1024, 12, "KiB")

    sheet.head("Posters, as shares of their limits", "share")
    for language, shop in SHOPS.items():
        title = cards(language)[0].title
        poster = Poster(
            language=language, shop=shop, title=title, call=shop, address=ADDRESS, code=code()
        )
        press.poster(poster)
        other = Poster(
            language=language, shop=shop, title=f"{title}!", call=shop, address=ADDRESS, code=code()
        )
        row(f"{language}: a poster", taken(lambda p=other: press.poster(p)), 30, "ms")
        row(f"{language}: its weight", len(press.poster(poster)) / 1024, 75, "KiB")
    for line in sheet.broken:
        sheet.say(f"over: {line}")
    return 1 if sheet.broken else 0


if __name__ == "__main__":
    sys.exit(main())
