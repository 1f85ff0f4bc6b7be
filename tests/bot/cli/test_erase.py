"""What is erased is gone with its salt, that it went is sealed, and where it still stands is said."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from bot import config
from bot.cli import erase
from store import audit, settings
from store.content import RECORD, WORDS
from store.engine import Store
from store.erasing import standing
from store.ledger import Ledger
from store.sessions import Session
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, NOW, a_desk, key
from triage.commands import AskRequester
from triage.talking import Type

SECRET = "For the family of a person with an illness."


@pytest.fixture
def asked(register: Store) -> int:
    """The line of an answer that says too much."""
    book = Ledger(register)
    book.execute(AskRequester(actor=BEN, case="case-2", key="asked", question="For whom?"), a_desk())
    book.execute(Type(actor=ANA, case="case-2", key=key(), words=SECRET), a_desk())
    with register.read() as session:
        (line,) = (
            line
            for line in audit.about(session, "use", "case-2")
            if SECRET in audit.texts_of(session, line["seq"]).values()
        )
    return int(line["seq"])


def erased(steward: Any, line: int, *more: str) -> tuple[int, str, str]:
    said: tuple[int, str, str] = steward("erase", "--line", str(line), "--because", "Asked for it.", *more)
    return said


def test_texts_of_a_line_go_with_their_salts(steward: Any, register: Store, asked: int) -> None:
    code, said, errors = erased(steward, asked, "--by", ANA)
    assert (code, errors) == (0, "")
    assert said.startswith(f"Erased from line {asked}: answer, {WORDS}. The trail stays whole.\n")
    assert "  inquiry.answer (1)\n" in said
    assert "Not looked at" in said
    assert SECRET not in said
    with register.read() as session:
        assert list(audit.texts_of(session, asked)) == [RECORD]
        *_, first, second = (json.loads(line) for line in audit.sealed_lines(session))
        assert {line["detail"]["field"] for line in (first, second)} == {"answer", WORDS}
        assert (first["what"], first["actor"], first["detail"]["line"]) == ("text.erased", ANA, asked)
        assert audit.texts_of(session, first["seq"]) == {"because": "Asked for it."}
    code, said, _ = steward("verify")
    assert code == 0
    assert f"not provable any more: AIU-2026-0002: the words of line {asked} (erased)" in said


def test_one_text_goes_and_the_rest_is_named(steward: Any, register: Store, asked: int) -> None:
    code, said, _ = erased(steward, asked, "--field", "answer")
    assert code == 0
    assert f"Still kept of line {asked}: {RECORD}, {WORDS}." in said
    assert f"  text {WORDS} of line {asked} (1)\n" in said
    code, _, errors = erased(steward, asked, "--field", "answer")
    assert (code, "has no such text. Nothing was erased." in errors) == (1, True)
    assert steward("verify")[0] == 0


def test_words_that_are_gone_from_the_rows_too_stand_nowhere(
    steward: Any, register: Store, asked: int
) -> None:
    """A person with the database's own rights did the rest; the trail says what it cannot prove, and is whole."""
    tamper(
        register, "UPDATE inquiry SET question = '', answer = NULL", "DELETE FROM inbox", "DELETE FROM outbox"
    )
    said = erased(steward, asked)[1]
    assert (
        f"text question of line {asked - 1} (1)" in said
    )  # it is told with the answer, and stands there too
    code, said, _ = erased(steward, asked - 1)
    assert (code, "The same words were not found elsewhere in the database, word for word." in said) == (
        0,
        True,
    ), said
    assert steward("verify")[0] == 0


def test_others_write_while_it_looks_where_the_words_stand(
    steward: Any, register: Store, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []

    def looking(session: Session, words: Iterable[str]) -> dict[str, int]:
        with register.write() as other:
            audit.append(
                other, "x", actor=None, subject_kind="x", subject_id="x", detail={}, at=register.now()
            )
        looked.append(1)
        return standing(session, words)

    monkeypatch.setattr(erase, "standing", looking)
    code, said, errors = erased(steward, asked)
    assert (code, errors, looked) == (0, "", [1])
    assert "  inquiry.answer (1)\n" in said


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        (
            "R&D <only> asks ana@example.org",
            "R&amp;D &lt;only&gt; asks <mailto:ana@example.org|ana@example.org>",
        ),
        (SECRET, "*Answer:* For the family of a…"),
        (SECRET, "For the…"),
        ("Asthma", "Said: asthma, and more"),
    ],
)
def test_words_are_found_as_they_were_sent_on(steward: Any, register: Store, words: str, cell: str) -> None:
    about: dict[str, Any] = {
        "subject_kind": "use",
        "subject_id": "case-2",
        "detail": {"ref": "AIU-2026-0002"},
    }
    with register.write() as session:
        line = audit.append(session, "remark.made", actor=ANA, **about, texts={"remark": words}, at=NOW)
    assert "still stand in:" not in erased(steward, line, "--field", "remark")[1]
    with register.write() as session:
        again = audit.append(session, "remark.made", actor=ANA, **about, texts={"remark": words}, at=NOW)
    tamper(register, f"UPDATE use SET summary = '{cell}' WHERE id = 'case-2'")
    assert "  use.summary (1)\n" in erased(steward, again, "--field", "remark")[1]


@pytest.fixture
def settled(register: Store) -> int:
    """The line of two settings and a reason, as a proposal of own rules would have them."""
    config.seed(register, {"language": "en", "roles.reviewer": ("U0BEN",)}, now=NOW)
    values = {"rules.proposed": "d" * 64, "rules.looser": False, "rules.reason": SECRET}
    with register.write() as session:
        for name, value in values.items():
            settings.change(session, name, value, by=BEN, now=NOW)
        return audit.append(
            session,
            "rules.proposed",
            actor=BEN,
            subject_kind=settings.SETTINGS,
            subject_id="organisation",
            detail={"keys": sorted(values)},
            texts={name: settings.shown(value) for name, value in values.items()},
            at=NOW,
        )


def test_of_what_is_settled_the_reason_goes_alone(steward: Any, register: Store, settled: int) -> None:
    """Else whoever erases a sentence takes along the only proof of what holds."""
    code, said, _ = erased(steward, settled)
    assert (code, f"Erased from line {settled}: rules.reason. " in said) == (0, True)
    assert f"Still kept of line {settled}: rules.looser, rules.proposed." in said
    code, said, _ = steward("verify")
    assert (code, said.count("not provable any more")) == (0, 1), said
    tamper(register, "UPDATE setting SET value = '\"other\"' WHERE key = 'rules.proposed'")
    assert "the setting rules.proposed was changed" in steward("verify")[1]


def test_a_line_of_settings_without_words_loses_only_what_is_named(
    steward: Any, register: Store, settled: int
) -> None:
    code, _, errors = erased(steward, settled - 1)
    assert (code, "Nothing was erased." in errors) == (1, True)
    assert f"Still kept of line {settled - 1}: language, roles.reviewer." in errors
    assert erased(steward, settled - 1, "--field", "language")[0] == 0
    tamper(register, "UPDATE setting SET value = '[\"U0ANA\"]' WHERE key = 'roles.reviewer'")
    assert "the setting roles.reviewer was changed" in steward("verify")[1]


def test_facts_that_lost_their_words_are_no_forgery(steward: Any, register: Store) -> None:
    with register.read() as session:
        seqs = [line["seq"] for line in audit.about(session, "use", "case-1") if WORDS in line["texts"]]
    for seq in seqs:
        assert erased(steward, seq)[0] == 0
    tamper(
        register,
        "UPDATE fact SET value = NULL WHERE question = 'purpose'",
        "UPDATE use SET title = '', summary = ''",
        "UPDATE use SET summary = 'We want DeepL', title = 'We want DeepL' WHERE id = 'case-2'",
        "UPDATE decision SET reason = '' WHERE subject_id = 'case-1'",
    )
    said = steward("verify")[1]
    assert "AIU-2026-0001" not in "".join(line for line in said.splitlines() if "differ" in line), said
    tamper(register, "UPDATE fact SET value = '[\"special\"]' WHERE question = 'data'")
    assert "AIU-2026-0001: the answer to data of" in steward("verify")[1]


@pytest.mark.parametrize("field", [RECORD, WORDS])
def test_what_a_line_no_longer_tells_is_not_held_against_earlier_lines(
    steward: Any, register: Store, asked: int, field: str
) -> None:
    assert erased(steward, asked, "--field", field)[0] == 0
    code, said, _ = steward("verify")
    assert (code, said.count("not provable any more")) == (0, 1), said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--because", " "), "--because needs a reason"),
        (("--because", "x" * 501), "--because needs a reason"),
        (("--because", "Asked for it.", "--by", "P-nobody"), "There is no person P-nobody."),
    ],
)
def test_an_erasure_says_who_and_why(
    steward: Any, register: Store, asked: int, words: tuple[str, ...], told: str
) -> None:
    code, _, errors = steward("erase", "--line", str(asked), *words)
    assert (code, told in errors, "Nothing was erased." in errors) == (2, True, True)
    with register.read() as session:
        assert SECRET in audit.texts_of(session, asked).values()


@pytest.mark.parametrize("line", ["0", "-1", "x", "1" * 30])
def test_only_a_line_can_be_named(steward: Any, register: Store, line: str) -> None:
    with pytest.raises(SystemExit):
        steward("erase", "--line", line, "--because", "Asked for it.")
