"""What assessments of uses suggest: read at once however many there are, and only what was chosen last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlmodel import col, select

from store import applicability_kept, origins, sheets
from store.engine import Store
from store.tables import AnswerSetRow, FactRow, ResultRow, UseRow
from tests.builders import ANA, NOW, a_desk
from tests.store.test_registered import IDS, register

__all__ = ["register"]


def says(store: Store, case: str, form: str = origins.FORM, **chosen: list[str] | None) -> None:
    """To a version of the form of its own, as its later ones are."""
    with store.write() as session:
        id = f"set-{len(session.exec(select(AnswerSetRow.id)).all())}"
        about: dict[str, Any] = {
            "form": form,
            "form_digest": id,
            "subject_kind": sheets.SHEET,
            "opened_at": NOW,
        }
        session.add(AnswerSetRow(id=id, subject_id=sheets.id_of(case, form), **about))
        session.flush()
        for question, value in chosen.items():
            said: dict[str, Any] = {"question": question, "value": value, "contributor": ANA}
            said |= {"state": "answered" if value else "unsure", "source": "person"}
            session.add(FactRow(answer_set_id=id, **said, said_at=NOW, recorded_at=NOW))
            session.flush()


def suggested(store: Store) -> dict[str, list[str]]:
    with store.read() as session:
        refs = dict(session.exec(select(UseRow.ref, UseRow.id)).all())
        found: dict[str, list[str]] = {}
        for each in origins.worked_out(session):
            found.setdefault(refs[each.ref], []).append(each.origin)
    return found


def test_what_was_chosen_last_counts_in_whichever_version_of_the_form(register: Store) -> None:
    first, second, *_ = IDS
    says(register, first, harms=["privacy"], misuse=["trusted_blindly"], not_for=["harms"])
    says(register, first, harms=["safety"])
    says(register, second, harms=["work"])
    says(register, second, harms=None)
    says(register, second, form="other", harms=["safety"])
    assert suggested(register) == {first: ["harm_safety", "blind_trust"]}


def test_of_uses_that_are_closed_or_gone_nothing_comes(register: Store) -> None:
    first, second, third, *_ = IDS
    for case in (first, second, third):
        says(register, case, harms=["work"])
    with register.write() as session:
        session.get_one(UseRow, first).confidential = True
        session.get_one(UseRow, second).state = "retired"
    assert suggested(register) == {third: ["harm_work"]}


def test_it_asks_as_often_however_many_uses_are_assessed(register: Store) -> None:
    asked: list[str] = []

    def questions() -> int:
        asked.clear()
        with register.read() as session:
            event.listen(session.connection(), "before_cursor_execute", lambda *given: asked.append(given[2]))
            origins.worked_out(session)
        return len([each for each in asked if each.startswith("SELECT")])

    says(register, IDS[0], harms=["work"])
    one = questions()
    assert one
    for case in IDS[1:]:
        says(register, case, harms=["work"])
    assert len(suggested(register)) == len(IDS)
    assert questions() == one


def test_an_assessment_that_was_handed_in_is_looked_at(register: Store) -> None:
    with register.read() as session:
        last = applicability_kept.anew(session, a_desk(), None)
        assert applicability_kept.anew(session, a_desk(), last) is None
    says(register, IDS[0], harms=["work"])
    with register.write() as session:
        about: dict[str, Any] = {
            "subject_kind": sheets.SHEET,
            "subject_id": sheets.id_of(IDS[0], origins.FORM),
        }
        about |= {
            "answer_set_id": session.exec(
                select(FactRow.answer_set_id).order_by(col(FactRow.id).desc())
            ).first()
        }
        about |= {"facts_digest": "", "policies": [], "verdict": {}, "version": 1, "judged_at": NOW}
        session.add(ResultRow(id="result", **about))
    with register.read() as session:
        assert applicability_kept.anew(session, a_desk(), last) is not None
