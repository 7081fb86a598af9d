"""What can be chosen of a Wide & Deep model (Cheng et al. 2016)."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from engine.flags import Flag
from engine.recommenders.tasks.base import Hidden, Spec


class WideDeepSpec(Spec):
    """``parts``: the joint model, or one half of it by itself. ``crosses``: sets of categories or bags by column name.
    ``plain_wide``: whether the wide part also has a weight for every single id. ``hidden``: layers of the deep part,
    each with ``dropout`` of that rate after it, 0 for none. ``straight``: whether numbers also go to the deep part's
    logit directly, past its layers: what is linear in them is then learned as such, and from few rows."""

    parts: Literal["joint", "wide", "deep"] = Field(
        default="joint", description="the joint model, or one half by itself"
    )
    crosses: Annotated[tuple[tuple[str, ...], ...], Flag("cross")] = Field(
        default=(), description="columns to cross; give it again for another"
    )
    plain_wide: bool = Field(default=True, description="a weight for every single id in the wide part too")
    buckets: int = Field(default=100_000, ge=1, le=2**28, description="ids of a cross, at most")
    dimensions: int = Field(default=16, ge=1, le=1024, description="of an embedding")
    hidden: Hidden = Field(default=(128, 64), description="units of the hidden layers")
    dropout: float = Field(default=0.0, ge=0.0, le=0.95, description="rate of dropout after each hidden layer")
    quantiles: int = Field(default=100, ge=0, le=10_000, description="that numbers are mapped through; 0: as they are")
    straight: bool = Field(default=False, description="numbers go to the logit directly too")
    scale: float = Field(default=0.05, ge=0.0, le=10.0, description="deviation of a table's first numbers")


STORE_SPEC: Final = WideDeepSpec(
    crosses=(("installed_apps", "impression_app"),), plain_wide=False, buckets=2**20, dimensions=8, hidden=(64, 32)
)
"""The Google Play model (Cheng et al. 2016, figure 4), as the generated app store has its columns."""
