"""nginx and Apache for the tests: on loopback, on a free port, with our control files.

Each runs as the tests' own user, or as nobody where that is root, in a folder of its own.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from mati import writer
from mati.cli.site import make_outputs
from mati.diagnostics import Notebook
from scripts import webservers

__all__ = [
    "APACHE_MODULES", "FORM", "UNSEEN", "Answer", "Running", "apache", "nginx", "nginx_as_told",
    "project",
]  # fmt: skip

REPOSITORY = Path(__file__).parent.parent
FORM = "km/customer-service/"
"""The form that is asked for most."""
UNSEEN = "nobody may see this"
"""What stands in files that no server may show."""
CLOSING = """---
lang: lo
close: 2099-12-31
---

# ອາຫານທ່ຽງ

### ອາຫານທ່ຽງເປັນແນວໃດ? {#lunch}

- (5) ດີ
- (1) ບໍ່ດີ
"""
"""A survey in Lao alone, with an end: its site has a page of each kind."""
NOBODY = "nobody"
TYPES = {
    "text/html": "html", "text/css": "css", "text/javascript": "js", "application/json": "json",
    "text/plain": "txt", "text/xml": "xml", "image/png": "png", "font/woff2": "woff2",
    "application/pdf": "pdf", "image/svg+xml": "svg",
}  # fmt: skip
APACHE_MODULES = ("autoindex", "deflate", "dir", "filter", "headers", "mime", "rewrite", "setenvif")
"""What shared hosts have, and what shows a folder's files where nobody forbids it."""


@dataclass(frozen=True)
class Answer:
    """What a server said; the names of headers are in small letters, equal ones joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def goal(self) -> str:
        """Where it leads to, without the name of a server on loopback."""
        return re.sub(
            r"^http://(localhost|127\.0\.0\.1):\d+/", "/", self.headers.get("location", "")
        )

    @property
    def vary(self) -> set[str]:
        return {word.strip().lower() for word in self.headers.get("vary", "").split(",")} - {""}


@dataclass
class Running:
    """A server that runs; ``folder`` holds what it shows, ``project`` what it must not show."""

    port: int
    folder: Path
    log: Path = field(default_factory=Path)

    def ask(
        self, path: str, language: str | None = None, encoding: str | None = None, **more: str
    ) -> Answer:
        """Send a request with no header but these; a path goes out as it stands."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.putrequest(
                more.pop("method", "GET"), path, skip_host="Host" in more, skip_accept_encoding=True
            )
            named = {"Accept-Language": language, "Accept-Encoding": encoding, **more}
            for name, value in named.items():
                if value is not None:
                    connection.putheader(name, value.encode("latin-1", "replace"))
            connection.endheaders()
            found = connection.getresponse()
            headers: dict[str, str] = {}
            for name, value in found.getheaders():
                key = name.lower()
                headers[key] = f"{headers[key]}, {value}" if key in headers else value
            return Answer(found.status, headers, found.read())


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def project(host: str, base: str) -> Path:
    """Build the sample project for a host; whoever runs a server may read all of it."""
    root = Path(tempfile.mkdtemp(prefix="mati-site-"))
    for name in ("content", "locales"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / "content" / "lunch.md").write_text(CLOSING, "utf-8")
    settings = (REPOSITORY / "mati.yaml").read_text("utf-8")
    settings = settings.replace("url: https://sokha.example", f"url: https://sokha.example{base}")
    look = "\nreport: {public: true}\ntheme: {font: bundled}\n"
    (root / "mati.yaml").write_text(f"{settings}{look}host: {host}\n", "utf-8")
    notes = Notebook()
    outputs, _, _ = make_outputs(root, notes, sample=True)
    assert writer.write(root, outputs, notes) is not None, list(notes)
    (root / "private" / "secret.txt").write_text(UNSEEN, "utf-8")
    (root / "site" / ".hidden").write_text(UNSEEN, "utf-8")
    shutil.copytree(root / "private", root / ".mati" / "private")
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return root


@contextmanager
def _place() -> Iterator[tuple[Path, dict[str, object]]]:
    """Make a folder for a server's own files; yield it, and as whom to run."""
    folder = Path(tempfile.mkdtemp(prefix="mati-web-"))
    who: dict[str, object] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(NOBODY)
        os.chown(folder, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    try:
        yield folder, who
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(command: list[object], own: Path, who: dict[str, object], port: int) -> Iterator[None]:
    with (own / "out.txt").open("wb") as out:
        running = subprocess.Popen(command, stdout=out, stderr=out, cwd=own, **who)  # type: ignore[call-overload]
    try:
        for _ in range(400):
            said = (own / "out.txt").read_text("utf-8", "replace")
            assert running.poll() is None, f"the server ended: {said}"
            with closing(socket.socket()) as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.025)
        else:
            message = "the server did not start"
            raise AssertionError(message)
        yield
    finally:
        running.terminate()
        running.wait(20)


@contextmanager
def nginx(root: Path, control: Path, beside: str = "") -> Iterator[Running]:
    """Run nginx over ``root`` with what is in ``control``, the folder ``hosting/nginx``.

    ``beside``: what else stands in its ``server``.
    """
    found = webservers.find()
    assert found.nginx is not None, webservers.advice()
    port = _free_port()
    with _place() as (own, who):
        for name in ("maps.conf", "site.conf"):
            shutil.copyfile(control / name, own / name)
            (own / name).chmod(0o644)
        inside = (
            f"gzip_types text/css; include {own}/maps.conf;\n"
            f"server {{ listen 127.0.0.1:{port}; server_name localhost; root {root};\n"
            f'add_header X-Own "kept" always;\n'
            f"include {own}/site.conf;\n{beside}}}\n"
        )
        command = _nginx_command(found.nginx, own, inside)
        with _started(command, own, who, port):
            yield Running(port, root, own / "error.txt")


def _nginx_command(program: Path, own: Path, inside: str) -> list[object]:
    """Write the settings of a whole nginx with ``inside`` for its level http."""
    kinds = "".join(f"{kind} {ending};" for kind, ending in TYPES.items())
    temporary = "".join(
        f"{name}_temp_path {own}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (own / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {own}/pid; error_log {own}/error.txt;\n"
        f"events {{ worker_connections 64; }}\n"
        f"http {{ access_log off; {temporary} types {{ {kinds} }}\n"
        f"default_type application/octet-stream; gzip on;\n{inside}}}\n",
        "utf-8",
    )
    return [program, "-p", own, "-c", own / "nginx.conf", "-e", own / "error.txt"]


@contextmanager
def nginx_as_told(root: Path, told: str) -> Iterator[Running]:
    """Run an nginx that was set up by the commands of a guide, typed in ``hosting/nginx``.

    Its folders are not those of the system. What is mended in the server's own file, as the guide
    and the file say: the port, and where the pages lie. It is the only thing that is mended.
    """
    found = webservers.find()
    assert found.nginx is not None, webservers.advice()
    port = _free_port()
    with _place() as (own, who):
        (own / "conf.d").mkdir()
        words = told.replace("/etc/nginx/", f"{own}/").replace(
            "nginx -t && systemctl reload nginx", ""
        )
        assert words.count(str(own)) == told.count("/etc/nginx/") > 0
        subprocess.run(["sh", "-eu", "-c", words], cwd=root / "hosting" / "nginx", check=True)
        (server,) = (own / "conf.d").glob("*-server.conf")
        text = server.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
        text = text.replace("    listen [::]:80;\n", "").replace("/etc/nginx/", f"{own}/")
        server.write_text(re.sub(r"root [^;]+;", f"root {root / 'site'};", text), "utf-8")
        command = _nginx_command(found.nginx, own, f"include {own}/conf.d/*.conf;\n")
        with _started(command, own, who, port):
            yield Running(port, root / "site", own / "error.txt")


@contextmanager
def apache(
    root: Path, modules: Collection[str] = APACHE_MODULES, override: str = "FileInfo"
) -> Iterator[Running]:
    """Run Apache over ``root``, where a ``.htaccess`` may say what ``override`` names."""
    found = webservers.find()
    assert found.apache is not None, webservers.advice()
    assert found.modules is not None, webservers.advice()
    port = _free_port()
    with _place() as (own, who):
        (own / "mime.types").write_text(
            "".join(f"{kind} {ending}\n" for kind, ending in TYPES.items()), "utf-8"
        )
        loaded = ("mpm_event", "authz_core", "unixd", *modules)
        lines = [
            f"LoadModule {name}_module {found.modules}/mod_{name}.so"
            for name in loaded
            if (found.modules / f"mod_{name}.so").is_file()
        ]
        lines += [
            f"ServerRoot {own}",
            "ServerName localhost",
            f"Listen 127.0.0.1:{port}",
            f"PidFile {own}/pid",
            f"ErrorLog {own}/error.txt",
            f"DocumentRoot {root}",
            "<IfModule mod_mime.c>",
            f"TypesConfig {own}/mime.types",
            "AddType application/x-gzip .gz",
            "</IfModule>",
            "<IfModule mod_headers.c>",
            'Header always set X-Own "kept"',
            "</IfModule>",
            '<FilesMatch "^\\.ht">',
            "Require all denied",
            "</FilesMatch>",
            f"<Directory {root}>",
            "Options Indexes FollowSymLinks",
            f"AllowOverride {override}",
            "Require all granted",
            "</Directory>",
            "",
        ]
        (own / "httpd.conf").write_text("\n".join(lines), "utf-8")
        command = [found.apache, "-DFOREGROUND", "-f", own / "httpd.conf"]
        with _started(command, own, who, port):
            yield Running(port, root, own / "error.txt")
