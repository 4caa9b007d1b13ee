"""The way out: what never leaves, what is cut off, and what the other side gets to know."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from ipaddress import ip_network

import pytest

from engine.problems import ProblemsError
from runtime.http.errors import Unavailable
from runtime.outbound.address import Gate
from runtime.outbound.client import Outbound
from runtime.outbound.model import Refused, Request
from runtime.settings import Settings
from tests.support.web_server import Server, answer, endless, redirect, running


@pytest.fixture
def server() -> Iterator[Server]:
    """On 127.0.0.2, which these tests allow."""
    with running("127.0.0.2") as one:
        yield one


@pytest.fixture
def canary() -> Iterator[Server]:
    """On 127.0.0.1, which nobody allows."""
    with running("127.0.0.1") as one:
        yield one


def outbound(*servers: Server, hosts: dict[str, Sequence[str]] | None = None, **more: float) -> Outbound:
    known = {"127.0.0.2": ["127.0.0.2"], "127.0.0.1": ["127.0.0.1"], **(hosts or {})}
    settings = Settings(
        public_url="https://crm.example.com",
        outbound_networks=(ip_network("127.0.0.2/32"),),
        outbound_ports=frozenset({80, 443, *(one.port for one in servers)}),
    )
    return Outbound(settings, resolver=lambda host, port: known[host], **more)


def code_of(error: ProblemsError) -> str:
    return error.problems[0].code.removeprefix("outbound.")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.1", "198.18.0.1", "::1", "::", "fe80::1"),
        *("fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1", "::127.0.0.1", "2001:db8::1"),
        *("2001:0:7f00:1::", "64:ff9b:1::7f00:1"),
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    gate = Gate((), frozenset({80, 443}), "", lambda host, port: [address])

    with pytest.raises(Refused) as refused:
        gate.find("https://looks-harmless.example/")

    assert code_of(refused.value) == "address-refused"


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_not(address: str) -> None:
    gate = Gate((), frozenset({80, 443}), "", lambda host, port: [address])

    assert gate.find("https://example.com/a?b=c").path == "/a?b=c"


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://127.1/"),
        *("http://0x7f000001/", "http://017700000001/", "http://0/", "http://[::ffff:127.0.0.1]/"),
    ],
)
def test_every_spelling_of_loopback_is_refused_with_the_systems_own_resolver(url: str) -> None:
    with pytest.raises(ProblemsError) as refused:
        Outbound(Settings()).send(Request("GET", url))

    assert code_of(refused.value) in {"address-refused", "unknown-host"}


@pytest.mark.parametrize(
    ("url", "code"),
    [
        *(
            (f"{scheme}:///etc/passwd", "scheme-refused")
            for scheme in ("file", "gopher", "ftp", "dict", "unix")
        ),
        ("http://good@127.0.0.2/", "bad-address"),
        ("http://127.0.0.2\\@example.com/", "bad-address"),
        ("http://127.0.0.2/a\tb", "bad-address"),
        ("http://127.0.0.2/a\r\nX: y", "bad-address"),
        ("http://127。0。0。1/", "bad-address"),
        ("http://fe80::1%25lo/", "bad-address"),
        ("http:///nowhere", "bad-address"),
        ("http://127.0.0.2:99999/", "bad-address"),
        ("http://127.0.0.2:22/", "port-refused"),
        ("http://127.0.0.2:6379/", "port-refused"),
        ("https://crm.example.com/api/v1/me", "own-address"),
        ("https://CRM.example.com./api", "own-address"),
        ("http://two.example/", "address-refused"),
        ("http://none.example/", "address-refused"),
    ],
)
def test_urls_that_must_not_leave_are_refused(url: str, code: str) -> None:
    hosts = {"two.example": ["127.0.0.2", "127.0.0.1"], "none.example": []}

    with pytest.raises(Refused) as refused:
        outbound(hosts=hosts).send(Request("GET", url))

    assert code_of(refused.value) == code


def test_a_name_is_looked_up_once_and_the_judged_address_is_called(server: Server) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.2" if len(asked) == 1 else "127.0.0.1"]

    settings = Settings(
        outbound_networks=(ip_network("127.0.0.2/32"),), outbound_ports=frozenset({server.port})
    )
    got = Outbound(settings, resolver=rebinding).send(Request("GET", server.url("/a", "rebind.example")))

    assert (got.status, got.body, asked) == (200, b"ok", ["rebind.example"])
    assert server.hits[0][2]["host"] == f"rebind.example:{server.port}"


def test_each_redirect_is_judged_and_few_are_followed(server: Server, canary: Server) -> None:
    server.replies |= {
        "/in": redirect(canary.url("/secret")),
        "/file": redirect("file:///etc/passwd"),
        "/loop": redirect("/loop"),
        "/once": redirect("/end", 307),
        "/moved": redirect("/end", 302),
        "/other": redirect(server.url("/end", "other.example"), 302),
    }
    client = outbound(server, canary, hosts={"other.example": ["127.0.0.2"]})

    codes = []
    for path in ("/in", "/file", "/loop"):
        with pytest.raises(Refused) as refused:
            client.send(Request("GET", server.url(path, "127.0.0.2")))
        codes.append(code_of(refused.value))

    assert codes == ["address-refused", "scheme-refused", "too-many-redirects"]
    assert canary.hits == []
    assert sum(path == "/loop" for _, path, _, _ in server.hits) == 4
    posted = Request("POST", server.url("/once", "127.0.0.2"), {"Authorization": "Bearer s"}, b"{}")
    assert client.send(posted).status == 200
    assert server.hits[-1][0::3] == ("POST", b"{}")
    assert server.hits[-1][2]["authorization"] == "Bearer s"
    assert client.send(Request("POST", server.url("/moved", "127.0.0.2"), body=b"{}")).status == 302
    client.send(
        Request("GET", server.url("/other", "127.0.0.2"), {"Authorization": "Bearer s", "X-Key": "s"})
    )
    assert {"authorization", "x-key"} & server.hits[-1][2].keys() == set()


def test_answers_are_bounded_in_size_and_time(server: Server) -> None:
    server.replies |= {
        "/large": answer(b"x" * 1_000_001),
        "/zip": answer(b"\x1f\x8b" + b"\0" * 100, **{"Content-Encoding": "gzip"}),
        "/endless": endless,
    }
    client = outbound(server, timeout_s=0.15)

    with pytest.raises(Refused) as large:
        client.send(Request("GET", server.url("/large", "127.0.0.2")))
    began = time.monotonic()
    with pytest.raises(Unavailable) as slow:
        client.send(Request("GET", server.url("/endless", "127.0.0.2")))

    assert (code_of(large.value), code_of(slow.value)) == ("answer-too-large", "too-slow")
    assert time.monotonic() - began < 2
    assert len(client.send(Request("GET", server.url("/zip", "127.0.0.2"))).body) == 102
    assert server.hits[-1][2]["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "headers",
    [{"X-A": "a\r\nX-B: b"}, {"X-A\r\nX-B": "b"}, {"Host": "x"}, {"Content-Length": "9"}, {"X": "é"}],
)
def test_a_header_cannot_begin_another_one_or_replace_ours(server: Server, headers: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        outbound(server).send(Request("GET", server.url("/", "127.0.0.2"), headers))

    assert code_of(refused.value) == "header-refused"
    assert server.hits == []


def test_the_key_of_the_job_goes_along_and_secrets_stand_in_no_message(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    client = outbound(server, hosts={"gone.example": ["127.0.0.2"]})
    secret = Request(
        "POST", server.url("/a?key=s3cret", "127.0.0.2"), {"X-Key": "s3cret"}, b"{}", key="job:7"
    )

    client.send(secret)

    assert server.hits[0][2]["idempotency-key"] == "job:7"
    assert "s3cret" not in repr(secret)
    closed = Request("GET", "http://gone.example:443/a?key=s3cret", {"X-Key": "s3cret"})
    with pytest.raises(Unavailable) as gone:
        client.send(closed)
    assert code_of(gone.value) == "unreachable"
    assert "s3cret" not in str(gone.value.problems) + str(gone.value)
