"""Measure how long ``mati i18n update`` takes: fifty languages of ten thousand messages each.

Run by ``make bench`` or alone: ``python tests/bench/translation.py``. Each figure is that of a
whole command, as a process of its own, on a project of a hundred surveys in a temporary folder:
after a hundred questions were re-worded, and when nothing changed. Prints seconds by the clock,
their share of the limit and, in brackets, those of the processor (on a busy computer far less);
and looks into the files whether every translation was kept. Exits 1 when a limit is broken or a
translation lost.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from babel import localedata  # noqa: E402 - found just above

from mati.catalog import decode_po, read_po  # noqa: E402
from mati.diagnostics import Notebook  # noqa: E402
from mati.merge import write_po  # noqa: E402

SURVEYS, ASKED, LANGUAGES = 100, 25, 50
REWORDED = 100
LIMITS = {"a hundred questions re-worded": 20.0, "nothing changed": 2.0}
OPTIONS = "- (3) Very good {n}\n- (2) So-so {n}\n- (1) Not good at all {n}\n"


def survey(number: int, codes: list[str], *, new: bool = False) -> str:
    """Return a survey of a hundred texts; in the ``new`` one a question is re-worded."""
    asked = []
    for n in range(ASKED - 1):
        words = "How did you like what we did" if new and n == 7 else "How do you like part"
        asked.append(f"### {words} {n} of visit {number}? {{#q{n}}}\n\n{OPTIONS.format(n=n)}")
    head = f"---\nlang: en\nlanguages: [{', '.join(codes)}]\n---\n\n"
    return f"{head}# Visit {number}\n\nThank you.\n\nFor coming.\n\n" + "\n".join(asked)


def used() -> float:
    """Return the seconds of the processor that all commands so far took."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run(root: Path, *arguments: str) -> tuple[float, float]:
    """Run a command in a project; return seconds by the clock, and of the processor."""
    command = [sys.executable, "-m", "mati", "--project", str(root), "i18n", *arguments]
    started, before = time.perf_counter(), used()
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed: {done.stdout[-500:]}{done.stderr[-500:]}")
    return taken, used() - before


def translate(root: Path) -> int:
    """Fill all files in; return how many messages there are."""
    count = 0
    for path in root.glob("locales/*/*.po"):
        found = read_po(decode_po(path.name, path.read_bytes(), Notebook()), Notebook())
        filled = [m._replace(strings=(f"តើ {m.msgid} ដែរឬទេ",)) for m in found.messages.values()]
        count += len(filled)
        assert found.head is not None
        path.write_text(write_po(found.head, filled), "utf-8")
    return count


def kept(root: Path) -> int:
    """Count the messages that kept their translation as outdated, with the old wording."""
    found = 0
    for path in root.glob("locales/*/visit-*.po"):
        text = path.read_text("utf-8")
        found += text.count('#, fuzzy\n#| msgid "How do you like part 7 of visit')
    return found


def main() -> int:
    """Measure, print, compare."""
    codes = [c for c in localedata.locale_identifiers() if c.isalpha() and len(c) == 2]
    codes = [code for code in codes if code != "en"][:LANGUAGES]
    good = True
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        (root / "mati.yaml").write_text("name: Bench\n")
        for number in range(SURVEYS):
            (root / f"content/visit-{number}.md").write_text(survey(number, codes))
        print(f"{run(root, 'update')[0]:8.2f} s  all files new")  # noqa: T201
        print(f"{translate(root):8} messages, of {LANGUAGES} languages")  # noqa: T201
        print(f"{run(root, 'update')[0]:8.2f} s  all files translated elsewhere")  # noqa: T201
        for number in range(REWORDED):
            (root / f"content/visit-{number}.md").write_text(survey(number, codes, new=True))
        figures = {"a hundred questions re-worded": run(root, "update")}
        found, wanted = kept(root), REWORDED * LANGUAGES
        figures["nothing changed"] = min(run(root, "update") for _ in range(3))
    for name, limit in LIMITS.items():
        taken, spent = figures[name]
        share = taken / limit
        good = good and share <= 1
        print(f"{taken:8.2f} s  {share:5.0%} of {limit:g} s  {name} ({spent:.2f} s)")  # noqa: T201
    print(f"{found:8} of {wanted} kept as outdated with the old wording")  # noqa: T201
    return 0 if good and found == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
