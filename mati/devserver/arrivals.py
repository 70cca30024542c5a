"""Submissions in the form service's database in, responses at home out, as ``mati pull`` does."""

from __future__ import annotations

from pathlib import Path

from mati import settings
from mati.build.releases import past_of
from mati.diagnostics import Notebook, Source
from mati.home import bring
from mati.reader import decode, read
from mati.services import services
from mati.store import stored

__all__ = ["bring_home"]


def bring_home(root: Path, survey: str) -> int:
    """Bring what is stored of ``survey`` home; return how many responses are new.

    Those that are home already are left alone. 0 as well when the survey cannot be read: its
    answers stay where they are.
    """
    database, own = root / "private" / "collect.db", services.find("own")
    if own is None or not database.exists():
        return 0
    notes = Notebook()
    yaml, text = root / "mati.yaml", f"content/{survey}.md"
    words = yaml.read_text("utf-8-sig") if yaml.exists() else ""
    project = settings.read_project(Source("mati.yaml", words), notes)
    source = decode(text, (root / text).read_bytes(), notes)
    found = read(source, project, notes) if source is not None else None
    if found is None:
        return 0
    rows = own.rows(stored(database, survey), "private/collect.db", notes)
    return bring(root, found, rows, notes, past_of(root, survey, notes)).new
