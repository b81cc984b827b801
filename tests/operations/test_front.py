"""What no thread may be held for: bodies that stall, and the question whether the process lives."""

import io
import json
import re
import socket
import threading
from types import SimpleNamespace

import pytest
from allauth.account.adapter import get_adapter
from django.core.handlers.wsgi import WSGIRequest

from tests.operations.house import SOON, behind_a_relay, web
from tests.processes import eventually

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
MORE_THAN_THREADS = 12


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    """One for all of these tests: whatever is sent to it, it has to go on as before."""
    with web(tmp_path_factory.mktemp("web")) as house:
        yield house


@pytest.fixture
def house(lab, server):
    return server


def begun(house, head, body=b""):
    wire = socket.create_connection(house.at, timeout=30)
    wire.sendall(head.encode() + b"\r\nHost: localhost\r\n" + body)
    return wire


def test_bodies_that_stall_close_nothing(house):
    head = (
        "POST /api/v1/bookings/ HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 900"
    )
    stalled = [begun(house, head, b"\r\n{") for _ in range(MORE_THAN_THREADS)]
    try:
        for path in ("/", "/healthz", "/api/v1/resources/"):
            answer = house.get(path)
            assert (answer.status, answer.seconds < SOON) == (200, True)
        refused = eventually(lambda: stalled[0].recv(1000).decode(), within=20)
        assert refused.startswith("HTTP/1.1 408")
    finally:
        for wire in stalled:
            wire.close()


def test_a_body_too_large_is_refused_before_it_has_come(house):
    size = 50 * 1024 * 1024
    with begun(house, f"POST / HTTP/1.1\r\nContent-Length: {size}", b"\r\n") as wire:
        assert wire.recv(1000).startswith(b"HTTP/1.1 413")
    # One that does not say how large it is may hear why, or only that nobody reads on.
    chunk = b"100000\r\n" + b"x" * 2**20 + b"\r\n"
    wire = begun(house, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked", b"\r\n")
    with wire, pytest.raises(OSError, match=r"reset|Broken pipe"):
        wire.sendall(chunk * 60)
    assert house.get("/").status == 200


def test_half_a_request_is_none(house):
    """A form that broke off would have no tick in any box after that."""
    form = "POST /login/ HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with begun(house, f"{form}Content-Length: 100", b"\r\nlogin=a") as wire:
        wire.shutdown(socket.SHUT_WR)
        assert wire.recv(1000).startswith(b"HTTP/1.1 400")
    # In pieces of which nobody said how many there are, half of it looks like the whole.
    pieces = b"\r\n7\r\nlogin=a\r\n0\r\n\r\n"
    with begun(house, f"{form}Transfer-Encoding: chunked", pieces) as wire:
        assert wire.recv(1000).startswith(b"HTTP/1.1 411")
    with begun(house, f"{form}Content-Length: 7\r\nConnection: close", b"\r\nlogin=a") as wire:
        assert wire.recv(1000).startswith(b"HTTP/1.1 403")


def test_http_2_goes_past_nothing(house):
    """Spoken without TLS, it would carry bodies that tell no length, which look empty here."""
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    settings = b"\0\0\0\4\0\0\0\0\0"
    # GET / by the table of HPACK: method 2, scheme 6, path 4; nothing else, and the stream ends.
    asked = b"\0\0\3\1\5\0\0\0\1\x82\x86\x84"
    with socket.create_connection(house.at, timeout=30) as wire:
        wire.sendall(preface + settings + asked)
        answer = b""
        while b"HTTP/2 ends at the proxy" not in answer and (more := wire.recv(65536)):
            answer += more
    assert b"HTTP/2 ends at the proxy" in answer
    assert house.get("/").status == 200


def test_a_request_is_told_to_the_pages_as_it_was_sent(house):
    answer = house.get("/?q=a%20b&q=%C3%A4", **{"X-Forwarded-For": "192.0.2.7"})
    assert answer.status == 200
    assert house.get("/house/kinds/%C3%A4%2Fb/").status == 404
    assert house.get("/house/seat-1/").status == 200
    assert house.get("/house/se%2561t-1/").status == 404
    head = house.ask("HEAD", "/")
    assert (head.status, head.text) == (200, "")
    assert int(head.headers["Content-Length"]) > 0
    sent = house.ask("POST", "/api/v1/bookings/", json.dumps({"resources": []}).encode())
    assert sent.status == 401
    style = re.search(r'href="(/static/css/[^"]+\.css)"', answer.text)[1]
    assert "{" in house.get(style).text


@pytest.mark.parametrize(
    ("client", "address"),
    [
        ("192.0.2.7:4711", "192.0.2.7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("[::ffff:192.0.2.7]:4711", "192.0.2.7"),
    ],
)
def test_who_asks_is_known_by_an_address_as_others_write_it(lab, client, address):
    from labbooking.server import environment  # noqa: PLC0415 - asks the database for its zone

    line = {"method": "GET", "path": "/", "query_string": "", "http_version": "1.1"}
    where = {"scheme": "http", "server": "[::]:8000", "authority": None, "headers": {}}
    told = environment(SimpleNamespace(client=client, **line, **where), io.BytesIO())
    request = WSGIRequest(told)
    assert (told["REMOTE_ADDR"], get_adapter().get_client_ip(request)) == (address, address)


@pytest.mark.only_postgresql
def test_the_process_says_that_it_lives_whatever_else_hangs(lab, tmp_path):
    with behind_a_relay("DATABASE_URL") as (relay, address):  # noqa: SIM117
        with web(tmp_path, DATABASE_URL=address, DATABASE_POOL="1") as house:
            assert house.get("/").status == 200
            relay.hang()
            waiting = [
                threading.Thread(target=house.tries, args=("/",), daemon=True)
                for _ in range(MORE_THAN_THREADS)
            ]
            for each in waiting:
                each.start()
            eventually(lambda: house.tried >= MORE_THAN_THREADS)
            for _ in range(5):
                answer = house.get("/healthz")
                assert (answer.status, answer.seconds < SOON) == (200, True)
            relay.mend()
            eventually(lambda: house.get("/").status == 200, within=20)
