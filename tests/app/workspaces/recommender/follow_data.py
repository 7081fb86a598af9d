"""Small answers for views, as the child would give them once they are read."""

from __future__ import annotations

from app.workspaces.recommender.follow.answers import (
    Effects,
    Item,
    LeftOut,
    ListedItem,
    Placed,
    Recommendation,
    Stages,
    User,
    Watch,
)


def item(name: str, *sorts: str) -> Item:
    return Item(name, f"Title {name}", sorts, 1990, 7)


ALIEN = item("alien", "Horror")
LOG = User("5", tuple(Watch(item(name), 1_000_000_000 + at) for at, name in enumerate("abc")), Watch(ALIEN, 2**30))


def recommendation(*, place: int | None = 2, rank: float = 2.0, score: float = 5.0) -> Recommendation:
    """Three shown of five candidates of ten items; ALIEN was watched next."""
    shown = [ListedItem(at + 1, item(f"s{at}"), 6.0 - at, 6.0 - at, at + 1) for at in range(3)]
    if place is not None:
        shown[place - 1] = ListedItem(place, ALIEN, score, score, place)
    return Recommendation(
        tuple(shown),
        (6.0, 5.0, 4.0, 3.0, 2.5),
        Stages(10, 5, 3, 1.0, 0.5, 0.01),
        Placed(ALIEN, score, rank, place, False),
        (Placed(item("a"), 5.5, 1.0, None, True), Placed(item("b"), 1.0, 4.0, None, True)),
        (2, 3, 3, 2),
        (-2.0, 0.0, 2.0, 4.0, 6.0),
        (),
        (1.0, 2.0),
    )


EFFECTS = Effects(
    10,
    ALIEN,
    6.0,
    {
        "a": LeftOut((item("x"), item("a")), (item("s1"), item("s2")), (16.0,), 0.3),
        "b": LeftOut((), (), (6.0,), 0.0),
        "c": LeftOut(tuple(item(name) for name in "vwxyz"), tuple(item(name) for name in "klmno"), (3.0,), 0.9),
    },
)
"""``a``: two of ten change, one of them is itself; ``b``: nothing; ``c``: five."""
