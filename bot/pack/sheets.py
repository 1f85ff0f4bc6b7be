"""The pages of a pack beside its index, the register and those of each use, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot import monthly
from bot.pack import (
    agenda,
    aside,
    awareness,
    frameworks,
    incidents,
    links,
    risks,
    scope,
    standing,
    suppliers,
    system,
    trained,
)
from bot.pack.audits import reported
from bot.pack.gathered import Told
from bot.pack.sections import Sheet
from bot.pack.using import Named
from bot.words import Words
from store.sessions import Session


def sheets(session: Session, told: Told, day: date, words: Words, people: Named) -> Iterator[Sheet]:
    yield system.sheet(told.entries, words, people)
    yield from reported(session, told.entries, day, words, people, whole=told.whole)
    yield awareness.sheet(told.versions, told.entries, told.settings, words, people)
    yield trained.sheet(told.trainings, day, words, people)
    yield incidents.sheet(told.incidents, words, people)
    yield risks.sheet(told.risks, words)
    if told.outside.count:
        yield links.sheet(told.outside, words)
    yield agenda.sheet(told.dated, day, words, people)
    yield suppliers.sheet(told.suppliers, words)
    if told.tagged:
        yield frameworks.sheet(told.tagged, words, people)
    if told.scope is not None:
        yield scope.sheet(told.scope, words, people)
    yield aside.trail_sheet(told, words)
    yield aside.portfolio_sheet(session, day, words)
    if told.covered:
        yield standing.coverage_sheet(told.covered, monthly.months(session, day, told.zone), words)
    if told.statement is not None:
        yield standing.statement_sheet(told.statement, words)
