"""Certificates: checked as Python checks them by default, read once, and not before they are needed."""

import socket
import ssl

import pytest

from bot.slack import trust
from bot.slack.trust import Trust


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[ssl.SSLContext]:
    """Every default context that was made."""
    made: list[ssl.SSLContext] = []
    default = ssl.create_default_context

    def noted() -> ssl.SSLContext:
        made.append(default())
        return made[-1]

    monkeypatch.setattr(ssl, "create_default_context", noted)
    trust._default.cache_clear()
    return made


def _wrapped(context: Trust, name: str = "slack.example") -> ssl.SSLSocket:
    with socket.socket() as plain:
        return context.wrap_socket(plain, server_hostname=name, do_handshake_on_connect=False)


def test_nothing_is_read_for_a_server_that_speaks_plainly(read: list[ssl.SSLContext]) -> None:
    trust.trust()
    assert read == []


def test_all_connections_share_what_was_read_once(read: list[ssl.SSLContext]) -> None:
    with _wrapped(trust.trust()) as one, _wrapped(trust.trust()) as other:
        assert one.context is other.context is read[0]
    assert len(read) == 1


def test_a_certificate_and_its_name_are_checked(read: list[ssl.SSLContext]) -> None:
    with _wrapped(trust.trust()) as wrapped:
        assert wrapped.context.verify_mode is ssl.CERT_REQUIRED
        assert wrapped.context.check_hostname
