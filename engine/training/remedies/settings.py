"""Remedies for what is out of any sensible range: the usual settings, and standardised numbers."""

from __future__ import annotations

from collections.abc import Sequence

from engine.data.problems import RAW_NUMBERS
from engine.data.standardising import standardised
from engine.graph.edit import set_params
from engine.problems import Word
from engine.training.remedies.base import Case, Cure, Edit, Remedy, drawn
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Verdict


class UsualSettings(Cure):
    """Every setting that is out of range as it usually is, and weights that these settings have not spoilt: the last
    sound ones of a run that has broken down, the present ones where all were too small, else all drawn anew."""

    key = "usual_settings"
    label = Word("Use {setting}")
    tip = Word("Set {settings} to what is usual; the weights stay as they are.")

    def label_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        if all(fault.setting == "gain" for fault in remedy.faults):
            return Word("Usual start weights")
        if snapshot.diagnosis is not None:
            return Word("Back, {setting}")
        return Word("Anew, {setting}") if _draws_anew(remedy) else self.label

    def tip_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        if snapshot.diagnosis is not None:
            return Word("Set {settings} to what is usual, and go back to {moment}.")
        return Word("Set {settings} to what is usual, and draw all weights anew.") if _draws_anew(remedy) else self.tip

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        faults = case.snapshot.range_faults
        blocks = tuple(block_id for fault in faults for block_id in fault.blocks)
        return Remedy(self.key, blocks, value=faults[0].usual, faults=faults) if faults else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        hyper, graph = case.setup.hyper, case.graph
        is_spoilt = case.sound_run is None and _draws_anew(remedy)
        spoilt = [case.plan.nodes[index].id for index in case.plan.probed] if is_spoilt else []
        for fault in remedy.faults:  # the run may have recovered since, and then blames none
            for block_id in fault.blocks:
                graph = set_params(graph, block_id, scale=fault.usual)
            if fault.blocks:
                spoilt += fault.blocks
            else:
                hyper = hyper.model_copy(update={fault.setting: fault.usual})
        rows = drawn(case, graph, spoilt)
        return Edit(graph, hyper, rows=rows)


def _draws_anew(remedy: Remedy) -> bool:
    """Whether the settings have spoilt the weights of a run that has not broken down."""
    return any(fault.is_too_large for fault in remedy.faults)


class Standardise(Cure):
    """The numbers of raw inputs at mean 0 and deviation 1; the weights stay, the last sound ones after a breakdown."""

    key = "standardise"
    label = Word("Standardise")
    tip = Word("Scale the table's numbers to mean 0 and deviation 1; the weights stay as they are.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        return None if case.setup.dataset.notice_of(RAW_NUMBERS) is None else Remedy(self.key)

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(standardised=standardised(case.setup.dataset))


CURES = (UsualSettings(), Standardise())
