"""The command line: arguments in, exit status out."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command ``mati``."""
