"""Which towers stand in the table of losses, and in which order: the paper's first, then what else there is here."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import joined
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.recommender.rank.answers import Facts, Loss
from app.workspaces.recommender.rank.loss_view import LossLine
from app.workspaces.recommender.rank.papers import PAPER_LOSS, Hidden, tower_name
from app.workspaces.recommender.rank.ranker import LINEAR, OTHER_CURE
from app.workspaces.recommender.ranking_runs import RankingRun
from engine.recommenders.tasks.base import NETWORK

Variant = tuple[Hidden, bool, bool, bool]
"""Units of the layers, and whether a network has the cure, weights and powers."""
_SIMPLE = {
    "each video's mean": QT_TRANSLATE_NOOP("Losses", "each video's mean"),
    "the truth itself": QT_TRANSLATE_NOOP("Losses", "the truth itself"),
}
"""What stands below the networks, by its name in the answer."""


def variant_of(run: RankingRun | Facts) -> Variant:
    """What tells a network from another in the table."""
    return run.hidden, run.cure, run.weighted, run.powers


def variant_name(variant: Variant) -> str:
    """``512-256, unweighted``."""
    hidden, cure, weighted, powers = variant
    parts = [tower_name(hidden) or _tr("no hidden layer")]
    parts += [] if powers else [_tr("no powers")]
    parts += [] if weighted else [_tr("unweighted")]
    parts += [] if cure else [_tr("no cure")]
    return joined(parts)


def plain_variant(hidden: Hidden) -> Variant:
    """A tower with everything."""
    return hidden, True, True, True


def lines_of(facts: Facts, losses: Mapping[str, Loss], runs: Mapping[Variant, str]) -> list[LossLine]:
    """The table; ``runs``: of other runs by what they are, the name under which their loss is."""
    own = variant_of(facts)
    keys: dict[Variant, str] = {own: NETWORK}
    for companion, variant in companions_of(facts).items():
        if companion in losses:
            keys.setdefault(variant, companion)
    for variant, key in runs.items():
        keys.setdefault(variant, key)
    others = [variant for variant in keys if variant not in {plain_variant(hidden) for hidden in PAPER_LOSS}]
    variants = [plain_variant(hidden) for hidden in PAPER_LOSS]
    lines = [_line(variant, PAPER_LOSS[variant[0]], losses.get(keys.get(variant, "")), own) for variant in variants]
    lines += [_line(variant, None, losses.get(keys[variant]), own) for variant in sorted(others, key=variant_name)]
    return [*lines, *(_simple(losses[name]) for name in _SIMPLE if name in losses)]


def paper_lines() -> list[LossLine]:
    """The paper's towers alone."""
    return [LossLine(variant_name(plain_variant(hidden)), paper, None) for hidden, paper in PAPER_LOSS.items()]


def companions_of(facts: Facts) -> Mapping[str, Variant]:
    """What the models beside a run are, by their names."""
    hidden, cure, weighted, powers = variant_of(facts)
    return {OTHER_CURE[0 if cure else 1]: (hidden, not cure, weighted, powers), LINEAR: ((), cure, weighted, powers)}


def next_tower(lines: Sequence[LossLine], runs: Container[Variant]) -> Hidden | None:
    """The paper's first tower that has no loss here, and none of the ``runs`` whose loss is to come."""
    missing = (hidden for hidden, line in zip(PAPER_LOSS, lines, strict=False) if line.ours is None and hidden)
    return next((hidden for hidden in missing if plain_variant(hidden) not in runs), None)


def _line(variant: Variant, paper: float | None, loss: Loss | None, own: Variant) -> LossLine:
    name = variant_name(variant)
    if loss is None:
        return LossLine(name, paper, None, own=variant == own)
    return LossLine(name, paper, 100.0 * loss.loss, 100.0 * loss.error, variant == own)


def _simple(loss: Loss) -> LossLine:
    return LossLine(_tr(_SIMPLE[loss.who]), None, 100.0 * loss.loss, 100.0 * loss.error)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Losses", text)
