"""``gradients``: each layer's gradient norms over the whole training set at once, and what is wrong with them; or those
of deep networks side by side, beside what theory predicts."""

from __future__ import annotations

from argparse import Namespace

from engine.cli.layers import layer_documents, layer_lines
from engine.cli.outcome import Outcome, number
from engine.cli.sources import notices_document, open_project

OF_EXPERIMENTS = ("depth", "width", "normalisation", "skip", "steps", "against")


def gradients(arguments: Namespace) -> Outcome:
    """The command: the figures of a full-batch step that is looked at and not taken."""
    if any(getattr(arguments, option) is not None for option in OF_EXPERIMENTS):
        from engine.cli.experiment import experiment

        return experiment(arguments)
    arguments.batch_size = 10**9  # one batch: norms over all training rows, not over the first few
    project = open_project(arguments)
    snapshot = project.session(arguments.backend, arguments.device, resumed=False).snapshot(maps=False)
    document = {
        "notices": notices_document(project.notices),
        "data": project.dataset.name,
        "backend": snapshot.backend,
        "train_loss": snapshot.train_loss,
        "penalty": snapshot.penalty,
        "layers": layer_documents(snapshot),
    }
    said = [notice.sentence for notice in project.notices]
    lines = [*said, f"{project.dataset.title}: training loss {number(snapshot.train_loss)}", "", *layer_lines(snapshot)]
    return Outcome(document, lines)
