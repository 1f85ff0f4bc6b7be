"""Texts by key and messages by template: complete, strict, and with people's words as data."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import UndefinedError

from bot.markup import Mrkdwn
from bot.slack.ids import Action, Command
from bot.slack.screens.offering import _nothing
from bot.slack.screens.verdicts import LEVELS
from bot.words import PROMPTS, Words, cited, ended, quoted, short, strong
from intake.forms import FORMS, ai_use, load_form
from intake.typed import Reason
from triage.aims.assessed import Standing
from triage.case import Status
from triage.lifecycle import DECIDED, FINAL
from triage.policies import standard_book
from triage.schemes import ASKED, GUIDED, guided

HOUSE = PROMPTS.parent
WORDS = Words("en", "Europe/Berlin")
SOURCES = [
    path for room in ("bot", "triage") for path in (HOUSE / room).rglob("*.py") if "sandbox" not in path.parts
]


def found(pattern: str, *paths: Path) -> set[str]:
    return {key for path in paths for key in re.findall(pattern, path.read_text())}


def test_what_is_filled_in_is_data() -> None:
    assert WORDS.line("entry.bold", what="*<!here>*") == "*∗&lt;!here&gt;∗*"
    assert WORDS.line("entry.bold", what=Mrkdwn("<@U1>")) == "*<@U1>*"
    assert WORDS.label("spoken.edit", what="<b>\u202e") == "Edit: <b>"
    assert WORDS.page("rows", rows=[("a", "<b>")])["rows"] == "a: &lt;b&gt;"


def test_what_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        WORDS.page("rows")["rows"]
    with pytest.raises(KeyError):
        WORDS.line("entry.bold")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("in march", "in march."),
        ("In March.", "In March."),
        ("Really?", "Really?"),
        ("cut off…", "cut off…"),
        ("so (see there)", "so (see there)."),
        ("“Never.”", "“Never.”"),
        ("以后再说。", "以后再说。"),
        ("", ""),
    ],
)
def test_a_sentence_gets_its_full_stop(said: str, shown: str) -> None:
    assert ended(said) == shown
    assert type(ended(Mrkdwn(said))) is Mrkdwn


def test_every_key_in_the_code_has_a_text() -> None:
    keys = found(r'(?:words|self|say)\.(?:label|line)\(\s*"([a-z_.]+)"', *SOURCES)
    in_templates = found(r'say\("([a-z_.]+)"[,)]', *(PROMPTS / "people").rglob("*.j2"))
    assert len(keys) > 50
    assert not {key for key in keys | in_templates if not WORDS.has(key)}


def test_every_refusal_has_its_sentence() -> None:
    keys = found(r'Refused\(\s*"([a-z_]+)"', *SOURCES) - {"already_"}
    keys |= {f"already_{status.value}" for status in DECIDED | FINAL}
    assert not {key for key in keys if not WORDS.has(f"refusal.{key}")}


CANADA = load_form(FORMS, "canada_aia")
OURS = {name: guided(name) for name in GUIDED}
OUR_PAGES = [
    (name, page)
    for name, (form, _) in OURS.items()
    for page in form.pages
    if not all(question.given for question in page.questions)
]
OUR_POINTS = [
    (part, name, point.id)
    for name, (_, guide) in OURS.items()
    for part, points in (("outcome", guide.outcomes), ("left", guide.left))
    for point in points
]


@pytest.mark.parametrize(
    "key",
    [
        *(f"status.{status.value}" for status in Status),
        *(
            f"{kind}.{role}"
            for kind in ("role", "role_name")
            for role in ("requester", "owner", "reviewer", "committee")
        ),
        *(f"not_understood.{reason}" for reason in (*get_args(Reason), "attachment", "other")),
        *(f"{r}{kind}.{level}" for r, levels in LEVELS.items() for level in levels for kind in ("", "_name")),
        *(f"result.{result}" for result in LEVELS),
        *(f"month.{month}" for month in range(1, 13)),
        *(f"form.page.{page.id}" for page in ai_use().pages if not all(q.after for q in page.questions)),
        *(f"assess.page.{page.id}" for page in CANADA.pages),
        *(f"assessing.name.{name}" for name in ASKED),
        *(f"assessing.page.{name}.{page.id}" for name, page in OUR_PAGES),
        *(f"assessing.{part}.{name}.{each}" for part, name, each in OUR_POINTS),
        *(f"assessing.state.{each}" for each in get_args(Standing)),
    ],
)
def test_every_name_of_the_field_has_its_word(key: str) -> None:
    assert WORDS.has(key)


def test_every_role_that_settles_a_question_has_its_word() -> None:
    assert not {q.settled_by for q in ai_use().questions() if not WORDS.has(f"role.{q.settled_by}")}


def test_the_scales_are_those_of_the_rules() -> None:
    scales = {r.name: tuple(map(str, r.levels)) for r in standard_book().results if r.kind.value == "scale"}
    assert scales == LEVELS


def test_no_text_waits_for_nobody() -> None:
    """Each text is asked for by its key, or by a family of keys made in the code."""
    families = (
        "status",
        "role",
        "role_name",
        "month",
        "refusal",
        "problem",
        "not_understood",
        "typing",
        "fault",
        "home",
        "settings",
    )
    named = (
        *families,
        *LEVELS,
        *(f"{r}_name" for r in LEVELS),
        "result",
        "until.data",
        "suppliers.is",
        "suppliers.holds",
        "button",
        "join",
        "modal",
        "spoken",
        "form.page",
        "assess.page",
        "assessing",
        "let_in",
        "assess.language",
        "ground",
        "submit",
        "shut",
        "condition",
        "condition_check",
        "condition_state",
        "otherwise",
        "changing.done",
        *("nudged", "aims_kind"),
        "next",
        "motion",
        "pairing",
        "pairing_instead",
        "announce",
        *("anchor.at", "anchor.because"),
        *("consult", "model.made", "model.none"),
        *("trail", "story", "dossier", "registers"),
        *("incident", "clock", "clock_do", "clock_law"),
        "pattern",
        "digest",
        "coverage",
        *("agenda.what", "agenda.is", "agenda.lane", "agenda.when"),
        "queue.whose",
        "queue.before",
        "register",
        *("facts.effect", "offering", "modal", "submit"),
        "review",
        *("every", "measure", "measured", "side", "unit", "within"),
        *(
            "move",
            "way",
            "accept",
            "lay_down",
            "part",
            "stage",
            "task_state",
            "first",
            "todo",
            "onward",
            "confirm",
            *(
                "objective.is",
                "sightings",
                "campaign",
                "aims",
                "aims_arising",
                "soa",
                "management",
                "portfolio",
                "trust",
                *("scope.is", "scope.why", "scope.count"),
                "minutes",
                "audited",
                "pack",
            ),
            *(
                "suppliers.ask",
                "functions.name",
                "functions.trait",
                "risks.arisen",
                "risks.level",
                "risks.levels",
                "risks.map",
                "risks.sift",
                "risks.state",
                "risks.group",
                "risks.short",
                "risks.doing",
                "risks.plan",
            ),
        ),
    )
    made = tuple(f"{name}." for name in named)
    text = "".join(path.read_text() for path in [*SOURCES, *(PROMPTS / "people").rglob("*.j2")])
    keys = {re.sub(r"\.(one|other)$", "", key) for key in WORDS._texts.by_key} - {
        "refusal",
        "not_understood",
        "shut",
    }
    assert not {key for key in keys if f'"{key}"' not in text and not key.startswith(made)}


def test_buttons_are_short_enough_for_a_phone() -> None:
    for action in Action:
        if WORDS.has(f"button.{action.value}"):
            assert len(WORDS.label(f"button.{action.value}")) <= 32


FRAMED = (
    "assess.page.",
    "assess.where",
    "assess.section",
    "modal.assess",
    "cut",
    "announce.",
    "modal.announce",
)
"""What people read around a questionnaire and in a notice, beside labels and faults of fields."""


def test_a_questionnaire_in_french_has_french_around_it() -> None:
    """All of it, with the same facts; else a sentence would come in English, or with a hole."""
    french, english = Words("fr")._texts, WORDS._texts
    framed = {key for key in english.by_key if key.startswith(FRAMED)}
    assert framed <= french.by_key.keys()
    for key in french.by_key:
        assert french.placeholders(key) == english.placeholders(key), key
    assert {path.name for path in (PROMPTS / "people" / "fr").glob("*.j2")} == {
        "assess.j2",
        "announcement.j2",
    }


def test_a_language_without_texts_speaks_english() -> None:
    assert Words("xx").label("button.skip") == WORDS.label("button.skip")


def test_refusals_name_who_can_and_what_is_open() -> None:
    text = WORDS.refusal("not_your_role", role="privacy", case="c", people="<@U1> or <@U2>")
    assert text == "This is for Privacy to decide. <@U1> or <@U2> can do it."
    text = WORDS.refusal("still_open", case="c", open=("Where?", "<How>"))
    assert text.endswith("Still open: Where? and &lt;How&gt;.")
    assert WORDS.refusal("own_use", role="reviewer", case="c", people="<!here>").endswith(
        "&lt;!here&gt; can do it."
    )
    assert WORDS.refusal("never_heard_of", case="c") == WORDS.line("refusal.other")


def test_dates_show_in_the_readers_zone_with_the_organisations_as_fallback() -> None:
    at = datetime(2026, 5, 7, 15, 0, tzinfo=UTC)
    assert (
        WORDS.moment(at) == f"<!date^{int(at.timestamp())}^{{date_long_pretty}}, {{time}}|2026-05-07 17:00>"
    )
    assert WORDS.day(date(2026, 5, 7)) == "7 May 2026"


def test_lists_read_as_people_say_them() -> None:
    assert WORDS.listed([]) == ""
    assert WORDS.listed(["a"]) == "a"
    assert WORDS.listed(["a", "<b>", Mrkdwn("<@U1>")], "or") == "a, &lt;b&gt; or <@U1>"


def test_the_small_filters() -> None:
    assert short("a\n b" * 9, 6) == "a ba…"
    assert strong("  ") == ""
    assert strong("*x*") == "*∗x∗*"
    assert quoted("a\n\n> b") == "&gt; a\n&gt; \u2060&gt; b"
    assert cited("Art. 5, https://eur-lex.europa.eu/x") == "<https://eur-lex.europa.eu/x|Art. 5>"
    assert cited("Art. 5, javascript:alert(1)") == "Art. 5, javascript:alert(1)"
    assert "<" not in cited("<!here>, https://x.example|y")


def test_the_command_is_called_what_the_texts_call_it() -> None:
    text = "".join(path.read_text() for path in PROMPTS.rglob("*") if path.suffix in (".j2", ".yaml"))
    assert set(re.findall(r"`(/[a-z]+)", text)) == {Command.STEWARD.value}


def test_a_moment_falls_on_the_day_of_the_organisation() -> None:
    """Shortly after midnight there is a day later than the clock of the servers has it."""
    assert WORDS.day_at(datetime(2026, 11, 29, 23, 20, tzinfo=UTC)) == "30 November 2026"


def test_the_last_of_several_in_a_message_is_not_called_the_only_one() -> None:
    for total, said in ((1, "One AI use of"), (3, "3 AI uses of")):
        facts: dict[str, object] = {"kind": "orphans", "unit": "Sales", "open": 1, "total": total}
        assert WORDS.page("offer", **(_nothing() | facts))["head"].strip().startswith(said)
