"""A project of Cloudflare Pages, by Cloudflare's own program ``wrangler``.

How files are sent is not documented for others. A deployment is always the whole site, and what
one holds cannot be asked back: reports and old assets are kept here to be sent again.
Read: "Direct Upload" and ``wrangler pages deploy``, developers.cloudflare.com/pages.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mati.errands import (
    Bring,
    Errands,
    Keep,
    Plan,
    Refusal,
    Run,
    Why,
    Work,
    bring,
    difference,
    is_lasting,
    is_report,
    run,
)
from mati.errands.remote import last_words, reason_of

__all__ = ["way"]

_PROJECT = re.compile(
    r"(?P<project>[a-z0-9](?:[a-z0-9-]{0,56}[a-z0-9])?)"
    r"(?: branch (?P<branch>[A-Za-z0-9_][A-Za-z0-9._/-]{0,100}))?"
)
_SECRETS = ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+\.pages\.dev\b/?")
_TOKEN_WORDS = (
    "authentication error",
    "code: 10000",
    "invalid api token",
    "not logged in",
    "[code: 9109]",
)


class _Cloudflare:
    name = "cloudflare"
    example = "sokha-shop"
    hosts = ("cloudflare",)
    whole = True

    def accepts(self, to: str) -> bool:
        """Accept the name of a project and, behind it, ``branch NAME`` for a preview."""
        return _PROJECT.fullmatch(to) is not None

    def compare(self, work: Work) -> Errands[Plan]:
        """Compare with what is remembered: Cloudflare cannot be asked."""
        yield from run(Run(program="wrangler", arguments=("--version",), inside="away"))
        plan = difference(work, work.known, work.known)
        gone = tuple(p for p in work.known if p not in work.files and is_lasting(p))
        spared = tuple(path for path in plan.spared if path in work.known)
        wanted = (*(path for path in gone if path not in plan.removed), *spared)
        brought = yield from bring(Bring(paths=wanted))
        lost = {path for path in wanted if is_report(path) and path not in brought}
        surveys = {path.split("/report/")[0].rpartition("/")[2] for path in lost}
        if not work.withdraw:
            surveys |= {n for n in work.absent if not any(f"/{n}/report/" in p for p in brought)}
        if surveys:
            raise Refusal(Why.REPORTS_ELSEWHERE, ", ".join(sorted(surveys)))
        return replace(plan, sure=False)

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Let wrangler send the folder; it knows itself what Cloudflare has already."""
        found = _PROJECT.fullmatch(work.to)
        if found is None:
            raise ValueError(work.to)
        branch = (f"--branch={found['branch']}",) if found["branch"] else ()
        named = (f"--project-name={found['project']}", *branch, "--commit-dirty=true")
        yield Keep(paths=tuple(path for path in work.files if is_lasting(path)))
        ran = yield from run(
            Run(
                program="wrangler",
                arguments=("pages", "deploy", f"{work.scratch}/site", *named),
                inside="away",  # there it finds no repository whose branch would count
                environment=(("CI", "1"), ("WRANGLER_SEND_METRICS", "false"), ("NO_COLOR", "1")),
                secrets=_SECRETS,
            )
        )
        said = ran.out.decode("utf-8", "replace")
        if ran.status:
            raise _refusal(found["project"], f"{said}\n{ran.errors}")
        return tuple(dict.fromkeys(address.rstrip("/") + "/" for address in _ADDRESS.findall(said)))


def _refusal(project: str, said: str) -> Refusal:
    small = said.lower()
    if any(word in small for word in _TOKEN_WORDS) or "cloudflare_api_token" in small:
        return Refusal(Why.TOKEN_REFUSED, _SECRETS[0])
    if "project not found" in small or "8000007" in small:
        return Refusal(Why.NO_SITE, project)
    if reason_of(said) in (Why.NO_HOST, Why.NO_CONNECTION):
        return Refusal(Why.NO_CONNECTION, "api.cloudflare.com")
    errors = [line for line in said.splitlines() if "error" in line.lower()]
    return Refusal(Why.PROGRAM_FAILED, f"wrangler: {last_words(chr(10).join(errors) or said)}")


way = _Cloudflare()
