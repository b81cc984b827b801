"""A wire between a process of ours and a server, which a test can cut, or let hang."""

import selectors
import socket
import threading
from contextlib import contextmanager, suppress


class Relay:
    """Passes bytes on from `port` to a server, until it is told to `hang` or is `cut`."""

    def __init__(self, host, port):
        self._server = (host, port)
        self._open = []
        self._hangs = threading.Event()
        self._listener = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.mend()

    def mend(self):
        """New connections get through, and what hung goes on."""
        self._hangs.clear()
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def hang(self):
        """Connections are made and stay, and nothing comes back, as from a stopped process."""
        self._hangs.set()

    def cut(self):
        """As if the server had died: what was open is closed, and nobody listens."""
        listener, self._listener = self._listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for each in self._open:
            close_both_ways(each)
        self._open.clear()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self._server)
            except OSError:
                return
            self._open += [near, far]
            threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near, far):
        with selectors.DefaultSelector() as ready, near, far:
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while near.fileno() >= 0 and far.fileno() >= 0:
                for key, _ in ready.select(0.05):
                    if self._hangs.is_set():
                        break
                    try:
                        data = key.fileobj.recv(65536)
                        key.data.sendall(data)
                    except OSError:
                        return
                    if not data:
                        return


def close_both_ways(wire):
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay_to(host, port):
    relay = Relay(host, port)
    try:
        yield relay
    finally:
        relay.cut()
