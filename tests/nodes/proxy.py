"""A TCP proxy that can stop forwarding: connections stay, and nothing comes through, as when a network is cut. And that
can lead to another server from then on, as the address of a database does that fails over."""

import socket
import threading


class Proxy:
    def __init__(self, target: int, spared: tuple[bytes, ...] = ()):
        """A cut spares connections whose client has sent one of these."""
        self.target, self._spared = target, spared
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open = threading.Event()
        self._open.set()
        self._sockets: list[socket.socket] = []
        self._ended = False
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *_) -> None:
        self._ended = True
        self._listener.close()
        self.mend()

    def cut(self) -> None:
        self._open.clear()

    def mend(self) -> None:
        """What was connected before is closed, as by a peer that has forgotten it."""
        sockets, self._sockets = self._sockets, []
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self._open.set()

    def _accept(self) -> None:
        while not self._ended:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(client)
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        self._open.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.target), 10)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        self._sockets.append(server)
        with client, server:
            spared = threading.Event()
            back = threading.Thread(target=self._forward, args=(server, client, spared), daemon=True)
            back.start()
            self._forward(client, server, spared)
            back.join()

    def _forward(self, source: socket.socket, sink: socket.socket, spared: threading.Event) -> None:
        try:
            while data := source.recv(65536):
                if any(mark in data for mark in self._spared):
                    spared.set()
                if not spared.is_set():
                    self._open.wait()
                sink.sendall(data)
        except OSError:
            pass
        for each in (source, sink):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
