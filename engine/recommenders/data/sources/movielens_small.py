"""MovieLens latest-small, which comes with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.remote.catalogue import entry as terms_of
from engine.recommenders.data.sources.base import DataSource, Gives, Origin, Progress, Watches, register

if TYPE_CHECKING:
    from engine.recommenders.data.tables.labelled import LabelledTable


class MovieLensSmall(DataSource):
    """Ratings: as watches, or as examples of what people like."""

    key = "movielens-small"
    entry = terms_of(key)
    label, summary = entry.title, entry.description
    origin = Origin.SHIPPED
    gives = frozenset({Gives.EXAMPLES, Gives.WATCHES})

    def examples(self, data: RecommenderData, progress: Progress | None = None) -> LabelledTable:
        """Every rating, positive from the least rating on."""
        from engine.recommenders.data.logs.movielens import movielens_small
        from engine.recommenders.data.tables.labelled import rated

        return rated(movielens_small(), data.least_rating)

    def watches(self, data: RecommenderData, progress: Progress | None = None) -> Watches:
        """The ratings that are no less than the least rating."""
        from engine.recommenders.data.logs.loaders import as_watches
        from engine.recommenders.data.logs.movielens import movielens_small

        return Watches(as_watches(movielens_small(), data.least_rating))


register(MovieLensSmall())
