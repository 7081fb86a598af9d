"""What would mend a network's trouble: remedies that fit *this* network, each an edit that can be undone.

A family of remedies is one module that registers its cures; adding one is adding it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.training.remedies import after, by_heart, functions, rates, settings, structure, weights
from engine.training.remedies.base import Case, Cure, Edit, Remedy, cure, cures_of, drawn, large_starts, register
from engine.training.remedies.rates import too_large_step
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

__all__ = [
    "Case",
    "Cure",
    "Edit",
    "Remedy",
    "cure",
    "edit_of",
    "further_remedies",
    "gentler",
    "large_starts",
    "remedies_after",
    "remedies_by_heart",
    "remedies_for",
    "remedies_for_large_steps",
    "remedies_for_linear",
    "remedies_for_outliers",
    "remedies_for_raw_numbers",
    "remedies_for_settings",
    "remedies_for_start",
    "too_large_step",
    "troubles",
]

for _family in (weights, functions, rates, structure, by_heart, after, settings):
    for _cure in _family.CURES:
        register(_cure)

_ORDER = (
    Trouble.NOT_FINITE,
    Trouble.EXPLODING,
    Trouble.OVERGROWN,
    Trouble.VANISHING,
    Trouble.DEAD,
    Trouble.ALIKE,
    Trouble.SATURATED,
)

_WELL_BEGUN = ("lower_rate", "reinitialise", "relu", "layer_norm")
"""What helps saturated units whose weights were drawn well: it was the steps that drove them there. In trials on a
dozen data sets half the rate helped three of ten such networks and harmed one, new weights helped a quarter and harmed
four of ten; of badly drawn ones fitting new weights helped two thirds, and half the rate harmed half."""
_SPARING = ("usual_settings", "usual_anew", "start_slower", "initialise", "lower_rate")
"""What is left for saturated units of a network that learns all the same: the other cures draw weights anew or put
something between them, and lose more than they gain. One that steps were too large for, or whose weights were badly
drawn, gains all the same."""

MOST_PAIRED = 3
"""So many remedies are tried together with a lower rate."""


def troubles(snapshot: Snapshot) -> tuple[tuple[Verdict, ...], ...]:
    """What is wrong, the worst first: each a group of verdicts of one kind that are one trouble. The layers between
    which a signal vanishes or explodes belong together; units in trouble are a trouble of their own layer."""
    found = []
    for kind in _ORDER:
        of_kind = tuple(verdict for verdict in snapshot.verdicts if verdict.trouble is kind)
        if kind in (Trouble.EXPLODING, Trouble.VANISHING):
            found += [of_kind] if of_kind else []
        else:
            found += [(verdict,) for verdict in of_kind]
    return tuple(found)


def remedies_for(case: Case, trouble: tuple[Verdict, ...]) -> tuple[Remedy, ...]:
    """What fits the network and has not been done already, the best first; nothing where all is learnt."""
    if case.snapshot.mastered:
        return ()
    if trouble[0].trouble is Trouble.SATURATED and not trouble[0].is_alarm:
        return _offered(case, trouble, _SPARING)
    keys: Sequence[str] = cures_of(trouble[0].trouble)
    if trouble[0].trouble is Trouble.SATURATED and cure("initialise").offer(case, trouble) is None:
        keys = _WELL_BEGUN
    return _offered(case, trouble, ("usual_settings", "usual_anew", "start_slower", *keys))


def remedies_after(case: Case) -> tuple[Remedy, ...]:
    """What fits a run that has broken down, the best first; nothing without a diagnosis."""
    return _offered(
        case,
        (),
        (
            *("usual_settings", "usual_anew", "standardise", "leave_out", "relu_instead"),
            *("back_slower", "back_clipped", "restart_smaller"),
        ),
    )


def remedies_for_settings(case: Case) -> tuple[Remedy, ...]:
    """What brings settings that are out of any range back into it."""
    return _offered(case, (), ("usual_settings", "usual_anew"))


def remedies_for_raw_numbers(case: Case) -> tuple[Remedy, ...]:
    """What fits a network whose columns are far from standardised ones."""
    return _offered(case, (), ("standardise", "leave_out"))


def remedies_for_outliers(case: Case) -> tuple[Remedy, ...]:
    """What fits a table with values far from all others."""
    return _offered(case, (), ("leave_out",))


def remedies_for_start(case: Case) -> tuple[Remedy, ...]:
    """What fits a network whose start weights were far too large, or whose weights are 0."""
    return _offered(case, (), ("initialise",))


def remedies_for_large_steps(case: Case) -> tuple[Remedy, ...]:
    """What fits a network that single steps have thrown off, the best first."""
    return _offered(case, (), ("usual_settings", "usual_anew", "start_slower", "lower_rate", "clip"))


def remedies_for_linear(case: Case) -> tuple[Remedy, ...]:
    """What bends the answer of a network whose hidden units are all linear, the best first."""
    return _offered(case, (), ("bend_tanh", "bend_relu"))


def remedies_by_heart(case: Case) -> tuple[Remedy, ...]:
    """What fits a network that has learnt its training points by heart, the best first."""
    return _offered(case, (), ("l2", "dropout")) if case.snapshot.by_heart else ()


def further_remedies(case: Case, tried: Sequence[Remedy], trouble: Sequence[Verdict]) -> tuple[Remedy, ...]:
    """What to try where none of these has cured a breakdown or an alarm: what fits the worst trouble, which may be the
    cause of this one, then what changes no setting together with a lower rate, and at last all weights anew with one.
    """
    is_broken = case.snapshot.failure is not None
    if not is_broken and not (trouble and trouble[0].is_alarm):
        return ()
    worst = () if is_broken else remedies_for(case, troubles(case.snapshot)[0])
    others = [remedy for remedy in worst if remedy not in tried]
    paired = [remedy for remedy in dict.fromkeys((*worst, *tried)) if edit_of(case, remedy).hyper is None][:MOST_PAIRED]
    anew = Remedy("initialise", tuple(case.plan.nodes[index].id for index in case.plan.probed), seed=case.seed)
    rates = _offered(case, trouble, ("lower_rate",))
    return *others[:MOST_PAIRED], *(replace(remedy, setting=rate) for remedy in (*paired, anew) for rate in rates)


def _offered(case: Case, trouble: Sequence[Verdict], keys: Iterable[str]) -> tuple[Remedy, ...]:
    """What these cures offer, in this order. A rate out of any range becomes the usual one and no other, whatever else
    is said of the network."""
    has_stray_rate = any(fault.setting == "learning_rate" for fault in case.snapshot.range_faults)
    cures = [cure(key) for key in keys]
    offered = (each.offer(case, trouble) for each in cures if not (has_stray_rate and each.sets_rate))
    return tuple(replace(remedy, seed=case.seed) for remedy in offered if remedy is not None)


def gentler(remedy: Remedy) -> Remedy | None:
    """The same done more carefully, in a pair the setting of it; None where there is nothing more careful."""
    if remedy.setting is not None:
        setting = gentler(remedy.setting)
        return replace(remedy, setting=setting) if setting is not None else None
    found = cure(remedy.key).gentler(remedy)
    return replace(found, seed=remedy.seed) if found is not None else None


def edit_of(case: Case, remedy: Remedy) -> Edit:
    """The edit that does it, after a breakdown from the last sound weights on. It may have to pass the training set
    through the network, so not for a GUI thread."""
    case = replace(case, drawn_by=remedy.seed)
    edit = cure(remedy.key).edit(case, remedy)
    rows = drawn(case, edit.graph or case.graph, remedy.redrawn)
    hyper = edit.hyper if remedy.setting is None else edit_of(case, remedy.setting).hyper
    return replace(edit, hyper=hyper, back=case.sound_run, rows={**edit.rows, **rows})
