"""A bare socket, for requests that an HTTP client would not send."""

import socket


def exchange_raw(port: int, request: bytes, timeout_s=20) -> bytes:
    """Sends bytes and reads until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout_s) as connection:
        connection.sendall(request)
        return read_to_end(connection)


def read_to_end(connection: socket.socket) -> bytes:
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except ConnectionResetError:
        pass  # what came before it counts
    return received


def read_until(connection: socket.socket, end: bytes) -> bytes:
    received = b""
    while end not in received:
        piece = connection.recv(65_536)
        if not piece:
            raise AssertionError(f"the connection closed before {end!r}; it brought {received!r}")
        received += piece
    return received


def status_of(answer: bytes) -> int | None:
    """The status of an answer's first line; None where there is no answer."""
    parts = answer.split(b" ", 2)
    return int(parts[1]) if len(parts) > 1 and parts[0].startswith(b"HTTP/1.") else None


def accepts_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False
