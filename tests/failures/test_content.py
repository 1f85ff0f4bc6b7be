"""F32 to F34: too much, nothing at all, and words that would like to be something else."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.library import library
from bot.sandbox.blockcheck import refuse_bad_blocks
from bot.sandbox.methods.chat import UPDATE_CHARACTERS
from bot.sandbox.viewcheck import refuse_bad_view
from bot.slack import screens
from bot.slack.ids import Action
from bot.slack.message import Message
from intake.answers import answered
from intake.form import Choice, Form, Kind, Question
from intake.texts import Texts, Wording
from tests.bot.slack import scenery as s
from tests.failures.acts import asking, kept_words
from tests.slack_world import ANA, BEN, CARDS, DAN, HARMLESS, Shown, World, words
from triage.case import Case, Status
from triage.outcome import Say

EXCERPT = Path(__file__).parents[2] / "bot" / "examples" / "us-federal-excerpt.csv"

# --- F32

LONG = "Write minutes of our meetings, every word of them. " * 200
"""Ten thousand characters."""


def test_f32_long_words_everywhere(alone: World) -> None:
    """In the first words, an answer, a question, its answer, conditions, a reason; also on the update after it."""
    thread = alone.person(ANA).asks(f"I'd like to use Otter.ai. {LONG}")
    assert len(thread.case.words) > 10_000
    thread.presses(Action.START_BLANK)
    while thread.question != "purpose":
        thread.types(HARMLESS[thread.question or ""])
    thread.types(LONG)
    assert "longer than fits here" in thread.last
    assert LONG in kept_words(alone), "what was not taken is not lost either"
    thread.types(LONG[:2900])
    assert thread.case.answers["purpose"].text.strip() == LONG[:2900].strip()
    thread.answers()
    thread.presses(Action.SUBMIT)
    ben = alone.person(BEN)
    assert ben.decides(Action.ASK, question=LONG[:1000]) is None
    thread.types(LONG)
    assert thread.case.inquiries[-1].answer.strip() == LONG.strip()
    thread.types(LONG)
    conditions = "\n".join([LONG[:1200].strip(), *(f"Condition {n}: {LONG[:60].strip()}" for n in range(40))])
    assert (
        ben.decides(Action.APPROVE_WITH_CONDITIONS, reason=LONG[:1000], conditions=conditions[:3000]) is None
    )
    (card,) = alone.cards()
    assert "pproved" in words(card)
    assert len(thread.case.decisions[-1].conditions) > 20
    last = thread.case.decisions[-1].conditions[-1]
    assert last in thread.last, "whoever has to keep them reads them whole"
    assert last in ben.steward("show AIU-2026-0001")


@pytest.fixture
def three_hundred(alone: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three hundred tools on record, one of them last in every list."""
    path = tmp_path / "many.jsonl"
    rows = [{"id": f"X-{n}", "use_case_name": f"Tool number {n} sorts letters"} for n in range(300)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setenv("DATABASE_URL", alone.database_url)
    monkeypatch.chdir(tmp_path)
    assert main(["import", str(path), "--map", "us-federal"]) == 0
    return alone


def test_f32_three_hundred_tools(three_hundred: World) -> None:
    ben = three_hundred.person(BEN)
    assert "300 uses" in ben.steward("list"), "how many there are is said"
    for number in (1, 150, 300):
        ref = f"AIU-2026-{number:04}"
        assert ref in ben.steward(f"list {ref}"), "and each can be found"
    assert "300 uses" in ben.asks("list").last
    ben.home()


def many(questions: int, choices: int) -> tuple[Form, Wording]:
    """A form of so many questions, the first with so many choices, and words of some length for all of it."""
    first = library().form.pages[0]
    long = "Something that people say about what they do with it, in words of theirs " * 3
    asked = tuple(
        Question(
            id=f"q{n}",
            kind=(Kind.one, Kind.many, Kind.text)[n % 3],
            choices=tuple(Choice(id=f"c{m}") for m in range(choices)) if n % 3 < 2 else (),
            longest=3000,
        )
        for n in range(questions)
    )
    page = first.model_copy(update={"questions": asked})
    texts = {
        f"q{n}.{part}": f"{long} {n}"
        for n in range(questions)
        for part in ("ask", "short", "help", "why", "open")
    }
    texts |= {f"q{n}.choices.c{m}": f"{long} {m}" for n in range(questions) for m in range(choices)}
    form = Form(id="many", version="1", digest="many", pages=(page,), terms={})
    return form, Wording(texts=Texts(language="en", digest="many", by_key=texts))


def scene_of(form: Form, wording: Wording, case: Case) -> Any:
    return s.scene(case, desk=s.desk(form=form, wording=wording))


@pytest.mark.parametrize(("questions", "choices"), [(80, 5), (80, 150), (3, 150)])
def test_f32_a_form_that_is_too_large(questions: int, choices: int) -> None:
    form, wording = many(questions, choices)
    shown = screens.form_view(scene_of(form, wording, s.case(answers={})), whole=True)
    refuse_bad_view(shown, "modal")
    for question in form.questions():
        asked = s.asking(question.id, answers={})
        check(
            screens.render(Say.question, scene_of(form, wording, asked), {"turn": 4, "question": question.id})
        )


@pytest.mark.parametrize("answer", ["c1", "c149"])
def test_f32_a_choice_beyond_what_fits_can_still_be_answered(answer: str) -> None:
    """What a menu has no room for can be typed, and is shown afterwards."""
    form, wording = many(2, 150)
    known = {"q0": answered(answer), "q1": answered("c1", answer)}
    full = s.case(answers=known, verdict=None)
    check(screens.render(Say.summary, scene_of(form, wording, replace_talk(full)), {}))


def replace_talk(case: Case) -> Case:
    return case.model_copy(update={"verdict": s.case().verdict})


def check(shown: Message) -> None:
    """As the workspace checks what is posted, and what is updated, where less fits."""
    refuse_bad_blocks(shown.blocks)
    assert 0 < len(shown.text) <= UPDATE_CHARACTERS


# --- F33


def test_f33_nothing_but_blanks(alone: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name, no description, no display name, no rows: every screen still stands."""
    for user in (ANA, BEN):
        alone.workspace.person(user).name = ""
        told = alone.workspace.person(user).payload(alone.workspace.team, alone.clock.moment())
        told |= {"name": "", "real_name": "", "profile": {"display_name": "", "real_name": ""}}
        alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    ana, ben = alone.person(ANA), alone.person(BEN)
    assert "Nothing is approved yet" in ana.home()
    assert ana.steward("list")
    assert ana.steward("show")
    assert ana.steward("")
    thread = asking(alone)
    thread.answers({})
    thread.presses(Action.SUBMIT)
    assert len(alone.cards()) == 1
    assert ben.decides(Action.ASK, question="\u200b \u2060") == {"question": "Please write something here."}
    ben.hands.closes_view()
    assert ben.decides(Action.DECLINE, reason="No") is None
    assert thread.case.status is Status.declined


def test_f33_a_row_with_nothing_in_it(alone: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "blank.jsonl"
    rows = [
        {"id": "X-1", "use_case_name": "\u200b", "purpose_and_benefits": " "},
        {"id": "X-2", "use_case_name": "x"},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setenv("DATABASE_URL", alone.database_url)
    monkeypatch.chdir(tmp_path)
    main(["import", str(path), "--map", "us-federal"])
    ben = alone.person(BEN)
    assert ben.steward("list")
    ben.home()


# --- F34

HOSTILE = (
    "<!channel> <!here> <@U0DAN> <#C0ALL> <!subteam^S0REVIEW> <http://evil.example|bank.example> "
    "&lt;!everyone&gt; @here `code` *bold* _it_ ~no~ > quote \u202eesrever\u202c \x07\x1b[31m "
    "\U0001f9d1\u200d\U0001f4bb [label](http://evil.example) javascript:alert(1)"
)
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(1)", "\t=1", "\u200b=1", "\uff1d1")
ALIVE = (
    "<!channel>",
    "<!here>",
    "<!everyone>",
    f"<@{DAN}>",
    "<#C0ALL>",
    "<!subteam",
    "<http://evil",
    "\u202e",
    "\x1b",
)


def live(part: Any) -> Iterator[str]:
    """Every text in which Slack would make mentions and links: markup, and the plain line of a notification."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn" or (
            isinstance(part.get("text"), str) and part.get("type") != "plain_text"
        ):
            yield str(part["text"])
        for value in part.values():
            yield from live(value)
    elif isinstance(part, list):
        for each in part:
            yield from live(each)


def assert_dead(shown: list[Shown] | Shown) -> None:
    seen = "\n".join(live(shown))
    assert [mark for mark in ALIVE if mark in seen] == []


def from_us(world: World) -> list[Shown]:
    """Every message of the bot, wherever it stands, and the Homes."""
    places = [*world.workspace.channels]
    said = [m for place in places for m in world.workspace.messages(place) if m.get("bot_id")]
    homes = [world.server.person(user).home() for user in (ANA, BEN)]
    return said + [home for home in homes if home]


def test_f34_in_every_field_of_a_request(alone: World) -> None:
    alone.raises(
        {
            "type": "user_change",
            "event_ts": "1.1",
            "user": {"id": ANA, "team_id": "T0WORLD", "name": HOSTILE, "profile": {"display_name": HOSTILE}},
        }
    )
    thread = alone.person(ANA).asks(f"I'd like to use Otter.ai for {HOSTILE}")
    thread.presses(Action.START_BLANK)
    told = HARMLESS | {"tool": HOSTILE[:150], "purpose": HOSTILE}
    thread.answers(told)
    assert thread.case.answers["purpose"].text.startswith("<!channel> <!here>")
    thread.presses(Action.EDIT, having="|title|")
    thread.types(HOSTILE[:70])
    thread.presses(Action.SUBMIT)
    ben = alone.person(BEN)
    ben.presses_card(Action.SHOW_REASONS)
    ben.hands.closes_view()
    ben.decides(Action.ASK, question=HOSTILE)
    thread.types(HOSTILE)
    thread.types(HOSTILE)
    ben.decides(Action.APPROVE_WITH_CONDITIONS, reason=HOSTILE, conditions=f"{HOSTILE}\n{HOSTILE}")
    assert thread.case.status is Status.approved_with_conditions
    for user in (ANA, BEN, DAN):
        alone.person(user).home()
        for text in (
            "list",
            "show AIU-2026-0001",
            f"can I use {HOSTILE}",
            f"show {HOSTILE}",
            f"list {HOSTILE}",
        ):
            alone.person(user).steward(text)
    assert_dead(from_us(alone))
    assert "evil.example" in "\n".join(live(alone.workspace.messages(CARDS))), "said as words"
    metadata = [json.dumps(m.get("metadata") or {}) for m in from_us(alone)]
    assert not [told for told in metadata if "evil" in told]


def test_f34_in_an_imported_inventory_and_what_is_exported_from_it(
    alone: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = EXCERPT.read_text().partition("\n")[0].split(",")
    hostile = [HOSTILE, *FORMULAS]
    with (tmp_path / "hostile.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(
            {
                "id": f"{text[:3]}{n}" if text[:3].isprintable() else f"X-{n}",
                "use_case_name": text,
                "agency": text,
                "purpose_and_benefits": text,
            }
            for n, text in enumerate(hostile)
        )
    monkeypatch.setenv("DATABASE_URL", alone.database_url)
    monkeypatch.chdir(tmp_path)
    assert main(["import", "hostile.csv", "--map", "us-federal"]) == 0
    ben = alone.person(BEN)
    ben.steward("list")
    ben.home()
    assert_dead(from_us(alone))
    assert main(["export", "--format", "csv", "--out", "out"]) == 0
    exported = [*(tmp_path / "out").glob("*.csv")]
    assert exported
    for path in exported:
        with path.open(newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [
            cell for cell in cells if cell.lstrip(" \t\r\n\u200b")[:1] in tuple("=+-@\uff1d") and cell[:1]
        ]


def test_f34_a_cut_goes_through_no_sign() -> None:
    """Four-byte emoji, entities and joined signs at every place where a text may be cut."""
    from bot.markup import cut, cut_markup, escaped, width

    text = "&<>\U0001f9d1\u200d\U0001f4bb\U0001f44d\U0001f3fde\u0301" * 40
    for most in range(2, 200):
        assert width(cut(text, most)) <= most
        shown = cut_markup(escaped(text), most)
        assert width(shown) <= most
        body = shown.removesuffix("…")
        assert escaped(text).startswith(body)
        assert not body.endswith(("&", "&a", "&am", "&amp", "&l", "&lt", "&g", "&gt", "\u200d"))
        cut(text, most).encode("utf-16")
