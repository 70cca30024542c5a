"""What the last build read and wrote: ``.mati/manifest.json`` in, records out, and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mati import __version__
from mati.writer.sources import Stamp

__all__ = ["Manifest", "load", "text"]

_FORMAT = 1
_BUILDER = f"{__version__} {sys.version_info[0]}.{sys.version_info[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The record of one build.

    ``outputs`` are keyed ``site/km/index.html`` or ``private/…``; ``warnings`` is how many
    warnings and notes the build had; ``builder`` tells versions of Mati and Python apart;
    ``until`` is the moment (ISO 8601, UTC) from which time alone makes an output another, ""
    for never.
    """

    options: Mapping[str, object] = field(default_factory=dict)
    warnings: int = 0
    sources: Mapping[str, Stamp] = field(default_factory=dict)
    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    builder: str = _BUILDER
    until: str = ""
    ages: Mapping[str, int] = field(default_factory=dict)
    """Of outputs that no page shows any more: how many builds ago one did."""


def _stamps(record: dict[str, list[object]]) -> dict[str, Stamp]:
    return {key: Stamp(*entry) for key, entry in record.items()}  # type: ignore[arg-type]


def load(path: Path) -> Manifest:
    """Read a manifest; an empty one where there is none or it is not one of ours."""
    try:
        record = json.loads(path.read_text("utf-8"))
        if record["format"] != _FORMAT:
            return Manifest(builder="")
        return Manifest(
            options=record["options"],
            warnings=int(record["warnings"]),
            sources=_stamps(record["sources"]),
            outputs=_stamps(record["outputs"]),
            builder=record["builder"],
            until=str(record.get("until", "")),
            ages={key: int(age) for key, age in record.get("ages", {}).items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest(builder="")


def text(manifest: Manifest) -> str:
    """Return the text of ``manifest.json``: stable order."""
    record = {
        "format": _FORMAT,
        "builder": manifest.builder,
        "options": dict(manifest.options),
        "warnings": manifest.warnings,
        "until": manifest.until,
        "sources": dict(manifest.sources),
        "outputs": dict(manifest.outputs),
        "ages": dict(manifest.ages),
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
