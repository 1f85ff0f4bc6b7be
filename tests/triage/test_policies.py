"""Policies: examples on both sides of each rule and each date, and files with faults, named all at once."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from intake.condition import View
from intake.forms import ai_use_wording
from intake.source import Damaged
from tests.triage.reading import BOOK, DAY, FORM
from triage.examples import Example, Given, load_examples
from triage.judge import judge
from triage.lanes import side_by_side
from triage.policies import OPTIONAL, POLICIES, book_with, load_book
from triage.program import calling, compiled
from triage.trace import Trace

EVERY = book_with()
EXAMPLES = load_examples(FORM, EVERY)
PROGRAM, CALLING = compiled(FORM, EVERY), calling(FORM, EVERY)
NODES = {**PROGRAM.rules, **PROGRAM.duties, **PROGRAM.seats}
CALLED = {**CALLING.calls, **CALLING.tasks}


def looked_at(example: Example, given: Given) -> tuple[Trace, int]:
    """The trace of what was given, and the place of the rule in it; calls and gates are a program of their own."""
    program, nodes = (CALLING, CALLED) if example.rule in CALLED else (PROGRAM, NODES)
    truths = program.run(side_by_side(program.leaves, [(given.answers, given.settings)]))
    return Trace(program, truths), nodes[example.rule]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}: {example.fires}")
def test_an_example_fires_its_rule_and_its_change_just_misses_it(example: Example) -> None:
    trace, node = looked_at(example, example.firing)
    assert trace.holds(node)
    trace, node = looked_at(example, example.missing)
    assert trace.excluded(node)


def test_every_rule_duty_and_call_has_an_example() -> None:
    assert {example.rule for example in EXAMPLES} == NODES.keys() | CALLED.keys()


@pytest.mark.parametrize("duty", list(EVERY.duties()), ids=lambda duty: duty.id)
def test_both_sides_of_each_date(duty) -> None:
    firing = next(example.firing for example in EXAMPLES if example.rule == duty.id)
    for day, owed in ((duty.since - timedelta(days=1), False), (duty.since, True)):
        verdict = judge(FORM, EVERY, firing.answers, firing.settings, day)
        assert (duty.id in [each.duty for each in verdict.duties_today]) is owed
        assert (duty.id in [each.duty for each in verdict.duties_coming]) is not owed


def test_every_listed_function_has_its_point_and_every_red_flag_its_article() -> None:
    """A rule for each, so that a reason always cites the exact place."""
    listed = {choice for choice in FORM.by_id["function"].choice_ids if _lists(choice)}
    forbidden = FORM.by_id["red_flag"].choice_ids - {"none"}
    for question, choices, level in (("function", listed, "high"), ("red_flag", forbidden, "prohibited")):
        fired = set()
        for choice in choices:
            given = {
                "function": {"area": [choice.split(".")[0]], "function": choice},
                "red_flag": {question: [choice]},
            }
            verdict = judge(FORM, BOOK, _answers(given[question]), EXAMPLES[0].firing.settings, DAY)
            own = [
                reason.rule for reason in verdict.reasons if reason.result == "eu" and reason.level == level
            ]
            assert len(own) == 1, choice
            fired.add(own[0])
        assert len(fired) == {"function": 25, "red_flag": 9}[question]


def _lists(choice: str) -> bool:
    answers = _answers({"area": [choice.partition(".")[0]], "function": choice}) if "." in choice else {}
    return FORM.terms["listed_function"].truth(View(FORM.gates, answers)) is True


def _answers(plain):
    from tests.triage.reading import given

    return given(plain)


def test_every_rule_has_a_plain_sentence_and_a_source() -> None:
    for item in (each for policy in EVERY.policies for each in policy.items()):
        sentence = EVERY.sentence(item.id)
        assert sentence.endswith(".")
        assert len(sentence) <= 150, item.id
        assert "{" not in sentence
        assert item.source


def test_another_language_falls_back_to_english() -> None:
    assert BOOK.sentence("eu-in-scope", "de") == BOOK.sentence("eu-in-scope")


def test_a_shared_term_is_part_of_every_digest(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    terms = folder / "terms.yaml"
    terms.write_text(terms.read_text("utf-8").replace("is: eu", "is: uk"), "utf-8")
    changed = load_book(FORM, folder=folder).policies
    assert all(new.digest != old.digest for new, old in zip(changed, BOOK.policies, strict=True))


def test_a_digest_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    rules = folder / "gdpr" / "rules.yaml"
    rules.write_text("# A new comment.\n" + rules.read_text())
    assert [p.digest for p in load_book(FORM, folder=folder).policies] == [p.digest for p in BOOK.policies]
    rules.write_text(rules.read_text().replace("count: 2", "count: 3"))
    changed = [
        new.digest != old.digest
        for new, old in zip(load_book(FORM, folder=folder).policies, BOOK.policies, strict=True)
    ]
    assert changed == [False, False, True, False]


def test_policies_can_be_switched_off() -> None:
    book = load_book(FORM, ("eu-ai-act",))
    assert [policy.name for policy in book.policies] == ["eu-ai-act"]


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(Damaged) as damaged:
        load_book(FORM, folder=folder)
    return [str(fault) for fault in damaged.value.faults]


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "gdpr/rules.yaml",
            "contains: special}",
            "contains: specialist}",
            "`specialist` is not a choice of `data`",
        ),
        ("gdpr/rules.yaml", "question: scale", "question: scales", "`scales` is not a question"),
        ("gdpr/rules.yaml", "level: mandatory", "level: mandatary", "`mandatary` is not a level of `dpia`"),
        ("gdpr/rules.yaml", "result: dpia", "result: dipa", "`dipa` is not a scale here"),
        ("gdpr/rules.yaml", "flag: privacy_law_scope", "flag: privacy", "`privacy` is not a flag here"),
        (
            "gdpr/rules.yaml",
            "id: gdpr-mandatory-automated",
            "id: eu-in-scope",
            "`eu-in-scope` stands at eu-ai-act/",
        ),
        (
            "gdpr/rules.yaml",
            "{rule: gdpr-criterion-matching}",
            "{rule: gdpr-match}",
            "`gdpr-match` is not a rule",
        ),
        ("gdpr/rules.yaml", "reaches: ask_dpo", "reaches: ask", "`ask` is not a level of `dpia`"),
        ("gdpr/rules.yaml", "reaches: ask_dpo", "reaches: not_indicated", "goes round in a circle"),
        ("gdpr/rules.yaml", "  result: dpia\n", "", "must lift one result"),
        ("gdpr/rules.yaml", "  source: ", "  origin: ", "`source` is missing"),
        ("gdpr/duties.yaml", 'since: "2018-05-25"', 'since: "2018-25-05"', "is not a day"),
        ("gdpr/duties.yaml", 'since: "2018-05-25"', "since: 2018-05-25", "a day"),
        ("gdpr/rules.en.yaml", "gdpr-duty-dpia:", "gdpr-duty-dpai:", "the text `gdpr-duty-dpia` is missing"),
        ("gdpr/policy.yaml", "name: gdpr", "name: privacy", "the folder is called `gdpr`"),
        ("iso42001/policy.yaml", "id: iso_impact", "id: tier", "`tier` is a result already"),
        ("terms.yaml", "contains: eu", "contains: europe", "`europe` is not a choice of `places`"),
        ("terms.yaml", "term: rebuttal_possible", "term: rebuttal", "`rebuttal` is not a term"),
    ],
)
def test_a_fault_is_named_with_file_line_and_mend(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = copied(tmp_path)
    spoil(folder, file, old, new)
    faults = faults_of(folder)
    assert any(said in fault and fault.startswith(f"{file}:") for fault in faults), faults


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    spoil(folder, "gdpr/rules.yaml", "level: mandatory", "level: heavy")
    spoil(folder, "eu-ai-act/rules.yaml", "contains: manipulation", "contains: manipulating")
    spoil(folder, "internal-tier/rules.en.yaml", "tier-red-flag:", "tier-red:")
    faults = "\n".join(faults_of(folder))
    for file in ("gdpr/rules.yaml", "eu-ai-act/rules.yaml", "internal-tier/rules.en.yaml"):
        assert file in faults


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "gdpr" / "rules.yaml").unlink()
    assert any(fault.startswith("gdpr/rules.yaml:1: is missing") for fault in faults_of(folder))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rule: iso-full-area", "rule: iso-full-areas", "is not a rule of this policy"),
        ("given: {area: [employment]}", "given: {area: [job]}", "`job` is not a choice of `area`"),
        ("but: {area: [none]}", "but: {area: [none], people: [public]}", "must change exactly one thing"),
    ],
)
def test_a_damaged_example_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = copied(tmp_path)
    spoil(folder, "iso42001/cases.yaml", old, new)
    with pytest.raises(Damaged) as damaged:
        load_examples(FORM, BOOK, folder)
    assert any(said in str(fault) for fault in damaged.value.faults)


def test_a_rule_without_an_example_is_a_fault(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    cases = folder / "iso42001" / "cases.yaml"
    cases.write_text(cases.read_text().split("- rule: iso-rationale")[0])
    with pytest.raises(Damaged, match="`iso-rationale` has no example"):
        load_examples(FORM, BOOK, folder)


@pytest.mark.parametrize("policy", EVERY.policies, ids=lambda policy: policy.name)
def test_a_policy_says_in_its_readme_which_version_it_is_and_of_which_day(policy) -> None:
    told = (POLICIES / policy.name / "README.md").read_text()
    assert f"Version {policy.version}, {policy.effective}." in told
    assert "## Sources" in told


def test_a_question_that_decides_a_point_of_law_has_examples_on_both_sides_of_its_line() -> None:
    """Two or three each, under "Why do we ask?": facts that a colleague can see, never conclusions."""
    wording = ai_use_wording()
    law = [policy for policy in EVERY.policies if policy.name in ("eu-ai-act", "gdpr", "us")]
    asked = {name for policy in law for item in policy.items() for name in item.when.questions()}
    assert len(asked) >= 15
    for name in sorted(asked):
        sides = wording.examples(name)
        assert len(sides) == 2, name
        for side in sides:
            assert 2 <= len(re.split(r"[;.] ", side.partition(": ")[2])) <= 4, side
            assert len(side) <= 140, side


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    rules = folder / "gdpr" / "rules.yaml"
    rules.write_bytes(b"# \xff\n" + rules.read_bytes())
    with pytest.raises(Damaged, match=r"gdpr/rules\.yaml:1: is not UTF-8 at byte 2"):
        load_book(FORM, folder=folder)


def test_rules_that_double_what_they_rest_on_are_named() -> None:
    """Twenty-six short rules are sixty million parts: reading them would hold up everybody."""
    rule = """
  - id: own-a{n}
    level: 2
    when: {{any: [{{rule: {before}}}, {{all: [{{rule: {before}}}, {{question: data, contains: internal}}]}}]}}
    because: It doubles.
    source: Ours
    examples: [{{fires: a, given: {{data: [internal]}}, misses: b, but: {{data: [public]}}}}]
"""
    text = "rules:" + "".join(
        rule.format(n=n, before=f"own-a{n - 1}" if n else "tier-guarded-data").rstrip() for n in range(26)
    )
    with pytest.raises(Damaged, match="has more than 2000 parts with all the rules that it rests on"):
        book_with(OPTIONAL, text)


def test_a_chain_of_rules_without_end_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    rules, words = folder / "internal-tier" / "rules.yaml", folder / "internal-tier" / "rules.en.yaml"
    rule = "\n- id: link-{}\n  result: tier\n  level: 2\n  when: {{rule: {}}}\n  source: House\n"
    links = [rule.format(n, f"link-{n + 1}" if n < 400 else "tier-red-flag") for n in range(401)]
    rules.write_text(rules.read_text() + "".join(links))
    words.write_text(words.read_text() + "".join(f"link-{n}: A link.\n" for n in range(401)))
    with pytest.raises(Damaged, match="rests on a chain of more than 40 rules"):
        load_book(FORM, folder=folder)
