"""A site at Netlify, by its documented deploys of file digests: it asks for what it lacks.

A deploy becomes visible as a whole once every file is there. Read: "Get started with the Netlify
API" (file digest method, rate limiting) and its OpenAPI description, docs.netlify.com/api.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from mati.errands import (
    Answer,
    Call,
    Errands,
    Plan,
    Refusal,
    Wait,
    Why,
    Work,
    ask,
    difference,
    is_lasting,
    is_report,
)

__all__ = ["way"]

_ROOT = "https://api.netlify.com/api/v1"
_HOST = "api.netlify.com"
_TOKEN = "NETLIFY_AUTH_TOKEN"  # noqa: S105 - the name of a variable
_INSTEAD = "MATI_NETLIFY_API"
_SITE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?")
_TRIES = 6
_PATIENCE = 120.0
"""Seconds; a service that wants to be left alone for longer is left alone."""
_MANY = 1_000
"""From so many files on, Netlify looks at the list after it has answered."""
_LOOKS = 150
_PAUSE = 2.0
_OK, _BAD_REQUEST, _UNAUTHORISED, _FORBIDDEN, _MISSING = 200, 400, 401, 403, 404
_TOO_MANY, _SERVER = 429, 500


class _Netlify:
    name = "netlify"
    example = "sokha.netlify.app"
    hosts = ("netlify",)
    whole = True

    def accepts(self, to: str) -> bool:
        """Accept the id of a site, or the name of its host."""
        return _SITE.fullmatch(to) is not None and ".." not in to

    def compare(self, work: Work) -> Errands[Plan]:
        """Ask which files the site shows now."""
        site = yield from _record(_call("GET", f"/sites/{work.to}"), work)
        sums = yield from _files(work)
        there = {
            path: work.files[path].digest if path in work.files and _same(work, path, sha) else ""
            for path, sha in sums.items()
        }
        plan = difference(work, there, list(sums), brought=work.known)
        gone = [path for path in sums if path not in work.files and path not in plan.removed]
        stays = {f"/{path}": sums[path] for path in gone if is_lasting(path)}
        stays |= {f"/{path}": sums[path] for path in plan.spared if path in sums}
        note = {**stays, "seen": _seen(sums)}
        return replace(plan, note=note, where=_address(site))

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Hand in the list of digests, send what is asked for, wait until it is shown."""
        if _seen((yield from _files(work))) != plan.note["seen"]:
            raise Refusal(Why.CHANGED_MEANWHILE)
        stays = {path: sha for path, sha in plan.note.items() if path.startswith("/")}
        own = {path: file.sha1 for path, file in work.files.items() if path not in plan.spared}
        deploy, wanted = yield from _begin(work, own, stays)
        if lost := wanted - set(own.values()):
            reports = [p for p, sha in stays.items() if sha in lost and is_report(p[1:])]
            if reports:
                raise Refusal(Why.REPORTS_ELSEWHERE, ", ".join(sorted(_surveys(reports))))
            stays = {path: sha for path, sha in stays.items() if sha not in lost}
            deploy, wanted = yield from _begin(work, own, stays)
        by_sum = {own[path]: path for path in sorted(own)}
        order = [path for path in plan.sent if by_sum.get(own[path]) == path]
        others = [path for sha, path in sorted(by_sum.items()) if path not in set(order)]
        for path in (*order, *others):
            if own[path] in wanted:
                target = f"/deploys/{deploy}/files/{quote(path)}"
                yield from _record(_call("PUT", target, file=path), work)
        yield from _settled(work, deploy)
        return (plan.where,) if plan.where else ()


def _call(method: str, path: str, *, body: object = None, file: str = "") -> Call:
    content = json.dumps(body, sort_keys=True).encode("utf-8") if body is not None else b""
    return Call(
        root=_ROOT,
        method=method,
        path=path,
        body=content,
        file=file,
        token=_TOKEN,
        instead=_INSTEAD,
    )


def _address(site: Mapping[str, Any]) -> str:
    """Return where people see a site, as far as that is an address."""
    found = str(site.get("ssl_url") or site.get("url") or "").rstrip("/")
    return f"{found}/" if _ADDRESS.fullmatch(found) else ""


def _seen(sums: Mapping[str, str]) -> str:
    """Return all that stands there as one word, to see whether it changes."""
    return json.dumps(sums, sort_keys=True)


def _same(work: Work, path: str, sha: str) -> bool:
    return work.files[path].sha1 == sha


def _surveys(reports: list[str]) -> set[str]:
    return {path.split("/report/")[0].rpartition("/")[2] for path in reports}


# --- Asking, patiently -----------------------------------------------------------------------


def _asked(call: Call, work: Work) -> Errands[Answer]:
    """Ask until there is an answer that another try would not change."""
    answer = Answer(status=0)
    for number in range(_TRIES):
        answer = yield from ask(call)
        again = answer.status in (0, _TOO_MANY) or answer.status >= _SERVER
        pause = answer.wait if answer.wait is not None else float(2**number)
        if answer.trouble == "certificate" or not again or pause > _PATIENCE:
            break
        if number < _TRIES - 1:
            yield Wait(seconds=pause)
    if _OK <= answer.status < 300:  # noqa: PLR2004 - all of 2xx is well
        return answer
    raise _refusal(answer, work)


def _refusal(answer: Answer, work: Work) -> Refusal:
    match answer.status:
        case 0:
            whys = {"host": Why.NO_HOST, "certificate": Why.NOT_TRUSTED}
            return Refusal(whys.get(answer.trouble, Why.NO_CONNECTION), _HOST)
        case 401 | 403:
            return Refusal(Why.TOKEN_REFUSED, _TOKEN)
        case 404:
            return Refusal(Why.NO_SITE, work.to)
        case 429:
            return Refusal(Why.BUSY, _HOST)
    return Refusal(Why.NOT_TAKEN, f"Netlify: {answer.status} {_said(answer.body)}".strip())


def _said(body: bytes) -> str:
    """Return the words of a refusal, short and printable."""
    try:
        record = json.loads(body)
        words = str(record.get("message") or record.get("error_message") or "")
    except (ValueError, AttributeError, RecursionError):
        words = ""
    return "".join(sign if sign.isprintable() else " " for sign in words)[:200]


def _parsed(answer: Answer) -> Any:  # noqa: ANN401 - JSON has no type
    try:
        return json.loads(answer.body or b"{}")
    except (ValueError, RecursionError):
        raise Refusal(Why.NOT_TAKEN, "Netlify: JSON") from None


def _record(call: Call, work: Work) -> Errands[Mapping[str, Any]]:
    """Ask for one record."""
    answer = yield from _asked(call, work)
    found = _parsed(answer)
    return found if isinstance(found, dict) else {}


def _files(work: Work) -> Errands[dict[str, str]]:
    """Return the SHA-1 of every file of the site as it is shown now; the list comes in pages."""
    found: dict[str, str] = {}
    page: int | None = 1
    while page is not None:
        more = f"?page={page}" if page > 1 else ""
        answer = yield from _asked(_call("GET", f"/sites/{work.to}/files{more}"), work)
        rows = _parsed(answer)
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and row.get("path") and row.get("sha"):
                found[str(row["path"]).lstrip("/")] = str(row["sha"])
        following = answer.following
        page = following if following is not None and following > page else None
    return found


def _begin(
    work: Work, own: Mapping[str, str], stays: Mapping[str, str]
) -> Errands[tuple[str, set[str]]]:
    """Hand in the whole list; return the deploy's id and the digests it asks for."""
    files = {**stays, **{f"/{path}": sha for path, sha in own.items()}}
    body: dict[str, object] = {"files": files, "draft": False}
    if len(files) > _MANY:
        body["async"] = True
    found = yield from _record(_call("POST", f"/sites/{work.to}/deploys", body=body), work)
    deploy = str(found.get("id", ""))
    if not _SITE.fullmatch(deploy):
        raise Refusal(Why.NOT_TAKEN, "Netlify: id")
    for _ in range(_LOOKS):
        if found.get("required") is not None or found.get("state") not in ("new", "preparing"):
            break
        yield Wait(seconds=_PAUSE)
        found = yield from _record(_call("GET", f"/deploys/{deploy}"), work)
    _check_state(found)
    required = found.get("required")
    return deploy, {str(sha) for sha in required} if isinstance(required, list) else set()


def _check_state(found: Mapping[str, Any]) -> None:
    if str(found.get("state")) in ("error", "rejected"):
        words = str(found.get("error_message") or found["state"])[:200]
        raise Refusal(Why.NOT_TAKEN, f"Netlify: {words}")


def _settled(work: Work, deploy: str) -> Errands[None]:
    """Wait until the deploy is what people see."""
    state = ""
    for _ in range(_LOOKS):
        found = yield from _record(_call("GET", f"/deploys/{deploy}"), work)
        _check_state(found)
        state = str(found.get("state", ""))
        if state in ("ready", "current", "old"):
            return
        yield Wait(seconds=_PAUSE)
    raise Refusal(Why.NOT_READY, f"Netlify: {state}")


way = _Netlify()
