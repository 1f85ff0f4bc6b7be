"""A people file as it comes: headings of many names, rows that cannot be taken told with their mend."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inventory.peoplefile import HEADINGS, Told, read_people, to_employee
from bot.inventory.rows import Unreadable
from store.employees import Employee


def read(text: str) -> list[Told]:
    return list(read_people(text.encode().splitlines(keepends=True)))


def one(text: str) -> Employee:
    (told,) = read(text)
    assert told.employee is not None, told.fault
    return told.employee


ANA = Employee(email="ana@example.com", manager="ben@example.com", country="DE")


@pytest.mark.parametrize(
    "text",
    [
        "email,manager,country\nana@example.com,ben@example.com,DE\n",
        "E-Mail;Line Manager;Country Code\nANA@example.com;Ben@Example.com;germany\n",
        "\ufeffWork_Email\tReports to\tCOUNTRY\r\nana@example.com\tben@example.com\tDEU\r\n",
        '{"Mail": "ana@example.com", "Supervisor": "ben@example.com", "country": "de", "salary": 7}\n',
        "email,cost centre,manager,country\nana@example.com,17,ben@example.com,DE\n",
        "manager email,email,email address,country\nben@example.com,ana@example.com,other@example.com,DE\n",
    ],
    ids=["ours", "semicolons", "tabs", "JSON", "more columns", "the exact name counts"],
)
def test_headings_are_recognised(text: str) -> None:
    assert one(text) == ANA


@pytest.mark.parametrize("field", HEADINGS)
def test_no_heading_means_two_things(field: str) -> None:
    others = {name for other, names in HEADINGS.items() if other != field for name in names}
    assert others.isdisjoint(HEADINGS[field])


def test_bad_rows_are_named_and_the_others_kept() -> None:
    told = read(
        "email,country,manager\nana@example.com,DE,\nben,DE,\ncleo@example.com,Atlantis,\n"
        "dan@example.com,FR,ana@example.com\nANA@example.com,DE,\ntoo,many,cells,here\n"
    )
    assert [each.employee.email for each in told if each.employee] == ["ana@example.com", "dan@example.com"]
    faults = {each.line: each.fault for each in told if each.fault}
    assert faults.keys() == {3, 4, 6, 7}
    assert "name@example.com" in faults[3]
    assert "Write its two letters" in faults[4]
    assert faults[6] == "ana@example.com stands in line 2 already. Remove one of the two."


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"email": ""}, "Fill in `email`"),
        ({"email": "<@U1>@example.com"}, "no e-mail address"),
        ({"manager": "Ben"}, "`Ben` in `manager`"),
        ({"deputy": "a@b"}, "`a@b` in `deputy`"),
        ({"country": "DE-XX"}, "DE or DE-BY"),
        ({"slack_user": "ana"}, "U0123456789"),
        ({"unit": "x" * 201}, "Shorten it"),
    ],
)
def test_what_is_wrong_is_said_with_its_mend(cells: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        to_employee({"email": "ana@example.com"} | cells)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        *(("de", "DE"), ("Germany", "DE"), ("UK", "GB"), ("United States", "US"), ("us-ca", "US-CA")),
        *(("Guinea-Bissau", "GW"), ("DE-BY", "DE-BY"), ("", "")),
    ],
)
def test_countries(written: str, means: str) -> None:
    assert to_employee({"email": "ana@example.com", "country": written}).country == means


def test_nobody_is_their_own_manager_or_deputy() -> None:
    own = {"email": "ana@example.com", "manager": "ANA@example.com", "deputy": "ana@example.com"}
    assert to_employee(own) == Employee(email="ana@example.com")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("PK\x03\x04", "spreadsheet"),
        ("[{}]", "one JSON list"),
        ("name,country\nAna,DE\n", "No column is called `email`"),
        ("email,name\nana@example.com,Ana\n", "nothing of use"),
        ("email,line manager,supervisor\n", "both mean the manager"),
    ],
)
def test_a_file_that_is_none_is_told_of_whole(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_in_a_file_is_taken_or_told(heading: str, cell: str) -> None:
    row = json.dumps({"email": "ana@example.com", "country": cell, heading: cell})
    for text in (f"email,country,{heading}\nana@example.com,{cell},\n", f"{row}\n"):
        try:
            told = list(read_people(text.encode("utf-8", "surrogatepass").splitlines(keepends=True)))
        except Unreadable:
            continue
        assert all((each.employee is None) == bool(each.fault) for each in told)
