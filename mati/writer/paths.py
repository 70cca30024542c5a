"""An output's path in; a reason not to write there out, "" when it is a good one.

A site must be able to move to any host and any computer: what one file system takes and
another refuses, or takes for the same name, is refused here.
"""

from __future__ import annotations

import unicodedata

__all__ = ["Names"]

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""Names that Windows keeps for itself ("Naming Files, Paths, and Namespaces")."""
_FORBIDDEN = frozenset('<>:"|?*\\') | {chr(n) for n in range(32)} | {"\x7f"}
_LONGEST = 200
"""Bytes of one name; file systems take 255, a temporary ending needs room."""


def _same(name: str) -> str:
    """Return what a file system that ignores case and composition makes of a name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _part_reason(part: str) -> str:
    if part in {"", ".", ".."}:
        return "it leads out of its folder"
    if set(part) & _FORBIDDEN:
        return "it holds a character that some computers do not take"
    if part.endswith((".", " ")) or part.startswith(" "):
        return "a name in it ends in a point or a blank"
    if part.split(".", maxsplit=1)[0].casefold() in _DEVICES:
        return "Windows keeps this name for itself"
    if len(part.encode("utf-8", "surrogatepass")) > _LONGEST:
        return "a name in it is too long"
    return ""


class Names:
    """The names taken so far by one build."""

    def __init__(self) -> None:
        """Start with none."""
        self._taken: dict[str, tuple[str, bool]] = {}
        self._files: set[str] = set()

    def reason(self, root: str, path: str) -> str:
        """Return why ``path`` may not be written under ``root``; "" takes the name."""
        if root not in {"site", "private", "hosting"}:
            return "nothing is written outside 'site/', 'private/' and 'hosting/'"
        parts = path.split("/")
        reasons = (_part_reason(part) for part in parts)
        reason = next((found for found in reasons if found), "")
        if not reason and _same(parts[0]) in {"site", "private"}:
            reason = "what is public and what is private must not lie in one another"
        if not reason and (root, path) == ("site", ".gitignore"):
            reason = "this file belongs to you"
        return reason or self._clash(root, parts)

    def _clash(self, root: str, parts: list[str]) -> str:
        """Take every folder of the path and its file, unless another spelling has them."""
        for length in range(1, len(parts) + 1):
            spelling = "/".join((root, *parts[:length]))
            is_file = length == len(parts)
            taken = self._taken.setdefault(_same(spelling), (spelling, is_file))
            if taken != (spelling, is_file):
                return f"'{taken[0]}' has the same name"
            if is_file and spelling in self._files:
                return "it is made twice"
        self._files.add("/".join((root, *parts)))
        return ""
