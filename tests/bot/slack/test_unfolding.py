"""A scene that unfolds reads what a screen asks for, once, and nothing else."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.slack.scene import Scene, Unfolding


def test_each_part_is_read_when_it_is_first_asked_for() -> None:
    read: list[str] = []

    def like() -> int:
        read.append("like")
        return 3

    scene = Unfolding({"reader": "P1"}, {"uses": lambda: read.append("uses"), "like": like})
    assert (scene.reader, read) == ("P1", [])
    assert (scene.like, scene.like) == (3, 3)
    assert read == ["like"]
    with pytest.raises(AttributeError):
        _ = scene.beside


def test_the_same_with_something_else_in_it_still_unfolds() -> None:
    scene = Unfolding({"reader": "P1"}, {"like": lambda: 3}).but(reader="P2")
    assert (scene.reader, scene.like) == ("P2", 3)


def test_no_part_has_a_default_that_would_be_taken_for_what_was_read() -> None:
    assert not [each.name for each in fields(Scene) if each.name in vars(Scene)]
