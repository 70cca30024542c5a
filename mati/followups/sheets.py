"""Cases in, a sheet for a spreadsheet, an address book or a CRM out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from mati.followups.cases import Case, Reason, Reply
from mati.spreadsheet import table

__all__ = ["SHEETS", "label_words", "reason_words", "reply_words", "sheet"]


def label_words(text: object) -> str:
    """Return a label as bare text, whether it is in a language yet or not."""
    return "" if text is None else str(getattr(text, "text", None) or getattr(text, "source", ""))


def reason_words(reason: Reason) -> str:
    """Return a reason as one line: question, row: answer."""
    head = ", ".join(filter(None, (label_words(reason.question), label_words(reason.part))))
    return f"{head}: {label_words(reason.answer) or reason.code}"


def reply_words(reply: Reply) -> str:
    """Return what somebody wrote, behind the question, on one line."""
    head = ", ".join(filter(None, (label_words(reply.question), label_words(reply.part))))
    return f"{head}: {' '.join(reply.words.split())}"


def _joined(lines: Iterable[str]) -> str:
    return "; ".join(lines)


def _story(case: Case) -> str:
    return _joined((*map(reason_words, case.reasons), *map(reply_words, case.replies)))


Cell = Callable[[Case], str]
_ALL: Mapping[str, Cell] = {
    "case": lambda c: c.id,
    "survey": lambda c: c.survey,
    "received": lambda c: c.at.isoformat(timespec="minutes"),
    "due": lambda c: c.due.isoformat(),
    "overdue": lambda c: "yes" if c.overdue else "",
    "language": lambda c: c.language,
    "channel": lambda c: c.channel,
    "from": lambda c: _joined(f"{name}={value}" for name, value in c.hidden),
    "reasons": lambda c: _joined(map(reason_words, c.reasons)),
    "wrote": lambda c: _joined(map(reply_words, c.replies)),
    "may_call": lambda c: "yes" if c.may_call else "no",
    "refused": lambda c: _joined(map(label_words, c.refused)),
    "name": lambda c: _joined(c.names),
    "phone": lambda c: _joined(c.phones),
    "email": lambda c: _joined(c.emails),
    "other": lambda c: _joined(map(reply_words, c.others)),
    "state": lambda c: c.state or "new",
    "owner": lambda c: c.owner,
    "promised": lambda c: c.promised,
    "ask_again": lambda c: c.again.isoformat() if c.again else "",
    "satisfied": lambda c: c.satisfied,
    "notes": lambda c: _joined(c.notes),
}
_HUBSPOT: Mapping[str, Cell] = {
    "First name": lambda c: _joined(c.names) or f"Follow-up {c.id}",
    "Email": lambda c: next(iter(c.emails), ""),
    "Phone number": lambda c: next(iter(c.phones), ""),
    "Ticket name": lambda c: f"{c.survey} {c.id}",
    "Pipeline": lambda _: "Support Pipeline",
    "Ticket status": lambda c: "New" if c.open else "Closed",
    "Ticket description": _story,
}
_ZOHO: Mapping[str, Cell] = {
    "Last Name": lambda c: _joined(c.names) or f"Follow-up {c.id}",
    "Email": lambda c: next(iter(c.emails), ""),
    "Phone": lambda c: next(iter(c.phones), ""),
    "Lead Source": lambda c: c.survey,
    # its imports stumble over these signs inside a value
    "Description": lambda c: re.sub(r'[|<>"]', " ", _story(c)),
}
_ODOO: Mapping[str, Cell] = {
    "id": lambda c: f"mati_{c.id}",
    "name": lambda c: f"{c.survey} {c.id}",
    "contact_name": lambda c: _joined(c.names),
    "email_from": lambda c: next(iter(c.emails), ""),
    "phone": lambda c: next(iter(c.phones), ""),
    "description": _story,
    "date_deadline": lambda c: c.due.isoformat(),
}
_TABLES: Mapping[str, Mapping[str, Cell]] = {
    "csv": _ALL,
    "hubspot": _HUBSPOT,
    "zoho": _ZOHO,
    "odoo": _ODOO,
}
"""The columns each program reads, and what stands in them."""


def _table(columns: Mapping[str, Cell], found: Sequence[Case]) -> str:
    return table((tuple(columns), *([cell(case) for cell in columns.values()] for case in found)))


# --- Address books ---------------------------------------------------------------------------

_FOLD = 75
"""Octets of a line before it is folded (RFC 6350, 3.2)."""


def _escaped(text: str) -> str:
    """Return a value of a vCard (RFC 6350, 3.4)."""
    for sign, written in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    """Fold a line between characters, none of its lines longer than 75 octets."""
    parts, size = [""], 0
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > _FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += octets
    return "\r\n".join(parts)


def _card(case: Case) -> str:
    """Return one vCard 3.0, the version that phones read (RFC 2426)."""
    name = _escaped(_joined(case.names) or f"{case.survey} {case.id}")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:mati-{case.id}",
        f"FN:{name}",
        f"N:{name};;;;",
        *(f"TEL:{_escaped(phone)}" for phone in case.phones),
        *(f"EMAIL:{_escaped(email)}" for email in case.emails),
        f"NOTE:{_escaped(_story(case))}",
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _cards(found: Sequence[Case]) -> str:
    return "".join(_card(case) for case in found if case.phones or case.emails)


SHEETS = (*_TABLES, "vcard")
"""What a sheet may be made for."""


def sheet(name: str, found: Sequence[Case]) -> str:
    """Return the sheet ``name`` (one of ``SHEETS``) of cases, open and closed as they come.

    Columns of HubSpot, Zoho and Odoo are those of their import templates.
    """
    return _cards(found) if name == "vcard" else _table(_TABLES[name], found)
