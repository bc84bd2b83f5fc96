"""A plain HTTP client that shows an answer as it came: status, header fields, bytes."""

import gzip
import http.client
import json
import ssl
import subprocess
import urllib.parse
from dataclasses import dataclass


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def header(self, name: str):
        return self.headers.get(name)

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise AssertionError(f"the answer is not JSON: {self}") from None

    def __str__(self):
        return f"{self.status} {self.body[:600]!r}"


class HttpClient:
    """One keep-alive connection to one origin. For one thread. A GET is sent anew when the connection had died."""

    def __init__(self, base_url: str, *, token: str | None = None, timeout_s=60, tls_context: ssl.SSLContext | None = None):
        parts = urllib.parse.urlsplit(base_url)
        if parts.scheme == "https":
            self._connection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=timeout_s, context=tls_context
            )
        else:
            self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout_s)
        self.token = token

    def close(self):
        self._connection.close()

    def __del__(self):
        self.close()

    def request(self, method: str, path: str, body=None, headers: dict | None = None) -> Answer:
        """Sends one request. `headers` replace the defaults; a value of None leaves a default out."""
        fields = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        fields.update(headers or {})
        fields = {name: value for name, value in fields.items() if value is not None}
        try:
            return self._send(method, path, body, fields)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()
            if method not in ("GET", "HEAD"):
                raise
            return self._send(method, path, body, fields)
        except Exception:
            self._connection.close()
            raise

    def _send(self, method, path, body, fields) -> Answer:
        try:
            self._connection.request(method, path, body=body, headers=fields)
        except (BrokenPipeError, ConnectionResetError):
            # A server may answer and close before it has read a body that it refuses: the answer is there to read.
            if body is None:
                raise
        response = self._connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        if response.will_close:
            self._connection.close()
        return answer

    def get(self, path, **query) -> Answer:
        return self.request("GET", path_with_query(path, query))


def path_with_query(path: str, query: dict) -> str:
    return f"{path}?{urllib.parse.urlencode(query)}" if query else path


def compressed(body: bytes, encoding: str | None) -> bytes:
    """The body in a Content-Encoding: None, gzip or zstd (by its command line tool)."""
    if encoding is None:
        return body
    if encoding == "gzip":
        return gzip.compress(body, compresslevel=1)
    if encoding == "zstd":
        return subprocess.run(["zstd", "-1", "-q", "-c"], input=body, stdout=subprocess.PIPE, check=True).stdout
    raise ValueError(f"no compressor for {encoding}")
