"""Every row of the register that was changed through SQL is named, whatever the row holds."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.config import seed
from intake.answers import answered
from store import audit
from store.content import RECORD, WORDS
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, NOW, a_desk, key
from triage.commands import AskRequester, Disclose
from triage.talking import Type

FIRST, SECOND, IMPORTED = "AIU-2026-0001", "AIU-2026-0002", "AIU-2026-0003"
FACT = (
    "UPDATE fact SET {} WHERE question = '{}' "
    "AND answer_set_id = (SELECT id FROM answer_set WHERE subject_id = '{}')"
)


@pytest.fixture
def rows(register: Store) -> Store:
    """Something in every table that the trail commits to."""
    seed(register, {"language": "en", "roles.reviewer": ("U0BEN",), "country": None}, now=NOW)
    book = Ledger(register)
    book.execute(AskRequester(actor=BEN, case="case-2", key="asked", question="For whom?"), a_desk())
    book.execute(Type(actor=ANA, case="case-2", key=key(), words="For the sales team."), a_desk())
    row: dict[str, Any] = {"actor": "", "case": "case-3", "source_map": "theirs", "source_id": "7"}
    answers = {"purpose": answered("Sorts letters"), "people": answered("only_team")}
    book.execute(Disclose(**row, key=key(), title="Sorter", answers=answers), a_desk())
    changed = answers | {"purpose": answered("Sorts letters and files")}
    book.execute(
        Disclose(**row, key=key(), title="Sorter", answers=changed), a_desk(now=NOW.replace(hour=10))
    )
    return register


def test_untouched_rows_are_as_the_trail_says(steward: Any, rows: Store) -> None:
    code, said, _ = steward("verify")
    assert (code, said.count("\n"), said[:3]) == (0, 1, "ok ")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            FACT.format("value = '[\"public\"]'", "data", "case-1"),
            f"{FIRST}: the answer to data of 2026-11-21T",
        ),
        (
            FACT.format("state = 'unsure'", "people", "case-1"),
            "people of 2026-11-21T09:00:00.000000Z was changed",
        ),
        (FACT.format("contributor = 'P-ben'", "data", "case-2"), f"{SECOND}: the answer to data of"),
        (
            FACT.format('value = \'["only_team","public"]\'', "people", "case-3"),
            f"{IMPORTED}: the answer to people",
        ),
        (
            "DELETE FROM fact WHERE question = 'purpose' AND recorded_at < '2026-11-21T10:00:00.000000Z' "
            "AND source = 'import'",
            f"{IMPORTED}: the answer to purpose of 2026-11-21T09:00:00.000000Z is missing",
        ),
        (
            "INSERT INTO fact (answer_set_id, question, state, value, contributor, source, said_at, recorded_at) "
            "SELECT answer_set_id, question, 'unsure', NULL, contributor, source, said_at, "
            "'2026-11-21T12:00:00.000000Z' FROM fact WHERE question = 'data'",
            "the answer to data of 2026-11-21T12:00:00.000000Z is not in the trail",
        ),
        (
            "UPDATE fact SET id = 1000 WHERE question = 'purpose' AND source = 'import' AND "
            "recorded_at < '2026-11-21T10:00:00.000000Z'",
            f"{IMPORTED}: the answers to purpose stand in another order",
        ),
        ("UPDATE decision SET reason = 'No.'", f"{FIRST}: the decision decided was changed: reason"),
        ("UPDATE decision SET facts_digest = ''", f"{FIRST}: the decision decided was changed: facts_digest"),
        ("UPDATE decision SET kind = 'decree'", f"{FIRST}: the decision decided was changed: kind"),
        ("UPDATE signature SET role = 'legal'", f"{FIRST}: the decision decided was changed: signatures"),
        (
            "UPDATE signature SET person_id = 'P-ana'",
            f"{FIRST}: the decision decided was changed: signatures",
        ),
        ("DELETE FROM signature", f"{FIRST}: the decision decided was changed: signatures"),
        (
            "INSERT INTO condition (id, decision_id, use_id, text, state) VALUES "
            "('c', 'decided', 'case-1', 'Only on Mondays', 'open')",
            f"{FIRST}: the decision decided was changed: conditions",
        ),
        ("UPDATE inquiry SET answer = 'For all'", f"{SECOND}: the inquiry asked was changed"),
        ("UPDATE inquiry SET question = 'Why?'", f"{SECOND}: the inquiry asked was changed"),
        ("DELETE FROM inquiry", f"{SECOND}: the inquiry asked is missing"),
        (
            "INSERT INTO inquiry (id, use_id, asked_by, question, version, asked_at, state) SELECT "
            "'other', 'case-1', asked_by, question, version, asked_at, 'open' FROM inquiry",
            f"{FIRST}: the inquiry other is not in the trail",
        ),
        ("UPDATE result SET verdict = '{}' WHERE subject_id = 'case-1'", f"{FIRST}: the result of version"),
        ("UPDATE result SET policies = '[]' WHERE subject_id = 'case-2'", f"{SECOND}: the result of version"),
        ("DELETE FROM result WHERE subject_id = 'case-2'", "is missing"),
        ("UPDATE use SET title = 'Harmless' WHERE id = 'case-1'", f"{FIRST}: title was changed"),
        ("UPDATE use SET owner_id = 'P-ben' WHERE id = 'case-1'", f"{FIRST}: owner_id was changed"),
        ("UPDATE use SET tier_ceiling = 4 WHERE id = 'case-1'", f"{FIRST}: tier_ceiling was changed"),
        ("UPDATE use SET requester_id = 'P-ben' WHERE id = 'case-2'", f"{SECOND}: requester_id was changed"),
        ("UPDATE use SET source_id = '8' WHERE id = 'case-3'", f"{IMPORTED}: source_id was changed"),
        (
            "UPDATE setting SET value = '[\"U0ANA\"]' WHERE key = 'roles.reviewer'",
            "the setting roles.reviewer was changed",
        ),
        ("DELETE FROM setting WHERE key = 'language'", "the setting language is missing"),
        (
            "INSERT INTO setting (key, value, changed_at) "
            "VALUES ('roles.legal', '[\"U0ANA\"]', '2026-11-21T10:00:00Z')",
            "the setting roles.legal is not in the trail",
        ),
    ],
)
def test_a_row_changed_behind_the_trails_back_is_named(
    steward: Any, rows: Store, sentence: str, told: str
) -> None:
    tamper(rows, sentence)
    code, said, _ = steward("verify")
    *differences, last = said.splitlines()
    assert (code, last[:3]) == (1, "ok ")
    assert any(line.startswith("records differ from the trail: ") and told in line for line in differences), (
        said
    )


def test_what_people_wrote_is_not_printed(steward: Any, rows: Store) -> None:
    tamper(rows, "UPDATE decision SET reason = 'A secret'", "UPDATE fact SET value = '[\"A secret\"]'")
    assert "secret" not in steward("verify")[1]
    assert "Fits." not in steward("verify")[1]


def test_what_was_erased_from_the_trail_is_told_as_no_longer_provable(steward: Any, rows: Store) -> None:
    with rows.write() as session:
        seqs = [line["seq"] for line in audit.about(session, "use", "case-2") if RECORD in line["texts"]]
        for seq in seqs:
            audit.erase(session, seq=seq, actor="P-x", at=NOW)
    tamper(rows, FACT.format("value = NULL", "purpose", "case-2"), "UPDATE inquiry SET answer = NULL")
    code, said, _ = steward("verify")
    lost = [f"not provable any more: {SECOND}: what line {seq} recorded (erased)" for seq in seqs]
    assert (code, set(lost) <= set(said.splitlines())) == (0, True), said
    assert json.loads(steward("verify", "--json")[1])["unproven"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("tier_floor = 4, tier_ceiling = 4", "tier_floor was changed"),
        ("requester_id = 'P-ben'", "requester_id was changed"),
    ],
)
def test_what_a_line_states_beside_its_record_is_held_though_the_record_was_erased(
    steward: Any, register: Store, change: str, told: str
) -> None:
    """The results that a submission states are sealed, and who asked is told by the lines before it."""
    with register.read() as session:
        (submitted,) = [
            line["seq"] for line in audit.about(session, "use", "case-2") if line["what"] == "case.submitted"
        ]
    assert steward("erase", "--line", str(submitted), "--field", RECORD, "--because", "Asked for it.")[0] == 0
    assert steward("verify")[0] == 0
    tamper(register, f"UPDATE use SET {change} WHERE id = 'case-2'")
    code, said, _ = steward("verify")
    assert (code, told in said) == (1, True), said


def test_a_setting_whose_value_was_erased_is_told_as_no_longer_provable(steward: Any, rows: Store) -> None:
    with rows.write() as session:
        (seq,) = (line["seq"] for line in audit.about(session, "settings", "organisation"))
        audit.erase(session, seq=seq, field="language", actor=None, at=NOW)
    code, said, _ = steward("verify")
    assert (code, f"not provable any more: the setting language of line {seq} (erased)" in said) == (0, True)


def told_anew(store: Store, texts_of: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """The same trail as an earlier version would have sealed it."""
    with store.read() as session:
        lines = [json.loads(sealed) for sealed in audit.sealed_lines(session)]
        texts = {line["seq"]: audit.texts_of(session, line["seq"]) for line in lines}
    tamper(store, "DELETE FROM audit_text", "DELETE FROM audit_line", "DELETE FROM audit_head")
    first = "0" * 64
    tamper(store, f"INSERT INTO audit_head (id, seq, digest) VALUES (1, 0, '{first}')")
    with store.write() as session:
        for line in lines:
            audit.append(
                session,
                line["what"],
                actor=line["actor"],
                subject_kind=line["subject"][0],
                subject_id=line["subject"][1],
                detail=line["detail"],
                texts=texts_of(texts[line["seq"]]),
                at=datetime.fromisoformat(line["at"]),
            )


def without_records(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name not in (RECORD, WORDS)}


def with_plain_records(texts: dict[str, str]) -> dict[str, str]:
    """Words were part of the record; digests of form and texts and a decision's version were not."""
    if RECORD not in texts:
        return texts
    record, words = json.loads(texts[RECORD]), json.loads(texts.get(WORDS, "{}"))
    record["columns"] = record.get("columns", {}) | words.get("columns", {})
    for question, picked in words.get("facts", {}).items():
        record["facts"][question][1] = picked
    for kind in ("decisions", "inquiries"):
        for id, said in words.get(kind, {}).items():
            record[kind][id] |= said
    for said in record.get("decisions", {}).values():
        del said["version"]
    for later in ("forms", "texts"):
        record.pop(later, None)
    return without_records(texts) | {RECORD: json.dumps(record)}


def test_a_trail_from_before_it_held_records_still_proves_itself(steward: Any, register: Store) -> None:
    told_anew(register, without_records)
    assert steward("verify")[0] == 0
    book = Ledger(register)
    book.execute(
        AskRequester(actor=BEN, case="case-2", key="asked", question="For whom?"),
        a_desk(now=NOW.replace(hour=10)),
    )
    assert steward("verify")[0] == 0
    tamper(register, "UPDATE inquiry SET question = 'Why?'")
    assert "the inquiry asked was changed" in steward("verify")[1]


def test_a_trail_whose_records_held_words_too_still_proves_itself(steward: Any, rows: Store) -> None:
    told_anew(rows, with_plain_records)
    assert steward("verify")[0] == 0
    tamper(
        rows,
        "UPDATE decision SET reason = 'No.'",
        FACT.format("value = '[\"Spies\"]'", "purpose", "case-3"),
        "UPDATE use SET title = 'Harmless' WHERE id = 'case-2'",
    )
    said = steward("verify")[1]
    for told in ("decided was changed: reason", "answer to purpose", f"{SECOND}: title was changed"):
        assert told in said


@pytest.mark.parametrize("text", ["['U0AMARA']", "False"])
def test_a_setting_that_only_looks_alike_is_named(steward: Any, store: Store, text: str) -> None:
    """A list turned into the text that shows it is nobody's role any more."""
    value = {"['U0AMARA']": ["U0AMARA"], "False": False}[text]
    seed(store, {"roles.reviewer": value}, now=NOW)
    assert steward("verify")[0] == 0
    tamper(store, f"UPDATE setting SET value = '{json.dumps(text).replace(chr(39), chr(39) * 2)}'")
    code, said, _ = steward("verify")
    assert (code, "the setting roles.reviewer was changed" in said) == (1, True), said
