"""Whether a worker finds itself alone; only then is what a dead one held taken up before its lease ends."""

from store.engine import Store
from store.presence import Presence


def test_the_first_is_alone_and_the_second_is_not(store: Store) -> None:
    first, second = Presence(store), Presence(store)
    assert first.enter()
    assert not second.enter()
    first.leave()
    second.leave()


def test_whoever_is_left_is_still_seen(store: Store) -> None:
    """Two worked, the first came back: the second was there all the time."""
    first, second, third = Presence(store), Presence(store), Presence(store)
    first.enter()
    second.enter()
    first.leave()
    assert not third.enter()
    third.leave()
    second.leave()
    assert first.enter()
    first.leave()
