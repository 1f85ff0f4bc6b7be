"""The closed grammar of conditions: what it reads, what it refuses, and that it can be written back."""

import pytest

from intake.condition import Condition, Every, Not, Some
from intake.form import Choice, Kind, Question
from intake.grammar import Vocabulary, parse_condition, parse_terms, to_plain
from intake.source import Entry, Faults, read_text

DATA = Question(
    id="data",
    kind=Kind.many,
    choices=(Choice(id="public"), Choice(id="personal"), Choice(id="none", alone=True)),
)
WORST = Question(id="worst", kind=Kind.one, choices=(Choice(id="small"), Choice(id="great")))
PURPOSE = Question(id="purpose", kind=Kind.text)
WORDS = Vocabulary(questions={question.id: question for question in (DATA, WORST, PURPOSE)})


def entry_of(text: str) -> Entry:
    faults = Faults()
    entry = read_text(text, "rules.yaml", faults)
    assert entry is not None
    assert faults.found == []
    return entry


def parsed(text: str, words: Vocabulary = WORDS) -> Condition:
    faults = Faults()
    condition = parse_condition(entry_of(text), faults, words)
    assert [str(fault) for fault in faults.found] == []
    return condition


@pytest.mark.parametrize(
    "text",
    [
        "{question: worst, is: great}",
        "{question: data, contains: [public, personal]}",
        "{setting: regions, is: [eu, uk]}",
        "{setting: sector, is: banking}",
        "{all: [{question: worst, is: great}, {question: data, contains: personal}]}",
        "{any: [{question: worst, is: great}, {question: data, contains: personal}]}",
        "{none: [{question: worst, is: great}]}",
        "{not: {all: [{question: worst, is: great}]}}",
        "{at_least: {count: 2, of: [{question: worst, is: great}, {question: data, contains: personal}]}}",
    ],
)
def test_what_is_read_can_be_written_back(text: str) -> None:
    assert to_plain(parsed(text), WORDS.questions) == entry_of(text).plain()


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("{question: wurst, is: great}", "`wurst` is not a question", "Did you mean `worst`?"),
        ("{question: worst, is: graet}", "`graet` is not a choice of `worst`", "Did you mean `great`?"),
        ("{question: worst, is: [great, x]}", "`x` is not a choice", "Known here: great, small."),
        ("{question: worst, contains: great}", "`contains` does not fit `worst`", "Write `is`."),
        ("{question: data, is: public}", "`is` does not fit `data`", "Write `contains`."),
        ("{question: data}", "`contains` is missing", "Add `contains:`"),
        ("{question: purpose, is: x}", "`purpose` has no choices", "Only `one` and `many`"),
        ("{question: worst, is: great, when: x}", "`when` is not a field here", "Known here"),
        ("{question: data, contains: []}", "is an empty list", "Name at least one"),
        ("{question: data, contains: [public, public]}", "`public` stands here twice", "Remove one"),
        ("{all: []}", "is an empty list", "Name at least one"),
        ("{any: {question: worst, is: great}}", "must be a list", "Write it as"),
        ("{at_least: {count: 3, of: [{question: worst, is: great}]}}", "must lie between 1 and 1", "Count"),
        ("{at_least: {count: 0, of: [{question: worst, is: great}]}}", "must lie between 1 and 1", "Count"),
        ("{setting: region, is: eu}", "`region` is not a setting", "Did you mean `regions`?"),
        ("{setting: regions, is: mars}", "`mars` is not a value of `regions`", "Known here"),
        ("{setting: public_body, is: true}", "must be text, not True", "quotation marks"),
        ("{term: impact}", "`impact` is not a term", "Nothing may stand here."),
        ("{every: []}", "`every` does not begin a condition", "Known here"),
        ("just words", "is not a condition", "Write"),
        (
            "{all: [{question: worst, is: great}, {question: worst, is: small}]}",
            "can never hold",
            "Remove it",
        ),
        (
            "{all: [{question: data, contains: none}, {question: data, contains: public}]}",
            "can never hold",
            "R",
        ),
        (
            "{all: [{question: worst, is: great}, {none: [{question: worst, is: great}]}]}",
            "can never hold",
            "R",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(text: str, problem: str, mend: str) -> None:
    faults = Faults()
    parse_condition(
        entry_of(f"rules:\n- id: some-rule\n  when: {text}").at("rules", 0, "when"), faults, WORDS
    )
    (fault,) = faults.found
    assert (fault.file, fault.line, fault.id) == ("rules.yaml", 3, "some-rule")
    assert fault.field.startswith("when")
    assert problem in fault.problem
    assert mend in fault.mend


def test_every_fault_of_a_condition_is_found() -> None:
    faults = Faults()
    text = "{all: [{question: a, is: b}, {question: worst, is: [x, y]}, {setting: z, is: q}, {term: t}]}"
    parse_condition(entry_of(text), faults, WORDS)
    assert len(faults.found) == 5


def test_a_condition_behind_a_gate_that_excludes_it_is_dead() -> None:
    gate = parsed("{question: data, contains: personal}")
    words = Vocabulary(questions=WORDS.questions, gates={"worst": gate})
    faults = Faults()
    text = "{all: [{question: worst, is: great}, {question: data, contains: none}]}"
    parse_condition(entry_of(text), faults, words)
    assert [fault.problem for fault in faults.found] == ["can never hold"]
    assert isinstance(parsed("{all: [{question: worst, is: great}]}", words), Every)


def test_a_condition_on_settings_alone_is_never_called_dead() -> None:
    parsed("{all: [{setting: regions, is: eu}, {none: [{setting: public_body, is: 'yes'}]}]}")


def test_terms_may_use_those_above_them() -> None:
    faults = Faults()
    text = "harm: {question: worst, is: great}\nboth: {all: [{term: harm}, {question: data, contains: none}]}"
    terms = parse_terms(entry_of(text), faults, WORDS)
    assert faults.found == []
    assert terms["both"].questions() == {"worst", "data"}


def test_a_term_that_looks_at_later_questions_is_a_fault() -> None:
    faults = Faults()
    terms = parse_terms(entry_of("harm: {question: worst, is: great}"), faults, WORDS)
    parse_condition(entry_of("{term: harm}"), faults, Vocabulary(questions={"data": DATA}, terms=terms))
    assert "looks at worst" in faults.found[0].problem


def test_a_file_may_add_conditions_of_its_own() -> None:
    def always_no(entry: Entry, faults: Faults) -> Condition:
        return Not(of=Some(of=(), count=0))

    words = Vocabulary(questions=WORDS.questions, extra={"result": always_no})
    faults = Faults()
    parse_condition(
        entry_of("{any: [{result: tier, at_least: '3'}, {question: worst, is: great}]}"), faults, words
    )
    assert faults.found == []
