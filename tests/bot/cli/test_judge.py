"""`steward judge`: a line in, a line out; what is wrong with a line is said there, and the rest goes on."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli.judge import judge_lines
from intake.forms import ai_use
from triage.policies import standard_book

FORM = ai_use()
TODAY = date(2026, 11, 21)
EU = {"regions": ["eu"]}


def say(*lines: object) -> tuple[int, list[dict[str, Any]]]:
    said: list[dict[str, Any]] = []
    raw = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    code = judge_lines(raw, lambda text: said.append(json.loads(text)), FORM, TODAY)
    return code, said


def judged(answers: object = None, **more: object) -> dict[str, Any]:
    code, said = say({"id": "x", "answers": answers or {}, "organisation": EU, **more})
    assert code == 0, said
    return said[0]


def refused(**line: object) -> str:
    code, said = say({"id": "x", "answers": {}, **line})
    assert code == 1
    assert said[0].keys() == {"id", "line", "error"}
    assert (said[0]["id"], said[0]["line"]) == ("x", 1)
    return said[0]["error"]


def test_a_line_has_all_that_is_promised() -> None:
    said = judged({"area": ["employment"], "function": "employment.ranking"})
    assert list(said)[:5] == ["id", "eu", "tier", "dpia", "iso_impact"]
    assert said.keys() == {
        *("id", "eu", "tier", "dpia", "iso_impact", "flags", "flags_open", "reasons", "gaps", "ignored"),
        *("duties_today", "duties_coming", "policies", "day", "seats"),
    }
    assert said["eu"] == {"floor": "high", "ceiling": "prohibited"}
    assert said["tier"] == {"floor": 3, "ceiling": 4}
    assert said["reasons"][0] == {
        "rule": "eu-annex-iii-4a",
        "because": "It helps to choose people for a job.",
        "source": "Regulation (EU) 2024/1689, Art. 6(2) and Annex III, point 4(a), "
        "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        "facts": {
            "function": "employment.ranking",
            "signatures": "0",
            "regions": "eu",
            "single_region": "yes",
        },
        "result": "eu",
        "level": "high",
        "policy": "eu-ai-act",
    }
    assert all(gap.keys() == {"question", "bounds", "who"} for gap in said["gaps"])
    assert all(used.keys() == {"name", "version", "digest"} for used in said["policies"])
    assert {seat["role"] for seat in said["seats"]} >= {"legal", "privacy", "committee", "executive"}
    assert said["flags"] == sorted(said["flags"])
    assert set(said["flags"]) | set(said["flags_open"]) <= set(standard_book().flags)
    assert said["duties_coming"][0].keys() == {"duty", "from", "what", "source"}


def test_lines_come_out_in_the_order_they_went_in() -> None:
    _, said = say(*({"id": i, "answers": {}} for i in (3, "b", 1)))
    assert [line["id"] for line in said] == [3, "b", 1]


def test_unsure_in_a_list_keeps_what_is_certain() -> None:
    said = judged({"data": ["secrets_credentials", "unsure"], "red_flag": "unsure"})
    assert said["tier"] == {"floor": 3, "ceiling": 4}
    assert {"question": "red_flag", "who": "legal"}.items() <= {
        key: value for gap in said["gaps"] if gap["question"] == "red_flag" for key, value in gap.items()
    }.items()


def test_answers_whose_condition_is_false_are_ignored_and_listed() -> None:
    said = judged(
        {"area": ["none"], "function": "employment.ranking", "stop": "no", "output_use": ["draft_self"]}
    )
    assert said["ignored"] == ["function", "stop"]
    assert said["eu"]["ceiling"] == "prohibited"
    assert said["tier"]["floor"] == 1


@pytest.mark.parametrize(
    ("day", "today"), [("2026-12-01", False), ("2026-12-02", True), ("2026-12-03", True), (None, False)]
)
def test_the_day_moves_duties_only(day: str | None, today: bool) -> None:
    said = judged({"red_flag": ["intimate_or_csam"]}, day=day)
    assert said["eu"] == {"floor": "prohibited", "ceiling": "prohibited"}
    duties = {duty["duty"]: duty["from"] for duty in said["duties_today" if today else "duties_coming"]}
    assert duties["eu-duty-stop-intimate-imagery"] == "2026-12-02"


def test_what_the_organisation_states_is_used() -> None:
    ranking = {"area": ["benefits_services"], "function": "benefits_services.eligibility"}
    assert "fria_required" in judged(ranking, organisation={**EU, "public_body": True})["flags"]
    assert "fria_required" not in judged(ranking, organisation={**EU, "public_body": False})["flags_open"]
    assert "fria_required" in judged(ranking)["flags_open"]
    assert judged(ranking, organisation={"regions": ["us"]})["eu"]["floor"] == "out_of_scope"
    assert "vendor_review" not in judged({}, tool_in_catalogue=True)["flags"]
    assert "vendor_review" in judged({})["flags"]


def test_a_rebuttal_counts_with_two_signatures() -> None:
    answers = {
        "area": ["employment"],
        "function": "employment.ranking",
        "influence": "narrow_prep",
        "profiling": "no",
        "red_flag": ["none"],
        "output_use": ["draft_self"],
    }
    assert judged(answers, rebuttal_signatures=1)["eu"]["floor"] == "high"
    assert judged(answers, rebuttal_signatures=2)["eu"]["ceiling"] == "minimal"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"answers": {"dta": ["public"]}}, "dta: unknown question."),
        ({"answers": {"data": ["publik"]}}, "data: unknown choice (choice publik)."),
        ({"answers": {"data": [3]}}, "data: wrong kind (value 3)."),
        ({"answers": {"data": {"a": 1}}}, "data: wrong kind"),
        ({"answers": {"worst": ["negligible", "injury_death"]}}, "worst: only one."),
        ({"answers": ["data"]}, "`answers` must be an object"),
        ({"answers": None}, "`answers` must be an object"),
        ({"day": "2026-02-30"}, "`day` must be a day like 2026-12-02."),
        ({"day": "20261202"}, "`day` must be a day"),
        ({"day": 20261202}, "`day` must be a day"),
        ({"organisation": "eu"}, "`organisation` must be an object."),
        ({"organisation": {"regions": "eu"}}, "`regions` must be a list of regions."),
        ({"organisation": {"regions": ["europe"]}}, "There is no region 'europe'."),
        ({"organisation": {"public_body": "yes"}}, "`public_body` must be true or false."),
        ({"organisation": {"sector": 3}}, "`sector` must be text."),
        ({"tool_in_catalogue": "yes"}, "`tool_in_catalogue` must be true or false."),
        ({"rebuttal_signatures": -1}, "`rebuttal_signatures` must be a whole number from 0 on."),
        ({"rebuttal_signatures": True}, "`rebuttal_signatures` must be"),
    ],
)
def test_what_is_wrong_is_said(line: dict[str, object], said: str) -> None:
    assert said in refused(**line)


def test_all_that_is_wrong_with_a_line_is_said_at_once() -> None:
    error = refused(answers={"dta": [], "worst": "bad"}, day="soon", rebuttal_signatures="two")
    for part in (
        "dta: unknown question.",
        "worst: unknown choice",
        "`day` must be",
        "`rebuttal_signatures` must",
    ):
        assert part in error


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "This is not JSON"),
        ("nonsense", "This is not JSON at character 1."),
        ("[1, 2]", "A line must be one JSON object."),
        ("3", "A line must be one JSON object."),
        ("[" * 100_000, "This is not JSON"),
        ('{"answers": {}}', "`id` must be a text or a whole number."),
        ('{"id": {}, "answers": {}}', "`id` must be a text or a whole number."),
    ],
)
def test_a_malformed_line_does_not_stop_the_rest(line: str, said: str) -> None:
    code, lines = say({"id": 1, "answers": {}}, line, {"id": 3, "answers": {}})
    assert code == 1
    assert [each["id"] for each in lines] == [1, None, 3]
    assert lines[1]["line"] == 2
    assert said in lines[1]["error"]


def test_empty_lines_are_passed_over_but_counted() -> None:
    code, said = say("", {"id": 1, "answers": {}}, "   ", "oops")
    assert code == 1
    assert [line.get("line") for line in said] == [None, 4]


def test_hostile_words_stay_words() -> None:
    said = judged({"purpose": '<!channel> *x* "quoted"\u2028 \ud800'})
    assert said["id"] == "x"
    assert "<!channel>" not in json.dumps(said)


def test_memory_stays_flat_however_many_lines() -> None:
    line = json.dumps({"id": 1, "answers": {"data": ["personal"]}})

    def lines(count: int) -> Iterator[str]:
        return (line for _ in range(count))

    judge_lines(lines(50), lambda _: None, FORM, TODAY)
    tracemalloc.start()
    judge_lines(lines(400), lambda _: None, FORM, TODAY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def test_the_command_reads_a_file_or_standard_input(
    steward: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = tmp_path / "cases.jsonl"
    lines.write_text('\ufeff{"id": "a", "answers": {}}\n{"id": "b", "answers": {"x": 1}}\n', "utf-8")
    code, out, err = steward("judge", lines)
    assert (code, err) == (1, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "b"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "\xff", "answers": {}}\n')))
    code, out, _ = steward("judge")
    assert code == 0
    assert json.loads(out)["tier"] == {"floor": 1, "ceiling": 4}
    assert steward("judge", tmp_path / "none.jsonl")[0] == 2


def test_optional_policies_and_calls_are_told_where_they_are_asked_for(steward, tmp_path) -> None:
    line = {
        "id": 1,
        "answers": {"output_use": ["decides_people"], "area": ["none"], "data": ["internal"]},
        "organisation": {"regions": ["us"]},
    }
    (tmp_path / "plain.jsonl").write_text(json.dumps(line))
    (tmp_path / "more.jsonl").write_text(json.dumps(line | {"optional_policies": ["us", "owasp"]}))
    (tmp_path / "odd.jsonl").write_text(json.dumps(line | {"optional_policies": ["utah"]}))
    plain = json.loads(steward("judge", "plain.jsonl")[1])
    assert "us_consequential_decision" not in plain["flags"]
    assert "calls" not in plain
    more = json.loads(steward("judge", "--calls", "more.jsonl")[1])
    assert "us_consequential_decision" in more["flags"]
    assert [each["name"] for each in more["policies"]][-2:] == ["us", "owasp"]
    kinds = {each["kind"] for each in more["calls"]["called"]}
    assert kinds == {"action", "approver", "control", "threat"}
    assert more["calls"]["review_months"] == 3
    code, said, _ = steward("judge", "odd.jsonl")
    assert code == 1
    assert json.loads(said)["error"] == "There is no policy 'utah'."
