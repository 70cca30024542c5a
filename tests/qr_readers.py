"""A picture in, what programs that read QR codes find in it out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image

from scripts import zbar

__all__ = ["with_zbar", "with_zxing"]

Reader = Callable[[Image.Image], list[str]]


def with_zxing(picture: Image.Image) -> list[str]:
    """Return what zxing-cpp reads."""
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def with_zbar(picture: Image.Image) -> list[str]:
    """Return what ZBar reads; it must be there."""
    read = zbar.find()
    if read is None:
        pytest.fail(zbar.advice())
    return [found.data.decode() for found in read(picture.convert("L")) if found.type == "QRCODE"]
