"""What a trained Wide & Deep says of some rows, and which crosses weigh most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.tasks.base import Explanation, PrintedTable
from engine.recommenders.tasks.wide_deep.insight import answers, strongest_crosses
from engine.recommenders.tasks.wide_deep.task import WideDeepTask

LEAST_OCCURRENCES = 5


def explained(task: WideDeepTask, rows: NDArray[np.int64], crosses: int) -> Explanation:
    """Each half's logit of some rows of the table, and the strongest crosses of the training rows."""
    found = answers(task.network, task.model.prepare(task.network, task.labelled.table[rows]))
    columns = {"wide": found.wide, "deep": found.deep, "logit": found.logit, "probability": found.probability}
    numbers = [[float(values[at]) for values in columns.values()] for at in range(len(rows))]
    train = task.model.encoder.columns(task.labelled.table[task.rows.train])
    strong = strongest_crosses(task.network, task.model.encoder, train, crosses, LEAST_OCCURRENCES)
    called = [task.numbering.number(row) for row in rows.tolist()]
    document = {
        "bias": float(found.bias),
        "examples": [
            {"row": row, **dict(zip(columns, of, strict=True))} for row, of in zip(called, numbers, strict=True)
        ],
        "crosses": [{"name": one.name, "weight": one.weight, "rows": one.count} for one in strong],
    }
    head = "row" if task.numbering.of_file is None else "row of the file"
    told: list[str | PrintedTable] = [
        PrintedTable((head, *columns), [(row, *of) for row, of in zip(called, numbers, strict=True)]),
        f"bias {found.bias:.4g}; probability = σ(wide + deep + bias)",
    ]
    if strong:
        weights = PrintedTable(("", "weight", "rows"), [(one.name, one.weight, one.count) for one in strong])
        told += ["", "Strongest crosses:", weights]
    return Explanation(document, told)
