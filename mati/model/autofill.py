"""What ``autocomplete=`` may say: the tokens by which browsers fill in what they know."""

from __future__ import annotations

__all__ = ["FIELDS", "autofills"]

FIELDS = (
    "name", "honorific-prefix", "given-name", "additional-name", "family-name",
    "honorific-suffix", "nickname", "username", "new-password", "current-password",
    "one-time-code", "organization-title", "organization", "street-address", "address-line1",
    "address-line2", "address-line3", "address-level4", "address-level3", "address-level2",
    "address-level1", "country", "country-name", "postal-code", "cc-name", "cc-given-name",
    "cc-additional-name", "cc-family-name", "cc-number", "cc-exp", "cc-exp-month",
    "cc-exp-year", "cc-csc", "cc-type", "transaction-currency", "transaction-amount",
    "language", "bday", "bday-day", "bday-month", "bday-year", "sex", "url", "photo", "tel",
    "tel-country-code", "tel-national", "tel-area-code", "tel-local", "tel-local-prefix",
    "tel-local-suffix", "tel-extension", "email", "impp",
)  # fmt: skip
"""Names of fields (HTML Living Standard, 4.10.18.7.1, "Autofilling form controls")."""

_OF_PERSONS = FIELDS[FIELDS.index("tel") :]
"""Those that may be of a place: ``work tel``."""
_PLACES = frozenset({"home", "work", "mobile", "fax", "pager"})


def autofills(value: str) -> bool:
    """Tell whether browsers know what to fill in: ``on``, ``off``, or a field.

    Before the field may stand ``section-…``, then ``shipping`` or ``billing``, then for
    telephones and addresses ``home``, ``work``, ``mobile``, ``fax`` or ``pager``.
    """
    words = value.lower().split()
    if len(words) == 1 and words[0] in {"on", "off"}:
        return True
    if words and words[0].startswith("section-"):
        words = words[1:]
    if words and words[0] in {"shipping", "billing"}:
        words = words[1:]
    if len(words) > 1 and words[0] in _PLACES and words[1] in _OF_PERSONS:
        words = words[1:]
    return len(words) == 1 and words[0] in FIELDS
