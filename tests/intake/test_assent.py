"""Yes and no to what was shown as a whole: firm only where the words say no more than that."""

from __future__ import annotations

import pytest

from intake.assent import Consent, consent
from intake.vocabulary import speech


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yes", Consent.go),
        ("Yes, start", Consent.go),
        ("ok", Consent.go),
        ("fine, go ahead", Consent.go),
        ("looks good", Consent.go),
        ("send", Consent.send),
        ("ok, done", Consent.send),
        ("submit", Consent.submit),
        ("send it!", Consent.submit),
        ("Yes, submit", Consent.submit),
        ("looks good, send it", Consent.submit),
        ("no", Consent.no),
        ("not sure", Consent.unsure),
        ("no, not sure", Consent.no),
        ("looks good, but the tool is wrong", None),
        ("not quite, I rework it but the newsletter goes to customers", None),
        ("don't send it", None),
        ("yes and no", None),
        ("submit? not sure", None),
        ("", None),
        ("…", None),
    ],
)
def test_consent(text: str, meant: Consent | None) -> None:
    assert consent(text, speech()) is meant
