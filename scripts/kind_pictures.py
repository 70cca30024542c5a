"""Make the pictures of the reference: each example of a kind as a phone shows it.

The examples are built as surveys of a project in a temporary folder. A picture keeps its sixteen
most frequent colours, so that all of them together stay light.
"""

from __future__ import annotations

import base64
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.examples import Example, all_examples  # noqa: E402 - found just above
from scripts.reference import PICTURES  # noqa: E402

__all__ = ["LARGEST", "build_examples", "draw"]

LARGEST = 600_000
"""Bytes that all pictures together may have."""
_WIDTH, _HEIGHT = 360, 800
_SHARP = 2
_EDGE = 14
"""Pixels of the page kept above and below the question."""
_COLOURS = 16
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
_SETTINGS = """name: Sokha
url: https://sokha.example
timezone: Asia/Phnom_Penh
collect:
  url: https://answers.sokha.example
"""


def _cup(chromium: Browser, colour: str) -> bytes:
    """Return the photo of a cup, for examples that show one."""
    page = chromium.new_page(viewport={"width": 320, "height": 240})
    page.set_content(
        '<body style="margin:0"><svg viewBox="0 0 320 240">'
        '<path fill="#f3ede2" d="M0 0h320v240H0z"/>'
        f'<path d="M90 70h120v70a50 50 0 0 1-50 50h-20a50 50 0 0 1-50-50z" fill="{colour}"/>'
        f'<path d="M210 85h20a25 25 0 0 1 0 60h-22" fill="none" stroke="{colour}" '
        'stroke-width="12"/></svg>'
    )
    content = page.screenshot(type="jpeg")
    page.close()
    return content


def build_examples(folder: Path, examples: tuple[Example, ...], chromium: Browser) -> Path:
    """Build a survey of each example, all with the same settings; return the site."""
    content = folder / "content"
    content.mkdir(parents=True)
    (folder / "mati.yaml").write_text(_SETTINGS + examples[0].settings, "utf-8")
    for example in examples:
        head = f"---\nlang: {example.language}\nlanguages: [{example.language}]\n---\n\n"
        (content / f"{example.slug}.md").write_text(head + example.text, "utf-8")
        for name in _IMAGE.findall(example.text):
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_cup(chromium, "#2f6f9f" if "blue" in path.stem else "#b3432f"))
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(folder), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return folder / "site"


def _shoot(page: Page, address: str) -> bytes:
    """Return the questions of a page as PNG."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager' })")
    page.wait_for_function("[...document.images].every((one) => one.complete)")
    boxes = [box for one in page.query_selector_all("form .q") if (box := one.bounding_box())]
    if not boxes:
        sys.exit(f"no question on {address}")
    top = max(0, boxes[0]["y"] - _EDGE)
    height = boxes[-1]["y"] + boxes[-1]["height"] + _EDGE - top
    clip = {"x": 0, "y": top, "width": _WIDTH, "height": height}
    return page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]


_DECODE = """async (content) => {
  const picture = await (await fetch("data:image/png;base64," + content)).blob();
  const image = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const data = canvas.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < data.length; at += 32768) {
    text += String.fromCharCode(...data.subarray(at, at + 32768));
  }
  return [image.width, image.height, btoa(text)];
}"""


def _pixels(page: Page, content: bytes) -> np.ndarray:
    """Return the red, green and blue of each pixel of a PNG, as the browser reads it."""
    width, height, data = page.evaluate(_DECODE, base64.b64encode(content).decode())
    found = np.frombuffer(base64.b64decode(data), np.uint8)
    return found.reshape(height, width, 4)[:, :, :3]


def draw(chromium: Browser) -> int:
    """Make every picture; return how many bytes they have together."""
    examples = tuple(example for example in all_examples() if not example.wrong)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path in PICTURES.glob("*.png"):
        path.unlink()
    with tempfile.TemporaryDirectory() as name:
        sites: dict[str, Path] = {}
        for settings in dict.fromkeys(one.settings for one in examples):
            same = tuple(one for one in examples if one.settings == settings)
            sites[settings] = build_examples(Path(name) / str(len(sites)), same, chromium)
        context = chromium.new_context(
            viewport={"width": _WIDTH, "height": _HEIGHT}, device_scale_factor=_SHARP
        )
        page, desk = context.new_page(), context.new_page()
        for example in examples:
            address = (
                sites[example.settings] / example.language / example.slug / "index.html"
            ).as_uri()
            picture = _few_colours(_pixels(desk, _shoot(page, address)))
            (PICTURES / f"{example.slug}.png").write_bytes(picture)
        context.close()
    return sum(path.stat().st_size for path in PICTURES.glob("*.png"))


# --- Portable Network Graphics (W3C recommendation, third edition) ----------------------------


def _few_colours(pixels: np.ndarray) -> bytes:
    """Return a picture with its most frequent colours, four bits a pixel."""
    height, width, _ = pixels.shape
    flat = pixels.reshape(-1, 3).astype(int)
    coarse = (flat // 12) @ np.array([1 << 16, 1 << 8, 1])
    _, place, counts = np.unique(coarse, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(place, flat[:, part]) for part in range(3)], axis=1)
    own = sums / counts[:, None]
    palette = own[np.argsort(-counts)[:_COLOURS]]
    distance = ((own[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    grid = distance.argmin(axis=1).astype(np.uint8)[place].reshape(height, width)
    if width % 2:
        grid = np.pad(grid, ((0, 0), (0, 1)))
    packed = (grid[:, ::2] << 4) | grid[:, 1::2]
    lines = b"".join(b"\0" + line.tobytes() for line in packed)
    header = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", palette.round().astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
