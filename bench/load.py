"""A closed-loop client: each thread sends its next request when the last answer has arrived."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.server import Server

CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """cpu_ms is the server's CPU per request, the number that neighbours on the machine hardly move."""

    name: str
    requests: int
    cpu_ms: float
    p50_ms: float
    p95_ms: float


def measure(name: str, server: Server, make: Callable[[int], Request], count: int) -> Figure:
    """`make(i)` is asked for i = 0 … count-1, after a tenth of it as warm-up with negative numbers.

    Raises RuntimeError at the first answer that is not 2xx: a wrong answer has no speed.
    """
    for index in range(max(10, count // 10)):
        _send(server.port, make(-1 - index))
    before = server.cpu_s()
    times = _run(server.port, make, count)
    used = server.cpu_s() - before
    times.sort()
    return Figure(name, count, 1000 * used / count, 1000 * times[count // 2], 1000 * times[int(count * 0.95)])


def _run(port: int, make: Callable[[int], Request], count: int) -> list[float]:
    numbers = iter(range(count))
    lock, times, faults = threading.Lock(), [], []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            while not faults:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                begun = time.perf_counter()
                _exchange(connection, make(number))
                times.append(time.perf_counter() - begun)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return times


def _send(port: int, request: Request) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        return _exchange(connection, request)
    finally:
        connection.close()


def _exchange(connection: http.client.HTTPConnection, request: Request) -> bytes:
    connection.request(request.method, request.path, body=request.body, headers=dict(request.headers))
    answer = connection.getresponse()
    content = answer.read()
    if not 200 <= answer.status < 300:
        raise RuntimeError(f"{request.method} {request.path}: {answer.status} {content[:500]!r}")
    return content
