"""Adult census income, which comes with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.remote.catalogue import entry as terms_of
from engine.recommenders.data.sources.base import DataSource, Gives, Origin, Progress, register

if TYPE_CHECKING:
    from engine.recommenders.data.tables.labelled import LabelledTable


class Adult(DataSource):
    """Who earns more than 50,000 dollars a year."""

    key = "adult"
    entry = terms_of(key)
    label, summary = entry.title, entry.description
    origin = Origin.SHIPPED
    gives = frozenset({Gives.EXAMPLES})

    def examples(self, data: RecommenderData, progress: Progress | None = None) -> LabelledTable:
        """The census."""
        from engine.recommenders.data.tables.adult import census

        return census()


register(Adult())
