"""Small answers for views, as the child would give them once they are read."""

from __future__ import annotations

from app.workspaces.recommender.follow.session import WatchEffects
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.settings import Training
from engine.recommenders.serving.retrieval import Funnel
from engine.recommenders.tasks.candidates.answers import (
    AboutCandidates,
    CandidateScores,
    CatalogueItem,
    ItemTableView,
    LeftOut,
    ListedItem,
    LoggedUser,
    LoggedWatch,
    LogSizes,
    NearWatch,
    PlacedItem,
    Recommendation,
    Retrieval,
    RowLengths,
    ScoreHistogram,
    SearchTime,
    ShownVisitor,
    UserCategory,
    WhyItem,
)
from engine.recommenders.tasks.candidates.spec import CandidateSpec


def item(name: str, *sorts: str) -> CatalogueItem:
    return CatalogueItem(name, f"Title {name}", {"genres": "|".join(sorts), "year": 1990.0}, 7)


def about(*categories: UserCategory, search_tokens: int = 0, **spec: object) -> AboutCandidates:
    return AboutCandidates(
        RecommenderData(source="movielens"), "MovieLens", (), LogSizes(1, 1, 1, 1, 1, 0, 9), 4, 20, search_tokens,
        categories, True, (), (), 0.0, CandidateSpec(**spec), Training(), 1, 1,
    )  # fmt: skip


def watch(of: CatalogueItem, time: int, **extras: float) -> LoggedWatch:
    return LoggedWatch(of, time, extras)


def user(history: tuple[LoggedWatch, ...], held_out: LoggedWatch | None = None, name: str = "5") -> LoggedUser:
    return LoggedUser(name, history, held_out, len(history), {}, {}, ())


ALIEN = item("alien", "Horror")
LOG = user(tuple(watch(item(name), 1_000_000_000 + at) for at, name in enumerate("abc")), watch(ALIEN, 2**30))


def recommendation(*, place: int | None = 2, rank: float = 2.0, score: float = 5.0) -> Recommendation:
    """Three shown of five candidates of ten items; ALIEN was watched next."""
    shown = [ListedItem(at + 1, item(f"s{at}"), 6.0 - at, 6.0 - at, at + 1) for at in range(3)]
    if place is not None:
        shown[place - 1] = ListedItem(place, ALIEN, score, score, place)
    return Recommendation(
        visitor=ShownVisitor("5", 3, (), False, (), {}, (), ()),
        vector=(1.0, 2.0),
        length=5.0**0.5,
        shown=tuple(shown),
        candidates=CandidateScores(("",) * 5, (6.0, 5.0, 4.0, 3.0, 2.5)),
        funnel=Funnel(10, 5, 3, 1.0, 0.5, 0.01),
        held_out=PlacedItem(ALIEN, score, rank, place, False),
        watched=(PlacedItem(item("a"), 5.5, 1.0, None, True), PlacedItem(item("b"), 1.0, 4.0, None, True)),
        items=(),
        scores=ScoreHistogram((2, 3, 3, 2), (-2.0, 0.0, 2.0, 4.0, 6.0), 2.5),
        lists=0,
        assumed=None,
    )


def why(
    score: float, parts: tuple[float, ...], nearest: tuple[NearWatch, ...], decisive: tuple[NearWatch, ...]
) -> WhyItem:
    """ALIEN, at the first place."""
    return WhyItem(
        ALIEN, score, 1.0, False, 0.02, 0.5, 1.5, 2.0, parts, parts, parts, 1, parts, nearest, decisive, None
    )  # fmt: skip


def left_out(entered: str, dropped: tuple[str, ...], rank: float, moved: float) -> LeftOut:
    """What comes in is named by a letter each."""
    return LeftOut("", None, True, (), (rank,), tuple(map(item, entered)), tuple(map(item, dropped)), moved)


EFFECTS = WatchEffects(
    10,
    ALIEN,
    6.0,
    {
        "a": left_out("xa", ("s1", "s2"), 16.0, 0.3),
        "b": left_out("", (), 6.0, 0.0),
        "c": left_out("vwxyz", tuple("klmno"), 3.0, 0.9),
    },
)
"""``a``: two of ten change, one of them is itself; ``b``: nothing; ``c``: five."""


def retrieval(served: SearchTime, *curve: SearchTime, k: int = 200, lists: int = 400, exact: float = 1.0) -> Retrieval:
    return Retrieval("exact", 20_000, 1_000, 50, k, exact, lists, served, curve)


def table(rows: int, dimensions: int, mean: float, with_watches: float) -> ItemTableView:
    lengths = RowLengths(mean, (), (), (), with_watches)
    return ItemTableView("V", "Next watch", rows, dimensions, 0, lengths, ())
