"""Make sure the tests find a PostgreSQL server; what is missing is named.

Run alone (``python -m scripts.postgres``) it looks, installs on Debian and Ubuntu when run as
root, and exits with 1 when there is still none. ``find`` is the one place that knows where its
programs live.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts import debian

__all__ = ["SETTING", "advice", "find", "main"]

SETTING = "MATI_POSTGRES_BIN"
"""Environment variable that names the folder of ``initdb`` and ``postgres``."""
PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
"""Where systems keep them, off the search path; below each a folder with ``bin``."""


def find(
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    places: tuple[str, ...] = PLACES,
) -> Path | None:
    """Return the folder that holds ``initdb`` and ``postgres``; None when there is none.

    What ``MATI_POSTGRES_BIN`` names wins, also when it is wrong: then the answer is None.
    """
    if wanted := environment.get(SETTING, ""):
        return Path(wanted) if _whole(Path(wanted)) else None
    on_path = which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for place in places:
        folders += sorted(Path(place).glob("*/bin"), reverse=True)
    return next((folder for folder in folders if _whole(folder)), None)


def _whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("initdb", "postgres"))


def advice() -> str:
    """Return how to get a server, in a few lines."""
    return "\n".join(
        (
            "The tests need the programs of a PostgreSQL server. None were found.",
            "  Debian, Ubuntu:  sudo apt-get install postgresql",
            "  macOS:           brew install postgresql",
            f"  Elsewhere:       set {SETTING} to the folder of initdb and postgres",
        )
    )


def main() -> int:
    """Look, install where that is our business, look again; 1 when there is no server."""
    return debian.ensured(find, ["postgresql"], advice, [SETTING])


if __name__ == "__main__":
    sys.exit(main())
