"""Remedies for what is out of any sensible range: the usual settings, and standardised numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from engine.data.catalogue import load
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.data.problems import OUTLIERS, RAW_NUMBERS
from engine.data.standardising import standardised
from engine.graph.edit import set_params
from engine.problems import Word
from engine.training.remedies.base import Case, Cure, Edit, Remedy, drawn
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Verdict


class UsualSettings(Cure):
    """Every setting that is out of range as it usually is, with the last sound weights after a breakdown, else with the
    present ones: where no step was done with these settings, or all were too small."""

    key = "usual_settings"
    label = Word("Use {setting}")
    tip = Word("Set {settings} to what is usual; the weights stay as they are.")

    def label_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        if _is_of_start(remedy):
            return _USUAL_START
        return self.label if snapshot.diagnosis is None else Word("Back, {setting}")

    def tip_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        back = Word("Set {settings} to what is usual, and go back to {moment}.")
        return self.tip if snapshot.diagnosis is None else back

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        faults, snapshot = case.snapshot.range_faults, case.snapshot
        blocks = tuple(block_id for fault in faults for block_id in fault.blocks)
        is_kept = case.sound_run is not None or not any(fault.is_too_large for fault in faults)
        has_stepped = snapshot.step > snapshot.history.last_change
        is_kept = is_kept or not (blocks or has_stepped or snapshot.failure is not None)
        return Remedy(self.key, blocks, value=faults[0].usual, faults=faults) if faults and is_kept else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        hyper, graph = case.setup.hyper, case.graph
        for fault in remedy.faults:  # the run may have recovered since, and then blames none
            for block_id in fault.blocks:
                graph = set_params(graph, block_id, scale=fault.usual)
            if not fault.blocks:
                hyper = hyper.model_copy(update={fault.setting: fault.usual})
        return Edit(graph, hyper, rows=drawn(case, graph, remedy.blocks))


class UsualAnew(UsualSettings):
    """The same with all weights drawn anew: steps with these settings may have spoilt them."""

    key = "usual_anew"
    label = Word("Anew, {setting}")
    tip = Word("Set {settings} to what is usual, and draw all weights anew.")

    def label_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        return _USUAL_START if _is_of_start(remedy) else self.label

    def tip_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        return self.tip

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        faults = case.snapshot.range_faults
        is_begun = case.snapshot.step > 0 or any(fault.blocks for fault in faults)
        if case.sound_run is not None or not is_begun or not any(fault.is_too_large for fault in faults):
            return None
        blocks = tuple(case.plan.nodes[index].id for index in case.plan.probed)
        return Remedy(self.key, blocks, value=faults[0].usual, faults=faults)


_USUAL_START = Word("Usual start weights")


def _is_of_start(remedy: Remedy) -> bool:
    """Whether only the start weights were out of range."""
    return all(fault.setting == "gain" for fault in remedy.faults)


class Standardise(Cure):
    """The numbers of raw inputs at mean 0 and deviation 1; the weights stay, the last sound ones after a breakdown."""

    key = "standardise"
    label = Word("Standardise")
    tip = Word("Scale the table's numbers to mean 0 and deviation 1; the weights stay as they are.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        return None if case.setup.dataset.notice_of(RAW_NUMBERS) is None else Remedy(self.key)

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(dataset=standardised(case.setup.dataset), data={"standardise": True})


class LeaveOut(Cure):
    """The table without the rows whose numbers lie far from all others, its numbers standardised. The weights stay."""

    key = "leave_out"
    label = Word("Leave outliers out")
    tip = Word(
        "Leave out the rows with values far from all others, and scale the numbers; the weights stay as they are."
    )

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        is_known = case.data is not None and case.setup.dataset.notice_of(OUTLIERS) is not None
        return Remedy(self.key) if is_known else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        assert case.data is not None  # it was offered for such a case
        data = {"outliers": "drop", "standardise": True}
        return Edit(dataset=_loaded(case.data.model_copy(update=data), case.setup.dataset), data=data)


@lru_cache(maxsize=1)
def _loaded(choice: DataChoice, _instead_of: Dataset) -> Dataset:
    """The data set of a choice, read once for all trials on one data set. Raises EngineError."""
    return load(choice)


CURES = (UsualSettings(), UsualAnew(), Standardise(), LeaveOut())
