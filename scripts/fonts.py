"""Make the letters that cards, posters and sheets are drawn with, ``mati/fonts/*.ttf``, and those
that a site may bring along, ``mati/fonts/*.woff2``.

The whole fonts come from npm into ``build/fonts``; what Mati's languages do not need is left
out, and hints, which no printer and no share card looks at. typst reads TrueType only, and these
six must draw every word of Khmer, Lao and of the languages in Latin letters.

The letters of a site are cut from those of the cards: what Khmer and Lao are written with today,
without old letters, lunar days and what only Pali needs. As the whole set of a script they keep
together what a syllable is drawn from; a cut to the letters of one text would lose halves of
vowels without a word.

Needs Node.js with npm, and fontTools with brotli; run it again only to take newer fonts.
``python scripts/fonts.py web`` cuts the letters of a site anew, and needs fontTools alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from mati.render.looks import FACES, Face

__all__ = ["cut", "main"]

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / "build" / "fonts"
TARGET = ROOT / "mati" / "fonts"
PACKAGES = {
    "latin": ("@expo-google-fonts/noto-sans@0.4.2", "NotoSans"),
    "khmer": ("@expo-google-fonts/noto-sans-khmer@0.4.3", "NotoSansKhmer"),
    "lao": ("@expo-google-fonts/noto-sans-lao@0.4.2", "NotoSansLao"),
}
WEIGHTS = {"400": "400Regular", "700": "700Bold"}

# The space stands in every font, so that a phrase is shaped in one go; digits and signs stand in
# one, so that they look alike in every language.
BLANKS = "0020 00A0"
UNSEEN = "200B-200D"
LETTERS = {
    "latin": (
        f"{BLANKS} 0021-007E 00A1-017F 018F 0192 01A0-01A1 01AF-01B0 01CD-01DC 01E6-01E7"
        " 01FA-01FF 0218-021B 0259 02BB-02BC 02C6-02C7 02C9 02D8-02DD 0300-0301 0303-0304 0308-0309"
        " 0323 1E80-1E85 1E9E 1EA0-1EF9 2010-2015 2018-201E 2020-2022 2026 2030 2032-2033 2039-203A"
        " 2044 20A0-20C0 2116 2122 2190-2193 2212 2215 2248 2260 2264-2265 25CC FFFD"
    ),
    "khmer": f"{BLANKS} {UNSEEN} 1780-17FF 19E0-19FF 25CC",
    "lao": f"{BLANKS} {UNSEEN} 0E80-0EFF 25CC",
}
# What is written today. U+17A3-17A4 and U+17B4-17B5 are deprecated, U+17DD and U+17F0-17F9 are of
# old books, U+19E0-19FF are lunar days; U+0E86 and the like are for Pali, U+0EDE-0EDF for Khmu.
# A syllable with one of them comes from the device.
TODAY = {
    "khmer": f"{BLANKS} {UNSEEN} 1780-17A2 17A5-17B3 17B6-17DB 17E0-17E9 25CC",
    "lao": (
        f"{BLANKS} {UNSEEN} 0E81-0E82 0E84 0E87-0E88 0E8A 0E8D 0E94-0E97 0E99-0E9F 0EA1-0EA3 0EA5"
        " 0EA7 0EAA-0EAB 0EAD-0EB9 0EBB-0EBD 0EC0-0EC4 0EC6 0EC8-0ECD 0ED0-0ED9 0EDC-0EDD 25CC"
    ),
}
NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)
"""What a font says of itself that stays: copyright, names, version, licence (OpenType ``name``)."""


def _letters(said: str) -> set[int]:
    spans = (part.split("-") for part in said.split())
    return {code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)}


def _fetch() -> None:
    """Install the fonts, without running anything they bring along."""
    STORE.mkdir(parents=True, exist_ok=True)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error")
    wanted = (package for package, _ in PACKAGES.values())
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Node.js with npm is not here.")
    subprocess.run([npm, "install", "--prefix", str(STORE), *quiet, *wanted], check=True)


def _make(script: str, weight: str) -> Path:
    package, name = PACKAGES[script]
    folder = STORE / "node_modules" / package.rpartition("@")[0] / WEIGHTS[weight]
    font = TTFont(folder / f"{name}_{WEIGHTS[weight]}.ttf", recalcTimestamp=False)
    options = Options(hinting=False, glyph_names=False, name_IDs=NAMES, notdef_outline=True)
    options.drop_tables += ["STAT", "gasp", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_letters(LETTERS[script]))
    subsetter.subset(font)
    target = TARGET / f"{script}-{weight}.ttf"
    font.save(target)
    return target


def cut(face: Face, target: Path) -> Path:
    """Write the letters of a ``Face`` into the folder ``target``, from those of the cards."""
    script, _, weight = face.file.removesuffix(".woff2").partition("-")
    font = TTFont(TARGET / f"{script}-{weight}.ttf", recalcTimestamp=False)
    options = Options(
        hinting=False,
        glyph_names=False,
        notdef_outline=False,
        name_IDs=NAMES,
        layout_features=["*"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_letters(TODAY[script]))
    subsetter.subset(font)
    font.flavor = "woff2"
    made = target / face.file
    font.save(made)
    return made


def _tell(made: Path) -> None:
    print(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1024:.1f} KiB")


def main() -> int:
    """Make all of them; say what each weighs."""
    if sys.argv[1:] != ["web"]:
        _fetch()
        for script in PACKAGES:
            for weight in WEIGHTS:
                _tell(_make(script, weight))
    for face in FACES:
        _tell(cut(face, TARGET))
    return 0


if __name__ == "__main__":
    sys.exit(main())
