"""How it is with a run, in one sentence, and in the colour of a dot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import NOTHING, counted, plain
from app.workspaces.recommender.figures import figures_of
from app.workspaces.recommender.open_run import Doing
from app.workspaces.recommender.words import Measure, simple_name
from engine.recommenders.judging.standing import Rival, rival_of
from engine.recommenders.running.run_history import RunHistory
from engine.recommenders.running.run_state import RunState
from engine.recommenders.tasks.base import NETWORK


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunSentence", text)


def sentence_of_run(history: RunHistory, doing: Doing, measure: Measure | None) -> tuple[str, str]:
    """The sentence, and the theme's colour for its dot."""
    if doing == "finished":
        words, colour = _compared(history.state, measure)
        return words or _tr("Finished."), colour
    if doing == "running":
        return _running(history, measure), "accent"
    if doing in ("diverged", "failed"):
        return history.state.problem, "danger"
    if doing == "killed":
        return _killed(history), "warning"
    plain_words = {
        "planned": _tr("Not begun yet."),
        "starting": _tr("Starting: the program and the data are being read."),
        "stopping": _tr("Stopping after the present batch; a checkpoint is being written."),
        "stopped": _tr("Paused; all that was learnt is kept, and Resume goes on from there."),
    }
    return plain_words[doing], "text_muted" if doing != "starting" else "accent"


def _running(history: RunHistory, measure: Measure | None) -> str:
    if history.latest is None and history.started is None:
        return _tr("The data is being read.")
    words, _colour = _compared(history.state, measure)
    return words or _tr("Training; what it is worth is measured after the first epoch.")


def _killed(history: RunHistory) -> str:
    if history.saved is None:
        return _tr("Its process was ended before the first checkpoint; Resume begins anew.")
    words = _tr("Its process was ended from outside. All is kept up to epoch {epoch}, and Resume goes on from there.")
    return words.format(epoch=plain(round(history.saved, 1)))


def _compared(state: RunState, measure: Measure | None) -> tuple[str, str]:
    """The run's figure beside the best simple model's on the same rows."""
    if measure is None:
        return "", "text_muted"
    own, others = figures_of(state)
    value, rival = own.get(measure.key), rival_of(own, others, measure.key, higher=measure.higher)
    learned = state.epochs if state.kept is None else state.kept.epochs
    epochs = counted(learned, _tr("after 1 epoch"), _tr("after {count} epochs"))
    shown = {"measure": measure.name, "value": measure.text(value), "epochs": epochs}
    if value is None:
        return "", "text_muted"
    if rival is None:
        words = _tr("{measure} {value} {epochs}; what simpler models have is not worked out yet.")
        return _sentence(words.format(**shown)), "text_muted"
    words = {
        "better": _tr("Better: {measure} {value} {epochs}, against {rival} of {name} on {rows}{error}."),
        "worse": _tr("Worse: {measure} {value} {epochs}, against {rival} of {name} on {rows}{error}."),
        "level": _tr("Level: {measure} {value} {epochs}, against {rival} of {name} on {rows}{error}."),
        None: _tr("{measure} {value} {epochs}, against {rival} of {name} on {rows}."),
    }[rival.standing]
    shown["rows"] = _tr("the rows kept to the end") if NETWORK in state.judged else _tr("the same rows")
    told = words.format(
        **shown, rival=measure.text(rival.value), name=simple_name(rival.name), error=_error(rival, measure)
    )
    return _sentence(told), {"better": "good", "worse": "danger"}.get(rival.standing or "", "text_muted")


def _error(rival: Rival, measure: Measure) -> str:
    return "" if rival.error is None else _tr(" (± {error})").format(error=measure.text(rival.error) or NOTHING)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
