"""What the recommenders' templates call their blocks are words, to be said in the window's language."""

from __future__ import annotations

import pytest

from engine.graph.kinds.bag import BagParams
from engine.graph.model import NetworkGraph
from engine.graph.naming import names_of
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.tasks.candidates.graph import candidate_graph
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.ranking.graph import ranking_graph
from engine.recommenders.tasks.ranking.spec import RankingSpec
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec


def candidates() -> NetworkGraph:
    return candidate_graph(9, {"searches": 5}, CandidateSpec(categories=(), latest=2, hidden=(8, 4)))


def ranking() -> NetworkGraph:
    return ranking_graph({"video": 9, "history": 9}, RankingSpec(categories=(), hidden=(8, 4)))


def table() -> NetworkGraph:
    fields = Fields(categories=("city", "Wide"), numbers=("age",))
    return wide_deep(fields, {"city": 4, "Wide": 3, binned_name("age"): 5}, WideDeepSpec(crosses=(("city", "Wide"),)))


@pytest.mark.parametrize(("graph", "of_data"), [(candidates(), set()), (ranking(), set()), (table(), {"city", "Wide"})])
def test_a_title_that_a_template_gives_is_a_word_and_a_columns_name_is_none(
    graph: NetworkGraph, of_data: set[str]
) -> None:
    titled = {str(name) for name in names_of(graph).values() if name.titled}
    assert titled - {binned_name("age")} == of_data


def test_what_a_person_typed_is_no_word() -> None:
    graph = candidates()
    own = graph.model_copy(
        update={
            "blocks": tuple(
                block.model_copy(update={"title": "What Ann saw"}) if isinstance(block.params, BagParams) else block
                for block in graph.blocks
            )
        }
    )
    names = names_of(own).values()
    assert {str(name) for name in names if name.titled} == {"What Ann saw"}
