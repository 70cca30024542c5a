"""A language and a project in, the header of a new .po file out."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from mati.catalog import Message, plural_rule
from mati.diagnostics import clean

__all__ = ["NOBODY", "head_of", "last_translator"]

NOBODY = "none"
"""Who translated, and which team, as long as it is nobody (as GNU msginit writes it)."""
_NOT_NAMES = ("", NOBODY, "full name", "automatically generated", "nobody", "unknown")
"""What tools put where nobody's name is, in small letters."""


def head_of(language: str, project: str, title: str = "", digits: str = "") -> Message:
    """Return the header of a new file; the header of an existing one is never touched.

    Above it stands, for the translator: which language this is, that nobody has reviewed it, how
    the script runs and which ``digits`` it has of its own ("" for none). ``title`` is what the
    file translates.
    """
    fields = (
        ("Project-Id-Version", project),
        ("Last-Translator", NOBODY),
        ("Language-Team", NOBODY),
        ("Language", language.replace("-", "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", plural_rule(language)),
    )
    remarks = "".join(f"{line}\n" for line in (*_told(language, title or project, digits), "#"))
    string = "".join(f"{name}: {value}\n" for name, value in fields)
    return Message("", "", (string,), remarks=remarks)


def _told(language: str, title: str, digits: str) -> tuple[str, ...]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return (f"# Translation of {title} into '{language}'.", "# Not yet reviewed by anybody.")
    own = (locale.get_display_name(locale) or language).replace("\u200b", "")
    way = "right to left" if locale.text_direction == "rtl" else "left to right"
    either = f"{digits} or 0123456789" if digits else "0123456789"
    return (
        f"# {locale.get_display_name('en')} ({own}) translation of {title}.",
        "# Not yet reviewed by a native speaker: who reviews it writes so in place of this line,",
        "# and a name with an address behind Last-Translator.",
        f"# Written from {way}. Digits in your own sentences: {either}.",
    )


def last_translator(fields: str) -> str:
    """Return the value of ``Last-Translator`` where it names somebody, else "".

    It is printed, so nothing is left in it that a terminal would obey.
    """
    name = fields.partition("<")[0].strip()
    return "" if name.lower() in _NOT_NAMES else clean(fields.strip())
