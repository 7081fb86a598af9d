"""The generated video site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources.base import DataSource, Gives, Origin, Progress, Watches, register

if TYPE_CHECKING:
    import polars as pl

    from engine.data.sampling import Watch
    from engine.recommenders.data.logs.stream import LogStream
    from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec

FILE_ROWS = 1_000_000


class GeneratedVideoSite(DataSource):
    """What is watched, searched for and shown."""

    key = "video-site"
    label = "Video site"
    summary = "Generated: watches, searches and impressions of videos; the truth behind them is known"
    origin = Origin.GENERATED
    gives = frozenset({Gives.WATCHES, Gives.IMPRESSIONS})

    def watches(self, data: RecommenderData, progress: Progress | None = None) -> Watches:
        """All watches, and what was searched for before each."""
        site = self.impressions(data)
        seen = site.watches()
        return Watches(site.as_log(seen), seen.searches, tokens=site.names("searches"))

    def impressions(self, data: RecommenderData) -> VideoSite:
        """The site itself. Raises EngineError for a size out of range."""
        from engine.recommenders.data.worlds.video_site.site import VideoSite

        return VideoSite(site_spec(data))

    def stream(self, data: RecommenderData, watch: Watch) -> LogStream:
        """All watches as they are drawn, which takes no more memory for more of them."""
        from engine.recommenders.data.logs.stream import LogStream

        site = self.impressions(data)

        def batches() -> Iterator[pl.DataFrame]:
            done = 0
            for part in self.tables(data):
                yield part
                done += part.height
                watch.at(0.8 * min(1.0, done / data.events))

        def titles(items: list[str]) -> list[str]:
            return [site.title(int(item)) for item in items]

        return LogStream(self.label, batches(), ("watch_seconds",), titles=titles, catalogue=site.spec.items)

    def tables(self, data: RecommenderData) -> Iterator[pl.DataFrame]:
        """Watches: ``user``, ``item``, ``time`` (Unix seconds), ``watch_seconds``."""
        import polars as pl

        for watches in self.impressions(data).chunks(FILE_ROWS):
            yield pl.DataFrame(
                {
                    "user": watches.users,
                    "item": watches.items,
                    "time": watches.times,
                    "watch_seconds": watches.watch_seconds,
                }
            )


def site_spec(data: RecommenderData) -> VideoSiteSpec:
    """The size and the seed of the site that a choice of data names."""
    from engine.recommenders.data.worlds.video_site.site import VideoSiteSpec

    sizes = {name: size for name, size in (("users", data.users), ("items", data.items)) if size is not None}
    return VideoSiteSpec(events=data.events, seed=data.seed, **sizes)


register(GeneratedVideoSite())
