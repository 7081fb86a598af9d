"""Maps of items for tests: a few kinds, each round a centre of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.workspaces.recommender.map.scene import (
    Colouring,
    MapContent,
)
from app.workspaces.recommender.map.view import MapView

KINDS = ("Drama", "Comedy", "Horror")


def content(count: int = 400, directions: int = 4, seed: int = 0, **changes: object) -> MapContent:
    """``count`` items; row 0 is the most popular, its title is ``Film 0``."""
    random = np.random.default_rng(seed)
    kinds = np.arange(count) % len(KINDS)
    spread = np.array([3.0, 2.0, 1.5, 1.0, 0.8, 0.6])[:directions]
    coordinates = (random.normal(size=(count, directions)) * spread).astype(np.float32)
    shares = coordinates.var(axis=0) / coordinates.var(axis=0).sum() * 0.6
    made = MapContent(
        coordinates,
        shares,
        [f"Film {row}" for row in range(count)],
        (
            Colouring("genre", "Genre", kinds, KINDS),
            Colouring("popularity", "Watches", np.arange(count, 0, -1), by_ratio=True),
            Colouring("year", "Year", np.where(kinds == 2, np.nan, 1950.0 + kinds), grouped=False),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def show_now(view: MapView) -> None:
    """Show what is to be shown with the next frame."""
    view._looks.flush()
