"""What granian serves: a front that holds no thread for who is slow, before the pages themselves.

A request reaches one of the few threads only when its body is whole, so a body that stalls keeps
nobody waiting, also where no proxy stands in front. `/healthz` needs no thread, so it is answered
whatever hangs. Everything else is Django, by WSGI.
"""

from __future__ import annotations

import asyncio
import ipaddress
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

from django.urls import reverse

from labbooking.wsgi import application

THREADS: Final = 4
LARGEST_BODY: Final = 20 * 1024 * 1024
"""As in proxy/nginx.conf. What a page takes is less, and its own to say."""
IN_MEMORY: Final = 256 * 1024
SILENCE: Final = 10.0
"""Seconds without a byte of a body, after which it is given up."""
LONGEST: Final = 180.0
"""Seconds for a whole body: a large picture over a slow line."""
MOST_BODIES: Final = 200
"""So many may be under way in a process; each of them has its own."""
PLAIN: Final = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class NotTaken(Exception):
    """A body that is not read to its end, and the status that says why."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Front:
    """granian's RSGI application."""

    def __init__(self) -> None:
        self._pages: Wsgi = application
        self._health = reverse("healthz")
        self._under_way = 0

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.path == self._health and scope.method in {"GET", "HEAD"}:
            protocol.response_str(200, PLAIN, "ok")
            return
        try:
            body = await self._body(scope, protocol)
        except NotTaken as refused:
            headers = [*PLAIN, ("connection", "close"), ("retry-after", "10")]
            protocol.response_str(refused.status, headers, f"{refused.words}\n")
            return
        with body:
            environ = environment(scope, body)
            await self._loop.run_in_executor(self._threads, self._answer, environ, protocol)

    async def _body(self, scope: Any, protocol: Any) -> IO[bytes]:
        if scope.http_version.startswith("2"):
            # Where a body need not tell its length, and one wire carries any number of them.
            raise NotTaken(505, "Ask by HTTP/1.1: HTTP/2 ends at the proxy.")
        if scope.headers.get("transfer-encoding"):
            # granian does not tell whether such a body has come to its end or has broken off.
            raise NotTaken(411, "Say how long the request is.")
        body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by caller
        told = scope.headers.get("content-length") or "0"
        if told == "0":
            return body
        if self._under_way >= MOST_BODIES:
            raise NotTaken(503, "Too much arrives at once. Please try again.")
        self._under_way += 1
        try:
            await self._fill(body, int(told) if told.isdecimal() else 0, protocol)
        except BaseException:
            body.close()
            raise
        finally:
            self._under_way -= 1
        body.seek(0)
        return body

    async def _fill(self, body: IO[bytes], told: int, protocol: Any) -> None:
        if told > LARGEST_BODY:
            raise NotTaken(413, "This is too large.")
        chunks, until = protocol.__aiter__(), self._loop.time() + LONGEST
        while self._loop.time() < until:
            try:
                chunk = await asyncio.wait_for(chunks.__anext__(), SILENCE)
            except StopAsyncIteration:
                if body.tell() == told:
                    return
                # Who has gone meanwhile did not mean half of a form.
                raise NotTaken(400, "The request broke off.") from None
            except TimeoutError:
                break
            body.write(chunk)
            if body.tell() > LARGEST_BODY:
                raise NotTaken(413, "This is too large.")
        raise NotTaken(408, "The request did not arrive.")

    def _answer(self, environ: dict[str, Any], protocol: Any) -> None:
        """In one of the threads, where the request begins and ends."""
        begun: list[Any] = []
        answer = self._pages(
            environ, lambda status, headers, _error=None: begun.extend((status, headers))
        )
        try:
            status = int(begun[0].split(" ", 1)[0])
            if getattr(answer, "streaming", True) and environ["REQUEST_METHOD"] != "HEAD":
                self._stream(protocol.response_stream(status, begun[1]), answer)
            else:
                protocol.response_bytes(status, begun[1], b"".join(answer))
        finally:
            if close := getattr(answer, "close", None):
                close()

    def _stream(self, line: Any, answer: Iterable[bytes]) -> None:
        """granian keeps what is not read yet, so no slow reader holds the thread; who has gone is
        not written to any more."""
        for chunk in filter(None, answer):
            sending: Awaitable[None] = line.send_bytes(chunk)
            try:
                asyncio.run_coroutine_threadsafe(_awaited(sending), self._loop).result()
            except (RuntimeError, OSError):
                return


async def _awaited(sending: Awaitable[None]) -> None:
    await sending


def environment(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """A request as WSGI tells it (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # granian has decoded it once; a second time would make another path of `%2541`.
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope.client.rpartition(":")[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    return environ | _headers(scope) | {"CONTENT_LENGTH": str(_size(body))}


def _address(host: str) -> str:
    """As others write it: without the brackets of IPv6, and IPv4 as such where one socket takes
    both."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:  # a socket of the machine's own
        return host
    return str(getattr(address, "ipv4_mapped", None) or address)


def _headers(scope: Any) -> dict[str, str]:
    """Names with an underscore are left out: they could pass for what a proxy has set."""
    found: dict[str, str] = {}
    for name, text in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        found[key] = f"{found[key]}{between}{text}" if key in found else text
    if scope.authority and "HTTP_HOST" not in found:
        found["HTTP_HOST"] = scope.authority
    found.pop("HTTP_CONTENT_LENGTH", None)
    found.pop("HTTP_TRANSFER_ENCODING", None)
    return found


def _size(body: IO[bytes]) -> int:
    size = body.seek(0, 2)
    body.seek(0)
    return size


front = Front()
