"""A real, small SMTP server that keeps what it is given, and can hold back its answer or refuse.

`refuses` are its answers by a part of the line or of the mail they are given to; one that begins
with 421, or is empty, is its last.
"""

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.say("220 ready")
        while line := self.rfile.readline():
            verb, no = line[:4].upper().strip(), self.refusal(line)
            if verb == b"DATA":
                self.say("354 go on")
                message = self.message()
                no = self.refusal(message)
                if no is None:
                    self.server.keep(message)
            if no == "" or (no or "").startswith("421"):
                self.say(no)
                return
            self.say(no or ("221 bye" if verb == b"QUIT" else "250 fine"))

    def refusal(self, said):
        answers = self.server.refuses.items()
        return next(
            (answer for part, answer in answers if part.encode().lower() in said.lower()), None
        )

    def message(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line[:2] == b".." else line for line in lines)

    def say(self, line):
        if line:
            self.wfile.write(line.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Conversation)
        self.mails = []
        self.refuses = {}
        self.connections = 0
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
