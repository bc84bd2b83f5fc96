"""What goes wrong between a client and a service. Each fault writes what it likes to the socket, given the answer that
would have been right, and says whether the connection stays open."""

import gzip
import time

from harness.stand_in import Response, error

# ---- faults that pass: asked again, the answer may be right ------------------------------------------------------------


def status(code: int, *, retry_after=None, html=False):
    def commit(connection, _):
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        if html:
            response = Response(code, b"<html><body><h1>Gateway</h1></body></html>", {"Content-Type": "text/html", **headers})
        else:
            response = error(code, {429: "too.many.requests", 503: "service.unavailable"}.get(code, "internal.server.error"),
                             "Come back later.", headers)
        connection.sendall(response.as_bytes())
        return True

    return commit


def cut_before_answer(connection, _):
    return False


def cut_in_head(connection, response):
    connection.sendall(response.head()[:40])
    return False


def cut_in_body(connection, response):
    connection.sendall(response.as_bytes()[:-max(1, len(response.body) // 2)])
    return False


def cut_last_byte(connection, response):
    connection.sendall(response.as_bytes()[:-1])
    return False


def cut_in_chunks(connection, response):
    half = response.body[:len(response.body) // 2]
    connection.sendall(f"HTTP/1.1 {response.status} OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked"
                       f"\r\n\r\n{len(half):x}\r\n".encode() + half + b"\r\n")
    return False


PASSING = (status(429, retry_after=0), status(429), status(502, html=True), status(503), status(503, html=True),
           status(504), cut_before_answer, cut_in_head, cut_in_body, cut_last_byte, cut_in_chunks)

# ---- answers that are slow or odd, yet right ---------------------------------------------------------------------------


def trickled(connection, response):
    whole = response.as_bytes()
    step = max(1, len(whole) // 8)
    for begin in range(0, len(whole), step):
        connection.sendall(whole[begin:begin + step])
        time.sleep(0.01)
    return True


def chunked(connection, response):
    head = [f"HTTP/1.1 {response.status} OK", *(f"{name}: {value}" for name, value in response.headers.items()),
            "Transfer-Encoding: chunked"]
    connection.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
    for begin in range(0, len(response.body), 7):
        part = response.body[begin:begin + 7]
        connection.sendall(f"{len(part):x}\r\n".encode() + part + b"\r\n")
    connection.sendall(b"0\r\n\r\n")
    return True


def zipped(connection, response):
    body = gzip.compress(response.body)
    connection.sendall(Response(response.status, body, {**response.headers, "Content-Encoding": "gzip"}).as_bytes())
    return True


def closed_after(connection, response):
    connection.sendall(Response(response.status, response.body, {**response.headers, "Connection": "close"}).as_bytes())
    return False


ODD = (trickled, chunked, zipped, closed_after)

# ---- answers that are wrong, however often one asks --------------------------------------------------------------------


def body_instead(body: bytes, **headers):
    def commit(connection, _):
        connection.sendall(Response(200, body, {"Content-Type": "application/json", **headers}).as_bytes())
        return True

    return commit


def truncated_json(connection, response):
    half = response.body[:len(response.body) // 2]
    connection.sendall(Response(200, half, response.headers).as_bytes())
    return True


def damaged_gzip(connection, response):
    body = bytearray(gzip.compress(response.body))
    body[len(body) // 2] ^= 0x55
    connection.sendall(Response(200, bytes(body), {**response.headers, "Content-Encoding": "gzip"}).as_bytes())
    return True


def silent(connection, _):
    """Says nothing until the client goes."""
    connection.settimeout(30)
    connection.recv(1)
    return False


WRONG = {
    "half of the JSON": truncated_json,
    "damaged gzip": damaged_gzip,
    "a page of HTML": body_instead(b"<!doctype html><title>Sign in</title>"),
    "nothing": body_instead(b""),
    "an empty object": body_instead(b"{}"),
    "an array": body_instead(b"[]"),
    "null": body_instead(b"null"),
    "another model": body_instead(b'{"access_token": "x", "token_type": "bearer"}'),
    "not UTF-8": body_instead(b'{"name": "\xff\xfe"}'),
    "a nest of a million arrays": body_instead(b'{"usages":' + b"[" * 1_000_000),
    "two documents": body_instead(b"{}{}"),
}


def redirect(to: str):
    def commit(connection, _):
        connection.sendall(Response(302, b"", {"Location": to}).as_bytes())
        return True

    return commit
