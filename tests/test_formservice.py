"""The real server on loopback, spoken to in raw bytes.

1. Replies of the contract. 2. Hostile requests: refused, cut off or harmless, never a 5xx.
3. Disks that fail. 4. Nothing personal in any log line.
"""

from __future__ import annotations

import json
import logging
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hostile import storm
from submissions import body, collect, exchange, post, receive, service, status, survey
from tornado.httputil import HTTPHeaders

from mati import store as store_room
from mati.accept import Limits, Refused, accept, reply_kept, reply_refused, verdict
from mati.formservice import Bounds, CollectFile, Desk, hush_tornado
from mati.formservice import desk as desk_room
from mati.formservice.handlers import _FormHandler
from mati.model import Collect
from mati.store import Connection, Store, connect

ID = "5f0c1d9e-0000-4000-8000-000000000001"
JSON = "Accept: application/json\r\n"
GOOD = post(body(overall="5", mati_lang="km"))


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with service(tmp_path_factory.mktemp("service"), bounds=Bounds(deadline=2.0)) as number:
        yield number


CHUNKED = (
    b"POST /f/visit HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
)


def rows(folder: Path) -> list[tuple[object, ...]]:
    db = sqlite3.connect(folder / "private" / "collect.db")
    try:
        return db.execute(
            "SELECT survey, pairs, suspect FROM submissions ORDER BY number"
        ).fetchall()
    finally:
        db.close()


# --- 1. Replies ------------------------------------------------------------------------------


def test_a_plain_post_goes_on_to_the_thanks_page(port):
    reply = exchange(port, post(body(overall="2", mati_lang="lo"))).decode()
    assert status(reply.encode()) == 303
    assert "\r\nLocation: https://shop.example/lo/visit/thanks/#sorry\r\n" in reply


def test_a_script_gets_json(port):
    reply = exchange(port, post(body(overall="2"), headers=JSON))
    head, _, content = reply.partition(b"\r\n\r\n")
    assert status(reply) == 200
    assert json.loads(content) == {"ok": True, "ending": "sorry"}
    assert b"\r\nAccess-Control-Allow-Origin: *\r\n" in head
    assert b"\r\nVary: Accept\r\n" in head


def test_a_refusal_speaks_the_language_of_the_form(port):
    wrong = body(mati_lang="km", mati_survey="other")
    assert b'<html lang="km">' in exchange(port, post(wrong))
    reply = exchange(port, post(wrong, headers=JSON))
    assert status(reply) == 409
    assert json.loads(reply.partition(b"\r\n\r\n")[2])["error"] == "other-survey"


def test_what_was_not_read_is_refused_in_the_browsers_language(port):
    reply = exchange(
        port, post(b"", kind="text/plain", headers="Accept-Language: lo, en;q=0.5\r\n")
    )
    assert status(reply) == 415
    assert b'<html lang="lo">' in reply


def test_nothing_tells_what_runs_here(port):
    for raw in (GOOD, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", post(b"\xff")):
        assert b"\r\nServer:" not in exchange(port, raw)


@pytest.mark.parametrize(
    ("request_line", "code"),
    [
        ("GET /health HTTP/1.1", 200),
        ("HEAD /health HTTP/1.1", 200),
        ("POST /health HTTP/1.1", 405),
        ("GET /f/visit HTTP/1.1", 405),
        ("HEAD /f/visit HTTP/1.1", 405),
        ("PUT /f/visit HTTP/1.1", 405),
        ("DELETE /f/visit HTTP/1.1", 405),
        ("BREW /f/visit HTTP/1.1", 405),
        ("OPTIONS /f/visit HTTP/1.1", 204),
        ("GET / HTTP/1.1", 404),
        ("GET /f/ HTTP/1.1", 404),
        ("GET /f/../../etc/passwd HTTP/1.1", 404),
        ("GET /f/%2e%2e%2fetc%2fpasswd HTTP/1.1", 404),
        ("GET /f/visit/x HTTP/1.1", 404),
        ("GET /f/VISIT HTTP/1.1", 404),
        ("GET http://evil.example/f/visit HTTP/1.1", 404),
    ],
)
def test_one_address_takes_posts_and_nothing_else_anything(port, request_line, code):
    reply = exchange(port, f"{request_line}\r\nHost: a\r\n\r\n".encode())
    assert status(reply) == code
    if code == 405 and "/f/" in request_line:
        assert b"\r\nAllow: POST, OPTIONS\r\n" in reply or "BREW" in request_line


def test_an_unknown_survey_is_not_stored(tmp_path):
    with service(tmp_path) as port:
        assert status(exchange(port, post(body(a="b"), path="/f/unknown"))) == 404
        assert status(exchange(port, GOOD)) == 303
    assert [row[0] for row in rows(tmp_path)] == ["visit"]


def test_the_same_id_again_and_changed_and_elsewhere(tmp_path):
    with service(tmp_path) as port:
        one, two = body(mati_id=ID, overall="5"), body(mati_id=ID, overall="1")
        replies = [exchange(port, post(one)).split(b"Date")[0] for _ in range(3)]
        assert {status(reply) for reply in replies} == {303}
        assert status(exchange(port, post(two))) == 303
        assert status(exchange(port, post(one, path="/f/other"))) == 409
    assert len(rows(tmp_path)) == 2


def test_three_clicks_at_once_count_once(tmp_path):
    raw, codes = post(body(mati_id=ID, overall="5")), []
    with service(tmp_path) as port:
        clicks = [
            threading.Thread(target=lambda: codes.append(status(exchange(port, raw))))
            for _ in range(20)
        ]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()
    assert codes == [303] * 20
    assert len(rows(tmp_path)) == 1


def test_two_customers_with_the_same_answers_are_both_kept_the_second_marked(tmp_path):
    with service(tmp_path) as port:
        assert [status(exchange(port, GOOD)) for _ in range(2)] == [303, 303]
        assert status(exchange(port, post(body(overall="4")))) == 303
    assert [row[2] for row in rows(tmp_path)] == ["", "repeat", ""]


def test_the_honeypot_gets_the_same_reply(tmp_path):
    with service(tmp_path) as port:
        plain, trapped = (
            exchange(port, post(body(overall="5", mati_trap=value))).split(b"Date")[0]
            for value in ("", "x")
        )
    assert plain == trapped
    assert [row[2] for row in rows(tmp_path)] == ["", "honeypot"]


def test_too_many_posts_are_told_when_to_come_again(tmp_path):
    limits = Limits(address_per_minute=1)
    with service(tmp_path, limits=limits) as port:
        forwarded = [
            post(body(a=str(n)), headers="X-Forwarded-For: 203.0.113.9\r\n") for n in range(3)
        ]
        codes = [exchange(port, raw) for raw in forwarded]
        assert [status(code) for code in codes] == [303, 303, 429]
        assert b"\r\nRetry-After: 60\r\n" in codes[2]
        other = post(body(a="b"), headers="X-Forwarded-For: 203.0.113.9, 198.51.100.1\r\n")
        assert status(exchange(port, other)) == 303
        assert [status(exchange(port, GOOD)) for _ in range(5)] == [303] * 5


def test_collect_json_is_read_again_when_it_changes(tmp_path):
    file = tmp_path / "collect.json"
    get = CollectFile(file)
    assert get() == Collect()
    two = collect(survey(name="other"), survey())
    file.write_text(two.to_json(), "utf-8")
    assert get() == two
    file.write_text("{ half a file", "utf-8")
    assert get() == two
    one = collect(survey(name="third"))
    file.write_text(one.to_json(), "utf-8")
    assert get() == one
    file.unlink()
    assert get() == one


def _places(node, path=()):
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, (*path, key))


def test_a_collect_json_damaged_anywhere_is_refused_or_works():
    """No damage may come into force and then fail at the first post."""
    whole = collect(survey(closes="2999-01-01T00:00:00Z", most_answers=9)).to_json()
    for path in _places(json.loads(whole)):
        for value in (None, 0, 1, "", "x", [], ["x"], [[]], {}, True):
            record = json.loads(whole)
            node = record
            for key in path[:-1]:
                node = node[key]
            node[path[-1]] = value
            try:
                found = Collect.from_json(json.dumps(record))
            except ValueError:
                continue
            for one in found.surveys:
                entry = accept(one, body(overall="1"), datetime.now(UTC), Limits())
                if isinstance(entry, Refused):
                    assert reply_refused(entry, one, as_json=False).body
                else:
                    assert reply_kept(entry, one, as_json=False).status == 303
                    verdict(entry, (), 3)


def test_a_collect_json_nested_without_end_is_refused():
    with pytest.raises(ValueError, match="collect"):
        Collect.from_json("[" * 100_000)


# --- 2. Hostile requests ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (post(b"x" * 1024, length=100 * 1024 * 1024), {413}),
        (post(b"x" * 65537), {413}),
        (post(b"a=b", headers="Content-Length: 4\r\n"), {400}),
        (post(b"a=b", headers="Content-Length: 3\r\n"), {400}),
        (post(b"a=b", headers="Transfer-Encoding: chunked\r\n"), {400}),
        (post(b"a=b", headers="Transfer-Encoding: gzip, chunked\r\n"), {400}),
        (CHUNKED, {411}),
        (b"POST /f/visit HTTP/1.0\r\n\r\na=b", {411}),
        (post(b"a=b", headers="X-Long: " + "x" * 100_000 + "\r\n"), {0, 400, 431}),
        (post(b"a=b", headers="X: y\r\n" * 10_000), {0, 400, 431}),
        (post(b"a=b", headers="X: y\r\n" * 62), {431}),
        (post(b"a=b", headers="X: y\r\n" * 61), {303}),
        (post(b"best=\xff\xfe"), {400}),
        (post(b"a=%00"), {400}),
        (post(b"&".join(b"a%d=" % n for n in range(300))), {422}),
        (post(b"\x1f\x8b\x08", headers="Content-Encoding: gzip\r\n"), {415}),
        (post(b"{}", kind="application/json"), {415}),
        (post(b"a=b", kind="text/plain"), {415}),
        (post(b"a=b", kind=""), {415}),
        (post(b"--x\r\n", kind="multipart/form-data; boundary=x"), {415}),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200 + b"\r\n\r\n", {0, 400}),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {0, 400, 404, 405}),
        (b"POST /f/visit HTTP/9.9\r\n\r\n", {0, 400, 411}),
        (b"POST /f/visit\r\n\r\n", {0, 400}),
        (b"\r\n\r\n\r\n", {0, 400}),
        (b"GET /f/%ff HTTP/1.1\r\nHost: a\r\n\r\n", {400, 404}),
        (b"GET /?a=%ff&%zz HTTP/1.1\r\nHost: a\r\n\r\n", {0, 404}),
        (b"POST /f/visit HTTP/1.1\r\nHost: a\r\n Folded: x\r\n\r\n", {0, 400}),
        (b"POST /f/visit HTTP/1.1\r\nHost a\r\n\r\n", {0, 400}),
        (b"POST /f/visit HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n", {0, 400, 411}),
    ],
)
def test_what_no_browser_sends_is_refused(port, raw, codes):
    reply = exchange(port, raw)
    assert status(reply) in codes
    assert reply.count(b"HTTP/1.1 ") <= 1
    assert status(exchange(port, GOOD)) == 303


@pytest.mark.parametrize(("size", "code"), [(65535, 422), (65536, 422), (65537, 413)])
def test_bodies_at_their_limit(port, size, code):
    # One value as long as that is refused too, but only after it was read.
    assert status(exchange(port, post(b"a=" + b"x" * (size - 2)))) == code


def test_a_long_answer_within_the_limits_is_taken(port):
    content = b"&".join(b"a%d=" % n + b"x" * 8000 for n in range(8))
    assert status(exchange(port, post(content))) == 303


def test_a_refusal_of_a_large_body_is_readable_while_it_is_being_sent(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
        link.sendall(post(b"", length=600_000))
        link.sendall(b"x" * 600_000)
        assert status(receive(link)) == 413


def test_a_sender_that_asks_first_is_told_before_it_sends(port):
    asking = "Expect: 100-continue\r\n"
    assert status(exchange(port, post(b"", length=100_000, headers=asking))) == 413
    with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
        link.sendall(post(b"", length=3, headers=asking))
        assert link.recv(100).startswith(b"HTTP/1.1 100")
        link.sendall(b"a=b")
        assert status(receive(link)) == 303


def test_nothing_rides_behind_a_request(tmp_path):
    with service(tmp_path) as port:
        reply = exchange(port, GOOD + post(body(overall="1"), path="/f/other"))
        assert reply.count(b"HTTP/1.1 303") == 1
        assert b"\r\nConnection: close\r\n" in reply
    assert len(rows(tmp_path)) == 1


def dripping(port: int, raw: bytes, pause: float) -> float:
    """Send ``raw`` byte by byte; return after how many seconds the other side hung up."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=pause) as link:
        for byte in raw:
            try:
                link.sendall(bytes([byte]))
                if link.recv(1000) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    return time.monotonic() - began


def test_slow_headers_and_slow_bodies_end_at_the_deadline(port):
    head, content = post(b"", length=5000), b"a=" + b"x" * 4998
    raws = [head * 10, content]
    took: list[float] = []

    def slow_body() -> None:
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), timeout=0.1) as link:
            time.sleep(1.0)  # headers late, so that the body may have only what is left
            link.sendall(head)
            for byte in content:
                try:
                    link.sendall(bytes([byte]))
                    if link.recv(10) == b"":
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
        took.append(time.monotonic() - began)

    threads = [threading.Thread(target=slow_body) for _ in range(5)]
    threads += [
        threading.Thread(target=lambda: took.append(dripping(port, raws[0], 0.1))) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    good = []
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        assert status(exchange(port, GOOD)) == 303
        good.append(time.monotonic() - began)
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert len(took) == 10
    assert max(took) < 2.0 + 1.0
    assert max(good) < 1.0


def test_idle_connections_end_and_the_oldest_makes_room(tmp_path):
    with service(tmp_path, bounds=Bounds(deadline=30.0, connections=20)) as port:
        held = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(60)]
        try:
            assert status(exchange(port, GOOD)) == 303
            closed = 0
            for link in held:
                link.settimeout(0.2 if closed < 41 else 0.01)
                try:
                    closed += link.recv(1) == b""
                except TimeoutError:
                    break
            assert closed >= 40
        finally:
            for link in held:
                link.close()


def connect_forever(port: int, links: list[socket.socket]) -> None:
    while True:
        links.append(socket.create_connection(("127.0.0.1", port), timeout=2))


def test_without_file_descriptors_the_loop_rests_and_recovers(tmp_path):
    resource = pytest.importorskip("resource", reason="no such limit there")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with service(tmp_path) as port:
        assert status(exchange(port, GOOD)) == 303
        used = len(list(Path("/proc/self/fd").iterdir()))
        links: list[socket.socket] = []
        resource.setrlimit(resource.RLIMIT_NOFILE, (used + 12, before[1]))
        try:
            with pytest.raises(OSError, match="Too many open files"):
                connect_forever(port, links)
            began = time.process_time()
            time.sleep(1.0)
            assert time.process_time() - began < 0.5
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
            for link in links:
                link.close()
        assert status(exchange(port, GOOD)) == 303


def test_malformed_requests_never_make_it_fail(port):
    codes = storm(port, 1500, seed=1)
    assert {code for code in codes if code >= 500} == set()
    assert len(set(codes)) > 4
    assert status(exchange(port, GOOD)) == 303


# --- 3. Disks that fail ----------------------------------------------------------------------


def test_a_locked_database_is_told_in_seconds_and_then_works_again(tmp_path, monkeypatch):
    monkeypatch.setattr(store_room, "BUSY_SECONDS", 0.3)
    with service(tmp_path) as port:
        assert status(exchange(port, GOOD)) == 303
        holder = sqlite3.connect(tmp_path / "private" / "collect.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        again = post(body(best="again"))
        reply = exchange(port, again)
        assert status(reply) == 503
        assert time.monotonic() - began < 2
        assert b"\r\nRetry-After: " in reply
        holder.execute("ROLLBACK")
        holder.close()
        assert status(exchange(port, again)) == 303
    # Sending again what could not be stored is no repeat.
    assert [row[2] for row in rows(tmp_path)] == ["", ""]


def test_a_disk_that_does_not_answer_is_not_waited_for(tmp_path):
    gate = threading.Event()

    class Stuck:
        def __init__(self, inner: Connection) -> None:
            self.inner = inner

        def execute(self, sql, parameters=(), /):
            if sql == "COMMIT":
                gate.wait(10)
            return self.inner.execute(sql, parameters)

        def close(self) -> None:
            self.inner.close()

    store = Store(tmp_path / "private" / "collect.db", lambda path: Stuck(connect(path)))
    with service(tmp_path, store=store, patience=0.3) as port:
        codes: list[int] = []
        posts = [
            threading.Thread(
                target=lambda n=n: codes.append(status(exchange(port, post(body(best=str(n))))))
            )
            for n in range(3)
        ]
        for one in posts:
            one.start()
        for one in posts:
            one.join()
        assert codes == [503] * 3
        gate.set()
        assert status(exchange(port, GOOD)) == 303


# --- 4. Logs ---------------------------------------------------------------------------------


def test_log_lines_hold_nothing_personal(tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    word = "SENTINEL"
    address = "203.0.113.77"
    told = f"X-Forwarded-For: {address}\r\nUser-Agent: {word}\r\nReferer: https://{word}/\r\n"
    with service(tmp_path) as port:
        hush_tornado()
        for raw in (
            post(body(best=word, phone=word), headers=told),
            post(body(best=word), path=f"/f/{word}?{word}", headers=told),
            post(body(best=word), path="/f/sentinel", headers=told),
            post(word.encode() + b"\xff", headers=told),
            post(word.encode(), length=10**7, headers=told),
            f"{word} / HTTP/1.1\r\n{told}\r\n".encode(),
            f"GET /{word} HTTP/1.1\r\n{told}Bad Header {word}\r\n\r\n".encode(),
        ):
            exchange(port, raw)
    written = capfd.readouterr()
    everything = caplog.text + written.out + written.err
    assert word.lower() not in everything.lower()
    assert address not in everything
    assert "127.0.0.1" not in everything
    assert "POST visit 303" in everything


def test_a_line_holds_method_survey_status_time_and_bytes(tmp_path, caplog):
    caplog.set_level(logging.INFO, "mati.collect")
    with service(tmp_path) as port:
        exchange(port, GOOD)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "mati.collect"]
    words = line.split()
    assert words[:3] == ["POST", "visit", "303"]
    assert words[4:] == ["ms", str(len(body(overall="5", mati_lang="km"))), "bytes"]


# --- Addresses -------------------------------------------------------------------------------


def test_addresses_are_known_by_network_under_a_key_of_the_day(monkeypatch):
    desk = Desk(collect=collect, store=None)  # type: ignore[arg-type]
    here = desk.keyed("203.0.113.9")
    assert desk.keyed("203.0.113.200") == here
    assert desk.keyed("::ffff:203.0.113.1") == here
    assert desk.keyed("203.0.114.9") != here
    assert desk.keyed("2001:db8:1:1ff::1") == desk.keyed("2001:db8:1:100::2")
    assert desk.keyed("2001:db8:1:2ff::1") != desk.keyed("2001:db8:1:100::2")
    assert desk.keyed("not an address") != here
    assert "203" not in here or len(here) == 64
    desk.traffic.admit(here, "visit", 0.0)
    later = time.monotonic() + desk_room._DAY + 1
    monkeypatch.setattr(desk_room.time, "monotonic", lambda: later)
    assert desk.keyed("203.0.113.9") != here
    assert desk.traffic._buckets == {}


def test_limits_can_be_set(tmp_path):
    with service(tmp_path, limits=replace(Limits(), body=10)) as port:
        assert status(exchange(port, post(b"a=12345678"))) == 303
        assert status(exchange(port, post(b"a=123456789"))) == 413


def sender(
    address: str, *forwarded: str, proxies: frozenset[str] = frozenset()
) -> tuple[str, bool]:
    desk = Desk(collect=collect, store=None, proxies=proxies)  # type: ignore[arg-type]
    request = SimpleNamespace(remote_ip=address, headers=HTTPHeaders())
    for one in forwarded:
        request.headers.add("X-Forwarded-For", one)
    return _FormHandler.sender(SimpleNamespace(request=request, desk=desk))  # type: ignore[arg-type]


def test_only_a_proxy_is_believed_and_only_its_own_word():
    assert sender("203.0.113.9") == ("203.0.113.9", False)
    assert sender("203.0.113.9", "1.2.3.4") == ("203.0.113.9", False)
    assert sender("127.0.0.1") == ("127.0.0.1", True)
    assert sender("::1", "1.2.3.4") == ("1.2.3.4", False)
    assert sender("127.0.0.1", "6.6.6.6, 1.2.3.4") == ("1.2.3.4", False)
    assert sender("127.0.0.1", "6.6.6.6", "1.2.3.4") == ("1.2.3.4", False)
    named = frozenset({"10.0.0.2"})
    assert sender("10.0.0.2", "1.2.3.4", proxies=named) == ("1.2.3.4", False)
    assert sender("10.0.0.3", "1.2.3.4", proxies=named) == ("10.0.0.3", False)
