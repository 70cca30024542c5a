"""Files that other tools saved come back without loss, and say the same to those tools.

GNU gettext (Debian's ``gettext``), polib, translate-toolkit (what Weblate and Pootle write with)
and Babel each take a file of ours, save it in their way, and ``update`` takes it up again.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from babel.messages import pofile
from translate.storage.po import pofile as toolkit_file

from mati.catalog import Catalog, Message, decode_po, read_po
from mati.diagnostics import Notebook
from mati.merge import Unit, head_of, merge, write_po

LONG = "Two minutes of your time show us how we are doing, and what we should do better. " * 3
KHMER = "សូមលោកអ្នកចំណាយពេលតែពីរនាទី ដើម្បីឲ្យយើងដឹងថា យើងធ្វើបានល្អកម្រិតណា " * 4
UNITS = (
    Unit(context="v.title", msgid="Visit", notes=("the title",), files=("content/v.md",)),
    Unit(context="v.intro.p1", msgid=LONG, files=("content/v.md",)),
    Unit(context="v.q.label", msgid='How "good"\n\twas it? \\o/', files=("content/v.md",)),
    Unit(context="v.r.label", msgid="And now?", files=("content/v.md",)),
    Unit(context="v.n.label", msgid="%d day", files=("content/v.md",)),
    Unit(context="", msgid="Send", files=("templates/form.html",)),
)
MESSAGES = (
    Message("v.title", "Visit", ("មកលេង",), remarks="# ask Dara\n#  and Sokha\n"),
    Message("v.intro.p1", LONG, (KHMER,)),
    Message("v.q.label", 'How "good"\n\twas it? \\o/', ('ល្អ"\n\tទេ? \\o/\n',)),
    Message("v.r.label", "And now?", ("ឥឡូវ?",), flags=("fuzzy",), previous="And then?"),
    Message("v.n.label", "%d day", ("%d ថ្ងៃ", "%d ថ្ងៃច្រើន"), plural="%d days", flags=("c-format",)),
    Message("", "Send", ("ផ្ញើ",)),
)
GONE = (
    Message("v.old.label", "Gone?", ("បាត់?",), obsolete=True, remarks="# kept\n"),
    Message("v.old.p1", LONG, (KHMER,), obsolete=True),
)
HEAD = head_of("ar", "Visit")._replace(
    strings=(head_of("en", "Visit").string.replace("Language: en", "Language: km"),)
)


def read(data: bytes) -> Catalog:
    notes = Notebook()
    found = read_po(decode_po("locales/km/v.po", data, notes), notes)
    assert [d.code.slug for d in notes] == []
    return found


def ours() -> bytes:
    """A file as ``update`` leaves it."""
    first = read(write_po(HEAD, MESSAGES, GONE).encode())
    return updated(first)


def updated(old: Catalog) -> bytes:
    assert old.head is not None
    return write_po(old.head, *merge(UNITS, old)).encode()


def gnu(*command: str) -> Callable[[Path], bytes]:
    def save(path: Path) -> bytes:
        if shutil.which(command[0]) is None:
            pytest.skip("GNU gettext is not installed")
        template = path.with_suffix(".pot")
        template.write_bytes(write_po(HEAD, read(path.read_bytes()).messages.values()).encode())
        words = [word.format(po=path, pot=template) for word in command]
        done = subprocess.run(words, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return save


def by_polib(path: Path) -> bytes:
    polib.pofile(str(path), wrapwidth=60).save(str(path))
    return path.read_bytes()


def by_toolkit(path: Path) -> bytes:
    store = toolkit_file.parsefile(str(path))
    store.wrapper.width = 77
    for one in store.units:  # so that it writes each anew
        one.source, one.target = one.source, one.target
    return bytes(store)


def by_babel(path: Path) -> bytes:
    """As ``pybabel`` does, which writes no previous wording that it read (that is known)."""
    with path.open("rb") as file:
        found = pofile.read_po(file, locale="km")
    out = io.BytesIO()
    pofile.write_po(out, found, width=76)
    return out.getvalue()


def by_notepad(path: Path) -> bytes:
    return b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")


TOOLS = {
    "msgcat": gnu("msgcat", "{po}"),
    "msgcat, narrow": gnu("msgcat", "--width=40", "{po}"),
    "msgattrib": gnu("msgattrib", "{po}"),
    "msgmerge": gnu("msgmerge", "--previous", "--quiet", "{po}", "{pot}"),
    "polib": by_polib,
    "translate-toolkit": by_toolkit,
    "a text editor on Windows": by_notepad,
}


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_tool_saved_comes_back_without_loss(tool, tmp_path):
    path = tmp_path / "v.po"
    before = ours()
    path.write_bytes(before)
    saved = TOOLS[tool](path)
    after = updated(read(saved))
    assert after.decode().splitlines() == before.decode().splitlines()
    assert after == before


def test_babel_keeps_all_but_the_previous_wording(tmp_path):
    path = tmp_path / "v.po"
    path.write_bytes(ours())
    found, before = read(updated(read(by_babel(path)))), read(ours())
    for key, message in before.messages.items():
        assert found.messages[key].strings == message.strings
        assert found.messages[key].fuzzy == message.fuzzy
    assert {m.key for m in found.obsolete} == {m.key for m in before.obsolete}


def test_the_file_says_the_same_to_other_readers(tmp_path):
    path = tmp_path / "v.po"
    path.write_bytes(ours())
    theirs = {(m.msgctxt or "", m.msgid): m for m in polib.pofile(str(path)) if not m.obsolete}
    kits = {
        (one.getcontext(), str(one.source)): one
        for one in toolkit_file.parsefile(str(path)).units
        if not one.isheader() and not one.isobsolete()
    }
    for message in read(ours()).messages.values():
        other = theirs[message.key]
        assert (other.previous_msgid or "") == message.previous
        assert ("fuzzy" in other.flags) == message.fuzzy == kits[message.key].isfuzzy()
        if message.plural:
            assert tuple(other.msgstr_plural.values()) == message.strings
        else:
            assert (other.msgstr, str(kits[message.key].target)) == message.strings * 2
