"""A message in, sent by e-mail, to a webhook, or handed to a command: "" or what went wrong out."""

from __future__ import annotations

import json
import os
import shlex
import smtplib
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from http.client import HTTPException
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from mati.followups import Notice
from mati.model import Target
from mati.settings import target_of

__all__ = ["FROM", "SMTP", "send"]

SMTP, FROM = "MATI_SMTP", "MATI_SMTP_FROM"
"""Environment variables: the mail server (``smtp://user:password@host:587`` or ``smtps://``),
and who sends."""
_SECONDS = 15
_WHOLE = 40.0
"""Seconds for all of a message: the connection, the greeting, the message, the reply."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_REPLY = 4096
"""Bytes of a webhook's reply that are read."""


def send(
    target: Target, message: Notice, root: Path, environment: Mapping[str, str] | None = None
) -> str:
    """Send a message; return "" when it was taken, else what is wrong, without any address.

    ``root`` is where a command runs. Never raises for what the other side does.
    """
    known = os.environ if environment is None else environment
    if target.kind == "variable":
        found = target_of(known.get(target.to, ""))
        if found is None or found.kind == "variable":
            return f"${target.to}"
        target = found
    if target.kind == "email":
        return _in_time(lambda: _mail(target.to, message, known))
    if target.kind == "webhook":
        return _in_time(lambda: _post(target.to, message))
    return _tried(lambda: _run(target.to, message, root))


def _tried(work: Callable[[], str]) -> str:
    try:
        return work()
    except (OSError, smtplib.SMTPException, HTTPException, ValueError) as problem:
        return type(problem).__name__


def _in_time(work: Callable[[], str]) -> str:
    """Do it, but wait for no server that answers a sign at a time: each sign begins a new wait.

    A thread that is given up ends when the other side does; no program waits for it.
    """
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(_tried(work)), daemon=True)
    thread.start()
    thread.join(_WHOLE)
    return found[0] if found else "timeout"


def _mail(to: str, message: Notice, known: Mapping[str, str]) -> str:
    url = urlsplit(known.get(SMTP, ""))
    if url.scheme not in ("smtp", "smtps") or not url.hostname:
        return SMTP
    user, password = unquote(url.username or ""), unquote(url.password or "")
    sender = known.get(FROM, "") or (user if "@" in user else to)
    mail = EmailMessage()
    mail["Subject"] = message.subject
    mail["From"], mail["To"] = sender, to
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="mati.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        port = url.port or 465
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            url.hostname, port, timeout=_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(url.hostname, url.port or 587, timeout=_SECONDS)
    with server:
        if url.scheme == "smtp" and url.hostname not in _HERE:
            server.starttls(context=context)  # nothing of ours goes over the line in the clear
        if user:
            server.login(user, password)
        server.send_message(mail)
    return ""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a message goes where its owner said, nowhere else."""

    def redirect_request(self, *_args: object, **_more: object) -> NoReturn:
        """Refuse."""
        message = "redirected"
        raise HTTPException(message)


def _post(url: str, message: Notice) -> str:
    body = json.dumps(message.record, ensure_ascii=False).encode("utf-8")
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "mati"}
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - checked
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_SECONDS) as reply:
            reply.read(_REPLY)
    except urllib.error.HTTPError as problem:
        problem.close()
        return f"HTTP {problem.code}"
    return ""


def _run(words: str, message: Notice, root: Path) -> str:
    """Hand the message to a program, as JSON on its standard input; no shell reads the words."""
    body = json.dumps(message.record, ensure_ascii=False).encode("utf-8")
    try:
        done = subprocess.run(  # noqa: S603 - the owner's own command
            shlex.split(words), input=body, cwd=root, timeout=_SECONDS, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "timeout"
    return f"exit {done.returncode}" if done.returncode else ""
