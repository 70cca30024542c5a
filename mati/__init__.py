"""Mati: surveys in Markdown in, static form and report pages out.

The house and its floors are described in ``docs/architecture.md``.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
