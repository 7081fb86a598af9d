"""The recommenders, one folder each: a model and its data put together, ready to be trained, judged and asked.

Importing this package registers them, in the order in which they are offered.
"""

from engine.recommenders.tasks import (  # isort: skip - the order in which they are offered
    wide_deep as wide_deep,
    candidates as candidates,
    ranking as ranking,
)
from engine.recommenders.tasks.base import (
    Explanation,
    Figures,
    Preset,
    Question,
    Spec,
    Table,
    Task,
    TaskKind,
    register,
    task_kind,
    task_kinds,
    unregister,
)

__all__ = [
    "Explanation",
    "Figures",
    "Preset",
    "Question",
    "Spec",
    "Table",
    "Task",
    "TaskKind",
    "register",
    "task_kind",
    "task_kinds",
    "unregister",
]
