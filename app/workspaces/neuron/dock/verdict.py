"""The one sentence on the table and the unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.words import fraction_name, row_name
from engine.neuron.parting import Contradiction, Share
from engine.neuron.reading import Reading
from engine.neuron.tables import Row, rows


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronVerdict", text)


def named(shares: Sequence[Share], points: Sequence[Row]) -> str:
    """``(0, 1) and (1, 0)``; a row that counts more than once with how often."""
    names = [("" if one.times == 1 else f"{one.times} × ") + row_name(points[one.row]) for one in shares]
    if len(names) == 1:
        return names[0]
    return _tr("{first} and {last}").format(first=listed(names[:-1]), last=names[-1])


def standing(model: NeuronModel) -> tuple[str, str]:
    """(colour of its dot, the sentence); while not all rows are known, how many are."""
    if model.all_known:
        return verdict(model.reading)
    right, known = model.known_right
    words = _tr("{known} of {total} rows are known so far, {right} of them right.")
    return "text_muted", words.format(known=known, total=len(model.reading.rows), right=right)


def verdict(reading: Reading) -> tuple[str, str]:
    """(colour of its dot, the sentence)."""
    why = reading.why_none
    if why is not None:
        return "danger", impossible(why, len(reading.content.weights))
    total = len(reading.rows)
    if reading.solved and len(set(reading.content.targets)) == 1:
        return "good", _tr("Every row is right: all of them want the same.")
    if reading.solved:
        words = {
            1: _tr("This boundary parts them: every row is right."),
            2: _tr("This line parts them: every row is right."),
            3: _tr("This plane parts them: every row is right."),
        }
        return "good", words[len(reading.content.weights)]
    words = {
        1: _tr("One boundary can do it; this one has {right} of {total} rows right."),
        2: _tr("One line can do it; this one has {right} of {total} rows right."),
        3: _tr("One plane can do it; this one has {right} of {total} rows right."),
    }
    return "warning", words[len(reading.content.weights)].format(right=reading.right, total=total)


def impossible(why: Contradiction, inputs: int) -> str:
    """Why no setting does the table."""
    points = rows(inputs)
    fires, silent = named(why.fires, points), named(why.silent, points)
    pairs = all(len(side) == 2 and {one.times for one in side} == {1} for side in (why.fires, why.silent))
    if pairs:
        words = _tr("{fires} fire, {silent} must not: both pairs share the middle {point}.")
    else:
        words = _tr("{point} lies between {fires}, which fire, and between {silent}, which must not.")
    return words.format(fires=fires, silent=silent, point=fraction_name(why.meeting))
