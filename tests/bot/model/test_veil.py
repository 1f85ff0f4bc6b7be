"""What must not leave is taken out, however it is written; what may leave stays readable."""

from __future__ import annotations

import pytest

from bot.model.veil import veiled

SECRETS = [
    "sk-proj-abcdefghijklmnop1234567890ABCD",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789",
    "glpat-aBcDeFgHiJkLmNoPqRsT",
    "xoxb-123456789012-abcdefghijkl",
    "AKIAIOSFODNN7EXAMPLE",
    "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
    "hf_abcdefghijklmnopqrstuvwxyz012345",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1r",
    "password: hunter2",
    "our api key = abcd1234",
    "client_secret='s3cr3t-value'",
    "Authorization: Bearer abcdef0123456789abcdef",
    "postgresql://steward:tr0ub4dor@db.internal/steward",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
    "sk-\u200bproj-abcdefghijklmnop1234567890ABCD",
]
PEOPLE = [
    "ana.lopez+work@example.co.uk",
    "<@U0123ABC>",
    "<@U0123ABC|ana>",
    "+49 (0)89 123 456-78",
    "(555) 123-4567",
    "123-45-6789",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "GB82WEST12345698765432",
    "10.20.30.40",
    "Leila Sommer",
    "leila sommer",
]
HARMLESS = [
    "We ask 1,200,000 customers in 2026-11-30 or 30.11.2026.",
    "Otter.ai transcribes our meetings about ISO/IEC 42001 and the EU AI Act, Annex III.",
    "It costs 12 500 000 euros from 2019-2024.",
    "The password policy is strict, and a token of thanks is no secret.",
    "Donaudampfschifffahrtsgesellschaftskapitaen writes to https://example.com/a/long/path/of/words-and-words",
    "AIU-2026-0042 is like AIU-2026-0107.",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_taken_out(secret: str) -> None:
    left = veiled(f"Well, {secret} is it.")
    rest = secret.replace("\u200b", "")
    assert "[key]" in left
    assert not [part for part in rest.split() if len(part) > 12 and part in left and part != "Authorization:"]
    assert left.startswith("Well, ")
    assert left.endswith(" it.")


@pytest.mark.parametrize("person", PEOPLE)
def test_what_names_a_person_is_taken_out(person: str) -> None:
    left = veiled(f"Ask {person} about it.", ["Leila Sommer"])
    assert person.strip("()") not in left
    assert left.startswith("Ask ")
    assert left.endswith(" about it.")


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_stays_readable(text: str) -> None:
    assert veiled(text, ["Ann"]) == text
