"""The demo lets its audience look at what a use does to people: the questionnaires are on, by somebody of the story."""

from __future__ import annotations

from bot.demo.play import LEILA
from bot.demo.stage import Stage
from bot.sandbox.reading import words
from store import audit
from tests.databases import Databases


def test_the_assessment_of_a_use_opens_in_the_demo(sqlite_databases: Databases) -> None:
    stage = Stage(sqlite_databases.copy())
    stage.server.workspace.rates = None
    stage.open()
    try:
        stage.play(lambda told: None)
        hands = stage.server.person(LEILA)
        hands.command("/steward", "assess 3")
        stage.server.wait_until(lambda: hands.view() is not None, timeout=20)
        view = hands.view()
        assert view is not None
        assert "AI system impact assessment" in words({"blocks": view["blocks"]})
        assert stage.running is not None
        with stage.running.office.store.read() as session:
            lines = list(audit.about(session, "settings", "organisation"))
        assert [each["detail"]["keys"] for each in lines if each["actor"]] == [["policies"]]
        assert stage.server.workspace.views.outlived == []
    finally:
        stage.close()
