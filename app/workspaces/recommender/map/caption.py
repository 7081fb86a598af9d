"""What the map says of itself: how many items, which directions, and how much of the spread they show."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from app.kit.listing import listed
from app.kit.numbers import counted, fixed, grouped, percent
from app.kit.widgets.labels import PartsLabel
from app.workspaces.recommender.map.content import MapContent
from app.workspaces.recommender.map.scene import MapScene

_WEIGHTY = 0.15
"""A direction that makes up less than this share of what is across or up is not named."""
_WIDE_FROM = 1.05
_MARKED = 8
"""So many of the watched and of the shown are named to those who hear the map."""


class MapCaption(PartsLabel):
    """One line below the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("muted", parent)

    def show_scene(self, scene: MapScene, *, upright: bool) -> None:
        """Say what is shown now."""
        content = scene.content
        parts = () if content is None else (self._directions(scene, content, upright), self._count(content))
        wide = self.tr("drawn {times} times as wide as high").format(times=fixed(scene.wide, 1))
        self.set_parts((*parts, wide) if content is not None and scene.wide > _WIDE_FROM else parts)

    def _directions(self, scene: MapScene, content: MapContent, upright: bool) -> str:
        if content.dimensions == 2:
            return self.tr("trained with two dimensions: this map is the model itself, nothing is left out")
        share = percent(scene.share())
        if upright:
            return self.tr("two principal directions, {share} of the spread").format(share=share)
        across, up = (self._mixture(scene.frame[:, column]) for column in (0, 1))
        words = self.tr("across {across}, up {up}: {share} of the spread")
        return words.format(across=across, up=up, share=share)

    def _mixture(self, direction: np.ndarray) -> str:
        """Which of the principal directions a direction is made of, the most first."""
        parts = [int(index) for index in np.argsort(-(direction**2)) if direction[index] ** 2 >= _WEIGHTY]
        return " + ".join(str(index + 1) for index in parts)

    def _count(self, content: MapContent) -> str:
        if content.catalogue > content.count:
            noun = content.noun or self.tr("items")
            words = self.tr("the {count} most popular of {all} {items}")
            return words.format(count=grouped(content.count), all=grouped(content.catalogue), items=noun)
        if content.noun:
            return self.tr("{count} {items}").format(count=grouped(content.count), items=content.noun)
        return counted(content.count, self.tr("1 item"), self.tr("{count} items"))

    def described(self, scene: MapScene) -> str:
        """The whole map in sentences, for those who hear it."""
        content = scene.content
        if content is None:
            return self.tr("No map yet")
        said = [self.full_text]
        for rows, words in (
            (content.watched, self.tr("{count} watched: {titles}")),
            (content.shown, self.tr("{count} shown: {titles}")),
        ):
            if rows:
                titles = listed(content.title(row) for row in rows[:_MARKED])
                more = ", …" if len(rows) > _MARKED else ""
                said.append(words.format(count=grouped(len(rows)), titles=titles + more))
        placeless = int((~np.isfinite(content.coordinates).all(axis=1)).sum())
        if placeless:
            said.append(
                self.tr("{count} without a place: their vectors are not finite").format(count=grouped(placeless))
            )
        return ". ".join(said)
