"""The words of a run's events, whatever a file has them say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.workspaces.playground.plots.layers import label_of
from engine.formats.progress import Event
from engine.training.events import SEPARATOR

KINDS = ("added", "removed", "changed", "wires", "rate", "batch", "optimizer", "setting", "data", "weights", "odd")
VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["features", "schedule", "units", "activation", "cosine abc", "step 1 0.5", "relu", SEPARATOR]),
)
NAMES = st.sampled_from(["what", "before", "after", "holds", "block", "name", "id", "count"])


@given(st.sampled_from(KINDS), st.dictionaries(NAMES, VALUES))
def test_any_event_that_a_file_may_hold_has_words(kind: str, parameters: dict[str, str | float]) -> None:
    assert isinstance(label_of(Event(3, 1.0, kind, parameters)), str)


def test_names_with_commas_are_told_whole() -> None:
    names = {"before": SEPARATOR.join(("Last, First", "age")), "after": "age"}
    event = Event(3, 1.0, "changed", {"what": "features", "block": "Input", **names})
    assert label_of(event) == "Input: −Last, First"


def test_a_change_of_several_blocks_counts_them() -> None:
    change = {"id": "dense-1", "block": "Dense 1", "what": "activation", "before": "logistic", "after": "tanh"}
    assert label_of(Event(3, 1.0, "changed", {**change, "count": 10})) == "10 blocks: tanh"
    assert label_of(Event(3, 1.0, "changed", {**change})) == "Dense 1: tanh"


def test_the_precision_is_told_in_words() -> None:
    told = {"what": "precision", "before": "float64", "after": "float32"}
    assert label_of(Event(3, 1.0, "setting", told)) == "single precision"
    assert label_of(Event(3, 1.0, "setting", {**told, "after": "float64"})) == "double precision"


def test_a_schedule_is_told_with_its_numbers_and_the_rate_that_holds() -> None:
    told = {"what": "schedule", "before": "constant", "after": "step 10 0.5", "holds": 0.005}
    assert label_of(Event(3, 1.0, "setting", told)).endswith("10 0.5, now 0.005")


def test_as_many_inputs_as_before_are_others() -> None:
    event = Event(3, 1.0, "changed", {"what": "features", "block": "Input", "before": 14.0, "after": 14.0})
    assert label_of(event) == "Input: other inputs"
