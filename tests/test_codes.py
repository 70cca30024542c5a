"""QR codes are read: those of the kit and of posters, as large as they are printed, and worse.

Two programs read each: zxing-cpp at once, ZBar in the whole run.
"""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from qr_readers import with_zbar, with_zxing

from mati.model import led
from mati.press import Press
from mati.share import CHANNELS, PAPERS, Poster, kit

READERS = [
    pytest.param(with_zxing, id="zxing"),
    pytest.param(with_zbar, id="zbar", marks=pytest.mark.slow),
]
ADDRESSES = (
    "https://s.kh/km/a/",
    "https://sokha.example/km/customer-service/",
    "https://xn--j2e7beiw1lb2hqg.example/%E1%9E%A0%E1%9E%B6%E1%9E%84/lo/visit/",
    "https://sokha-bakery-and-coffee-roastery.example.com.kh/surveys/en/after-sales-service-2026/",
)
MILLIMETRES = {"a4": (210, 98), "a5": (148, 69)}
"""Of a sheet across, and of its code with the white around it."""


def made(address: str):
    return kit(
        language="km", title="Tea?", text="", address=address,
        embed="https://s.kh/embed.js", folder="", image=None,
    )  # fmt: skip


def picture(address: str) -> Image.Image:
    (_vector, file) = made(address).files
    return Image.open(io.BytesIO(file.content))


@cache
def sheet(address: str, paper: str, language: str = "km") -> bytes:
    poster = Poster(
        language=language, shop="Sokha", title="តើអ្នកពេញចិត្តឬទេ?", call="ស្កេន", paper=paper,
        address=address.partition("://")[2], code=made(address).files[0].content,
        accent="#ffd23f",
    )  # fmt: skip
    return Press().poster(poster)


def printed(address: str, paper: str, dots: int) -> Image.Image:
    """Return a poster as a scanner sees it, in grey, with so many dots an inch."""
    return (
        pypdfium2.PdfDocument(sheet(address, paper))[0]
        .render(scale=dots / 72)
        .to_pil()
        .convert("L")
    )


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_picture_of_the_kit_is_read_at_every_size(read, address):
    """From the file itself down to two pixels a module: 2 cm on a screen or a receipt."""
    whole = picture(address)
    modules = whole.width // 16
    for side in (whole.width, modules * 5, modules * 3, modules * 2):
        assert read(whole.convert("L").resize((side, side))) == [f"{address}?via=qr"], side


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("channel", [*CHANNELS, "qr"])
def test_a_code_can_carry_every_channel(read, channel):
    address = led(ADDRESSES[1], channel)
    assert read(picture(address)) == [f"{address}?via=qr"]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_code_of_a_poster_is_read_as_printed(read, paper, address):
    for dots in (72, 100, 150, 300):
        assert read(printed(address, paper, dots)) == [f"{address}?via=qr"], dots


def spotted(seen: Image.Image) -> Image.Image:
    """Return a grey copy with specks, as a camera smooths them: the same each time."""
    specks = np.random.default_rng(7).normal(0, 45, (seen.height, seen.width))
    grey = 60 + np.asarray(seen, dtype=float) * 0.6 + specks
    copy = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
    return copy.filter(ImageFilter.GaussianBlur(1))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_code_of_a_poster_is_read_badly_held(read, paper, address):
    """Out of focus, turned, from the side, in bad light, in a poor copy."""
    seen = printed(address, paper, 130)
    wide, high = seen.size
    slant = (1, 0, 0, 0.12, 1, -0.12 * wide / 2, 0.00018, 0.00006)
    worse = {
        "blurred": seen.filter(ImageFilter.GaussianBlur(1.6)),
        "turned": seen.rotate(11, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC),
        "upside down": seen.rotate(180),
        "from the side": seen.transform(
            (wide, high),
            Image.Transform.PERSPECTIVE,
            slant,
            Image.Resampling.BICUBIC,
            fillcolor=255,
        ),
        "in the dark": seen.point(lambda value: 30 + value * 0.25),
        "poor copy": spotted(seen),
    }
    found = {name: read(one) for name, one in worse.items()}
    assert found == {name: [f"{address}?via=qr"] for name in worse}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_module_is_large_enough_and_white_stands_around_it(paper, address):
    """Half a millimetre at least, four modules of quiet (ISO/IEC 18004, 6.3.8)."""
    wide, code = MILLIMETRES[paper]
    modules = picture(address).width // 16
    assert code / modules >= 0.5
    seen = printed(address, paper, 254)  # ten dots a millimetre
    assert seen.width == pytest.approx(wide * 10, abs=2)
    top = round(143 * wide / 210 * 10)
    left = round((wide - code) / 2 * 10)
    quiet = int(code / modules * 4 * 10) - 2
    around = seen.crop((left, top, left + code * 10, top + code * 10))
    inside = around.crop((quiet, quiet, around.width - quiet, around.height - quiet))
    assert inside.getextrema()[0] < 50
    for turned in (around, around.rotate(90), around.rotate(180), around.rotate(270)):
        assert turned.crop((0, 0, turned.width, quiet)).getextrema() == (255, 255)


@pytest.mark.parametrize("read", READERS)
def test_that_no_code_is_no_code(read):
    spoilt = picture(ADDRESSES[1]).convert("L")
    spoilt.paste(255, (0, 0, spoilt.width // 2, spoilt.height // 2))
    assert read(spoilt) == []
