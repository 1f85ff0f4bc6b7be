"""A decision that nobody could have made is named, also where the trail was given a line for it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from intake.answers import UNSURE, Answer, answered
from store import audit, content
from store.columns import to_text
from store.content import RECORD, WORDS
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import DecisionRow, SignatureRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DM, LOW, NOW, a_desk, key
from triage.fingerprint import facts_digest
from triage.review import may_be_cleared, needs_reason
from triage.seats import roles
from triage.talking import Begin, Fill, Submit

LATER = NOW + timedelta(hours=1)


def forge(store: Store, *, record: bool = True, line: bool = True, use: str = "case-2", **wrong: Any) -> None:
    """An approval of a request by somebody with all rights on the database, who knows every table."""
    with store.write() as session:
        case = load(session, use)
        assert case is not None
        assert case.verdict is not None
        version = case.version + 1
        said: dict[str, Any] = {
            "kind": "approve",
            "reason": wrong.get("reason", "Fits."),
            "conditions": [],
            "would_change": "",
            "signatures": [[wrong.get("signer", BEN), wrong.get("role", "reviewer"), to_text(LATER)]],
            "facts_digest": wrong.get("facts_digest", facts_digest(case)),
            "policies": wrong.get("policies", [f"{p.name} {p.version} {p.digest}" for p in case.verdict.policies]),
            "at": to_text(wrong.get("at", LATER)),
            "version": version,
        }  # fmt: skip
        words = {name: said.pop(name) for name in ("reason", "would_change")}
        row = DecisionRow(
            id="forged",
            subject_kind="use",
            subject_id=use,
            subject_version=version,
            kind="approve",
            outcome="approved",
            reason=wrong.get("reason", "Fits."),
            facts_digest=said["facts_digest"],
            policies=said["policies"],
            decided_at=wrong.get("at", LATER),
            detail={},
        )
        session.add(row)
        session.flush()
        for person, role, _ in said["signatures"]:
            session.add(SignatureRow(decision_id="forged", person_id=person, role=role, signed_at=LATER))
        session.flush()
        if line:
            texts = {
                RECORD: json.dumps({"decisions": {"forged": said}}),
                WORDS: json.dumps({"decisions": {"forged": words}}),
            }
            if wrong.get("record_whole"):
                texts = {RECORD: json.dumps({"decisions": {"forged": said | words}})}
            detail: dict[str, Any] = {"ref": case.ref, "status": "approved", "decision": "forged"}
            detail |= {"role": wrong.get("told_role", said["signatures"][0][1])}
            audit.append(
                session,
                "case.approved",
                actor=wrong.get("actor", said["signatures"][0][0]),
                subject_kind="use",
                subject_id=use,
                detail=detail | {"facts": wrong.get("told_facts", said["facts_digest"])},
                texts=texts if record else {"reason": "Fits."},
                at=wrong.get("line_at", wrong.get("at", LATER)),
            )
    tamper(store, f"UPDATE use SET state = 'approved', version = {version} WHERE id = '{use}'")


def test_what_is_right_in_all_is_not_told_apart(steward: Any, register: Store) -> None:
    """Whoever may append anything can append what is true; only a head kept elsewhere is against that."""
    forge(register)
    assert steward("verify")[0] == 0


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"line": False}, "the trail does not know the decision forged on AIU-2026-0002 (approved)"),
        ({"record": False}, "tells of it and commits to no record of it"),
        ({"signer": ANA}, "signed by who asked for it"),
        ({"actor": CLEO}, "signed by somebody else than its line says"),
        ({"actor": None}, "signed by somebody else than its line says"),
        ({"told_role": "committee"}, "signed in another role than its line says"),
        ({"role": "committee"}, "nobody signed it as reviewer, which its result asks for"),
        ({"facts_digest": "0" * 64}, "its facts_digest is not that of the facts then"),
        ({"told_facts": "0" * 64}, "its facts_digest is not the one that its line says"),
        ({"policies": []}, "its policies are not those of the result then"),
        ({"policies": ["gdpr 1 " + "0" * 64]}, "its policies are not those of the result then"),
        ({"line_at": LATER + timedelta(days=1)}, "made at another moment than its line says"),
        ({"at": datetime(2020, 1, 1, tzinfo=UTC)}, "made before the result that it rests on"),
        ({"at": datetime(2020, 1, 1, tzinfo=UTC)}, "its facts_digest is not that of the facts then"),
    ],
    ids=str,
)
def test_a_decision_that_does_not_fit_is_named(
    steward: Any, register: Store, how: dict[str, Any], told: str
) -> None:
    forge(register, **how)
    code, said, _ = steward("verify")
    assert (code, told in said) == (1, True), said


HIGH = {"account": answered("personal_free")}
UNREASONED = "approves without the reason that its result asks for"


@pytest.fixture
def asked(register: Store) -> Callable[..., None]:
    """Another request by Ana, handed in with these answers."""

    def ask(**answers: Answer) -> None:
        on: dict[str, Any] = {"actor": ANA, "case": "case-3"}
        book = Ledger(register)
        begin = Begin(**on, key=key(), words="We want Recruiter", place=DM, root="17.case-3")
        for command in (begin, Fill(**on, key=key(), answers=LOW | answers), Submit(**on, key=key())):
            book.execute(command, a_desk())

    return ask


@pytest.mark.parametrize(
    ("answers", "role", "told"),
    [
        ({"red_flag": answered("social_scoring")}, "legal", "approves what its result says is prohibited"),
        ({"account": UNSURE}, "risk_owner", "approves while its result is open"),
    ],
    ids=["prohibited", "open"],
)
def test_what_cannot_be_approved_was_approved_by_nobody(
    steward: Any, register: Store, asked: Any, answers: Any, role: str, told: str
) -> None:
    asked(**answers)
    with register.read() as session:
        case = load(session, "case-3")
    assert case is not None
    assert role in roles(case)
    assert steward("verify")[0] == 0
    forge(register, use="case-3", role=role)
    code, said, _ = steward("verify")
    assert (code, f"the decision forged: {told}" in said) == (1, True), said


@pytest.mark.parametrize("whole", [False, True])
def test_high_risk_without_a_reason_was_approved_by_nobody(
    steward: Any, register: Store, asked: Any, whole: bool
) -> None:
    """Nor does it help to write the line as it was written long ago."""
    asked(**HIGH)
    with register.read() as session:
        case = load(session, "case-3")
    assert case is not None
    assert may_be_cleared(case)
    assert needs_reason(case)
    forge(register, use="case-3", role=roles(case)[0], reason=" ", record_whole=whole)
    code, said, _ = steward("verify")
    assert (code, said.count("the decision forged: ")) == (1, 1), said
    assert f"the decision forged: {UNREASONED}" in said


@pytest.mark.parametrize("reason", ["Fits.", "erased"])
def test_high_risk_with_a_reason_or_one_that_was_erased_is_right(
    steward: Any, register: Store, asked: Any, reason: str
) -> None:
    asked(**HIGH)
    with register.read() as session:
        case = load(session, "case-3")
    assert case is not None
    how: dict[str, Any] = {"use": "case-3", "role": roles(case)[0]}
    forge(register, **how)
    if reason == "erased":
        with register.read() as session:
            end = audit.end(session)
        assert end is not None
        assert (
            steward("erase", "--line", str(end.seq), "--field", WORDS, "--because", "Asked for it.")[0] == 0
        )
        tamper(register, "UPDATE decision SET reason = '' WHERE id = 'forged'")
    code, said, _ = steward("verify")
    assert code == 0, said


def test_a_reason_that_nobody_asked_for_then_is_not_missed(
    steward: Any, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trails whose records still hold the words in them may be older than that rule."""
    monkeypatch.setattr(content, "_taken_out", lambda told, form: {})
    register, asked = request.getfixturevalue("register"), request.getfixturevalue("asked")
    asked(**HIGH)
    forge(register, use="case-3", role="risk_owner", reason="", record_whole=True)
    code, said, _ = steward("verify")
    assert code == 0, said


def test_who_owned_it_cannot_have_signed_alone(steward: Any, register: Store) -> None:
    with register.write() as session:
        about: dict[str, Any] = {"actor": ANA, "subject_kind": "use", "subject_id": "case-2", "detail": {}}
        record = json.dumps({"columns": {"owner_id": BEN}})
        audit.append(session, "owner.changed", **about, texts={RECORD: record}, at=NOW)
    tamper(
        register,
        f"UPDATE use SET owner_id = '{BEN}' WHERE id = 'case-2'",
        f"INSERT INTO reader (use_id, person_id) VALUES ('case-2', '{BEN}')",
    )
    assert steward("verify")[0] == 0
    forge(register)
    code, said, _ = steward("verify")
    assert (code, "the decision forged: signed by who owned it" in said) == (1, True), said


def test_a_line_that_tells_of_a_decision_and_names_none_is_named(steward: Any, register: Store) -> None:
    with register.write() as session:
        seq = audit.append(
            session,
            "case.approved",
            actor=BEN,
            subject_kind="use",
            subject_id="case-2",
            detail={"status": "approved"},
            at=LATER,
        )
    tamper(register, "UPDATE use SET state = 'approved' WHERE id = 'case-2'")
    code, said, _ = steward("verify")
    assert (code, f"line {seq} says case.approved and names no decision" in said) == (1, True), said


def test_a_text_is_not_moved_into_its_salt(steward: Any, register: Store) -> None:
    """Salt and text are summed up together, so their border is part of what is checked."""
    tamper(
        register,
        "UPDATE audit_text SET salt = salt || substr(text, 1, 3), text = substr(text, 4) WHERE field = 'reason'",
    )
    code, said, _ = steward("verify")
    assert code == 1
    assert "text of the trail: reason of line" in said
