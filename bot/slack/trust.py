"""Whose certificates are believed: those of the system, read once and not for every call to Slack."""

from __future__ import annotations

import ssl
from functools import cache
from typing import Any


class Trust(ssl.SSLContext):
    """Python's own default context, made when a connection first needs it: reading the certificates takes its time."""

    def wrap_socket(self, *given: Any, **named: Any) -> ssl.SSLSocket:
        return _default().wrap_socket(*given, **named)


def trust() -> Trust:
    return Trust(ssl.PROTOCOL_TLS_CLIENT)


@cache
def _default() -> ssl.SSLContext:
    return ssl.create_default_context()
