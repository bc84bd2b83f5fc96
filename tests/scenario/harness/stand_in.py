"""A service that answers as the published one does, and misbehaves on demand.

`StandIn(plan=...)`: a plan is asked before each answer, `plan(method, path, times_asked)`, and returns one of the
faults below or None. Every request is kept in `requests`. Sockets are written by hand, since most faults are none that a
web framework would commit.
"""

import base64
import json
import socket
import threading
import time
import urllib.parse

from harness.published_answers import PublishedAnswers

CLIENT_ID = "partner"
CLIENT_SECRET = "stand-in-secret-5a17"
HEADER_BYTES_MAX = 65536


class StandIn:
    def __init__(self, plan=None, *, answers=None, allowed_per_minute=300):
        self.plan = plan or (lambda method, path, times_asked: None)
        self.answers = answers or PublishedAnswers()
        self.allowed_per_minute = allowed_per_minute
        self.requests = []  # (method, path with query, headers in lower case, when it came in seconds)
        self.tokens = set()
        self._asked = {}
        self._counted = 0
        self._lock = threading.Lock()
        self._stopping = False
        self._threads = []
        self._open = set()

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_):
        self._stopping = True
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                connection.shutdown(socket.SHUT_RDWR)
        self._accepting.join(10)
        for thread in self._threads:
            thread.join(10)

    def asked(self, part: str) -> list:
        """The paths of GETs that contain `part`."""
        with self._lock:
            return [path for method, path, *_ in self.requests if method == "GET" and part in path]

    # ---- connections ---------------------------------------------------------------------------------------------

    def _accept(self):
        while not self._stopping:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket):
        with self._lock:
            self._open.add(connection)
        try:
            received = b""
            while not self._stopping:
                while b"\r\n\r\n" not in received:
                    more = connection.recv(HEADER_BYTES_MAX)
                    if not more:
                        return
                    received += more
                head, _, received = received.partition(b"\r\n\r\n")
                lines = head.decode("latin-1").split("\r\n")
                method, path, _ = lines[0].split(" ", 2)
                headers = {name.strip().lower(): value.strip()
                           for name, _, value in (line.partition(":") for line in lines[1:])}
                length = int(headers.get("content-length", 0))
                while len(received) < length:
                    received += connection.recv(HEADER_BYTES_MAX)
                body, received = received[:length], received[length:]
                if not self._answer(connection, method, path, headers, body):
                    return
        except OSError:
            return  # the client went, or the test is over
        finally:
            with self._lock:
                self._open.discard(connection)
                connection.close()

    def _answer(self, connection, method, path, headers, body) -> bool:
        """Whether the connection stays open."""
        with self._lock:
            self.requests.append((method, path, headers, time.monotonic()))
            times_asked = self._asked[method, path] = self._asked.get((method, path), 0) + 1
        fault = self.plan(method, path, times_asked)
        response = self._published(method, path, headers, body)
        if fault is None:
            connection.sendall(response.as_bytes())
            return True
        return fault(connection, response)

    # ---- as published --------------------------------------------------------------------------------------------

    def _published(self, method, path, headers, body) -> "Response":
        target = urllib.parse.urlsplit(path)
        if (method, target.path) == ("POST", "/oauth/token"):
            return self._token(headers, body)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        with self._lock:
            known = scheme == "Bearer" and token in self.tokens
            self._counted += 1
            counted = self._counted
        limit = {"inin-ratelimit-count": str(counted), "inin-ratelimit-allowed": str(self.allowed_per_minute),
                 "inin-ratelimit-reset": "60", "ININ-Correlation-Id": headers.get("inin-correlation-id", "none-sent")}
        if not known:
            return error(401, "bad.credentials", "Invalid login credentials.", limit)
        text = self.answers.answer(urllib.parse.unquote(target.path), dict(urllib.parse.parse_qsl(target.query)))
        if text is None:
            return error(404, "not.found", "The requested resource was not found.", limit)
        return Response(200, text.encode(), {"Content-Type": "application/json", **limit})

    def _token(self, headers, body) -> "Response":
        form = dict(urllib.parse.parse_qsl(body.decode()))
        expected = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if form.get("grant_type") != "client_credentials" or headers.get("authorization") != expected:
            return Response(401, json.dumps({"error": "invalid_client", "description": "authentication failed",
                                             "error_description": "authentication failed"}).encode(), {})
        with self._lock:
            token = f"stand-in-token-{len(self.tokens)}"
            self.tokens.add(token)
        return Response(200, json.dumps({"access_token": token, "token_type": "bearer", "expires_in": 86399}).encode(),
                        {"Content-Type": "application/json"})


class Response:
    REASONS = {200: "OK", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests", 302: "Found"}

    def __init__(self, status: int, body: bytes, headers: dict):
        self.status, self.body, self.headers = status, body, headers

    def head(self, length=None) -> bytes:
        lines = [f"HTTP/1.1 {self.status} {self.REASONS.get(self.status, 'Status')}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines.append(f"Content-Length: {len(self.body) if length is None else length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def as_bytes(self) -> bytes:
        return self.head() + self.body


def error(status: int, code: str, message: str, headers=None) -> Response:
    body = {"message": message, "code": code, "status": status, "contextId": "stand-in-context", "details": [],
            "errors": []}
    return Response(status, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})
