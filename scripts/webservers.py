"""Make sure the tests find nginx and Apache; what is missing is named.

Run alone (``python -m scripts.webservers``) it looks, installs on Debian and Ubuntu when run as
root, and exits with 1 when one is still missing. ``find`` is the one place that knows where their
programs live.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts import debian

__all__ = ["APACHE", "NGINX", "Servers", "advice", "find", "main"]

NGINX, APACHE = "MATI_NGINX", "MATI_APACHE"
"""Environment variables that name the programs."""
_PROGRAMS = {NGINX: ("nginx",), APACHE: ("apache2", "httpd")}
_PACKAGES = {NGINX: "nginx", APACHE: "apache2-bin"}
PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin")
"""Where systems keep them; ``sbin`` is not on everybody's search path."""
MODULES = ("lib/apache2/modules", "lib64/httpd/modules", "lib/httpd/modules", "libexec/apache2")
"""Where the modules of Apache lie, seen from the folder above its program's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """The programs, and the folder of Apache's modules; None for what there is not."""

    nginx: Path | None
    apache: Path | None
    modules: Path | None

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return None not in {self.nginx, self.apache, self.modules}


def find(
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    places: tuple[str, ...] = PLACES,
) -> Servers:
    """Return what there is; what an environment variable names wins, also when it is wrong."""
    nginx = _program(NGINX, environment, which, places)
    apache = _program(APACHE, environment, which, places)
    return Servers(nginx=nginx, apache=apache, modules=_modules(apache) if apache else None)


def _program(
    setting: str,
    environment: Mapping[str, str],
    which: Callable[[str], str | None],
    places: tuple[str, ...],
) -> Path | None:
    if wanted := environment.get(setting, ""):
        return Path(wanted) if Path(wanted).is_file() else None
    names = _PROGRAMS[setting]
    found = [Path(path) for name in names if (path := which(name))]
    found += [Path(place, name) for place in places for name in names]
    return next((path for path in found if path.is_file()), None)


def _modules(apache: Path) -> Path | None:
    top = apache.resolve().parent.parent
    folders = (top / name for name in MODULES)
    return next((folder for folder in folders if (folder / "mod_rewrite.so").is_file()), None)


def advice() -> str:
    """Return how to get the servers, in a few lines."""
    return "\n".join(
        (
            "The tests need the programs of nginx and Apache. Not both were found.",
            "  Debian, Ubuntu:  sudo apt-get install " + " ".join(_PACKAGES.values()),
            "  macOS:           brew install nginx httpd",
            f"  Elsewhere:       set {NGINX} and {APACHE} to the programs",
        )
    )


def main() -> int:
    """Look, install where that is our business, look again; 1 when a server is missing."""
    return debian.ensured(lambda: find().whole, list(_PACKAGES.values()), advice, list(_PROGRAMS))


if __name__ == "__main__":
    sys.exit(main())
