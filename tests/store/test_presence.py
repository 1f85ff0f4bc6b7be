"""Whether a worker finds itself alone; only then is what a dead one held taken up before its lease ends."""

import threading

from store.engine import Store
from store.presence import Presence


def alone(presence: Presence) -> bool:
    with presence.enter() as found:
        return found


def test_the_first_is_alone_and_the_second_is_not(store: Store) -> None:
    first, second = Presence(store), Presence(store)
    assert alone(first)
    assert not alone(second)
    first.leave()
    second.leave()


def test_whoever_is_left_is_still_seen(store: Store) -> None:
    """Two worked, the first came back: the second was there all the time."""
    first, second, third = Presence(store), Presence(store), Presence(store)
    assert alone(first)
    assert not alone(second)
    first.leave()
    assert not alone(third)
    third.leave()
    second.leave()
    assert alone(first)
    first.leave()


def test_nobody_begins_to_work_while_one_takes_up_what_was_left(store: Store) -> None:
    first, second = Presence(store), Presence(store)
    order: list[str] = []
    began = threading.Event()

    def begin() -> None:
        began.set()
        order.append(f"second alone: {alone(second)}")

    late = threading.Thread(target=begin)
    with first.enter():
        late.start()
        began.wait()
        late.join(0.2)  # however long it is given, it has to wait
        order.append("first has taken up everything")
    late.join()
    assert order == ["first has taken up everything", "second alone: False"]
    first.leave()
    second.leave()
