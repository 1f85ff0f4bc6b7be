"""The one door for writes: everything or nothing, once, and nothing overwritten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from intake.answers import NOT_ASKED, Answer, answered, unsure
from store import audit, ledger
from store.accord import compare
from store.engine import Store
from store.errors import Unavailable
from store.ledger import Done, Ledger
from store.records import load
from store.tables import (
    AnswerSetRow,
    AuditLineRow,
    ConditionRow,
    ConversationRow,
    DecisionRow,
    DoneRow,
    FactRow,
    InquiryRow,
    OutboxRow,
    PersonRow,
    PlaceRow,
    ReportRow,
    ResultRow,
    SignatureRow,
    UseRow,
)
from tests.builders import (
    ANA,
    BEN,
    CLEO,
    DAN,
    DM,
    EVE,
    GOVERNANCE,
    LOW,
    NOW,
    ROOT,
    a_desk,
    any_wish,
    key,
    some_answers,
)
from tests.databases import Clock
from triage.case import Case, Status
from triage.commands import Approve, AskRequester, Command, Decline, Disclose
from triage.desk import Desk
from triage.outcome import Refused
from triage.talk import Phase
from triage.talking import Begin, Choose, Fill, Start, Steer, Submit, Type

ON: dict[str, Any] = {"actor": ANA, "case": "case-1"}
TABLES = (
    UseRow, AnswerSetRow, FactRow, ResultRow, ConversationRow, DecisionRow, SignatureRow, ConditionRow,
    InquiryRow, AuditLineRow, OutboxRow, DoneRow,
)  # fmt: skip


@pytest.fixture
def book(store: Store) -> Ledger:
    """The ledger of a workspace with five people, a channel and one direct message."""
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="G1", kind="group"))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    return Ledger(store)


def begin(**change: Any) -> Begin:
    given: dict[str, Any] = {
        **ON,
        "key": key(),
        "words": "I'd like to use Otter.ai for our meetings",
        "place": DM,
        "root": ROOT,
    }
    return Begin(**given | change)


def play(book: Ledger, *commands: Command, desk: Desk | None = None) -> Done:
    """The last of them, all carried out."""
    return [book.execute(command, desk or a_desk()) for command in commands][-1]


def in_review(book: Ledger, answers: dict[str, Answer] | None = None) -> Case:
    return play(
        book,
        begin(),
        Fill(**ON, key=key(), answers=LOW if answers is None else answers),
        Submit(**ON, key=key()) if answers is None else Steer(**ON, key=key(), wish="hand_over"),
    ).case


def counts(store: Store) -> dict[str, int]:
    with store.read() as session:
        return {t.__name__: session.exec(select(func.count()).select_from(t)).one() for t in TABLES}


def loaded(store: Store) -> Case:
    with store.read() as session:
        case = load(session, "case-1")
    assert case is not None
    return case


def trail(store: Store) -> list[str]:
    with store.read() as session:
        return [line["what"] for line in audit.about(session, "use", "case-1")]


def verified(store: Store) -> bool:
    with store.read() as session:
        return audit.verify_store(session).ok and not audit.verify_texts(session)


# -- once


WHOLE_PATH: list[Callable[[], Command]] = [
    begin,
    lambda: Start(**ON, key=key(), confirm=True),
    lambda: Type(**ON, key=key(), words="not sure"),
    lambda: Fill(**ON, key=key(), answers=LOW),
    lambda: Submit(**ON, key=key()),
    lambda: AskRequester(actor=BEN, case="case-1", key=key(), question="Who listens?"),
    lambda: Type(**ON, key=key(), words="Only us"),
    lambda: Approve(
        actor=BEN, case="case-1", key=key(), reason="Fits.", conditions=("Tell people", "Delete")
    ),
]


def test_every_step_of_the_way_counts_once(store: Store, book: Ledger) -> None:
    """Each command twice, and each of them three times more at the end."""
    desk, done = a_desk(), []
    for make in WHOLE_PATH:
        command = make()
        first = book.execute(command, desk)
        after_first = counts(store)
        second = book.execute(command, desk)
        assert (first.repeated, second.repeated, second.changed) == (False, True, False)
        assert counts(store) == after_first
        assert second.case == loaded(store)
        done.append(command)
    everything = counts(store)
    for command in done * 3:
        assert book.execute(command, desk).repeated
    assert counts(store) == everything
    assert verified(store)
    assert loaded(store).status is Status.approved_with_conditions


def test_what_is_read_back_is_what_was_written(store: Store, book: Ledger) -> None:
    desk = a_desk()
    for make in WHOLE_PATH:
        case = book.execute(make(), desk).case
        assert loaded(store) == case.model_copy(update={"verdict": loaded(store).verdict})
        if case.status is not Status.draft:
            assert loaded(store).verdict == case.verdict


def test_the_unit_is_the_one_its_requester_named_last(book: Ledger) -> None:
    assert play(book, begin(case="first", root="1.1")).case.unit == ""
    answers = some_answers(unit=answered("Sales"))
    assert in_review(book, answers).unit == "Sales"
    assert play(book, begin(case="second", root="2.2")).case.unit == "Sales"
    assert play(book, begin(case="third", root="3.3", actor=BEN)).case.unit == ""


def test_the_version_grows_by_one_with_each_change(store: Store, book: Ledger) -> None:
    desk, versions = a_desk(), []
    for make in WHOLE_PATH:
        versions.append(book.execute(make(), desk).case.version)
    assert versions == list(range(1, len(WHOLE_PATH) + 1))
    assert loaded(store).version == len(WHOLE_PATH)


def test_references_are_given_at_submission_in_their_order(store: Store, book: Ledger) -> None:
    first = in_review(book)
    other = {**ON, "case": "case-2"}
    play(book, begin(case="case-2", root="2.2"), Fill(**other, key=key(), answers=LOW))
    second = play(book, Submit(**other, key=key())).case
    third = play(book, begin(case="case-3", root="3.3")).case
    assert (first.ref, second.ref, third.ref) == ("AIU-2026-0001", "AIU-2026-0002", None)


def test_the_year_of_a_reference_is_that_of_the_organisation(book: Ledger) -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    case = book.execute(row(), a_desk(now=eve)).case  # in Berlin it is 2027 already
    assert case.ref == "AIU-2027-0001"


def test_a_cancelled_draft_uses_no_reference(book: Ledger) -> None:
    case = play(book, begin(), Steer(**ON, key=key(), wish="cancel")).case
    assert (case.status, case.ref) == (Status.withdrawn, None)


# -- refusals


def test_a_refusal_changes_nothing_and_stands_in_the_trail_once(store: Store, book: Ledger) -> None:
    before = in_review(book)
    own = Approve(**ON, key="own")
    lines, rows = trail(store), counts(store)
    for _ in range(3):
        with pytest.raises(Refused, match="own_request"):
            book.execute(own, a_desk())
    assert trail(store) == [*lines, "approve.refused"]
    assert loaded(store) == before
    assert counts(store) == rows | {
        "AuditLineRow": rows["AuditLineRow"] + 1,
        "DoneRow": rows["DoneRow"] + 1,
    }
    assert verified(store)


def test_another_attempt_is_another_line(store: Store, book: Ledger) -> None:
    in_review(book)
    for attempt in ("one", "two"):
        with pytest.raises(Refused):
            book.execute(Decline(**ON, key=attempt, reason="mine"), a_desk())
    assert trail(store).count("decline.refused") == 2


def test_a_refusal_about_a_case_that_does_not_exist_is_noted_too(store: Store, book: Ledger) -> None:
    with pytest.raises(Refused, match="unknown_case"):
        book.execute(Approve(actor=BEN, key="k", case="nowhere"), a_desk())
    with store.read() as session:
        (line,) = audit.about(session, "use", ledger.UNKNOWN)
    assert (line["what"], line["actor"], line["detail"]) == (
        "approve.refused",
        BEN,
        {"because": "unknown_case"},
    )


def test_what_was_refused_may_be_granted_later_under_another_key(store: Store, book: Ledger) -> None:
    in_review(book, some_answers(data=unsure()))
    with pytest.raises(Refused):
        book.execute(Approve(actor=BEN, key="early", case="case-1"), a_desk())
    declined = play(book, Decline(actor=CLEO, key="later", case="case-1", reason="No")).case
    assert declined.status is Status.declined


# -- two at once


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All started together; what each came to, exceptions included."""
    gate = threading.Barrier(len(works))
    found: list[Any] = [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            found[number] = work()
        except Exception as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=(n, w)) for n, w in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_reviewers_at_once_one_wins_and_the_other_reads_who(
    store: Store, book: Ledger, attempt: int
) -> None:
    in_review(book)
    wishes: list[Command] = [
        Approve(actor=BEN, key="ben", case="case-1", reason="Yes"),
        Decline(actor=EVE, key="eve", case="case-1", reason="No"),
    ]
    desk = a_desk()
    found = at_once(*(lambda wish=wish: book.execute(wish, desk) for wish in wishes))
    (won,) = [f for f in found if isinstance(f, Done)]
    (lost,) = [f for f in found if isinstance(f, Refused)]
    decision = won.case.decision
    assert decision is not None
    winner = decision.signatures[0].person
    assert lost.key == f"already_{won.case.status.value}"
    assert lost.facts["by"] == winner
    rows = counts(store)
    assert (rows["DecisionRow"], rows["SignatureRow"]) == (1, 1)
    assert len([line for line in trail(store) if line.startswith("case.") and "submitted" not in line]) == 1
    assert len([line for line in trail(store) if line.endswith(".refused")]) == 1
    assert verified(store)


def test_the_same_press_delivered_twice_at_once_counts_once(store: Store, book: Ledger) -> None:
    in_review(book)
    desk, wish = a_desk(), Approve(actor=BEN, key="same", case="case-1")
    found = at_once(*(lambda: book.execute(wish, desk) for _ in range(4)))
    assert sorted(done.repeated for done in found) == [False, True, True, True]
    assert counts(store)["DecisionRow"] == 1


def test_many_conversations_at_once_do_not_cross(store: Store, book: Ledger) -> None:
    desk = a_desk()

    def whole(number: int) -> Done:
        case = f"case-{number}"
        book.execute(begin(case=case, root=f"{number}.0"), desk)
        answers = some_answers(purpose=answered(f"purpose {number}"))
        book.execute(Fill(actor=ANA, case=case, key=key(), answers=answers), desk)
        return book.execute(Submit(actor=ANA, case=case, key=key()), desk)

    found = at_once(*(lambda n=n: whole(n) for n in range(2, 6)))
    assert all(isinstance(done, Done) for done in found), found
    assert {done.case.answers["purpose"].text for done in found} == {f"purpose {n}" for n in range(2, 6)}
    assert len({done.case.ref for done in found}) == 4
    assert verified(store)


# -- all or nothing


@pytest.mark.parametrize("step", ["save", "_seal", "owe"])
def test_what_breaks_inside_leaves_nothing(
    store: Store, book: Ledger, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = in_review(book)
    rows, work = counts(store), getattr(ledger, step)

    def broken(*args: Any, **known: Any) -> Any:
        work(*args, **known)
        raise MemoryError("in the middle")

    wish = Approve(actor=BEN, key="k", case="case-1", conditions=("Tell people",))
    monkeypatch.setattr(ledger, step, broken)
    with pytest.raises(MemoryError):
        book.execute(wish, a_desk())
    assert counts(store) == rows
    assert loaded(store) == before
    monkeypatch.setattr(ledger, step, work)
    assert not book.execute(wish, a_desk()).repeated
    assert verified(store)


def test_several_commands_are_all_carried_out_or_none(store: Store, book: Ledger) -> None:
    rows = counts(store)
    good, bad = begin(), Approve(actor=BEN, key="k", case="nowhere")
    with pytest.raises(Refused):
        book.execute_many([good, bad], a_desk())
    assert counts(store) == rows
    (done,) = book.execute_many([good], a_desk())
    assert done.case.id == "case-1"


def test_what_is_written_in_a_transaction_is_read_within_it(store: Store, book: Ledger) -> None:
    """Several wishes about one use may be carried out in one: each sees what came before it."""
    case = in_review(book)
    with store.write() as session:
        session.add(ReportRow(id="said", use_id=case.id, by=ANA, at=NOW, version=case.version))
        found = load(session, case.id)
    assert found is not None
    assert [each.id for each in found.reports] == ["said"]


def test_a_database_that_is_held_by_somebody_else_is_said(store: Store, book: Ledger, clock: Clock) -> None:
    in_review(book)
    impatient_store = Store(store.url.render_as_string(hide_password=False), now=clock, patience=0.05)
    impatient = Ledger(impatient_store)
    wish = Approve(actor=BEN, key="k", case="case-1")
    with store.write(), pytest.raises(Unavailable, match="is in use"):
        impatient.execute(wish, a_desk())
    assert loaded(store).status is Status.in_review
    assert impatient.execute(wish, a_desk()).case.in_use
    impatient_store.close()


# -- nothing overwritten


def facts_on(store: Store, day: Any) -> dict[str, tuple[str, ...]]:
    """The facts as they stood at a moment: the newest of each question recorded until then."""
    with store.read() as session:
        rows = session.exec(
            select(FactRow).where(col(FactRow.recorded_at) <= day).order_by(col(FactRow.id))
        ).all()
    return {row.question: tuple(row.value or ()) for row in rows}


def test_any_day_can_be_shown_again(store: Store, book: Ledger) -> None:
    days = [NOW + timedelta(days=n) for n in range(3)]
    play(
        book, begin(), Fill(**ON, key=key(), answers={"data": answered("internal")}), desk=a_desk(now=days[0])
    )
    play(book, Fill(**ON, key=key(), answers={"data": answered("personal")}), desk=a_desk(now=days[1]))
    play(
        book,
        Fill(**ON, key=key(), answers={"data": answered("public"), "people": answered("only_team")}),
        desk=a_desk(now=days[2]),
    )
    assert [facts_on(store, day)["data"] for day in days] == [("internal",), ("personal",), ("public",)]
    assert "people" not in facts_on(store, days[1])
    assert loaded(store).answers["data"].picked == ("public",)
    assert loaded(store).facts["data"].at == days[2]


@pytest.mark.parametrize(("back", "kept"), [(3, True), (300, True), (301, False)])
def test_a_clock_that_is_a_little_behind_tells_nothing_before_what_it_follows(
    store: Store, book: Ledger, back: int, kept: bool
) -> None:
    """A second machine, or a clock set back; what is further off is told, and stands as it was."""
    case = in_review(book)
    behind = replace(a_desk(), now=a_desk().now - timedelta(seconds=back))
    play(book, Approve(actor=BEN, case=case.id, key=key(), reason="Fits."), desk=behind)
    made = loaded(store).decision
    assert made is not None
    assert (made.at == case.submitted_at) is kept
    with store.read() as session:
        assert (compare(session).differ == []) is kept


def test_the_same_answer_again_adds_no_fact(store: Store, book: Ledger) -> None:
    play(book, begin(), Fill(**ON, key=key(), answers=LOW))
    before = counts(store)["FactRow"]
    play(book, Fill(**ON, key=key(), answers=LOW))
    assert counts(store)["FactRow"] == before == len(LOW)


def test_each_judgement_stands_beside_the_one_before(store: Store, book: Ledger) -> None:
    in_review(book)
    assert counts(store)["ResultRow"] == 1
    play(
        book,
        AskRequester(actor=BEN, key=key(), case="case-1", question="?"),
        Type(**ON, key=key(), words="!"),
    )
    assert counts(store)["ResultRow"] == 1, "nothing was judged anew"


def test_unsure_and_certain_ticks_are_kept_as_they_are(store: Store, book: Ledger) -> None:
    answers = {"data": unsure("internal"), "people": unsure(), "output_use": NOT_ASKED}
    play(book, begin(), Fill(**ON, key=key(), answers=answers))
    case = loaded(store)
    assert case.answers == {"data": unsure("internal"), "people": unsure()}


def test_a_draft_is_read_back_with_its_whole_conversation(store: Store, book: Ledger) -> None:
    case = play(book, begin(), Start(**ON, key=key()), Type(**ON, key=key(), words="1")).case
    assert loaded(store).talk == case.talk
    assert case.talk is not None
    assert case.talk.phase is Phase.asking
    current = case.talk.current
    assert current is not None
    choice = Choose(**ON, key=key(), turn=current.turn, question=current.question, answer=unsure())
    assert play(book, choice).case.version == case.version + 1


def test_hostile_words_are_kept_to_the_letter(store: Store, book: Ledger) -> None:
    words = "'; DROP TABLE use; -- <!channel> ‮ \U0001f916 \\ \" %s {x}"
    play(book, begin(words=words), Fill(**ON, key=key(), answers={"purpose": answered(words)}))
    assert (loaded(store).words, loaded(store).answers["purpose"].text) == (words, words)
    with store.read() as session:
        kept = [text for seq in range(1, 4) for text in audit.texts_of(session, seq).values()]
    assert words in kept
    assert verified(store)


# -- whatever is asked for


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_wish(), max_size=20))
def test_whatever_is_asked_for_is_kept_step_by_step(
    book: Ledger, store: Store, wishes: list[Command]
) -> None:
    """The version grows by one with each change, the trail never shrinks, and what was kept is what came of it."""
    desk, id = a_desk(), uuid4().hex
    case = book.execute(begin(case=id, root=id), desk).case
    lines = 0
    for wish in (wish.model_copy(update={"case": id, "key": uuid4().hex}) for wish in wishes):
        try:
            done = book.execute(wish, desk)
        except Refused:
            pass
        else:
            assert done.case.version == case.version + done.changed
            case = done.case
        with store.read() as session:
            kept, trail = load(session, id), audit.about(session, "use", id)
        assert kept is not None
        assert (kept.version, kept.status, kept.facts) == (case.version, case.status, case.facts)
        assert (kept.talk, kept.decisions, kept.inquiries) == (case.talk, case.decisions, case.inquiries)
        assert len(trail) >= lines
        lines = len(trail)
    assert verified(store)


# -- messages owed


def owed(store: Store) -> list[tuple[str, str | None, str | None, str | None]]:
    with store.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    return [(r.kind, r.payload.get("say"), r.place_id, r.payload.get("thread")) for r in rows]


def test_every_message_goes_to_its_place(store: Store, book: Ledger) -> None:
    play(book, begin())
    assert owed(store)[:1] == [("post", "welcome", DM, ROOT)]
    play(book, Fill(**ON, key=key(), answers=LOW), Submit(**ON, key=key()))
    seen = owed(store)
    assert ("post", "card", GOVERNANCE, None) in seen
    assert ("post", "submitted", DM, ROOT) in seen
    assert any(kind == "publish" for kind, *_ in seen)
    play(book, Decline(actor=BEN, key=key(), case="case-1", reason="No"))
    assert ("post", "card_note", GOVERNANCE, "card") in owed(store)
    assert ("update", "card", GOVERNANCE, None) in owed(store)


def test_without_a_governance_channel_nothing_is_lost_and_nothing_sent_astray(
    store: Store, book: Ledger
) -> None:
    desk = a_desk(governance=None)
    play(book, begin(), Fill(**ON, key=key(), answers=LOW), Submit(**ON, key=key()), desk=desk)
    assert {place for _, _, place, _ in owed(store)} <= {DM, None}
    assert loaded(store).status is Status.in_review


# -- imports


def row(**change: Any) -> Disclose:
    given: dict[str, Any] = {
        "actor": "",
        "key": key(),
        "case": key(),
        "source_map": "list",
        "source_id": "7",
        "title": "Chat assistant",
        "answers": {"stage": answered("in_use"), "data": NOT_ASKED},
    }
    return Disclose(**given | change)


def test_a_row_taken_in_again_changes_nothing(store: Store, book: Ledger) -> None:
    first = book.execute(row(), a_desk())
    rows = counts(store)
    again = book.execute(row(), a_desk())
    assert (first.changed, again.changed, again.case.id) == (True, False, first.case.id)
    assert counts(store) == rows | {"DoneRow": rows["DoneRow"] + 1}
    assert (first.case.ref, rows["UseRow"], rows["OutboxRow"]) == ("AIU-2026-0001", 1, 0)


def test_a_changed_row_adds_a_fact_and_a_line(store: Store, book: Ledger) -> None:
    first = book.execute(row(), a_desk())
    before = counts(store)
    changed = book.execute(row(answers={"stage": answered("retired"), "data": NOT_ASKED}), a_desk())
    assert (changed.changed, changed.case.id) == (True, first.case.id)
    assert counts(store)["FactRow"] == before["FactRow"] + 1
    assert counts(store)["AuditLineRow"] == before["AuditLineRow"] + 1
    assert changed.case.answers["stage"].text == "retired"


def test_the_same_number_in_another_inventory_is_another_use(store: Store, book: Ledger) -> None:
    one, other = book.execute(row(), a_desk()), book.execute(row(source_map="other list"), a_desk())
    assert one.case.id != other.case.id
    assert counts(store)["UseRow"] == 2


def test_what_somebody_sent_as_the_id_of_a_case_is_not_sealed(store: Store, book: Ledger) -> None:
    book.note("approve", "Ana's own words", Refused("unknown_case"), actor=DAN, key=key(), now=NOW)
    with store.read() as session:
        (line,) = audit.about(session, "use", ledger.UNKNOWN)
        assert "own words" not in "".join(audit.sealed_lines(session))
    assert (line["what"], line["actor"]) == ("approve.refused", DAN)


def test_the_number_of_an_imported_row_is_only_committed_to(store: Store, book: Ledger) -> None:
    """An inventory's own numbers may name people; what cannot be erased holds none of them."""
    row = Disclose(
        actor="",
        key=key(),
        case="case-7",
        source_map="m",
        source_id="ana@example.org/7",
        title="T",
        answers={},
    )
    book.execute(row, a_desk())
    with store.read() as session:
        (line,) = audit.about(session, "use", "case-7")
        assert audit.texts_of(session, line["seq"])["source"] == "ana@example.org/7"
        assert "ana@example.org" not in "".join(audit.sealed_lines(session))
