"""``gradients``: each layer's gradient norms over training rows at once, and what is wrong with them; or those
of deep networks side by side, beside what theory predicts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from engine.cli.command import Command
from engine.cli.commands.warm import compile_kernels
from engine.cli.layers import layer_documents, layer_lines, step_over_rows
from engine.cli.network_arguments import add_compute, add_data, add_network, add_training
from engine.cli.numbers import positive
from engine.cli.outcome import Outcome, number
from engine.cli.sources import Project, notices_document, open_project
from engine.training.signal import tell_enough

OF_EXPERIMENTS = ("depth", "width", "normalisation", "skip", "steps", "against")


def gradients(arguments: Namespace) -> Outcome:
    """The command: the figures of a step over the rows that tell, looked at and not taken."""
    if any(getattr(arguments, option) is not None for option in OF_EXPERIMENTS):
        from engine.cli.experiment import experiment

        return experiment(arguments)
    project = open_project(arguments)
    backend, device = arguments.backend, arguments.device
    session = project.session(backend, device, resumed=False)
    if session.backend.name == "numba":
        compile_kernels()
    snapshot, steps = session.snapshot(maps=False), _judged_steps(project)
    if steps:  # by what the window judges by
        judged = project.session(backend, device).snapshot(maps=False)
        pairs = zip(snapshot.layers, judged.layers, strict=True)
        layers = tuple(replace(layer, judged_delta=other.judged_delta) for layer, other in pairs)
        snapshot = replace(snapshot, verdicts=judged.verdicts, layers=layers)
    rows = step_over_rows(snapshot.train_rows)
    basis = f"‖δ‖ and verdicts: the run's last {steps} steps, as in the window. Other norms: {rows}."
    document = {
        "notices": notices_document(project.notices),
        "data": project.dataset.name,
        "backend": snapshot.backend,
        "train_loss": snapshot.train_loss,
        "penalty": snapshot.penalty,
        "verdict_steps": steps,
        "layers": layer_documents(snapshot),
    }
    said = [notice.sentence for notice in project.notices]
    head = f"{project.dataset.title}: training loss {number(snapshot.train_loss)}"
    lines = [*said, head, basis if steps else f"Norms and verdicts: {rows}.", "", *layer_lines(snapshot)]
    return Outcome(document, lines)


def _judged_steps(project: Project) -> int:
    """How many steps of the file's run its layers are judged by; 0 where that takes a look at all rows."""
    run = project.file.progress
    steps = run.signal.steps if run is not None and run.signal is not None else 0
    return steps if tell_enough(steps, project.file.hyper.batch_size, len(project.dataset.train)) else 0


def _add_arguments(parser: ArgumentParser) -> None:
    add_network(parser)
    deep = parser.add_argument_group("or an experiment: deep networks of equal layers, with what theory predicts")
    deep.add_argument("--depth", type=int, metavar="L", help="hidden layers, 1 to 50; makes it an experiment")
    deep.add_argument("--width", type=int, metavar="N", help="units of every hidden layer (default: 16)")
    deep.add_argument("--normalisation", choices=("none", "layer", "batch"), help="behind every hidden layer")
    deep.add_argument("--skip", action="store_true", default=None, help="connections round all hidden layers but one")
    deep.add_argument("--steps", type=positive, metavar="N", help="train each network for so many steps as well")
    deep.add_argument(
        "--against",
        action="append",
        metavar="FIELD=V,…",
        help="another network beside it that differs in these, such as depth=10,activation=relu,init=he",
    )
    add_data(parser)
    add_training(parser)
    add_compute(parser)


COMMAND = Command(gradients, _add_arguments)
