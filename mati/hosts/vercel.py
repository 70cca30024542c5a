"""Vercel: ``vercel.json``, beside the pages for an upload, and for the top of a repository.

Shapes as in Vercel's pages on project configuration and redirects; nothing here was tried with
an account.
"""

from __future__ import annotations

import json
import re

from mati.hosts import Hosted, Limit, header_rules, spoken
from mati.model import Output

__all__ = ["Host", "host"]

_SCHEMA = "https://openapi.vercel.sh/vercel.json"
_TEMPORARY = 302
_BUILD = {
    "installCommand": "python3 -m venv .venv && .venv/bin/pip install 'mati-survey[print]'",
    "buildCommand": ".venv/bin/mati build --host vercel",
    "outputDirectory": "site",
}


class Host:
    """``host: vercel``: deploy ``site/``, or let it build from a repository."""

    name = "vercel"
    title = "Vercel"
    status = "documented"
    sources = (
        "https://vercel.com/docs/project-configuration",
        "https://vercel.com/docs/routing/redirects/configuration-redirects",
    )
    limits = frozenset({Limit.PATH})
    packed = False

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return the same rules twice: for an upload, and with how to build."""
        rules = _rules(site)
        return (
            Output(path="vercel.json", content=_text(rules)),
            Output(path="vercel/vercel.json", content=_text({**rules, **_BUILD}), root="hosting"),
        )


def _text(found: dict[str, object]) -> bytes:
    return (json.dumps(found, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _rules(site: Hosted) -> dict[str, object]:
    """Return what ``vercel.json`` says.

    Without ``trailingSlash`` both ``/km`` and ``/km/`` answer, and links of the first are wrong.
    """
    return {
        "$schema": _SCHEMA,
        "framework": None,
        "trailingSlash": True,
        "cleanUrls": False,
        "headers": [
            {
                "source": _source(path),
                "headers": [{"key": name, "value": value} for name, value in headers],
            }
            for path, headers in header_rules(site)
        ],
        "redirects": _redirects(site) if len(site.languages) > 1 else [],
    }


def _source(path: str) -> str:
    """Return a path in the signs of path-to-regexp: a ``*`` is a group of its own."""
    return path.replace("*", "(.*)")


def _redirects(site: Hosted) -> list[dict[str, object]]:
    """Return a rule of ``/`` for each language: the first one that a browser names decides.

    Whether Vercel looks for ``value`` in a header or wants it to be all of it, this means the same.
    """
    own = dict.fromkeys(code.lower() for code in site.languages)
    return [
        {
            "source": site.base,
            "has": [
                {
                    "type": "header",
                    "key": "accept-language",
                    "value": f"^{_any_case(tag)}(?:[{'-' if tag in own else ''},;].*)?$",
                }
            ],
            "destination": f"{site.base}{code}/",
            "statusCode": _TEMPORARY,
        }
        for tag, code in sorted(spoken(site.languages).items(), key=lambda one: -len(one[0]))
    ]


def _any_case(tag: str) -> str:
    """Return a regular expression of ``tag`` in small or large letters."""
    letters = (f"[{sign}{sign.upper()}]" if sign.isalpha() else re.escape(sign) for sign in tag)
    return "".join(letters)


host = Host()
