"""One of several processes that train together, started by torchrun: ``checks.device.worker FILE DEVICE …``."""

from __future__ import annotations

import faulthandler
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from checks.device.absent import do_without

LONGEST = 80.0
"""Seconds after which a process is taken to hang."""


def main(arguments: Sequence[str]) -> int:
    """Train a world on the process's own device; the last process writes what it found. ``arguments``: the file, the
    device, the batch, the numbers of a :class:`checks.device.worlds.Size` as JSON, and what is not there."""
    out, name, batch, size, absent = arguments
    faulthandler.dump_traceback_later(LONGEST, exit=True)  # one that waits for another for ever says where, and ends
    do_without(json.loads(absent))
    from checks.device.rows_by_torch import as_there
    from checks.device.runs import learned, settings
    from checks.device.training import CALM
    from checks.device.worlds import WORLDS, Size
    from engine.recommenders.running.distributed import Fleet, check_apart, device_of_rank

    device = device_of_rank(name)
    world = WORLDS["wide-deep"](Size(**json.loads(size)))
    training = settings(int(batch)).model_copy(update={"deep": CALM})
    with Fleet(device) as fleet, as_there(device):
        check_apart(world.trainer(device, training))
        found = learned(world, device, training, gradients=fleet.gradients, stop=fleet.agreed(Event()))
        agreed = fleet.figures(lambda: {"rank of the first": float(fleet.rank)})
        if fleet.rank == fleet.size - 1:  # what the first one knows proves nothing
            document = {"losses": found.losses.tolist(), "processes": fleet.size, "agreed": agreed}
            Path(out).write_text(json.dumps(document), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
