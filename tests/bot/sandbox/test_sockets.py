"""What stands on the wire of Socket Mode, seen by a bare client."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk import WebClient

from bot.sandbox.workspace import WorkspaceServer

Json = dict[str, Any]
Link = aiohttp.ClientWebSocketResponse


def with_links(client: WebClient, count: int, story: Callable[[list[Link]], Awaitable[None]]) -> None:
    """Play a story with so many open sockets."""
    urls = [client.apps_connections_open(app_token="xapp-local")["url"] for _ in range(count)]

    async def play() -> None:
        async with aiohttp.ClientSession() as session:
            await story([await session.ws_connect(url) for url in urls])

    asyncio.run(play())


def test_hello_says_how_many_sockets_there_are_and_how_long_one_lasts(client: WebClient) -> None:
    async def story(links: list[Link]) -> None:
        hellos = [await link.receive_json() for link in links]
        assert [hello["num_connections"] for hello in hellos] == [1, 2, 3]
        assert {hello["type"] for hello in hellos} == {"hello"}
        assert hellos[0]["connection_info"] == {"app_id": "A0STEWARD"}
        assert hellos[0]["debug_info"]["approximate_connection_time"] == 3600

    with_links(client, 3, story)


def test_there_are_at_most_ten_sockets(server: WorkspaceServer, client: WebClient) -> None:
    async def story(links: list[Link]) -> None:
        for link in links:
            await link.receive_json()
        assert server.socket_connected() == 10
        url = client.apps_connections_open(app_token="xapp-local")["url"]
        async with aiohttp.ClientSession() as session, session.get(url.replace("ws", "http", 1)) as answer:
            assert answer.status == 429

    with_links(client, 10, story)


def test_every_payload_comes_to_one_socket_and_is_acknowledged_there(
    server: WorkspaceServer, client: WebClient
) -> None:
    async def story(links: list[Link]) -> None:
        for link in links:
            await link.receive_json()
        mira = server.person("U0MIRA")
        mira.says("dm", "one")
        mira.says("dm", "two")
        envelopes = [await asyncio.wait_for(link.receive_json(), 5) for link in links]
        for envelope in envelopes:
            assert envelope["type"] == "events_api"
            assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
            assert envelope["accepts_response_payload"] is False
        texts = {envelope["payload"]["event"]["text"] for envelope in envelopes}
        assert texts == {"one", "two"}
        # The other's socket acknowledges nothing: it comes again, and says why.
        await links[1].send_json({"envelope_id": envelopes[0]["envelope_id"]})
        await links[1].send_json({"envelope_id": envelopes[1]["envelope_id"]})
        again = await asyncio.wait_for(first(links), 5)
        assert again["payload"]["event_id"] == envelopes[0]["payload"]["event_id"]
        assert again["envelope_id"] != envelopes[0]["envelope_id"]
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")

    with_links(client, 2, story)


async def first(links: list[Link]) -> Json:
    """The next envelope on any of them."""
    waiting = [asyncio.ensure_future(link.receive_json()) for link in links]
    done, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        other.cancel()
    found: Json = done.pop().result()
    return found


def test_a_notice_says_why_a_socket_ends(server: WorkspaceServer, client: WebClient) -> None:
    async def story(links: list[Link]) -> None:
        (link,) = links
        await link.receive_json()
        server.disconnect_sockets("warning")
        notice = await link.receive_json()
        assert (notice["type"], notice["reason"]) == ("disconnect", "warning")
        assert server.socket_connected() == 1
        ending = asyncio.to_thread(server.disconnect_sockets, "refresh_requested")
        task = asyncio.ensure_future(ending)
        assert (await link.receive_json())["reason"] == "refresh_requested"
        assert (await link.receive()).type is aiohttp.WSMsgType.CLOSE
        await task

    with_links(client, 1, story)


def test_a_silent_socket_carries_nothing(server: WorkspaceServer, client: WebClient) -> None:
    async def story(links: list[Link]) -> None:
        (link,) = links
        await link.receive_json()
        server.silence_sockets()
        server.person("U0MIRA").says("dm", "into the void")
        try:
            heard = await asyncio.wait_for(link.receive(), 0.3)
        except TimeoutError:
            return
        raise AssertionError(f"a silent socket said {heard}")

    with_links(client, 1, story)
