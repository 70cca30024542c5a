"""A language in, its plural rule as the header of a .po file says it, out.

The rules are those of CLDR ("Language Plural Rules", through Babel), made anew for whole numbers:
Babel's own table for gettext differs from them in some fifteen languages, swaps two forms of
Arabic, and what it derives for French or Spanish cannot be read by gettext.
"""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.plural import PluralRule

__all__ = ["plural_rule"]

_ORDER = ("zero", "one", "two", "few", "many")
"""The forms in CLDR's order; "other" is the last of every language."""
_MOST = 1000
"""A form that no number up to here takes is left out: French has one for whole millions."""
_OTHER = "nplurals=2; plural=(n != 1);"
"""For a language that CLDR does not know."""
_TRUE, _FALSE = "1", "0"


@cache
def plural_rule(language: str) -> str:
    """Return the value of ``Plural-Forms`` for a BCP 47 code: ``nplurals=1; plural=0;``.

    Forms stand in CLDR's order: zero, one, two, few, many, other.
    """
    try:
        rule = Locale.parse(language.replace("_", "-"), sep="-").plural_form
    except (UnknownLocaleError, ValueError):
        return _OTHER
    seen = {rule(number) for number in range(_MOST + 1)}
    conditions = [_condition(rule, tag) for tag in _ORDER if tag in seen and tag in rule.rules]
    every = len(conditions) + ("other" in seen)
    if every == 1:
        return "nplurals=1; plural=0;"
    if len(conditions) == every:  # the numbers left over are the last form's
        del conditions[-1]
    return f"nplurals={every}; plural={_choice(conditions)};"


def _condition(rule: PluralRule, tag: str) -> str:
    """Return the condition of a form in C, for whole numbers."""
    ways = dict.fromkeys(map(_all_of, rule.rules[tag].split(" or ")))
    ways.pop(_FALSE, None)
    return " || ".join(f"({way})" if len(ways) > 1 and "&&" in way else way for way in ways)


def _all_of(part: str) -> str:
    """Return relations that must all hold; "0" where they never do."""
    made = [_relation(relation) for relation in part.split(" and ")]
    if _FALSE in made:
        return _FALSE
    kept = [relation for relation in made if relation != _TRUE] or [_TRUE]
    return " && ".join(f"({r})" if "||" in r and len(kept) > 1 else r for r in kept)


def _relation(text: str) -> str:
    """Return one relation in C: ``i mod 10 not in 2..4,9`` → ``n%10!=9 && (n%10<2 || n%10>4)``."""
    left, _, values = text.partition(" in ")
    negated = left.endswith(" not")
    operand, _, divisor = left.removesuffix(" not").partition(" mod ")
    ranges = [part.partition("..") for part in values.split(",")]
    if operand not in ("n", "i"):  # fractions and exponents: of a whole number they are zero
        held = any(int(low) <= 0 <= int(high or low) for low, _, high in ranges)
        return _TRUE if held is not negated else _FALSE
    name = f"n%{divisor}" if divisor else "n"
    made = [_within(name, low, high or low, negated=negated) for low, _, high in ranges]
    if negated:
        return " && ".join(f"({one})" if "||" in one and len(made) > 1 else one for one in made)
    return " || ".join(f"({one})" if "&&" in one and len(made) > 1 else one for one in made)


def _within(name: str, low: str, high: str, *, negated: bool) -> str:
    if low == high:
        return f"{name}{'!=' if negated else '=='}{low}"
    if low == "0":
        return f"{name}{'>' if negated else '<='}{high}"
    return f"{name}<{low} || {name}>{high}" if negated else f"{name}>={low} && {name}<={high}"


_SHORT = {"n==1": "(n != 1)", "n==0 || n==1": "(n > 1)", "n<=1": "(n > 1)"}
"""The two rules that nearly half of all languages share, as every tool writes them."""


def _choice(conditions: list[str]) -> str:
    if len(conditions) == 1 and conditions[0] in _SHORT:
        return _SHORT[conditions[0]]
    steps = (f"{condition} ? {number} : " for number, condition in enumerate(conditions))
    return f"({''.join(steps)}{len(conditions)})"
