"""What is counted of a list, and that of people nothing but their number is."""

from datetime import date

from bot.sightings.counting import Counting, Key
from bot.sightings.reading import read_sightings
from intake.applications import Applications
from intake.catalogue import Catalogue

KNOWN = Applications(Catalogue.load())
MONDAY = date(2026, 11, 2)


def counted(text: str, units: dict[str, str] | None = None) -> Counting:
    found = read_sightings([line.encode() + b"\n" for line in text.splitlines()])
    counting = Counting(found.plan, KNOWN, lambda person: (units or {}).get(person, ""))
    for block in found.blocks:
        counting.add(block.rows)
    return counting


def test_by_tool_team_and_week() -> None:
    found = counted(
        "date,user,team,url\n"
        "2026-11-02,ana@example.com,Sales,https://otter.ai/a\n"
        "2026-11-08,ANA@example.com,sales,https://otter.ai/b\n"
        "2026-11-08,ben@example.com,Sales,https://otter.ai/b\n"
        "2026-11-09,ana@example.com,Sales,https://otter.ai/b\n"
        "2026-11-09,ana@example.com,Law,https://claude.ai/b\n"
        "2026-11-09,ana@example.com,Law,https://example.org/b\n"
    )
    first = found.counts[Key("otter", "Sales", MONDAY)]
    assert (first.hits, first.number, first.first, first.last) == (3, 2, MONDAY, date(2026, 11, 8))
    assert set(found.counts) == {
        Key("otter", "Sales", MONDAY),
        Key("otter", "Sales", date(2026, 11, 9)),
        Key("claude", "Law", date(2026, 11, 9)),
    }
    assert (found.read, found.undated) == (6, 0)


def test_the_team_of_a_person_stands_in_the_people_file() -> None:
    found = counted(
        "email,app\nana@example.com,ChatGPT\nben@example.com,ChatGPT\n", {"ana@example.com": "Law"}
    )
    assert set(found.counts) == {Key("chatgpt", "Law", None), Key("chatgpt", "", None)}
    assert found.undated == 2


def test_numbers_that_a_list_gives_are_added_up_and_people_are_not() -> None:
    found = counted('app,users,requests\nChatGPT,40,"1,200"\nChatGPT,30,300\nChatGPT,x,-4\n')
    count = found.counts[Key("chatgpt", "", None)]
    assert (count.hits, count.number) == (1501, 40)


def test_an_id_is_believed_before_a_name() -> None:
    found = counted(
        "Extension ID,App name,Installs\nkbfnbcaeplbcioakkpcpgfkobkghlhen,Some helper,7\n,Notion,9\n"
    )
    assert {key.tool: count.number for key, count in found.counts.items()} == {"grammarly": 7, "notion-ai": 9}
    assert found.counts[Key("notion-ai", "", None)].general


def test_expenses_name_makers_and_products() -> None:
    found = counted(
        "Merchant,Description,Cost Center,Transaction Date\n"
        "OPENAI *CHATGPT SUBSCR,,Law,2026-11-03\n"
        '"Anthropic, PBC",Team plan,Law,2026-11-03\n'
        "Hotel Adlon,Two nights,Law,2026-11-03\n"
    )
    sure = {key.tool: count.sure for key, count in found.counts.items()}
    assert sure == {"chatgpt": True, "claude": False}


def test_nobody_is_kept_by_name() -> None:
    found = counted("user,url\nana.secret@example.com,otter.ai\n")
    assert "ana.secret" not in repr(vars(found))
