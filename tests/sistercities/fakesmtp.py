"""A mail server for tests: takes mail, or misbehaves in one of the ways that servers do."""

import contextlib
import email
import email.policy
import socket
import threading
from collections.abc import Iterator


class FakeSMTP(threading.Thread):
    """`way`: "takes", "refuses" (550 to every recipient), "hangs" (after the greeting), "dies"
    (takes the whole text, then drops the line without an answer), "holds" (takes the whole text,
    then says nothing)."""

    def __init__(self, way: str) -> None:
        super().__init__(daemon=True)
        self.way = way
        self.texts: list[bytes] = []
        self.done = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.1)
        self.port = self.socket.getsockname()[1]

    @property
    def mails(self) -> list[email.message.EmailMessage]:
        """What arrived."""
        return [email.message_from_bytes(text, policy=email.policy.default) for text in self.texts]

    def run(self) -> None:
        """Serve one line after another."""
        while not self.done.is_set():
            with contextlib.suppress(TimeoutError):
                line, _peer = self.socket.accept()
                threading.Thread(target=self.serve, args=(line,), daemon=True).start()

    def serve(self, line: socket.socket) -> None:
        """One conversation."""
        line.settimeout(10)
        with line, line.makefile("rb") as said, contextlib.suppress(OSError):
            line.sendall(b"220 here\r\n")
            while word := said.readline().upper():
                if self.way == "hangs":
                    self.done.wait(10)
                    return
                if word.startswith(b"RCPT") and self.way == "refuses":
                    line.sendall(b"550 nobody of that name\r\n")
                elif word.startswith(b"DATA"):
                    line.sendall(b"354 go on\r\n")
                    text = b"".join(iter(said.readline, b".\r\n"))
                    self.texts.append(text)
                    if self.way == "dies":
                        return
                    if self.way == "holds":
                        self.done.wait(30)
                        return
                    line.sendall(b"250 taken\r\n")
                elif word.startswith(b"QUIT"):
                    line.sendall(b"221 bye\r\n")
                    return
                else:
                    line.sendall(b"250 ok\r\n")


@contextlib.contextmanager
def mail_server(settings, way: str = "takes") -> Iterator[FakeSMTP]:
    """A server of that way, named in the settings."""
    server = FakeSMTP(way)
    settings.EMAIL_BACKEND = "sistercities.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 0.5
    server.start()
    try:
        yield server
    finally:
        server.done.set()
        server.join()
        server.socket.close()
