"""A real, small SMTP server that keeps what it is given and can hold back its answer."""

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.keep(self.message())
            self.say("221 bye" if verb == b"QUIT" else "250 fine")

    def message(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line[:2] == b".." else line for line in lines)

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Conversation)
        self.mails = []
        self.has_mail = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    @property
    def port(self):
        return self.server_address[1]

    def keep(self, data):
        self.mails.append(email.message_from_bytes(data, policy=email.policy.default))
        self.has_mail.set()
        self.may_answer.wait()

    def handle_error(self, request, client_address):
        """The other side was killed in the middle of a word; that is what it is here for."""


@contextmanager
def mail_server(port=0):
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.may_answer.set()
            server.shutdown()
            thread.join()
