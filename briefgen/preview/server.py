"""The server: connections from this computer's browsers, each answered by a thread of its own."""

import errno
import json
import os
import socket
import sys
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from briefgen.model import Place
from briefgen.preview.answers import OWN, Answer, answer
from briefgen.preview.live import Live
from briefgen.preview.renderer import Renderer
from briefgen.preview.requests import RefusedError, read_request
from briefgen.problems import BriefgenError, Problem

TRIED_PORTS = 50
MOST_CONNECTIONS = 250
PATIENCE = 30
"""Seconds that a browser may take to ask or to read."""
BEAT = 15
"""Seconds after which a silent stream says that it lives, and finds out whether its browser does."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that takes connections, and its address."""

    server: "_Server"
    url: str

    def close(self) -> None:
        """Take no more connections; those that there are end with the process."""
        self.server.shutdown()
        self.server.server_close()


def listen(host: str, port: int, live: Live) -> Listening:
    """Serve what `live` shows, on that port or the next that is free; 0 takes any. Raises BriefgenError (BG702)."""
    for number in range(port, min(port + TRIED_PORTS, 65536)) if port else (0,):
        try:
            server = _Server(host, number, live)
        except OSError as error:
            failed = error
            if error.errno != errno.EADDRINUSE:
                break
        else:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            shown = f"[{host}]" if ":" in host else host
            return Listening(server, f"http://{shown}:{server.server_port}/")
    raise _refused(host, port, failed) from failed


def _refused(host: str, port: int, error: OSError) -> BriefgenError:
    said = error.strerror or str(error)
    cure = "name another with `--port N`; `--port 0` takes any that is free"
    return BriefgenError(Problem("BG702", Place("briefgen serve"), f"cannot listen on {host}, port {port}: {said}", cure))


class _Server(ThreadingHTTPServer):
    """Threads that end with the process, and no more of them than `MOST_CONNECTIONS`."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # on Windows the option means that another program may take the port over
    allow_reuse_address = os.name != "nt"

    def __init__(self, host: str, port: int, live: Live) -> None:
        self.host, self.live, self.renderer = host, live, Renderer()
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.address_family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        super().__init__(address[:2], _Connection)  # type: ignore[arg-type]  # host and port, whatever the family

    def server_bind(self) -> None:
        """Bind without asking a name server for a name, which can take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.host, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is nobody's fault; anything else is ours and keeps its traceback."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """One connection: requests one after another until it is closed."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        """Answer a request for a page or for the stream of changes."""
        try:
            request = read_request(self.command, self.path, self.headers.items(), self.server.host)
        except RefusedError as refused:
            self.close_connection = True
            return self._send(Answer(refused.status, {"Content-Type": self.error_content_type}, f"{refused.message}\n".encode()))
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # what follows is no request
        if request.path == f"{OWN}events" and self.command == "GET":
            return self._stream()
        return self._send(answer(request, self.server.live.now, self.server.renderer))

    do_HEAD = do_GET  # noqa: N815 – http.server's names

    def do_POST(self) -> None:
        """There is nothing to send to."""
        self.close_connection = True
        self._send(Answer(405, {"Allow": "GET, HEAD"}))

    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST  # noqa: N815

    def _send(self, found: Answer) -> None:
        self.send_response(found.status)
        for name, text in found.fields.items():
            self.send_header(name, text)
        if found.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(found.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.body)

    def end_headers(self) -> None:
        """Add what every answer says."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def _stream(self) -> None:
        """Server-sent events: the number of each preview from the present one on, as long as the browser listens."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"retry: 500\n\n")
        number = -1
        while True:
            preview = self.server.live.newer_than(number, BEAT)
            if preview is None:
                self.wfile.write(b": \n\n")
            else:
                # who has just come is not led away
                follow = preview.follow if number >= 0 else ""
                number = preview.number
                self.wfile.write(f"data: {json.dumps({'number': number, 'follow': follow})}\n\n".encode())
            self.wfile.flush()

    def version_string(self) -> str:
        """What the field Server says."""
        return "briefgen"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a preview is asked all day."""
