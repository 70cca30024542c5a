"""Positions and mistakes in, sentences a person can act on out.

A mistake of an author or a translator is a ``Diagnostic``, never an exception.
Codes and values travel through the house; words are made only when shown.
"""

from mati.diagnostics.codes import Code
from mati.diagnostics.githost import Remark, annotated, below, github_line, remark, summary
from mati.diagnostics.layout import clean, excerpt, human, json_record, sentence
from mati.diagnostics.notebook import Diagnostic, Notebook, Source, Span
from mati.diagnostics.sentence import Severity

__all__ = [
    "Code",
    "Diagnostic",
    "Notebook",
    "Remark",
    "Severity",
    "Source",
    "Span",
    "annotated",
    "below",
    "clean",
    "excerpt",
    "github_line",
    "human",
    "json_record",
    "remark",
    "sentence",
    "summary",
]
