"""How we speak to the mail server: quickly or not at all.

What goes wrong is told without anybody's address and without the server's own words, which often
repeat it, so that neither ends in a log or in the database.
"""

from __future__ import annotations

import re
import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

CONNECTING, ANSWERING, SENDING = 2, 5, 20
"""Seconds: until a connection stands, for one answer, and for a whole message."""
CLOSING_DOWN = 421
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class ServerAway(smtplib.SMTPException):
    """The mail server cannot be reached, or has hung up: no other message would fare better."""


class NotTaken(smtplib.SMTPException):
    """The mail server does not take this message; `of` is what it said no to."""

    def __init__(self, of: str, words: str) -> None:
        super().__init__(words)
        self.of = of


class _Connecting:
    """Waits `CONNECTING` for the connection alone; a server may take its time to greet."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found: socket.socket = super()._get_socket(host, port, CONNECTING)  # type: ignore[misc]
        found.settimeout(timeout)
        return found


class _Plain(_Connecting, smtplib.SMTP):
    pass


class _Encrypted(_Connecting, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, with limits. Raises `ServerAway`, or `NotTaken` for one message."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **(options | {"timeout": ANSWERING}))

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain

    def open(self) -> bool | None:
        try:
            return super().open()
        except OSError as failure:
            raise ServerAway(_said(failure)) from None

    def close(self) -> None:
        # What was sent is sent; a server that is not polite at the end changes nothing.
        with suppress(OSError):
            super().close()

    def _send(self, email_message: EmailMessage) -> bool:
        too_long = threading.Event()
        try:
            with _at_most(SENDING, self.connection, too_long):
                return bool(super()._send(email_message))  # type: ignore[misc]
        except OSError as failure:
            if too_long.is_set() or _hung_up(failure):
                self._lose()
                raise ServerAway(_said(failure)) from None
            raise NotTaken(_refused(failure), _said(failure)) from None

    def _lose(self) -> None:
        if self.connection:
            self.connection.close()
            self.connection = None


@contextmanager
def _at_most(
    seconds: float, connection: smtplib.SMTP | None, too_long: threading.Event
) -> Iterator[None]:
    """However slowly a server answers, after so long the connection is cut."""

    def cut() -> None:
        too_long.set()
        if connection and connection.sock:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hung_up(failure: OSError) -> bool:
    if isinstance(failure, smtplib.SMTPServerDisconnected):
        return True
    is_answer = isinstance(failure, smtplib.SMTPException)
    return not is_answer or _answer(failure)[0] == CLOSING_DOWN


def _refused(failure: OSError) -> str:
    of = {
        smtplib.SMTPRecipientsRefused: "recipient",
        smtplib.SMTPSenderRefused: "sender",
        smtplib.SMTPDataError: "content",
    }
    return of.get(type(failure), "message")


def _said(failure: OSError) -> str:
    """ "SMTPRecipientsRefused 550 5.1.1" """
    code, text = _answer(failure)
    enhanced = _ENHANCED.search(text)
    told = [type(failure).__name__, str(code or ""), enhanced.group() if enhanced else ""]
    return " ".join(word for word in told if word)


def _answer(failure: OSError) -> tuple[int, str]:
    """The server's code and words, or 0 where it said nothing."""
    code, text = getattr(failure, "smtp_code", 0), getattr(failure, "smtp_error", b"")
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(failure.recipients.values()), (0, b""))
    return code, text.decode("ascii", "replace") if isinstance(text, bytes) else str(text)
