"""Stamps of a time-stamp authority (RFC 3161): asked for over HTTP, believed only as far as a given root reaches."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from datetime import datetime
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

SECONDS = 10.0
"""For the whole answer, however it comes in."""
PART = 4_096
ASK = "application/timestamp-query"
MOST_BYTES = 100_000
"""A stamp with all its certificates has some five thousand."""


class Unstamped(Exception):
    """`because`: one word for the trail; the sentence is for whoever operates it."""

    def __init__(self, because: str, sentence: str) -> None:
        super().__init__(sentence)
        self.because = because


class Stamp(NamedTuple):
    """`at`: the moment that the authority vouches for; `digest`: of what it saw, as SHA-256 in hex."""

    token: bytes
    digest: str
    at: datetime


def stamp(address: str, body: bytes, roots: Path, *, seconds: float = SECONDS) -> Stamp:
    """What it says of these bytes, checked: our digest, our number of chance, a certificate under the root."""
    from rfc3161_client import TimestampRequestBuilder
    from rfc3161_client.base import HashAlgorithm

    trusted = read_roots(roots)
    asked = TimestampRequestBuilder().data(body).hash_algorithm(HashAlgorithm.SHA256).build()
    token = _ask(address, asked.as_bytes(), seconds)
    return _checked(token, trusted, asked=asked)


def check(token: bytes, roots: Path) -> Stamp:
    """A stamp that was kept; raises Unstamped where it is none, or not under this root."""
    return _checked(token, read_roots(roots), asked=None)


def digest_of(token: bytes) -> str:
    """What a stamp says it is about, without any belief in it."""
    return _parsed(token).digest.hex()


def read_roots(path: Path) -> list[Certificate]:
    """Every certificate in a PEM file, at least one."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except OSError as problem:
        raise Unstamped("no_root", f"The root {path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise Unstamped("no_root", f"There is no certificate as PEM in {path}.") from problem


def _checked(token: bytes, trusted: list[Certificate], *, asked: TimeStampRequest | None) -> Stamp:
    from rfc3161_client import VerificationError, VerifierBuilder

    found = _parsed(token)
    builder = VerifierBuilder(roots=trusted, nonce=asked.nonce if asked else None)
    about = asked.message_imprint.message if asked else found.digest
    try:
        builder.build().verify(found.answer, about)
    except (VerificationError, ValueError) as problem:
        raise Unstamped("not_proven", f"The stamp does not prove it: {str(problem)[:200]}.") from problem
    if found.algorithm != SHA256:
        raise Unstamped("not_proven", "The stamp is about another kind of digest than SHA-256.")
    return Stamp(token, found.digest.hex(), found.at)


SHA256 = "2.16.840.1.101.3.4.2.1"


class _Parsed(NamedTuple):
    """All that is read of an answer: its parts are only decoded when they are asked for, and any may be damaged."""

    answer: TimeStampResponse
    digest: bytes
    algorithm: str
    at: datetime


def _parsed(token: bytes) -> _Parsed:
    from rfc3161_client import decode_timestamp_response

    try:
        answer = decode_timestamp_response(token)
        if (status := answer.status) == 0:
            about = answer.tst_info
            imprint = about.message_imprint
            algorithm = imprint.hash_algorithm.dotted_string
            return _Parsed(answer, imprint.message, algorithm, about.gen_time)
        said = "; ".join(answer.status_string)[:200]
    except Exception as problem:  # whatever a decoder of somebody else's makes of bytes of a stranger's
        raise Unstamped("no_stamp", "That is no answer of a time-stamp authority.") from problem
    raise Unstamped(
        "refused", f"The time-stamp authority refused (status {status}{': ' if said else ''}{said})."
    )


class _Stays(urllib.request.HTTPRedirectHandler):
    """The address that was settled answers itself, or nobody does."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _ask(address: str, query: bytes, seconds: float) -> bytes:
    """One deadline for all of it, also for a name that is not found and headers that drip: the time of a socket is
    only that of one read. What is late is left behind."""
    found: list[bytes | Exception] = []

    def ask() -> None:
        try:
            found.append(_answer(address, query, seconds))
        except Exception as problem:
            found.append(problem)

    asking = Thread(target=ask, name="time-stamp", daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise Unstamped("not_reached", _LATE.format(seconds))
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


_LATE = "The time-stamp authority could not be reached: no whole answer within {:g} seconds."


def _answer(address: str, query: bytes, seconds: float) -> bytes:
    until = time.monotonic() + seconds
    asked = urllib.request.Request(address, data=query, headers={"Content-Type": ASK}, method="POST")
    try:
        with urllib.request.build_opener(_Stays).open(asked, timeout=seconds) as answer:
            found = b""
            while len(found) <= MOST_BYTES and (part := answer.read1(PART)):
                found += part
                if time.monotonic() > until:
                    raise Unstamped("not_reached", _LATE.format(seconds))
    except urllib.error.HTTPError as problem:
        problem.close()
        raise Unstamped("refused", f"The time-stamp authority answered {problem.code}.") from problem
    except (OSError, HTTPException) as problem:
        because = getattr(problem, "reason", problem)
        raise Unstamped(
            "not_reached", f"The time-stamp authority could not be reached: {because}."
        ) from problem
    if len(found) > MOST_BYTES:
        raise Unstamped("no_stamp", "The time-stamp authority answered with more than a stamp.")
    return found
