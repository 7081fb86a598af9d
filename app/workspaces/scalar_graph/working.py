"""What of the desk's work is done in another thread, and when it has to be."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from app.kit.background import Job
from app.workspaces.scalar_graph.worked import Look, Worked, work_out
from engine.autodiff.document import ExpressionSheet
from engine.problems import EngineError

AT_ONCE_GROUP = 6
"""So many operations become one in a few milliseconds."""


def groups_much(sheet: ExpressionSheet, former: Worked | None) -> bool:
    """Whether a large group is collapsed for the first time: its derivative is made short in another thread."""
    known = former.shape.collapsed if former is not None else ()
    return any(len(group.nodes) > AT_ONCE_GROUP for group in sheet.collapsed if group not in known)


def in_background(
    sheet: ExpressionSheet, former: Worked | None, chosen: frozenset[Hashable], by: float, _job: Job
) -> Worked | EngineError:
    """A text that cannot be read is no failure of the work. What is shown of the chosen nodes is worked out here as
    well."""
    try:
        worked = work_out(sheet, former)
    except EngineError as error:
        return error
    worked.shape.prepare()
    _ = worked.handed, worked.hollow, worked.short
    worked.keep(worked.look_at(chosen, by))
    return worked


def newest_readable(
    sheets: Sequence[ExpressionSheet], former: Worked | None, chosen: frozenset[Hashable], by: float, job: Job
) -> Worked | None:
    """The last of these that can be read, worked out; None where there is none."""
    for sheet in reversed(sheets):
        if job.cancelled():
            break
        found = in_background(sheet, former, chosen, by, job)
        if isinstance(found, Worked):
            return found
    return None


def looked_at(
    worked: Worked, keys: frozenset[Hashable], by: float, _job: Job
) -> tuple[Worked, frozenset[Hashable], Look | None]:
    """What is to be seen of these nodes, with what it was seen in."""
    return worked, keys, worked.look_at(keys, by)
